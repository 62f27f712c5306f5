// OpenAI's Batch API: JSON lines of requests {custom_id, body} and of answers {custom_id, response: {status_code, body}, error}, or of both.
// An answer follows its request, if that is in the file; else lines are heard in their order. Answers are told apart by their model.

import { readMessages } from './chat.ts'
import type { Complaints } from './complaints.ts'
import { objectOf, readJsonLines } from './json.ts'
import { listMessages } from './messages.ts'
import { appendAll, makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

interface Exchange {
  readonly asked: TranscriptTurn[]
  readonly answered: TranscriptTurn[]
}

export function looksBatch(value: unknown): boolean {
  const line = objectOf(value)
  return typeof line?.['custom_id'] === 'string' && ['body', 'response', 'error'].some((key) => key in line)
}

/** Throws InputError with a line number when strict, or when nobody says anything. */
export function readBatch(text: string, complaints: Complaints): Transcript {
  const exchanges = new Map<string, Exchange>()
  for (const { line, value } of readJsonLines(text, complaints)) {
    if (!looksBatch(value)) {
      complaints.add(
        'bad-line',
        `line ${line}: expected a batch line with "custom_id" and "body" or "response".`,
        'Left out.',
      )
      continue
    }
    const { custom_id: id, body, response, error } = value as Record<string, unknown>
    const exchange = exchanges.get(String(id)) ?? { asked: [], answered: [] }
    exchanges.set(String(id), exchange)
    if (body !== undefined) appendAll(exchange.asked, readBody(body, line, complaints))
    else appendAll(exchange.answered, readAnswer(response, error, line, complaints))
  }
  const turns = [...exchanges.values()].flatMap(({ asked, answered }) => [...asked, ...answered])
  return makeTranscript('openai-batch', turns, complaints)
}

function readAnswer(response: unknown, error: unknown, line: number, complaints: Complaints): TranscriptTurn[] {
  const { status_code: status, body } = objectOf(response) ?? {}
  const failure =
    objectOf(error) ?? (typeof status === 'number' && status >= 400 ? objectOf(objectOf(body)?.['error']) : null)
  if (failure === null) return readBody(body, line, complaints)
  const why = String(failure['code'] ?? failure['message'] ?? status ?? 'no reason')
  complaints.add('failed-request', `line ${line}: expected an answer, got a failed request (${why}).`, 'Left out.')
  return []
}

function readBody(body: unknown, line: number, complaints: Complaints): TranscriptTurn[] {
  const messages = listMessages(body)
  if (messages !== null) return readMessages(messages, `line ${line}, message`, complaints)
  complaints.add('no-messages', `line ${line}: expected a body with messages, choices, input or output.`, 'Left out.')
  return []
}

// OpenAI chats: an array of messages, a request with `messages` and perhaps `choices` (its response), a Responses object with `input` and
// `output`, a list of such runs, or one of these a line. Speakers are told apart by `name`, else answers by `model`, else by role.
import { InputError } from '../record/index.ts'
import type { Complaints } from './complaints.ts'
import { objectOf, readJson, readJsonLines } from './json.ts'
import { listMessages, readMessage } from './messages.ts'
import { appendAll, makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

/** Throws InputError naming the line of bad JSON or the message that is not one. */
export function readChat(text: string, complaints: Complaints): Transcript {
  return readChatValue(readJson(text, complaints), complaints)
}

/** The same of JSON that is parsed already. */
export function readChatValue(value: unknown, complaints: Complaints): Transcript {
  const runs = listRuns(value)
  const turns = runs.flatMap((messages, run) =>
    readMessages(messages, runs.length > 1 ? `run ${run + 1}, message` : 'message', complaints),
  )
  return makeTranscript('openai-chat', turns, complaints)
}

/** A run or a message a line. */
export function readChatLines(text: string, complaints: Complaints): Transcript {
  const turns: TranscriptTurn[] = []
  for (const { line, value } of readJsonLines(text, complaints)) {
    const messages = isMessage(value) ? [value] : listMessages(value)
    if (messages === null)
      complaints.add('no-messages', `line ${line}: expected a message, or an object with "messages".`, 'Left out.')
    else
      appendAll(
        turns,
        readMessages(messages, messages.length > 1 ? `line ${line}, message` : `line ${line}`, complaints),
      )
  }
  return makeTranscript('openai-chat', turns, complaints)
}

export function readMessages(messages: readonly unknown[], where: string, complaints: Complaints): TranscriptTurn[] {
  return messages.flatMap((message, i) => {
    const place = where.endsWith('message') ? `${where} ${i + 1}` : where
    return readMessage(message, { where: place, complaints }) ?? []
  })
}

/** Has somebody who speaks, and something said. */
export function isMessage(value: unknown): boolean {
  const message = objectOf(value)
  return (
    message !== null &&
    ['role', 'name', 'source'].some((key) => typeof message[key] === 'string') &&
    !('messages' in message)
  )
}

function listRuns(value: unknown): unknown[][] {
  if (Array.isArray(value) && value.length > 0) {
    const runs = value.map((run) => (isMessage(run) ? null : listMessages(run)))
    if (runs.every((run) => run !== null)) return runs
  }
  const messages = listMessages(value)
  if (messages !== null && messages.length > 0) return [messages]
  throw new InputError(
    'no-messages',
    'transcript: expected an array of messages or an object with "messages", got neither. Export the chat as OpenAI messages.',
  )
}

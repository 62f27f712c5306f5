// Our own token events: JSON lines {"agent", "text", "t"?, "turn"?, "logprob"?, "role"?}, one a token, in any agents' order.
import { z } from 'zod'
import { explain, InputError } from '../record/index.ts'
import { type HeardToken, makeTranscript, type Transcript } from './transcript.ts'

const tokenEventSchema = z.strictObject({
  agent: z.string().min(1).max(80),
  text: z.string(),
  /** Seconds on any clock. All lines have it or none. */
  t: z.number().optional(),
  /** A new turn begins where it changes; without it, where the speaker changes. */
  turn: z.int().min(0).optional(),
  logprob: z.number().max(0).optional(),
  role: z.enum(['speech', 'action', 'number', 'quoted']).default('speech'),
})
type TokenEvent = z.infer<typeof tokenEventSchema>

export function looksLikeTokenEvents(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  return /^\s*\{.*"agent"\s*:.*"text"\s*:|^\s*\{.*"text"\s*:.*"agent"\s*:/.test(first) && /\}\s*$/.test(first)
}

/** Throws InputError with a line number. */
export function readTokenEvents(lines: readonly string[]): Transcript {
  const events = lines.flatMap((line, i) => (line.trim() === '' ? [] : [readEvent(line, i + 1)]))
  checkClock(events)
  const turns: { speaker: string; turn: number | undefined; tokens: HeardToken[] }[] = []
  const latest = new Map<string, (typeof turns)[number]>()
  let lastSpeaker: string | undefined
  for (const { event } of events) {
    const open = latest.get(event.agent)
    const goesOn =
      open !== undefined && (event.turn === undefined ? lastSpeaker === event.agent : open.turn === event.turn)
    const turn = goesOn ? open : { speaker: event.agent, turn: event.turn, tokens: [] }
    if (!goesOn) turns.push(turn)
    latest.set(event.agent, turn)
    lastSpeaker = event.agent
    turn.tokens.push(tokenOf(event))
  }
  return makeTranscript(
    'token-events',
    turns.map(({ speaker, tokens }) => ({ speaker, tokens })),
  )
}

function tokenOf({ text, role, logprob, t }: TokenEvent): HeardToken {
  return { text, role, ...(logprob === undefined ? {} : { logprob }), ...(t === undefined ? {} : { seconds: t }) }
}

interface NumberedEvent {
  readonly line: number
  readonly event: TokenEvent
}

function readEvent(text: string, line: number): NumberedEvent {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError('not-json', `line ${line}: expected one JSON object a line (${(error as Error).message}).`)
  }
  const parsed = tokenEventSchema.safeParse(value)
  if (parsed.success) return { line, event: parsed.data }
  throw new InputError(
    'bad-event',
    `line ${line}: ${explain(parsed.error)}. Expected {"agent", "text", "t"?, "turn"?, "logprob"?, "role"?}.`,
  )
}

function checkClock(events: readonly NumberedEvent[]): void {
  const timed = events[0]?.event.t !== undefined
  const odd = events.find(({ event }) => (event.t !== undefined) !== timed)
  if (odd === undefined) return
  const [expected, got] = timed ? ['"t"', 'none'] : ['no "t"', `${odd.event.t}`]
  throw new InputError(
    'mixed-clock',
    `line ${odd.line}: expected ${expected} as on the lines before, got ${got}. Give every token a time or none.`,
  )
}

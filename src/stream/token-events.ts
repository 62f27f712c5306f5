// Our own token events: JSON lines {"agent", "text", "t"?, "turn"?, "logprob"?, "role"?}, one a token, in any agents' order.
// Kept in columns, a turn at a time, because a transcript may hold a million of them.
import { z } from 'zod'
import { explain, type Role } from '../record/index.ts'
import type { Complaints } from './complaints.ts'
import { objectOf, readJsonLines } from './json.ts'
import { cleanText, cutLong, type HeardToken, longestToken } from './tokens.ts'
import { makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

const roles: readonly Role[] = ['speech', 'action', 'number', 'quoted']

const tokenEventSchema = z.strictObject({
  agent: z.string().min(1).max(80),
  text: z.string(),
  /** Seconds on any clock; null: it came together with the one before, and its own time is not known. */
  t: z.number().nullish(),
  /** A new turn begins where it changes; without it, where the speaker changes. */
  turn: z.int().min(0).optional(),
  logprob: z.number().max(0).optional(),
  role: z.enum(['speech', 'action', 'number', 'quoted']).default('speech'),
})
type TokenEvent = z.infer<typeof tokenEventSchema>

export function looksTokenEvent(value: unknown): boolean {
  const event = objectOf(value)
  return typeof event?.['agent'] === 'string' && typeof event['text'] === 'string'
}

interface Columns {
  readonly speaker: string
  readonly turn: number | undefined
  readonly texts: string[]
  readonly roles: number[]
  /** NaN where there is none. */
  readonly seconds: number[]
  readonly logprobs: number[]
  /** The last time told; NaN before there is one. */
  latest: number
}

/** Throws InputError with a line number when strict, or when nothing is left to hear. */
export function readTokenEvents(text: string, complaints: Complaints): Transcript {
  const turns: Columns[] = []
  const latest = new Map<string, Columns>()
  const words = createWordStore()
  let lastSpeaker: string | undefined
  let timed: boolean | null = null
  for (const { line, value } of readJsonLines(text, complaints)) {
    const event = readEvent(value, line, complaints)
    if (event === null) continue
    timed ??= event.t !== undefined
    checkClock(event, timed, line, complaints)
    const open = latest.get(event.agent)
    const goesOn =
      open !== undefined && (event.turn === undefined ? lastSpeaker === event.agent : open.turn === event.turn)
    const turn = goesOn ? open : beginTurn(event, line, complaints)
    if (!goesOn) turns.push(turn)
    latest.set(event.agent, turn)
    lastSpeaker = event.agent
    appendEvent(turn, event, line, words, complaints)
  }
  return makeTranscript('token-events', turns.map(closeTurn), complaints)
}

/** Equal short words are one string in memory. */
function createWordStore(): (word: string) => string {
  const known = new Map<string, string>()
  return (word) => {
    if (word.length > 24) return word
    const stored = known.get(word)
    if (stored !== undefined) return stored
    if (known.size < 1 << 16) known.set(word, word)
    return word
  }
}

function readEvent(value: unknown, line: number, complaints: Complaints): TokenEvent | null {
  const parsed = tokenEventSchema.safeParse(value)
  if (parsed.success) return parsed.data
  complaints.add(
    'bad-event',
    `line ${line}: ${explain(parsed.error)}. Expected {"agent", "text", "t"?, "turn"?, "logprob"?, "role"?}.`,
    'Left out.',
  )
  return null
}

function checkClock({ t }: TokenEvent, timed: boolean, line: number, complaints: Complaints): void {
  if (t === null || (t !== undefined) === timed) return
  const [expected, got] = timed ? ['"t"', 'none'] : ['no "t"', `${t}`]
  complaints.add(
    'mixed-clock',
    `line ${line}: expected ${expected} as on the lines before, got ${got}. Give every token a time or none.`,
    'Missing times are made up and marked synthetic.',
  )
}

const beginTurn = ({ agent, turn }: TokenEvent, line: number, complaints: Complaints): Columns => ({
  speaker: cleanText(agent, () => `line ${line}`, complaints).trim() || 'unknown',
  turn,
  texts: [],
  roles: [],
  seconds: [],
  logprobs: [],
  latest: Number.NaN,
})

function appendEvent(
  turn: Columns,
  event: TokenEvent,
  line: number,
  words: (word: string) => string,
  complaints: Complaints,
): void {
  const text = cleanText(event.text, () => `line ${line}`, complaints)
  if (text === '') return
  if (text.length > longestToken)
    complaints.add(
      'long-token',
      `line ${line}: expected a token of at most ${longestToken} characters, got ${text.length}.`,
      `Cut at blanks, else after every ${longestToken}.`,
    )
  const pieces = text.length <= longestToken ? [words(text)] : (text.match(/\s*\S+/g) ?? []).flatMap(cutLong)
  for (const [i, piece] of pieces.entries()) {
    turn.texts.push(piece)
    turn.roles.push(roles.indexOf(event.role))
    // What follows in an overlong token has no time of its own.
    turn.seconds.push(i === 0 ? inOrder(turn, event.t ?? undefined, line, complaints) : Number.NaN)
    turn.logprobs.push(i === 0 ? (event.logprob ?? Number.NaN) : Number.NaN)
  }
}

/** Within a turn time does not run back. */
function inOrder(turn: Columns, t: number | undefined, line: number, complaints: Complaints): number {
  const before = turn.latest
  if (t === undefined) return Number.NaN
  if (Number.isNaN(before) || t >= before) {
    turn.latest = t
    return t
  }
  complaints.add(
    'time-order',
    `line ${line}: expected a time of ${before} s or later in this turn, got ${t} s.`,
    'Heard together with the token before.',
  )
  return before
}

function closeTurn(columns: Columns): TranscriptTurn {
  return {
    speaker: columns.speaker,
    get tokens() {
      return columns.texts.map((text, i) => tokenAt(columns, text, i))
    },
  }
}

function tokenAt(columns: Columns, text: string, i: number): HeardToken {
  const seconds = columns.seconds[i] as number
  const logprob = columns.logprobs[i] as number
  return {
    text,
    role: roles[columns.roles[i] as number] as Role,
    ...(Number.isNaN(logprob) ? {} : { logprob }),
    ...(Number.isNaN(seconds) ? {} : { seconds }),
  }
}

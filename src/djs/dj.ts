// The port: whoever sits at a deck turns a percept into tokens. What it cost to get them may follow; a turn that breaks is thrown.
import type { TokenLine, Usage } from '../record/index.ts'

export interface Percept {
  readonly agent: string
  readonly slot: number
  readonly system: string
  /** The serialised stream, as far as memory goes, ending with the present slot. */
  readonly text: string
  /** Asked at the text's end once the night is over, instead of a turn. */
  readonly question?: string
}

export interface DjToken {
  readonly text: string
  readonly logprob?: number
  /** The log-probability is not its maker's but that of hocket's own n-gram model. */
  readonly source?: 'reference-model'
  /** The likeliest tokens in its place, best first. */
  readonly top?: NonNullable<TokenLine['top']>
  /** When it came, in seconds from the start of the slot; absent when time is the world's. */
  readonly seconds?: number
}

/** The last item of a turn, if its maker counts. */
export interface DjUsage {
  readonly usage: Usage
}

export type DjItem = DjToken | DjUsage

/** Tokens joined are the turn's text. The seed of a scripted DJ is its own; equal percepts in equal order give equal tokens. */
export type Dj = (percept: Percept) => AsyncIterable<DjItem>

/** Why a turn broke. Its tokens so far are kept, the turn counts as HOLD, and the night goes on. */
export const breakCodes = [
  'broken-turn',
  'rate-limited',
  'server-error',
  'unreachable',
  'denied',
  'bad-request',
  'cut-off',
  'unreadable',
  'no-finish',
  'refused',
  'empty-answer',
  'long-answer',
  'timed-out',
  'over-budget',
  'interrupted',
] as const
export type BreakCode = (typeof breakCodes)[number]

export function isBreakCode(code: string): code is BreakCode {
  return (breakCodes as readonly string[]).includes(code)
}

/** Thrown by a DJ. The message is for the record, and is never shown to an agent. */
export class BrokenTurn extends Error {
  readonly code: BreakCode
  constructor(code: BreakCode, message: string) {
    super(message)
    this.name = 'BrokenTurn'
    this.code = code
  }
}

/** "turn: expected a whole turn, got ... It counts as HOLD." */
export function brokenTurn(code: BreakCode, got: string): BrokenTurn {
  return new BrokenTurn(code, `turn: expected a whole turn, got ${got}. It counts as HOLD.`)
}

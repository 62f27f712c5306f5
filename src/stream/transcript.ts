// What every foreign transcript becomes: speakers, turns in order, tokens with times where the source has them.
import { InputError } from '../record/index.ts'
import type { Seconds } from '../units.ts'
import type { Complaints } from './complaints.ts'
import { cutTokens, type HeardToken } from './tokens.ts'

export type TranscriptFormat =
  | 'token-events'
  | 'openai-chat'
  | 'openai-batch'
  | 'openai-stream'
  | 'opentelemetry'
  | 'openinference'
  | 'inspect-log'
  | 'markdown-chat'
  | 'plain'

export interface TranscriptTurn {
  /** As the source names the speaker. */
  readonly speaker: string
  /** When the turn began, where only that is known. */
  readonly startSeconds?: Seconds
  /** May be made anew at every reading, so that a long transcript is not held twice. */
  readonly tokens: readonly HeardToken[]
}

export interface Transcript {
  readonly format: TranscriptFormat
  /** In order of first appearance. */
  readonly speakers: readonly string[]
  readonly turns: readonly TranscriptTurn[]
  /** `arrival`: tokens have times of their own; `turns`: turns have; `none`: times must be made up. What lacks one gets it made up. */
  readonly clock: 'arrival' | 'turns' | 'none'
  /** What was left out or changed, a sentence each, with the line. */
  readonly complaints: readonly string[]
}

/** The most speakers that a record holds. */
export const mostSpeakers = 64

/** Appends however many there are: a call takes some 100,000 arguments at most. */
export function appendAll<Value>(to: Value[], values: readonly Value[]): void {
  for (const value of values) to.push(value)
}

/** A turn whose tokens are cut when they are asked for. */
export function textTurn(speaker: string, text: string, startSeconds?: Seconds): TranscriptTurn {
  const turn = {
    speaker,
    get tokens() {
      return cutTokens(text)
    },
  }
  return startSeconds === undefined ? turn : Object.assign(turn, { startSeconds })
}

/** Puts turns together. Throws InputError when nobody says anything. */
export function makeTranscript(
  format: TranscriptFormat,
  turns: readonly TranscriptTurn[],
  complaints: Complaints,
): Transcript {
  let timed = 0
  let begun = 0
  const all = turns.filter((turn) => {
    const { tokens } = turn
    if (tokens.length === 0) return false
    if (tokens.some((token) => token.seconds !== undefined)) timed++
    if (turn.startSeconds !== undefined) begun++
    return true
  })
  if (all.length === 0)
    throw (
      complaints.first() ??
      new InputError(
        'empty-transcript',
        `transcript (${format}): expected at least one turn with text, got none. Check that the file holds what was said.`,
      )
    )
  const spoken = keepSpeakers(all, complaints)
  const speakers = [...new Set(spoken.map((turn) => turn.speaker))]
  const clock = timed > 0 ? 'arrival' : begun > 0 ? 'turns' : 'none'
  const timeless = clock === 'none' ? 0 : all.length - (clock === 'arrival' ? timed : begun)
  if (timeless > 0)
    complaints.add(
      'missing-times',
      `transcript: expected a time for every turn, got none for ${timeless} of ${all.length}.`,
      'Theirs are made up and marked synthetic.',
    )
  return { format, speakers, turns: spoken, clock, complaints: complaints.list() }
}

/** All turns while there are few enough speakers, else those of the speakers who speak most often. */
function keepSpeakers(turns: readonly TranscriptTurn[], complaints: Complaints): readonly TranscriptTurn[] {
  const counts = new Map<string, number>()
  for (const { speaker } of turns) counts.set(speaker, (counts.get(speaker) ?? 0) + 1)
  if (counts.size <= mostSpeakers) return turns
  complaints.add(
    'many-speakers',
    `transcript: expected at most ${mostSpeakers} speakers, got ${counts.size}. Are these names?`,
    `Only the ${mostSpeakers} who speak most often are heard.`,
  )
  const kept = new Set(
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, mostSpeakers)
      .map(([speaker]) => speaker),
  )
  return turns.filter(({ speaker }) => kept.has(speaker))
}

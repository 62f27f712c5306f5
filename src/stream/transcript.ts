// What every foreign transcript becomes: speakers, turns in order, tokens with times where the source has them.
import { InputError, type Role } from '../record/index.ts'
import type { Seconds } from '../units.ts'

export type TranscriptFormat = 'token-events' | 'openai-chat' | 'markdown-chat' | 'plain'

export interface HeardToken {
  readonly text: string
  readonly role: Role
  /** Natural logarithm of its probability. */
  readonly logprob?: number
  /** When it came, on the source's own clock. */
  readonly seconds?: Seconds
}

export interface TranscriptTurn {
  /** As the source names the speaker. */
  readonly speaker: string
  /** When the turn began, where only that is known. */
  readonly startSeconds?: Seconds
  readonly tokens: readonly HeardToken[]
}

export interface Transcript {
  readonly format: TranscriptFormat
  /** In order of first appearance. */
  readonly speakers: readonly string[]
  readonly turns: readonly TranscriptTurn[]
  /** `arrival`: every token has its time; `turns`: every turn has; `none`: times must be made up. */
  readonly clock: 'arrival' | 'turns' | 'none'
}

/** Puts turns together. Throws InputError when nobody says anything. */
export function makeTranscript(format: TranscriptFormat, turns: readonly TranscriptTurn[]): Transcript {
  const spoken = turns.filter((turn) => turn.tokens.length > 0)
  if (spoken.length === 0)
    throw new InputError(
      'empty-transcript',
      `transcript (${format}): expected at least one turn with text, got none. Check that the file holds what was said.`,
    )
  const timed = spoken.every((turn) => turn.tokens.every((token) => token.seconds !== undefined))
  const begun = spoken.every((turn) => turn.startSeconds !== undefined)
  const speakers = [...new Set(spoken.map((turn) => turn.speaker))]
  return { format, speakers, turns: spoken, clock: timed ? 'arrival' : begun ? 'turns' : 'none' }
}

/**
 * Text -> tokens, a word each with the blank before it. Digits are `number`, what stands in double quotes or after `>` is `quoted`,
 * what stands in back-quotes is `action`, the rest `speech`.
 */
export function cutTokens(text: string): HeardToken[] {
  let quoted = false
  let code = false
  return (text.match(/\s*\S+/g) ?? []).map((piece) => {
    const word = piece.trim()
    if (/^[“"«]/.test(word)) quoted = true
    if (/^`/.test(word)) code = true
    const role = code ? 'action' : quoted ? 'quoted' : /^[^\p{L}]*\p{N}/u.test(word) ? 'number' : 'speech'
    if (/[”"»][.,;:!?)]*$/.test(word)) quoted = false
    if (/`[.,;:!?)]*$/.test(word)) code = false
    return { text: piece, role }
  })
}

// Rhythm = the tokens' own times: words -> onsets in sixteenths from the start of the run, pulled to the grid as far as `grid` says.
import type { Sung } from './speech.ts'
import type { SpokenTurn } from './words.ts'

/** Words that arrive in one packet are told apart by 30 ms, the order threshold of hearing (Hirsh 1959 has about 20). */
const leastSeconds = 0.03

export interface ArrivalTiming {
  readonly notesPerWord: number
  readonly grid: number
  readonly swing: number
  readonly stepSeconds: number
}

/** The notes of a turn, in order of time. A word's syllables are a sixteenth apart, closer if the next word comes sooner. */
export function timeArrivals(turn: SpokenTurn, timing: ArrivalTiming): Sung[] {
  const least = leastSeconds / timing.stepSeconds
  let latest = -least
  const onsets = turn.words.map((word) => {
    latest = Math.max(word.arrival / timing.stepSeconds, latest + least)
    return latest
  })
  return turn.words.flatMap((word, i) => {
    const at = onsets[i] ?? 0
    const count = Math.min(timing.notesPerWord, word.syllables.length)
    const room = onsets[i + 1] === undefined ? count : Math.min(count, (onsets[i + 1] ?? 0) - at)
    const length = room / count
    return Array.from({ length: count }, (_, note) => ({
      word: i,
      note,
      syllable: note,
      at: pulled(at + note * length, timing),
      length,
    }))
  })
}

function pulled(at: number, { grid, swing }: ArrivalTiming): number {
  const step = Math.round(at)
  const target = step % 2 === 1 ? step + swing : step
  return at + grid * (target - at)
}

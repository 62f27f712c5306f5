// How far the onsets lie off the beat, without a hierarchy of meter.
//   off-beatness = onsets on cells p with gcd(p, n) = 1: places no regular pulse from the downbeat reaches   Toussaint 2005 (BRIDGES)
//   weighted note-to-beat distance = mean over the notes of D / T,  T = distance to the nearest beat, in beats; notes on a beat: 0
//     D = 2 if the note, which lasts until the next, ends after the next beat but before the one after it; else 1
//   Gomez, Melvin, Rappaport & Toussaint 2005 (BRIDGES), the paper's: the mean over all notes, and a note that ends on the second beat
//   counts 1. (SynPy gives the sum, with other edges.)
import { type Bar, greatestCommonDivisor } from './bar.ts'

/** Number of onsets off all regular pulses, 0 and up. */
export function offBeatness({ cells, onsets }: Bar): number {
  return onsets.filter((onset) => greatestCommonDivisor(cells, onset) === 1).length
}

/** 0 = all notes on beats; undefined without notes. */
export function weightedNoteToBeatDistance(bar: Bar): number | undefined {
  const { cells, onsets, meter, course } = bar
  if (onsets.length === 0) return undefined
  // in units of 1 / cells of a beat, so that all is whole: a beat is `cells` long, a cell `beats`
  const distances = onsets.map((onset, i) => {
    const end = onsets[i + 1] ?? (course === 'looped' ? cells + (onsets[0] as number) : cells)
    const past = (onset * meter.beats) % cells
    if (past === 0) return 0
    const reached = (end - onset) * meter.beats + past
    const weight = reached > cells && reached < 2 * cells ? 2 : 1
    return (weight * cells) / Math.min(past, cells - past)
  })
  return distances.reduce((sum, distance) => sum + distance, 0) / onsets.length
}

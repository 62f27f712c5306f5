// Keith: a note of length d belongs on multiples of the largest power of two in d. Starting off them it anticipates (2), ending off
// them it hesitates (1), both are a syncopation (3).
//   With the bar as a power of two of units, as few as tell the onsets: c = 2^floor(log2 d), start off c: 2, end off c: 1
// Keith 1991 ("From Polychords to Polya"), as in SynPy; how many notes start off (anticipations and syncopations) is the count that Gomez,
// Melvin, Rappaport & Toussaint 2005 (BRIDGES) print. For meters whose count is a power of two. A note lasts until the next; the last one
// round to the first, or to the end of a bar alone.
import { type Bar, shorten } from './bar.ts'

export interface Keith {
  /** Sum over the notes, 0..3 each. */
  readonly weighted: number
  /** How many notes start off. */
  readonly count: number
}

/** Undefined for meters that do not count a power of two. */
export function keith(bar: Bar): Keith | undefined {
  if (!Number.isInteger(Math.log2(bar.meter.numerator))) return undefined
  const { cells, onsets } = bar
  const units = 2 ** Math.ceil(Math.log2(shorten(bar).cells))
  const notes = onsets.map((start, i) => {
    const end = onsets[i + 1] ?? (bar.course === 'looped' ? cells + (onsets[0] as number) : cells)
    const grid = 2 ** Math.floor(Math.log2(((end - start) * units) / cells)) * cells
    return { early: (start * units) % grid !== 0, held: (end * units) % grid !== 0 }
  })
  return {
    weighted: notes.reduce((sum, { early, held }) => sum + (early ? 2 : 0) + (held ? 1 : 0), 0),
    count: notes.filter(({ early }) => early).length,
  }
}

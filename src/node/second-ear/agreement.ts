// How two answers about key or tempo stand to each other, as evaluations of such answers count it.
import type { MusicalKey } from '../../djs/index.ts'

/** `fifth`: same mode, a fifth up or down; `relative`: the same tones (A minor, C major); `parallel`: the same tonic (A minor, A major). */
export type KeyRelation = 'same' | 'fifth' | 'relative' | 'parallel' | 'other'

/** What MIREX' key detection gives for each (music-ir.org, Audio Key Detection). */
export const keyWeights: Readonly<Record<KeyRelation, number>> = {
  same: 1,
  fifth: 0.5,
  relative: 0.3,
  parallel: 0.2,
  other: 0,
}

export function relateKeys(a: MusicalKey, b: MusicalKey): KeyRelation {
  const up = (b.tonic - a.tonic + 12) % 12
  if (a.mode === b.mode) return up === 0 ? 'same' : up === 5 || up === 7 ? 'fifth' : 'other'
  if (up === 0) return 'parallel'
  return up === (a.mode === 'minor' ? 3 : 9) ? 'relative' : 'other'
}

/** `octave`: two or three times, a half or a third of the other (accuracy 2 of Gouyon et al. 2006, IEEE TASLP 14). */
export type TempoRelation = 'same' | 'octave' | 'other'

const tolerance = 0.04
const octaves = [2, 3, 1 / 2, 1 / 3]

/** Both above 0, within 4 % of each other or of a multiple of `b`. */
export function relateTempi(a: number, b: number): TempoRelation {
  const near = (factor: number) => Math.abs(a / (b * factor) - 1) <= tolerance
  return near(1) ? 'same' : octaves.some(near) ? 'octave' : 'other'
}

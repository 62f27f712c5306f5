// Groove of a drum pattern: syncopation between the instruments of a kit, and the wish to move, which is greatest at medium syncopation.
// After Witek, Clarke, Wallentin, Kringelbach & Vuust 2014 (PLoS ONE 9: e94446).
//   A note N of bass or snare drum is a syncopation if what comes next is not weaker: a silent cell (the strongest before the next note), or else
//   the next cell that sounds, if N's own drum is not in it. Its degree is weight(next) - weight(N) + I:
//     I = 2  bass drum, then snare drum (with or without hi-hat)      I = 5  either drum, then hi-hat alone
//     I = 1  snare drum, then bass drum (with or without hi-hat)      I = 6  either drum, then silence
//   weights in 4/4: 0 bar, -1 beat, -2 eighth, -3 sixteenth, and on
//   syncopation = sum of the degrees of a bar;  groove = 1 - ((syncopation - best) / best)^2, not below 0
// The numbers are those in which two public implementations (GrooveToolbox, rhythmtoolbox) read the paper; for two drums in turn without
// hi-hat they differ, and the first is followed. The shape is the paper's inverted U; where its top lies is a choice, not a fit.
import { InputError } from '../../../record/index.ts'
import { readBar } from './bar.ts'

/** Patterns of one bar of 4/4, "x" and ".", equally long, a multiple of four cells. */
export interface DrumKit {
  readonly bassDrum: string
  readonly snareDrum: string
  readonly hiHat: string
}

export interface Groove {
  /** Sum of the degrees of all syncopations of the bar, 0 and up. */
  readonly syncopation: number
  /** 0..1: 0 for none and from twice the best on, 1 at the best. */
  readonly groove: number
}

const bestSyncopation = 20

const weightsOfInstruments = { bassBySnare: 2, snareByBass: 1, byHiHat: 5, bySilence: 6 }

/** Groove of a bar that comes round and round. Throws InputError for other letters, unequal lengths, and bars that are not whole beats. */
export function measureGroove(kit: DrumKit): Groove {
  const bar = readKit(kit)
  const { bassBySnare, snareByBass } = weightsOfInstruments
  let syncopation = 0
  for (let cell = 0; cell < bar.cells; cell++) {
    if (bar.bass.has(cell)) syncopation += degreeOf(bar, cell, bar.bass, bassBySnare)
    if (bar.snare.has(cell)) syncopation += degreeOf(bar, cell, bar.snare, snareByBass)
  }
  return { syncopation, groove: Math.max(0, 1 - ((syncopation - bestSyncopation) / bestSyncopation) ** 2) }
}

interface KitBar {
  readonly cells: number
  readonly bass: ReadonlySet<number>
  readonly snare: ReadonlySet<number>
  readonly hat: ReadonlySet<number>
}

function degreeOf(bar: KitBar, cell: number, own: ReadonlySet<number>, byOtherDrum: number): number {
  const weight = weightOf(cell, bar.cells)
  let silence = Number.NEGATIVE_INFINITY
  for (let step = 1; step < bar.cells; step++) {
    const next = (cell + step) % bar.cells
    const drums = bar.bass.has(next) || bar.snare.has(next)
    if (!drums && !bar.hat.has(next)) silence = Math.max(silence, weightOf(next, bar.cells))
    else if (silence >= weight) break
    else {
      const rise = weightOf(next, bar.cells) - weight
      if (own.has(next) || rise < 0) return 0
      return rise + (drums ? byOtherDrum : weightsOfInstruments.byHiHat)
    }
  }
  return silence >= weight ? silence - weight + weightsOfInstruments.bySilence : 0
}

/** 0 for the downbeat, -1 for the other beats, one less for each halving of the beat. */
function weightOf(cell: number, cells: number): number {
  if (cell === 0) return 0
  let weight = -1
  for (let step = cells / 4; cell % step !== 0; step /= 2) weight--
  return weight
}

function readKit({ bassDrum, snareDrum, hiHat }: DrumKit): KitBar {
  const { length } = bassDrum
  if (snareDrum.length !== length || hiHat.length !== length)
    throw new InputError(
      'pattern',
      `kit: expected three patterns of one length, got ${length}, ${snareDrum.length} and ${hiHat.length} cells.`,
    )
  if (!Number.isInteger(Math.log2(length / 4)))
    throw new InputError('pattern', `kit: expected 4, 8, 16, 32 or so cells to the bar, got ${length}.`)
  const [bass, snare, hat] = [bassDrum, snareDrum, hiHat].map(
    (pattern) => new Set(readBar(pattern, '4/4', 'looped').onsets),
  ) as [Set<number>, Set<number>, Set<number>]
  return { cells: length, bass, snare, hat }
}

// Cross-validation, inner and outer, seeded. Inner: which form, by chords that a fit has not seen. Outer: how well forms chosen and fitted in that
// way do on chords that neither choice nor fit has seen.
import { type Random, shuffled } from '../../src/random.ts'
import type { RatedChord } from './chords.ts'
import type { Choice, Dimension, Form } from './forms.ts'
import { type Fit, fitForm, predict } from './regression.ts'
import { correlation, mean } from './statistics.ts'

/** Chords dealt into folds of equal make-up: each size is dealt on its own. */
export function dealFolds(random: Random, chords: readonly RatedChord[], count: number): RatedChord[][] {
  const folds: RatedChord[][] = Array.from({ length: count }, () => [])
  const sizes = [...new Set(chords.map(({ names }) => names.length))].sort((a, b) => a - b)
  let next = 0
  for (const size of sizes)
    for (const chord of shuffled(
      random,
      chords.filter(({ names }) => names.length === size),
    ))
      (folds[next++ % count] as RatedChord[]).push(chord)
  return folds
}

/** Each chord's expected liking from a fit to the folds that it is not in. */
export function predictHeldOut(
  folds: readonly (readonly RatedChord[])[],
  fitTo: (chords: readonly RatedChord[]) => Fit,
): Map<RatedChord, number> {
  const held = new Map<RatedChord, number>()
  for (const fold of folds) {
    const fitted = fitTo(folds.filter((other) => other !== fold).flat())
    for (const chord of fold) held.set(chord, predict(fitted, chord.asTuned))
  }
  return held
}

/** r over chords with predictions; of one size if given. */
export function agreement(predictions: ReadonlyMap<RatedChord, number>, size?: number): number {
  const chords = [...predictions.keys()].filter(({ names }) => size === undefined || names.length === size)
  return correlation(
    chords.map((chord) => predictions.get(chord) as number),
    chords.map(({ liking }) => liking),
  )
}

/**
 * What the inner choice maximises: the mean of r over all chords, over triads alone and over tetrads alone, all on held-out folds. Other sets seldom
 * mix sizes as Bowling's does, so telling chords of one size apart counts as much as telling sizes apart.
 */
export function innerMerit(predictions: ReadonlyMap<RatedChord, number>): number {
  return mean([agreement(predictions), agreement(predictions, 3), agreement(predictions, 4)])
}

export interface Family {
  readonly dimensions: readonly Dimension[]
  readonly form: (choice: Choice) => Form
}

/** A level replaces another when it is better by more than this; else the one that stands first stays. */
const worthwhile = 0.002

/** The best choice on these chords: one dimension after the other, twice round, by inner folds. */
export function chooseForm(family: Family, chords: readonly RatedChord[], random: Random): Choice {
  const folds = dealFolds(random, chords, 5)
  const meritOf = (choice: Choice) => innerMerit(predictHeldOut(folds, (part) => fitForm(family.form(choice), part)))
  let best: Choice = Object.fromEntries(family.dimensions.map(([name, levels]) => [name, levels[0] as string]))
  let merit = meritOf(best)
  for (let round = 0; round < 2; round++)
    for (const [name, levels] of family.dimensions)
      for (const level of levels) {
        if (level === best[name]) continue
        const other = { ...best, [name]: level }
        const value = meritOf(other)
        if (value > merit + worthwhile) {
          best = other
          merit = value
        }
      }
  return best
}

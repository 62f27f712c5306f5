// How well fits do on chords that they have not seen: nested cross-validation, thirds kept back, sizes left out, other listeners.
import { seededRandom } from '../../src/random.ts'
import type { RatedChord } from './chords.ts'
import { type Choice, chordDimensions, chordForm, publishedForm } from './forms.ts'
import { type Fit, fitForm, predict } from './regression.ts'
import { rivals } from './rivals.ts'
import { correlation, mean, rootMeanSquare } from './statistics.ts'
import { agreement, chooseForm, dealFolds, type Family, predictHeldOut } from './validation.ts'

export const chordFamily: Family = { dimensions: chordDimensions, form: chordForm }

/** r of predictions of `fit` with a set's ratings. */
export function agreementOf(
  fit: Fit,
  chords: readonly RatedChord[],
  tuning: 'asTuned' | 'tempered' = 'asTuned',
): number {
  return agreement(new Map(chords.map((chord) => [chord, predict(fit, chord[tuning])])))
}

/** r of any other number with a set's ratings. */
export function agreementWith(measure: (chord: RatedChord) => number, chords: readonly RatedChord[]): number {
  return correlation(
    chords.map(measure),
    chords.map(({ liking }) => liking),
  )
}

export interface NestedTrial {
  /** One a repetition: r over all chords, over triads, over tetrads, each predicted by a form chosen and fitted without it. */
  readonly rs: readonly (readonly [all: number, triads: number, tetrads: number])[]
  /** Root mean square of what is left over. */
  readonly error: number
  readonly choices: readonly Choice[]
}

/** Nested cross-validation: in each of ten outer folds, repeated, the inner folds of the other nine choose the form. */
export function tryNested(chords: readonly RatedChord[], repetitions: number): NestedTrial {
  const choices: Choice[] = []
  const left: number[] = []
  const rs = Array.from({ length: repetitions }, (_, repetition) => {
    const random = seededRandom(`consonance/outer/${repetition}`)
    const held = predictHeldOut(dealFolds(random, chords, 10), (others) => {
      const choice = chooseForm(chordFamily, others, random)
      choices.push(choice)
      return fitForm(chordForm(choice), others)
    })
    for (const [chord, expected] of held) left.push(chord.liking - expected)
    return [agreement(held), agreement(held, 3), agreement(held, 4)] as const
  })
  return { rs, error: rootMeanSquare(left), choices }
}

export interface ThirdsTrial {
  readonly ours: number
  /** The published composite as it stands: its weights come from all of Bowling's chords, these among them. */
  readonly published: number
  /** Its three terms, fitted to the same two thirds as ours. */
  readonly refitted: number
}

/** r on a third of the chords, form chosen and fitted on the other two thirds. */
export function tryThirds(chords: readonly RatedChord[], repetitions: number): ThirdsTrial[] {
  return Array.from({ length: repetitions }, (_, repetition) => {
    const random = seededRandom(`consonance/thirds/${repetition}`)
    const [third, ...rest] = dealFolds(random, chords, 3) as [RatedChord[], ...RatedChord[][]]
    const fit = fitForm(chordForm(chooseForm(chordFamily, rest.flat(), random)), rest.flat())
    return {
      ours: agreementOf(fit, third),
      published: agreementWith(rivals['harrisonPearce2020'] as (chord: RatedChord) => number, third),
      refitted: agreementOf(fitForm(publishedForm, rest.flat()), third),
    }
  })
}

/** The form that all chords together choose: the most frequent one of nine deals of the inner folds. */
export function chooseFinal(chords: readonly RatedChord[]): Choice {
  const votes = new Map<string, number>()
  for (let deal = 0; deal < 9; deal++) {
    const choice = JSON.stringify(chooseForm(chordFamily, chords, seededRandom(`consonance/final/${deal}`)))
    votes.set(choice, (votes.get(choice) ?? 0) + 1)
  }
  const [winner] = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best))
  return JSON.parse(winner) as Choice
}

/** Held-out predictions of one form, the mean over repeated tens of folds, by chord. */
export function holdOut(
  chords: readonly RatedChord[],
  fitTo: (chords: readonly RatedChord[]) => (chord: RatedChord) => number,
  repetitions = 10,
): Map<RatedChord, number> {
  const sums = new Map<RatedChord, number>(chords.map((chord) => [chord, 0]))
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const folds = dealFolds(seededRandom(`consonance/held/${repetition}`), chords, 10)
    for (const fold of folds) {
      const expected = fitTo(folds.filter((other) => other !== fold).flat())
      for (const chord of fold) sums.set(chord, (sums.get(chord) as number) + expected(chord) / repetitions)
    }
  }
  return sums
}

export function errorOf(held: ReadonlyMap<RatedChord, number>): number {
  return rootMeanSquare([...held].map(([chord, expected]) => chord.liking - expected))
}

/** Fits to resampled chords (the bootstrap): standard deviations of intercept and weights. */
export function resample(form: Fit['form'], chords: readonly RatedChord[], times: number): Fit[] {
  const random = seededRandom('consonance/bootstrap')
  return Array.from({ length: times }, () =>
    fitForm(
      form,
      chords.map(() => chords[Math.floor(random() * chords.length)] as RatedChord),
    ),
  )
}

/** r on the chords of one size from a fit to the others. */
export function leaveSizeOut(form: Fit['form'], chords: readonly RatedChord[], size: number): number {
  const fit = fitForm(
    form,
    chords.filter(({ names }) => names.length !== size),
  )
  return agreementOf(
    fit,
    chords.filter(({ names }) => names.length === size),
  )
}

/** Mean liking of the chords whose expectation lies in each tenth of the scale. */
export function calibration(
  held: ReadonlyMap<RatedChord, number>,
): { count: number; expected: number; observed: number }[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = [...held].filter(([, expected]) => Math.min(9, Math.floor(expected * 10)) === tenth)
    return {
      count: inside.length,
      expected: mean(inside.map(([, expected]) => expected)),
      observed: mean(inside.map(([chord]) => chord.liking)),
    }
  })
}

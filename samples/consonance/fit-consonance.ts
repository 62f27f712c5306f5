// Fits our `consonance` to people's ratings, says how well it does, and writes src/measure/consonance/composite.json.
//   npm run fit:consonance
// Everything is fitted to the 199 chords of Bowling, Purves & Gill 2018 alone; the other sets only test. Seeded: the same figures every time.
import { writeFileSync } from 'node:fs'
import { chordTerms, nameNotes } from '../../src/measure/consonance/index.ts'
import { loadRatings, oneTone, type RatedChord } from './chords.ts'
import { type Choice, chordForm } from './forms.ts'
import { fitRoughness, fitSound, predictRoughness, predictSound, type Shape } from './partials-fits.ts'
import { type Fit, fitForm, predict } from './regression.ts'
import { type Sets, tellCalibration, tellNested, tellThirds, tellTried, tellWeights } from './report.ts'
import { tellSounds } from './sanity.ts'
import { deviation, rootMeanSquare } from './statistics.ts'
import {
  agreementOf,
  agreementWith,
  chooseFinal,
  errorOf,
  holdOut,
  leaveSizeOut,
  resample,
  tryNested,
  tryThirds,
} from './trials.ts'

const file = new URL('../../src/measure/consonance/composite.json', import.meta.url)
const shapes: readonly Shape[] = ['product', 'logistic', 'line']

/** Significant digits kept of what is stored. */
const stored = (value: number) => Number(value.toPrecision(6))

/** The final form's fit, and how much each weight may be trusted. */
function fitFinal(chords: readonly RatedChord[], choice: Choice): { fit: Fit; resampled: Fit[] } {
  const fit = fitForm(chordForm(choice), chords)
  return { fit, resampled: resample(fit.form, chords, 400) }
}

function main(): void {
  const sets = loadRatings()
  const bowling = sets['bowling2018'] ?? []
  console.log(
    `Ratings: ${Object.entries(sets)
      .map(([name, chords]) => `${name} ${chords.length}`)
      .join(', ')}`,
  )
  const own = rootMeanSquare(bowling.map(({ standardError }) => standardError ?? Number.NaN))
  console.log(`Bowling's listeners: standard error of a chord's mean ${own.toFixed(3)} on 0..1\n`)
  const nested = tryNested(bowling, 5)
  tellNested(nested)
  tellThirds(tryThirds(bowling, 30))
  const choice = chooseFinal(bowling)
  console.log(`Final choice: ${JSON.stringify(choice)}\n`)
  const { fit, resampled } = fitFinal(bowling, choice)
  requireTerms(fit, bowling)
  tellWeights(fit, resampled)
  tellTransfer(fit, sets)
  tellTried(choice, sets)
  writeComposite(bowling, choice, { fit, resampled, error: nested.error })
  const held = holdOut(bowling, (part) => {
    const fitted = fitForm(fit.form, part)
    return (chord) => predict(fitted, chord.asTuned)
  })
  tellCalibration(held)
  tellPartials(bowling)
}

/** src must compute the terms that were chosen here. */
function requireTerms(fit: Fit, chords: readonly RatedChord[]): void {
  for (const { midi, asTuned } of chords) {
    const terms: Record<string, number> = chordTerms({ ...asTuned, names: nameNotes(midi) })
    for (const { name, value } of fit.form.terms)
      if (!(Math.abs((terms[name] ?? Number.NaN) - value(asTuned)) < 1e-9))
        throw new Error(`term ${name}: composite.ts has ${terms[name]}, the fit ${value(asTuned)}; make them agree`)
  }
}

function tellTransfer(fit: Fit, sets: Sets): void {
  const { bowling2018 = [], ...others } = sets
  const three = (value: number) => value.toFixed(3)
  console.log(
    `In sample: r ${three(agreementOf(fit, bowling2018))}; from note numbers in equal temperament ${three(agreementOf(fit, bowling2018, 'tempered'))}`,
  )
  for (const size of [2, 3, 4])
    console.log(
      `Chords of ${size} from a fit to the other sizes: r ${three(leaveSizeOut(fit.form, bowling2018, size))}`,
    )
  for (const [name, chords] of Object.entries(others))
    console.log(`Other listeners, ${name} (${chords.length}): r ${three(agreementOf(fit, chords))}`)
  console.log()
}

function tellPartials(chords: readonly RatedChord[]): void {
  console.log('Fits for sounds whose notes are not known (held out: ten folds, ten deals)')
  for (const shape of shapes) {
    const held = heldSound(chords, shape)
    const r = agreementWith((chord) => held.get(chord) as number, chords)
    const { intercept, weight, steepness } = fitSound(shape, chords)
    const numbers = [intercept, weight, steepness].map((value) => value.toFixed(4)).join(', ')
    console.log(
      `  of a sound, ${shape}: r ${r.toFixed(3)}, error ${errorOf(held).toFixed(3)}; intercept, weight, steepness ${numbers}`,
    )
  }
  const held = heldRoughness(chords)
  const { smoothest, steepness } = fitRoughness(chords)
  const r = agreementWith((chord) => held.get(chord) as number, chords)
  console.log(
    `  of roughness: r ${r.toFixed(3)}, error ${errorOf(held).toFixed(3)}; ${smoothest.toFixed(5)} e^(-${steepness.toFixed(5)} R)\n`,
  )
  tellSounds(shapes.map((shape) => fitSound(shape, chords)))
}

function heldSound(chords: readonly RatedChord[], shape: Shape): Map<RatedChord, number> {
  return holdOut(chords, (part) => {
    const fitted = fitSound(shape, part)
    return (chord) => predictSound(fitted, chord.asTuned)
  })
}

function heldRoughness(chords: readonly RatedChord[]): Map<RatedChord, number> {
  return holdOut(chords, (part) => {
    const fitted = fitRoughness(part)
    return (chord) => predictRoughness(fitted, chord.asTuned)
  })
}

interface ChordResult {
  readonly fit: Fit
  readonly resampled: readonly Fit[]
  readonly error: number
}

function writeComposite(chords: readonly RatedChord[], choice: Choice, { fit, resampled, error }: ChordResult): void {
  const names = fit.form.terms.map(({ name }) => name)
  const byName = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, stored(values[i] as number)]))
  const sound = fitSound('product', chords)
  const { smoothest, steepness } = fitRoughness(chords)
  const composite = {
    fittedOn: `${chords.length} chords of Bowling, Purves & Gill 2018, ratings 1..4 laid on 0..1`,
    madeBy: 'npm run fit:consonance',
    mostHarmonicity: stored(oneTone),
    ofChord: {
      chosen: choice,
      intercept: stored(fit.intercept),
      weights: byName(fit.weights),
      standardErrors: {
        intercept: stored(deviation(resampled.map(({ intercept }) => intercept))),
        ...byName(names.map((_, i) => deviation(resampled.map(({ weights }) => weights[i] as number)))),
      },
      error: stored(error),
    },
    ofSound: {
      intercept: stored(sound.intercept),
      weight: stored(sound.weight),
      steepness: stored(sound.steepness),
      error: stored(errorOf(heldSound(chords, 'product'))),
    },
    ofRoughness: {
      smoothest: stored(smoothest),
      steepness: stored(steepness),
      error: stored(errorOf(heldRoughness(chords))),
    },
  }
  writeFileSync(file, `${JSON.stringify({ version: 2, ...composite }, null, 2)}\n`)
}

main()

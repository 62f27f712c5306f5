// Tables of figures for docs/measures/consonance.md, as text.

import { seededRandom } from '../../src/random.ts'
import type { RatedChord } from './chords.ts'
import { type Choice, chordForm, type Form, sizeTerm } from './forms.ts'
import { pickReferenceChords, spellNotes } from './reference-chords.ts'
import { type Fit, fitForm } from './regression.ts'
import { rivals } from './rivals.ts'
import { deviation, mean, quantile } from './statistics.ts'
import { agreementOf, agreementWith, calibration, chordFamily, type NestedTrial, type ThirdsTrial } from './trials.ts'
import { dealFolds, innerMerit, predictHeldOut } from './validation.ts'

export type Sets = Readonly<Record<string, readonly RatedChord[]>>

const three = (value: number) => value.toFixed(3).replace(/^(-?)0\./, '$1.')
const two = (value: number) => value.toFixed(2).replace(/^(-?)0\./, '$1.')
export const spread = (values: readonly number[]) => `${three(mean(values))} +- ${three(deviation(values))}`
const tell = (line = '') => console.log(line)

/** Rows of cells, each column as wide as its widest cell; the first to the left. */
export function tellTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] as string).length)))
  for (const row of [head, ...rows])
    tell(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
        .join('  '),
    )
  tell()
}

export function tellNested({ rs, error, choices }: NestedTrial): void {
  tell(
    `Nested cross-validation, ten outer folds, ${rs.length} repetitions (mean +- standard deviation over repetitions)`,
  )
  const column = (i: 0 | 1 | 2) => spread(rs.map((r) => r[i]))
  tell(`  r over all ${column(0)}, triads ${column(1)}, tetrads ${column(2)}; error ${three(error)}`)
  tell(`  chosen in ${choices.length} outer folds:`)
  for (const [name, levels] of chordFamily.dimensions)
    tell(
      `    ${name}: ${levels.map((level) => `${level} ${choices.filter((choice) => choice[name] === level).length}`).join(', ')}`,
    )
  tell()
}

export function tellThirds(trials: readonly ThirdsTrial[]): void {
  const better = trials.filter(({ ours, published }) => ours > published).length
  tell(`A third kept back, form chosen and fitted on the rest, ${trials.length} deals`)
  tell(`  r ${spread(trials.map(({ ours }) => ours))}`)
  tell(
    `  published composite on the same chords ${spread(trials.map(({ published }) => published))}, below ours in ${better} deals`,
  )
  tell(`  its terms fitted to the rest as ours are ${spread(trials.map(({ refitted }) => refitted))}`)
  tell()
}

/** Weights with their standard errors and 95 % intervals over resampled chords. */
export function tellWeights(fit: Fit, resampled: readonly Fit[]): void {
  tell(`Weights, ${resampled.length} resamplings of the chords`)
  const row = (name: string, value: number, values: number[], most?: number) => [
    name,
    value.toFixed(4),
    deviation(values).toFixed(4),
    `${quantile(values, 0.025).toFixed(3)} to ${quantile(values, 0.975).toFixed(3)}`,
    most === undefined ? '' : most.toFixed(3),
  ]
  tellTable(
    ['term', 'weight', 'standard error', '95 %', 'bound'],
    [
      row(
        'intercept',
        fit.intercept,
        resampled.map(({ intercept }) => intercept),
      ),
      ...fit.form.terms.map(({ name, most }, i) =>
        row(
          name,
          fit.weights[i] as number,
          resampled.map(({ weights }) => weights[i] as number),
          most,
        ),
      ),
    ],
  )
}

/** r of every measure on every set. */
export function tellAgreement(sets: Sets, ours: Readonly<Record<string, (chord: RatedChord) => number>>): void {
  tell('r with ratings (high = consonant), by set')
  const names = Object.keys(sets)
  const triads = (sets['bowling2018'] ?? []).filter((chord) => chord.names.length === 3)
  const tetrads = (sets['bowling2018'] ?? []).filter((chord) => chord.names.length === 4)
  tellTable(
    ['', ...names, 'Bowling triads', 'tetrads'],
    Object.entries({ ...ours, ...rivals }).map(([name, measure]) => [
      name,
      ...[...names.map((set) => sets[set] as readonly RatedChord[]), triads, tetrads].map((chords) =>
        three(agreementWith(measure, chords)),
      ),
    ]),
  )
}

/** What each single change of the final choice would do. */
export function tellTried(choice: Choice, sets: Sets): void {
  const { bowling2018 = [], ...others } = sets
  tell('What was tried: the final form, and each single change of it (held out: mean over five deals of ten folds)')
  const row = (label: string, form: Form) => {
    const held = [0, 1, 2, 3, 4].map((deal) =>
      predictHeldOut(dealFolds(seededRandom(`consonance/tried/${deal}`), bowling2018, 10), (part) =>
        fitForm(form, part),
      ),
    )
    const fit = fitForm(form, bowling2018)
    return [
      label,
      three(mean(held.map((predictions) => innerMerit(predictions)))),
      three(mean(held.map((predictions) => agreementWith((chord) => predictions.get(chord) as number, bowling2018)))),
      three(agreementOf(fit, bowling2018)),
      three(agreementOf(fit, bowling2018, 'tempered')),
      ...Object.values(others).map((chords) => three(agreementOf(fit, chords))),
    ]
  }
  const final = chordForm(choice)
  const sized: Form = { ...final, sizes: 'ignored', terms: [...final.terms, sizeTerm] }
  const changes = chordFamily.dimensions.flatMap(([name, levels]) =>
    levels
      .filter((level) => level !== choice[name])
      .map((level) => row(`${name}: ${level}`, chordForm({ ...choice, [name]: level }))),
  )
  tellTable(
    ['', 'merit', 'held out', 'in sample', 'tempered', ...Object.keys(others)],
    [row('as chosen', final), ...changes, row('number of notes as a term', sized)],
  )
}

export function tellCalibration(held: ReadonlyMap<RatedChord, number>): void {
  tell('Calibration: held-out expectation against what people said, by tenth of the scale')
  tellTable(
    ['expected', 'chords', 'mean expected', 'mean observed'],
    calibration(held)
      .map((bin, i) => [`${two(i / 10)} to ${two((i + 1) / 10)}`, `${bin.count}`, two(bin.expected), two(bin.observed)])
      .filter((row) => row[1] !== '0'),
  )
}

export function tellReferences(chords: readonly RatedChord[]): void {
  tell('Reference chords (rendered by npx tsx samples/consonance/render-chords.ts)')
  tellTable(
    ['notes', 'name', 'expected', 'observed'],
    pickReferenceChords(chords).map(({ chord, expected }) => [
      spellNotes(chord.names),
      chord.name,
      two(expected),
      two(chord.liking),
    ]),
  )
}

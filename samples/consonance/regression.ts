// Fits a form to rated chords by weighted least squares of y = curve(intercept + sum of weight x term + offset of its size), each weight of its
// term's sign (else it is 0) and within its bound. Then, without the offsets, intercept and one common factor of the weights are fitted again,
// so that predictions know nothing of a chord's size.
import type { Features, RatedChord } from './chords.ts'
import type { Form, Term } from './forms.ts'
import { solveLeastSquares } from './solver.ts'

export interface Fit {
  readonly form: Form
  readonly intercept: number
  /** By place of the form's terms. */
  readonly weights: readonly number[]
}

interface Data {
  readonly y: readonly number[]
  readonly importance: readonly number[]
  readonly curve: Form['curve']
}

/** Sizes that have an offset against tetrads. */
const offsetSizes = [2, 3]

/** Least-squares fit. Chords' likings must lie on 0..1. */
export function fitForm(form: Form, chords: readonly RatedChord[]): Fit {
  const entries = chords.flatMap((chord) =>
    (form.tuning === 'both' ? [chord.asTuned, chord.tempered] : [chord.asTuned]).map((features) => ({
      chord,
      features,
    })),
  )
  const table = entries.map(({ features }) => form.terms.map((term) => term.value(features)))
  const sizes = entries.map(({ features }) => (form.sizes === 'offset' ? offsetsOf(features) : []))
  const rated = entries.map(({ chord }) => chord)
  const data = { y: rated.map(({ liking }) => liking), importance: importanceOf(form, rated), curve: form.curve }
  return calibrate(form, table, data, fitWithinBounds(form, table, sizes, data))
}

/** What a fit expects of a sound, 0..1 for a logistic form. */
export function predict({ form, intercept, weights }: Fit, features: Features): number {
  const sum = form.terms.reduce((u, term, i) => u + (weights[i] as number) * term.value(features), intercept)
  return form.curve === 'line' ? sum : logistic(sum)
}

function offsetsOf({ size }: Features): number[] {
  return offsetSizes.map((offset) => (size === offset ? 1 : 0))
}

/** Weights of rows, summing to 1. */
export function importanceOf({ weighting }: Pick<Form, 'weighting'>, chords: readonly RatedChord[]): number[] {
  const raw = chords.map((chord) => {
    // Ratings have an error of their own and a distance from any model (.1 on the scale) that no listening removes.
    if (weighting === 'standard errors') return 1 / ((chord.standardError ?? 0) ** 2 + 0.1 ** 2)
    if (weighting === 'equal sizes') return 1 / chords.filter(({ names }) => names.length === chord.names.length).length
    return 1
  })
  const total = raw.reduce((sum, value) => sum + value, 0)
  return raw.map((value) => value / total)
}

/** Weights by place of the terms. One that comes out of the wrong sign is held at 0, one beyond its bound at the bound, the rest are fitted again. */
function fitWithinBounds(
  { terms, ridge }: Form,
  table: readonly (readonly number[])[],
  sizes: readonly (readonly number[])[],
  data: Data,
): number[] {
  const held = new Map<number, number>()
  for (;;) {
    const free = terms.map((_, i) => i).filter((i) => !held.has(i))
    const solution = solveCurve(
      data,
      table.map((row, r) => [1, ...free.map((i) => row[i] as number), ...(sizes[r] as readonly number[])]),
      table.map((row) => [...held].reduce((sum, [i, weight]) => sum + weight * (row[i] as number), 0)),
      [0, ...free.map((i) => ridge * variance(table, i)), ...(sizes[0] ?? []).map(() => 0)],
    )
    const weights = terms.map((_, i) => held.get(i) ?? (solution[1 + free.indexOf(i)] as number))
    const breach = findBreach(terms, weights)
    if (breach === null) return weights
    held.set(breach.index, breach.allowed)
  }
}

function findBreach(terms: readonly Term[], weights: readonly number[]): { index: number; allowed: number } | null {
  const wrong = weights.findIndex((weight, i) => weight * (terms[i] as Term).sign < 0)
  if (wrong >= 0) return { index: wrong, allowed: 0 }
  const beyond = weights.findIndex((weight, i) => Math.abs(weight) > ((terms[i] as Term).most ?? Infinity) + 1e-12)
  if (beyond < 0) return null
  const { sign, most = Infinity } = terms[beyond] as Term
  return { index: beyond, allowed: sign * most }
}

function variance(table: readonly (readonly number[])[], column: number): number {
  const values = table.map((row) => row[column] as number)
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length
}

/** Intercept and common factor of the weights without offsets of size; no weight grows beyond its bound. */
function calibrate(form: Form, table: readonly (readonly number[])[], data: Data, weights: readonly number[]): Fit {
  const sums = table.map((row) => row.reduce((u, value, i) => u + (weights[i] as number) * value, 0))
  const nothing = sums.map(() => 0)
  const [, free] = solveCurve(
    data,
    sums.map((u) => [1, u]),
    nothing,
    [0, 0],
  )
  const most = Math.min(...form.terms.map((term, i) => (term.most ?? Infinity) / Math.abs(weights[i] as number)))
  const factor = Math.min(free as number, most)
  const [intercept] = solveCurve(
    data,
    sums.map(() => [1]),
    sums.map((u) => factor * u),
    [0],
  )
  return { form, intercept: intercept as number, weights: weights.map((weight) => factor * weight) }
}

/** Weights of the columns; `fixed` is added to each row's sum whatever they are. */
function solveCurve(
  { y, importance, curve }: Data,
  rows: readonly (readonly number[])[],
  fixed: readonly number[],
  penalties: readonly number[],
): number[] {
  return solveLeastSquares({
    start: penalties.map(() => 0),
    y,
    importance,
    penalties,
    expect: (weights, r, slopes) => {
      const row = rows[r] as readonly number[]
      let u = fixed[r] as number
      for (let i = 0; i < row.length; i++) u += (weights[i] as number) * (row[i] as number)
      const value = curve === 'line' ? u : logistic(u)
      const slope = curve === 'line' ? 1 : value * (1 - value)
      for (let i = 0; i < row.length; i++) slopes[i] = slope * (row[i] as number)
      return value
    },
  })
}

export function logistic(u: number): number {
  return 1 / (1 + Math.exp(-u))
}

// Surrogate synchrony: are two series more alike in the same moment than in moments that never met?
//   Both are cut into segments. Z of a pair of segments = mean over lags -L..L of |artanh r(lag)|, r the cross-correlation of the two.
//   effect size = (mean Z of segments that belong together - mean Z of strangers) / SD of the strangers
//   Strangers: all pairs of unlike segments, or as many as asked for, drawn with a seed.
// Tschacher & Meier 2020 (Psychotherapy Research 30), measure "mean absolute Z". r(lag) is by the means and SDs of the whole segments.
// About 0 = no more alike than chance; 1 = one SD more. Equal series have |r| = 1 at lag 0: artanh is taken at .999999 there (our choice).
// Two players of one fixed pattern are alike in strangers' moments too: perfect unison of a loop that fits the segment gives 0.
import { randomIndex, seededRandom } from '../../random.ts'
import { InputError } from '../../record/index.ts'

export interface SurrogateSettings {
  /** Values of a segment; a rest at the end is not used. */
  readonly segment: number
  /** Largest lag, values; at most half a segment. */
  readonly maxLag: number
  /** Most pairs of strangers; default 500. */
  readonly surrogates?: number
  readonly seed: string
}

export interface SurrogateSynchrony {
  readonly effectSize: number | null
  /** Mean Z of segments that belong together. */
  readonly real: number | null
  /** Mean Z of strangers. */
  readonly pseudo: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** Surrogate synchrony of two series sampled alike. Throws InputError for unequal lengths and settings that cannot be. */
export function measureSurrogateSynchrony(
  x: readonly number[],
  y: readonly number[],
  settings: SurrogateSettings,
): SurrogateSynchrony {
  checkSeries(x, y, settings)
  const count = Math.floor(x.length / settings.segment)
  const [own, other] = [cut(x, count, settings.segment), cut(y, count, settings.segment)]
  const meanOf = (pairs: readonly (readonly [number, number])[]) => {
    const values = pairs.flatMap(([i, j]) => alikeness(own[i], other[j], settings.maxLag) ?? [])
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return { mean, sd: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1)), values }
  }
  const real = meanOf(Array.from({ length: count }, (_, i) => [i, i] as const))
  const pseudo = meanOf(drawStrangers(count, settings))
  if (real.values.length === 0 || pseudo.values.length < 2)
    return unknown(count < 3 ? 'fewer than three segments' : 'too few segments that vary')
  const defined = pseudo.sd > 1e-12
  return {
    effectSize: defined ? (real.mean - pseudo.mean) / pseudo.sd : null,
    real: real.mean,
    pseudo: pseudo.mean,
    undefined: defined ? {} : { effectSize: 'all strangers are equally alike' },
  }
}

interface Segment {
  /** Values less their mean, by their root sum of squares. */
  readonly values: Float64Array
}

/** Standardised segments; undefined for one that does not vary. */
function cut(series: readonly number[], count: number, size: number): (Segment | undefined)[] {
  return Array.from({ length: count }, (_, n) => {
    const values = Float64Array.from(series.slice(n * size, (n + 1) * size))
    const mean = values.reduce((sum, value) => sum + value, 0) / size
    const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0))
    return norm > 0 ? { values: values.map((value) => (value - mean) / norm) } : undefined
  })
}

function alikeness(a: Segment | undefined, b: Segment | undefined, maxLag: number): number | undefined {
  if (a === undefined || b === undefined) return undefined
  let sum = 0
  for (let lag = -maxLag; lag <= maxLag; lag++) {
    const r = Math.abs(correlate(a.values, b.values, lag))
    sum += Math.atanh(Math.min(r, 0.999999))
  }
  return sum / (2 * maxLag + 1)
}

function correlate(a: Float64Array, b: Float64Array, lag: number): number {
  let sum = 0
  const end = Math.min(a.length, b.length - lag)
  for (let i = Math.max(0, -lag); i < end; i++) sum += (a[i] as number) * (b[i + lag] as number)
  return sum
}

function drawStrangers(count: number, { surrogates = 500, seed }: SurrogateSettings): (readonly [number, number])[] {
  const apart = (i: number, step: number) => [i, (i + 1 + step) % count] as const
  if (count < 2) return []
  if (count * (count - 1) <= surrogates)
    return Array.from({ length: count * (count - 1) }, (_, n) => apart(n % count, Math.floor(n / count)))
  const random = seededRandom(`${seed}/surrogate synchrony`)
  return Array.from({ length: surrogates }, () => apart(randomIndex(random, count), randomIndex(random, count - 1)))
}

function unknown(reason: string): SurrogateSynchrony {
  const undefinedFields = { effectSize: reason, real: reason, pseudo: reason }
  return { effectSize: null, real: null, pseudo: null, undefined: undefinedFields }
}

function checkSeries(
  x: readonly number[],
  y: readonly number[],
  { segment, maxLag, surrogates = 500 }: SurrogateSettings,
) {
  if (x.length !== y.length)
    throw new InputError('length', `y: expected as many values as x (${x.length}), got ${y.length}.`)
  const strange = [...x, ...y].find((value) => !Number.isFinite(value))
  if (strange !== undefined) throw new InputError('value', `series: expected finite numbers, got ${strange}.`)
  if (!(Number.isInteger(segment) && segment >= 2))
    throw new InputError('segment', `segment: expected a whole number of values from 2 up, got ${segment}.`)
  if (!(Number.isInteger(maxLag) && maxLag >= 0 && maxLag <= segment / 2))
    throw new InputError(
      'lag',
      `maxLag: expected a whole number from 0 to half a segment (${segment / 2}), got ${maxLag}.`,
    )
  if (!(Number.isInteger(surrogates) && surrogates >= 2))
    throw new InputError('surrogates', `surrogates: expected a whole number from 2 up, got ${surrogates}.`)
}

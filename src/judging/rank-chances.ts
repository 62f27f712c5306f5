// How likely each entry is first, second ...: strengths drawn from what is known of them, and put in order each time.
//   x = mean + L z s,  L L' = covariance, z standard normal, s = 1, or sqrt(v / chi2_v) for v degrees of freedom (multivariate t)
import { type Random, randomNormal } from '../random.ts'

export interface RankDraw {
  readonly mean: readonly number[]
  readonly covariance: readonly (readonly number[])[]
  /** Whole ones are used; null, or 300 and more: the normal distribution. */
  readonly freedom: number | null
  readonly random: Random
}

const draws = 4000
/** From there on Student's distribution is the normal one within what 4000 draws show. */
const many = 300

/** By entry, by rank: chances that add up to 1. */
export function drawRanks({ mean, covariance, freedom, random }: RankDraw): number[][] {
  const size = mean.length
  const lower = halve(covariance)
  const counts = mean.map(() => new Array<number>(size).fill(0))
  for (let draw = 0; draw < draws; draw++) {
    const z = mean.map(() => randomNormal(random))
    const scale =
      freedom === null || freedom >= many ? 1 : Math.sqrt(Math.max(1, Math.floor(freedom)) / chiSquare(freedom, random))
    const x = mean.map((m, i) => m + scale * z.reduce((sum, value, k) => sum + (lower[i]?.[k] ?? 0) * value, 0))
    const order = [...x.keys()].sort((p, q) => (x[q] ?? 0) - (x[p] ?? 0))
    order.forEach((entry, rank) => {
      const row = counts[entry] as number[]
      row[rank] = (row[rank] ?? 0) + 1 / draws
    })
  }
  return counts
}

function chiSquare(freedom: number, random: Random): number {
  let sum = 0
  for (let k = 0; k < Math.max(1, Math.floor(freedom)); k++) sum += randomNormal(random) ** 2
  return sum
}

/** Cholesky's factor of a matrix that may be singular: directions without variance get none. Throws RangeError for one that is no covariance. */
export function halve(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const lower = matrix.map(() => new Array<number>(size).fill(0))
  const largest = Math.max(...matrix.map((row, i) => row[i] ?? 0))
  for (let c = 0; c < size; c++) {
    const dot = (r: number) => {
      let sum = matrix[r]?.[c] ?? 0
      for (let k = 0; k < c; k++) sum -= (lower[r]?.[k] ?? 0) * (lower[c]?.[k] ?? 0)
      return sum
    }
    const pivot = dot(c)
    if (pivot < -1e-8 * largest)
      throw new RangeError(`covariance: expected a positive semidefinite matrix, got a pivot of ${pivot} in row ${c}`)
    if (pivot <= 1e-10 * largest) continue
    const root = Math.sqrt(pivot)
    for (let r = c; r < size; r++) (lower[r] as number[])[c] = r === c ? root : dot(r) / root
  }
  return lower
}

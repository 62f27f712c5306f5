// Draws from a distribution, and its likeliest tokens. At temperature T a token's weight is p^(1/T). At 1 that is p itself; below, tokens are
// drawn by p and accepted with (p / most)^(1/T - 1), which comes to the same without raising every p; above, and when that takes long, all
// weights are computed. What is not listed is never walked through: its weight is known, and it is drawn from a table of single tokens.
import type { Random } from '../../random.ts'
import { type Distribution, densityOf } from './distribution.ts'
import { vocabularySize } from './tables.ts'

/** Weights of the single tokens at one temperature, relative to the commonest, summed up by rank. */
interface Powers {
  readonly exponent: number
  readonly upTo: Float64Array
}

export type Sampler = (distribution: Distribution, temperature: number, random: Random) => number

/** Draws ranks; keeps the tables of the last few temperatures, for one base model. */
export function createSampler(singles: Float64Array): Sampler {
  const tables: Powers[] = []
  const weights = new Float64Array(vocabularySize)
  const powersAt = (exponent: number): Powers => {
    const known = tables.find((table) => table.exponent === exponent)
    if (known !== undefined) return known
    if (tables.length === mostTables) tables.splice(1, 1)
    const table = sumPowers(singles, exponent)
    tables.push(table)
    return table
  }
  powersAt(1)
  return (distribution, temperature, random) => {
    if (!(temperature >= 0)) throw new RangeError(`sample: expected a temperature of at least 0, got ${temperature}`)
    // Below a hundredth nothing but the likeliest has a chance that a 32-bit draw could show.
    if (temperature < 0.01) return likeliest(distribution, 1)[0] as number
    const exponent = 1 / temperature
    const weighed = sumDensities(distribution, { exponent: 1, weights, powers: powersAt(1) })
    const found = exponent >= 1 ? drawAccepted(distribution, weighed, { exponent, random }) : null
    if (found !== null) return found
    const tools = { exponent, weights, powers: powersAt(exponent) }
    return pick(distribution, raiseDensities(distribution, tools, weighed.most), random)
  }
}

const mostTables = 4
/** Refusals until all weights are computed. */
const mostRefusals = 48

function sumPowers(singles: Float64Array, exponent: number): Powers {
  const upTo = new Float64Array(vocabularySize + 1)
  const commonest = singles[0] as number
  for (let rank = 0; rank < vocabularySize; rank++)
    upTo[rank + 1] = (upTo[rank] as number) + raise((singles[rank] as number) / commonest, exponent)
  return { exponent, upTo }
}

const raise = (p: number, exponent: number) => (exponent === 1 ? p : p ** exponent)

interface Tools {
  readonly exponent: number
  /** Room for the weights of listed tokens. */
  readonly weights: Float64Array
  readonly powers: Powers
}

/** Listed weights summed up, the weight of all others, and where to draw these. */
interface Weighed {
  readonly sums: Float64Array
  readonly listed: number
  readonly others: number
  readonly upTo: Float64Array
  /** p of the likeliest token. */
  readonly most: number
}

/** p of every listed token summed up, and of all others together. */
function sumDensities(distribution: Distribution, { weights: sums, powers: { upTo } }: Tools): Weighed {
  const { listed, size, mass, rest, singles } = distribution
  let known = 0
  let taken = 0
  let most = 0
  for (let i = 0; i < size; i++) {
    const rank = listed[i] as number
    const single = singles[rank] as number
    const p = (mass[rank] as number) + rest * single
    if (p > most) most = p
    known += p
    sums[i] = known
    taken += single
  }
  let first = 0
  while (mass[first] !== 0 && first < vocabularySize - 1) first++
  most = Math.max(most, rest * (singles[first] as number))
  return { sums, listed: known, others: rest * Math.max(0, 1 - taken), upTo, most }
}

/** Weights p^exponent, relative to the likeliest token's, so that none of them vanishes. */
function raiseDensities(distribution: Distribution, tools: Tools, most: number): Weighed {
  const { listed, size, rest, singles } = distribution
  const { exponent, weights: sums, powers } = tools
  const { upTo } = powers
  let known = 0
  let taken = 0
  for (let i = 0; i < size; i++) {
    const rank = listed[i] as number
    known += (densityOf(distribution, rank) / most) ** exponent
    sums[i] = known
    taken += (upTo[rank + 1] as number) - (upTo[rank] as number)
  }
  const left = ((rest * (singles[0] as number)) / most) ** exponent
  return { sums, listed: known, others: left * Math.max(0, (upTo[vocabularySize] as number) - taken), upTo, most }
}

/** Draws by p, accepts by p^(exponent - 1): exact for exponents from 1 on. null when it was refused too often. */
function drawAccepted(distribution: Distribution, weighed: Weighed, { exponent, random }: Draw): number | null {
  if (exponent === 1) return pick(distribution, weighed, random)
  for (let i = 0; i < mostRefusals; i++) {
    const rank = pick(distribution, weighed, random)
    if (random() < (densityOf(distribution, rank) / weighed.most) ** (exponent - 1)) return rank
  }
  return null
}

interface Draw {
  readonly exponent: number
  readonly random: Random
}

function pick(distribution: Distribution, { sums, listed, others, upTo }: Weighed, random: Random): number {
  const at = random() * (listed + others)
  if (at >= listed) return drawUnlisted(distribution, upTo, random)
  return distribution.listed[firstAbove(sums, at, distribution.size)] as number
}

/** Draws single tokens until one is not listed; if that takes long, walks to one instead. */
function drawUnlisted({ mass }: Distribution, upTo: Float64Array, random: Random): number {
  for (let i = 0; i < 64; i++) {
    const rank = firstAbove(upTo, random() * (upTo[vocabularySize] as number), upTo.length) - 1
    if (mass[rank] === 0) return rank
  }
  const weightOf = (rank: number) => (mass[rank] === 0 ? (upTo[rank + 1] as number) - (upTo[rank] as number) : 0)
  let total = 0
  for (let rank = 0; rank < vocabularySize; rank++) total += weightOf(rank)
  let at = random() * total
  let last = 0
  for (let rank = 0; rank < vocabularySize; rank++) {
    const weight = weightOf(rank)
    if (weight === 0) continue
    last = rank
    at -= weight
    if (at < 0) return rank
  }
  return last
}

/** The first of the first `size` rising sums that is above a value. */
function firstAbove(sums: Float64Array, value: number, size: number): number {
  let low = 0
  let high = size - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The `count` likeliest ranks, the likeliest first, equals by rank. Unlisted tokens count too. */
export function likeliest(distribution: Distribution, count: number): number[] {
  const { listed, size, mass } = distribution
  const best: number[] = []
  const bests: number[] = []
  const offer = (rank: number) => {
    const p = densityOf(distribution, rank)
    if (best.length === count && p < (bests[count - 1] as number)) return
    let at = best.length
    while (at > 0 && ((bests[at - 1] as number) < p || (bests[at - 1] === p && (best[at - 1] as number) > rank))) at--
    best.splice(at, 0, rank)
    bests.splice(at, 0, p)
    best.length = Math.min(best.length, count)
    bests.length = best.length
  }
  for (let i = 0; i < size; i++) offer(listed[i] as number)
  // Single tokens fall by rank: the first unlisted ones are the likeliest unlisted ones.
  for (let rank = 0, seen = 0; rank < vocabularySize && seen < count; rank++)
    if (mass[rank] === 0) {
      offer(rank)
      seen++
    }
  return best
}

// Do habits move? Compares which pairs of symbols follow each other in successive windows.
// In: whole numbers. Out: 0 (the same habits throughout) to 1 (nothing in common from window to window).
// Jensen-Shannon divergence in bits (Lin 1991), beyond what shuffling the two windows together would show.
import { type Random, randomIndex, seededRandom } from '../../random.ts'
import { medianOf } from './median.ts'

const windowShare = 1 / 8
const shortestWindow = 24
const resplits = 8

/** Median over successive windows of max(0, JSD - (mean + SD of 8 random re-splits)). */
export function measureEvolution(symbols: ArrayLike<number>, kinds: number): number {
  const size = Math.max(shortestWindow, Math.floor(symbols.length * windowShare))
  const pairs = bigramsOf(symbols, kinds)
  const random = seededRandom('vitality/evolution')
  const beyond: number[] = []
  const tally = createTally(pairs.reduce((most, name) => Math.max(most, name + 1), 0))
  for (let start = 0; start + 2 * size <= pairs.length + 1; start += size) {
    const pool = pairs.slice(start, Math.min(start + 2 * size, pairs.length))
    beyond.push(divergenceBeyondChance(pool, size, tally, random))
  }
  return medianOf(beyond)
}

/** Index of each pair of neighbours among the distinct pairs, in order of appearance. */
function bigramsOf(symbols: ArrayLike<number>, kinds: number): Int32Array {
  const names = new Map<number, number>()
  const pairs = new Int32Array(Math.max(0, symbols.length - 1))
  for (let i = 0; i < pairs.length; i++) {
    const key = (symbols[i] as number) * kinds + (symbols[i + 1] as number)
    let name = names.get(key)
    if (name === undefined) {
      name = names.size
      names.set(key, name)
    }
    pairs[i] = name
  }
  return pairs
}

/** The pool comes back shuffled. */
function divergenceBeyondChance(pool: Int32Array, size: number, tally: Tally, random: Random): number {
  const seen = divergence(pool, size, tally)
  let sum = 0
  let squares = 0
  for (let k = 0; k < resplits; k++) {
    shuffleInPlace(pool, random)
    const chance = divergence(pool, size, tally)
    sum += chance
    squares += chance * chance
  }
  const mean = sum / resplits
  const deviation = Math.sqrt(Math.max(0, squares / resplits - mean * mean))
  return Math.min(1, Math.max(0, seen - mean - deviation))
}

/** Counts of each pair in the two parts, and the pairs of each part in order of appearance; emptied after use. */
interface Tally {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly order: Int32Array
}

const createTally = (names: number): Tally => ({
  first: new Int32Array(names),
  second: new Int32Array(names),
  order: new Int32Array(names),
})

/** JSD = H((P + Q) / 2) - (H(P) + H(Q)) / 2 of the first `size` items against the rest, weighted equally, in bits. */
function divergence(pool: Int32Array, size: number, { first, second, order }: Tally): number {
  let met = 0
  for (let i = 0; i < pool.length; i++) {
    const name = pool[i] as number
    const counts = i < size ? first : second
    if (first[name] === 0 && second[name] === 0) order[met++] = name
    counts[name] = (counts[name] as number) + 1
  }
  const rest = pool.length - size
  let sum = 0
  for (let k = 0; k < met; k++) {
    const name = order[k] as number
    const p = (first[name] as number) / size
    const q = (second[name] as number) / rest
    if (p === 0) sum += q / 2
    else sum += (p * Math.log2((2 * p) / (p + q)) + (q > 0 ? q * Math.log2((2 * q) / (p + q)) : 0)) / 2
    first[name] = 0
    second[name] = 0
  }
  return sum
}

function shuffleInPlace(pool: Int32Array, random: Random): void {
  for (let i = pool.length - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1)
    const held = pool[i] as number
    pool[i] = pool[j] as number
    pool[j] = held
  }
}

// One stream's cells in (sounds or rests), out how surely it repeats itself.
//   skill(p) = 1 - sum (x_i - m_i)^2 / sum (x_i - x)^2,   m_i = mean of the other cells i + k p, x = mean of all other cells
// (Brier 1950, as a skill against the base rate, leave-one-out). With k of n cells of a class sounding, the class adds
// k (n - k) n / (n - 1)^2 to a sum. Best period: 2 to 64 tatums, heard at least twice.
//   null = mean + SD over 4 shuffles of the best skill of the shuffled cells, + .01; the same shuffles for every stream
//   strength = clip((skill - null) / .15)
import { seededRandom, shuffledIndices } from '../../random.ts'

const longestPeriod = 64
const shuffles = 4
const margin = 0.01
const fullSkill = 0.15

export interface Refrain {
  /** Skill of the best period less what shuffled cells reach; at or below 0 there is no refrain. */
  readonly excess: number
  /** excess / .15, in 0..1. */
  readonly strength: number
  /** In cells; 0 when no period can be heard twice or nothing ever changes. */
  readonly period: number
}

/** 1 where one of the cells sounds. */
export function occupy(cells: Int32Array, count: number): Uint8Array {
  const occupied = new Uint8Array(count)
  for (let i = 0; i < cells.length; i++) occupied[cells[i] as number] = 1
  return occupied
}

/** The orders in which `count` cells are shuffled for the null: the same for every stream of that many cells. */
export function drawShuffles(count: number): readonly Int32Array[] {
  const known = drawn.get(count)
  if (known !== undefined) return known
  const orders = Array.from({ length: shuffles }, (_, i) => shuffledIndices(seededRandom(`refrain ${i}`), count))
  if (drawn.size === mostDrawn) drawn.clear()
  drawn.set(count, orders)
  return orders
}

/** The windows of a run have few different lengths. */
const drawn = new Map<number, readonly Int32Array[]>()
const mostDrawn = 64

/** The refrain of a stream's cells, against its cells in the shuffled `orders` (drawShuffles). */
export function findRefrain(occupied: Uint8Array, orders: readonly Int32Array[]): Refrain {
  const found = bestPeriod(occupied)
  if (found.period === 0) return { excess: 0, strength: 0, period: 0 }
  const reached = orders.map((order) => bestPeriod(reorder(occupied, order)).skill)
  const mean = reached.reduce((sum, skill) => sum + skill, 0) / shuffles
  const variance = reached.reduce((sum, skill) => sum + (skill - mean) ** 2, 0) / (shuffles - 1)
  const excess = found.skill - (mean + Math.sqrt(variance) + margin)
  return { excess, strength: Math.min(1, Math.max(0, excess / fullSkill)), period: found.period }
}

function reorder(occupied: Uint8Array, order: Int32Array): Uint8Array {
  const reordered = new Uint8Array(order.length)
  for (let i = 0; i < order.length; i++) reordered[i] = occupied[order[i] as number] as number
  return reordered
}

function bestPeriod(occupied: Uint8Array): { skill: number; period: number } {
  const base = classErrors(Int32Array.of(countCells(occupied)), occupied.length)
  let best = { skill: Number.NEGATIVE_INFINITY, period: 0 }
  if (base === 0) return best
  const longest = Math.min(longestPeriod, occupied.length >> 1)
  countTurns(occupied, longest)
  for (let period = 2; period <= longest; period++) {
    const skill = 1 - classErrors(placesOf[period] as Int32Array, occupied.length) / base
    if (skill > best.skill) best = { skill, period }
  }
  return best
}

function countCells(occupied: Uint8Array): number {
  let count = 0
  for (let i = 0; i < occupied.length; i++) count += occupied[i] as number
  return count
}

/** For each period, how many cells sound at each of its places; written anew by countTurns. */
const placesOf: readonly Int32Array[] = Array.from({ length: longestPeriod + 1 }, (_, period) => new Int32Array(period))
/** Up to so many cells, packing them costs more than it saves. */
const shortLine = 4096

/** Counts the places of every period from 2 up to `longest`. What a period counts, its half counts folded. */
function countTurns(occupied: Uint8Array, longest: number): void {
  const words = occupied.length > shortLine ? packCells(occupied) : null
  for (let period = longest; period >= 2; period--) {
    const counts = placesOf[period] as Int32Array
    if (2 * period <= longest) foldOnce(counts, placesOf[2 * period] as Int32Array)
    else if (words !== null) counts.set(countPlaces(words, period))
    else countDirectly(counts, occupied)
  }
}

function foldOnce(counts: Int32Array, double: Int32Array): void {
  const period = counts.length
  for (let c = 0; c < period; c++) counts[c] = (double[c] as number) + (double[c + period] as number)
}

/** Turn by turn, so that the inner loop knows no remainder. */
function countDirectly(counts: Int32Array, occupied: Uint8Array): void {
  const period = counts.length
  counts.fill(0)
  for (let from = 0; from < occupied.length; from += period) {
    const turn = Math.min(period, occupied.length - from)
    for (let c = 0; c < turn; c++) counts[c] = (counts[c] as number) + (occupied[from + c] as number)
  }
}

/** Four cells a word, rests behind the last: four are counted at once. */
function packCells(occupied: Uint8Array): Uint32Array {
  const words = new Uint32Array((occupied.length + 3) >> 2)
  new Uint8Array(words.buffer).set(occupied)
  return words
}

/** So many turns fit into the bytes of a word. */
const mostTurns = 255

/** Every cell of four turns of a period has its byte in one of `period` words. */
function countPlaces(words: Uint32Array, period: number): Int32Array {
  const counts = new Int32Array(period)
  const sums = new Uint32Array(period)
  const bytes = new Uint8Array(sums.buffer)
  for (let from = 0; from < words.length; ) {
    sums.fill(0)
    for (let turn = 0; turn < mostTurns && from < words.length; turn++, from += period) {
      const length = Math.min(period, words.length - from)
      for (let i = 0; i < length; i++) sums[i] = (sums[i] as number) + (words[from + i] as number)
    }
    for (let i = 0; i < bytes.length; i++) counts[i % period] = (counts[i % period] as number) + (bytes[i] as number)
  }
  return counts
}

/** Sum of squared leave-one-out errors over `length` cells when each is foretold by the others of its class; `counts` sound in each class. */
function classErrors(counts: Int32Array, length: number): number {
  const period = counts.length
  let errors = 0
  const whole = Math.floor(length / period)
  const rest = length - whole * period
  for (let c = 0; c < period; c++) {
    const n = c < rest ? whole + 1 : whole
    const k = counts[c] as number
    errors += (k * (n - k) * n) / ((n - 1) * (n - 1))
  }
  return errors
}

/**
 * Skill of foretelling `occupied` by the leave-one-out class means of another line of cells, `heard` (0..1 each), at one period.
 * 1 = perfectly, 0 = no better than the base rate, below 0 = misleading.
 */
export function foretell(occupied: Uint8Array, heard: Float64Array, period: number): number {
  const sums = new Float64Array(period)
  for (let i = 0; i < heard.length; i++) sums[i % period] = (sums[i % period] as number) + (heard[i] as number)
  let errors = 0
  for (let i = 0; i < occupied.length; i++) {
    const n = Math.floor((occupied.length - (i % period) - 1) / period) + 1
    const told = ((sums[i % period] as number) - (heard[i] as number)) / (n - 1)
    errors += ((occupied[i] as number) - told) ** 2
  }
  return 1 - errors / classErrors(Int32Array.of(countCells(occupied)), occupied.length)
}

// P-score: beats of both lists on a 10 ms grid, pairs within a fifth of the median reference interval, by the longer list's count.
//   McKinney, Moelants, Davies & Klapuri 2007 (JNMR 36), as in mir_eval: beats of a list in one cell of the grid count once, so that
//   near-doubles cost. 0..1 for sane lists (a pair of lists may pair more than once and pass 1).

const cellsPerSecond = 100
const windowShare = 0.2

/** 0 or more; 0 when all reference beats fall into one cell. Ascending lists, neither empty. */
export function pScore(reference: Float64Array, estimate: Float64Array): number {
  const offset = Math.min(reference[0] as number, estimate[0] as number)
  const [own, other] = [occupy(reference, offset), occupy(estimate, offset)]
  if (own.length < 2) return 0
  const window = roundHalfToEven(windowShare * medianInterval(own))
  return countWithin(own, other, window) / Math.max(reference.length, estimate.length)
}

function occupy(times: Float64Array, offset: number): Float64Array {
  const cells = times.map((time) => Math.ceil((time - offset) * cellsPerSecond))
  return cells.filter((cell, i) => i === 0 || cell !== cells[i - 1])
}

function medianInterval(cells: Float64Array): number {
  const intervals = cells
    .subarray(1)
    .map((cell, i) => cell - (cells[i] as number))
    .sort()
  const middle = intervals.length >> 1
  const upper = intervals[middle] as number
  return intervals.length % 2 === 1 ? upper : ((intervals[middle - 1] as number) + upper) / 2
}

function countWithin(own: Float64Array, other: Float64Array, window: number): number {
  let pairs = 0
  let from = 0
  let to = 0
  for (const cell of own) {
    while (from < other.length && (other[from] as number) < cell - window) from++
    while (to < other.length && (other[to] as number) <= cell + window) to++
    pairs += to - from
  }
  return pairs
}

/** As numpy rounds. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

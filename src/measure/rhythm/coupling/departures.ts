// Cells in, departures out: where a stream does not do what its own refrain has it do. 0 or 1 a cell.
//   expected_i = majority of cells i + k p, 1 <= |k| <= 8, weighted 1 / |k|;  p of 2..64 cells: the one with the fewest departures
//   departure_i = 1 if cell i is not as expected, else 0; a tie expects what is there
// The majority is of neighbouring rounds, not of all: a refrain that changes for good would else depart at both ends of the span, and
// two that evolve, each for itself, would depart together. A stream is without a refrain when expecting so errs nearly as often as
// always expecting a rest, or always an attack; its departures are then its attacks.

const longestPeriod = 64
const farthestRound = 8
/** Share of the base rate's errors that a refrain may make. Coin tosses reach .85 in half a minute. */
const mostErrors = 0.8

/** Period of the refrain in cells, 0 without one. `occupied`: 1 where a cell sounds. */
export function findPeriod(occupied: Uint8Array): number {
  const rounds = createRounds(occupied)
  const sounding = occupied.reduce((sum, sounds) => sum + sounds, 0)
  let fewest = mostErrors * Math.min(sounding, occupied.length - sounding)
  let best = 0
  for (let period = 2; period <= Math.min(longestPeriod, occupied.length >> 1); period++) {
    const count = countNegative(rounds.against(period))
    if (count >= fewest) continue
    fewest = count
    best = period
  }
  return best
}

function countNegative(balance: Int32Array): number {
  let count = 0
  for (let i = 0; i < balance.length; i++) if ((balance[i] as number) < 0) count++
  return count
}

/** One value a cell. */
export function findDepartures(occupied: Uint8Array, period: number): Float64Array {
  if (period === 0) return Float64Array.from(occupied)
  return Float64Array.from(createRounds(occupied).against(period), (balance) => (balance < 0 ? 1 : 0))
}

/** 840 / k is whole for every k up to 8, so that a tie is one. */
const weightOf = (round: number) => 840 / round

/** For every cell, whether the neighbouring rounds do as it does (above 0) or the contrary (below). The array is used again. */
function createRounds(occupied: Uint8Array) {
  const margin = farthestRound * longestPeriod
  const count = occupied.length
  const signs = new Int8Array(count + 2 * margin) // 0 beyond both ends
  for (let i = 0; i < count; i++) signs[margin + i] = occupied[i] === 1 ? 1 : -1
  const balance = new Int32Array(count)
  return {
    against(period: number): Int32Array {
      balance.fill(0)
      for (let round = 1; round <= farthestRound && round * period < count; round++) {
        const weight = weightOf(round)
        const [before, after] = [margin - round * period, margin + round * period]
        for (let i = 0; i < count; i++)
          balance[i] = (balance[i] as number) + weight * ((signs[before + i] as number) + (signs[after + i] as number))
      }
      for (let i = 0; i < count; i++) balance[i] = (balance[i] as number) * (signs[margin + i] as number)
      return balance
    },
  }
}

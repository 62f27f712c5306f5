// Experts that predict a symbol from the same place in earlier turns of a cycle, 2 to 32 symbols long.
// In: whole numbers 0 .. kinds - 1, one at a time. Out: the chance each cycle gave to the symbol that came.
import type { SymbolExperts } from './contexts.ts'
import { shortKeep } from './contexts.ts'

export const shortestRefrain = 2
export const longestRefrain = 32
export const refrainExperts = longestRefrain - shortestRefrain + 1

/** Turns looked back on: beyond this a count keeps less than .6^8 = 1.7 % of itself. */
const turns = 8

/**
 * chance = (sum of .6^(turn - 1) over the turns that had the symbol there + u/2 * habit) / (sum of all weights + u/2),
 * u = 1 + how often the place changed; habit = how often the symbol came at all.
 */
export function createRefrainExperts(kinds: number, length: number): SymbolExperts {
  const past = new Int32Array(length)
  const habit = new Float64Array(kinds)
  let seen = 0
  let known = 0
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const half = known / 2
    const usual = seen > 0 ? ((habit[symbol] as number) + half / kinds) / (seen + half) : 1 / kinds
    for (let period = shortestRefrain; period <= longestRefrain; period++)
      chances[at + period - shortestRefrain] = chanceInCycle(past, seen, period, symbol, usual)
    past[seen++] = symbol
    if (habit[symbol] === 0) known++
    habit[symbol] = (habit[symbol] as number) + 1
  }
  return { take }
}

function chanceInCycle(past: Int32Array, now: number, period: number, symbol: number, usual: number): number {
  let hit = 0
  let total = 0
  let weight = 1
  let half = 0
  let last = -1
  const earliest = Math.max(0, now - turns * period)
  for (let then = now - period; then >= earliest; then -= period) {
    const met = past[then] as number
    if (met === symbol) hit += weight
    if (met !== last) half += 0.5
    last = met
    total += weight
    weight *= shortKeep
  }
  return total > 0 ? (hit + half * usual) / (total + half) : usual
}

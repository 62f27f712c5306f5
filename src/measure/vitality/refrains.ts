// Experts that predict a symbol from the same place in earlier turns of a cycle, 2 to 32 symbols long.
// In: whole numbers 0 .. kinds - 1, one at a time. Out: the chance each cycle gave to the symbol that came.
import type { SymbolExperts } from './contexts.ts'
import { shortKeep } from './contexts.ts'

export const shortestRefrain = 2
export const longestRefrain = 32
export const refrainExperts = longestRefrain - shortestRefrain + 1

/** Turns looked back on: beyond this a count keeps less than .6^8 = 1.7 % of itself. */
const turns = 8
/** What a turn counts, the last one first. */
const weights = Float64Array.from({ length: turns }, () => 1)
for (let turn = 1; turn < turns; turn++) weights[turn] = (weights[turn - 1] as number) * shortKeep
/** What so many turns count together. */
const totals = new Float64Array(turns + 1)
for (let turn = 0; turn < turns; turn++) totals[turn + 1] = (totals[turn] as number) + (weights[turn] as number)

/** For every distance back the cycles that come by there within eight turns, as [cycle, turn, cycle, turn, ...]. */
const comings = Array.from({ length: turns * longestRefrain + 1 }, (_, back) =>
  Array.from({ length: refrainExperts }, (_, i) => shortestRefrain + i).flatMap((period) =>
    back > 0 && back % period === 0 && back <= turns * period ? [period, back / period - 1] : [],
  ),
).map((list) => Uint8Array.from(list))

/** For every set of changes between eight turns (a bit each) u/2: half of one more than there are. */
const halves = Float64Array.from({ length: 1 << (turns - 1) }, (_, bits) => {
  let changes = 0
  for (let rest = bits; rest > 0; rest >>= 1) changes += rest & 1
  return (1 + changes) / 2
})

/**
 * chance = (sum of .6^(turn - 1) over the turns that had the symbol there + u/2 * habit) / (sum of all weights + u/2),
 * u = 1 + how often the place changed; habit = how often the symbol came at all.
 */
export function createRefrainExperts(kinds: number, length: number): SymbolExperts {
  const past = createPast(kinds, length)
  const habit = new Float64Array(kinds)
  const hits = new Float64Array(longestRefrain + 1)
  const cycles = createCycles()
  let seen = 0
  let known = 0
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const half = known / 2
    const usual = seen > 0 ? ((habit[symbol] as number) + half / kinds) / (seen + half) : 1 / kinds
    past.weighComings(symbol, hits)
    for (let period = shortestRefrain; period <= longestRefrain; period++) {
      const changed = seen >= period && past.symbolAt(seen - period) !== symbol
      chances[at + period - shortestRefrain] = cycles.turn(period, hits[period] as number, usual, changed ? 1 : 0)
    }
    past.take(symbol)
    seen++
    if (habit[symbol] === 0) known++
    habit[symbol] = (habit[symbol] as number) + 1
  }
  return { take }
}

/** All symbols so far, and where each came last. */
function createPast(kinds: number, length: number) {
  const symbols = new Int32Array(length)
  const before = new Int32Array(length) // where the same symbol had come before; -1: nowhere
  const latest = new Int32Array(kinds).fill(-1)
  let seen = 0
  return {
    symbolAt: (at: number): number => symbols[at] as number,
    /** Sets hits[period] to the weights of the turns that had the symbol where it is now. */
    weighComings(symbol: number, hits: Float64Array): void {
      hits.fill(0)
      for (let at = latest[symbol] as number; at >= 0; at = before[at] as number) {
        if (seen - at >= comings.length) return
        const list = comings[seen - at] as Uint8Array
        for (let i = 0; i < list.length; i += 2) {
          const period = list[i] as number
          hits[period] = (hits[period] as number) + (weights[list[i + 1] as number] as number)
        }
      }
    },
    take(symbol: number): void {
      symbols[seen] = symbol
      before[seen] = latest[symbol] as number
      latest[symbol] = seen++
    },
  }
}

/** How often each place of each cycle changed within its last eight turns. */
function createCycles() {
  const stride = longestRefrain
  const changes = new Uint8Array(stride * (longestRefrain + 1)) // [stride * period + place], a bit for each change, the last one lowest
  const places = new Uint8Array(longestRefrain + 1)
  const rounds = new Uint8Array(longestRefrain + 1)
  return {
    /** The chance that a cycle gives to a symbol with so many hits; the cycle goes on by one. `changed`: not what was there one turn ago. */
    turn(period: number, hit: number, usual: number, changed: 0 | 1): number {
      const place = places[period] as number
      const round = rounds[period] as number
      const next = place + 1 === period ? 0 : place + 1
      places[period] = next
      if (next === 0 && round < turns) rounds[period] = round + 1
      if (round === 0) return usual
      const at = stride * period + place
      const bits = changes[at] as number
      changes[at] = ((bits << 1) | changed) & (halves.length - 1)
      const half = halves[bits] as number
      return (hit + half * usual) / ((totals[round] as number) + half)
    },
  }
}

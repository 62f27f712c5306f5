// Experts without any past but how often each symbol comes: memories of all symbols, of 48 and of 20.
// They are what order is measured against, so that habits that drift do not count as order.
import type { SymbolExperts } from './contexts.ts'

/** Mean age of what a memory holds, in symbols. */
const memories = [Number.POSITIVE_INFINITY, 48, 20]
const keeps = memories.map((memory) => 1 - 1 / memory)
/** What is left after so many symbols. */
const told = 4096
const fadings = keeps.map((keep) => Float64Array.from({ length: told }, (_, age) => keep ** age))
export const habitExperts = memories.length

/** chance = (count + u/2 / kinds) / (n + u/2): u = kinds met so far, n = sum of the faded counts. */
export function createHabitExperts(kinds: number): SymbolExperts {
  const counts = memories.map(() => new Float64Array(kinds))
  const totals = new Float64Array(memories.length)
  const latest = new Int32Array(kinds).fill(-1) // when each symbol's counts were last brought up to date
  let known = 0
  let now = 0
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const half = known / 2
    const before = latest[symbol] as number
    const age = now - before - 1
    for (let m = 0; m < memories.length; m++) {
      const count = counts[m] as Float64Array
      const keep = keeps[m] as number
      const total = totals[m] as number
      const fading = age < told ? ((fadings[m] as Float64Array)[age] as number) : keep ** age
      const faded = before < 0 ? 0 : (count[symbol] as number) * fading
      chances[at + m] = total > 0 ? (faded + half / kinds) / (total + half) : 1 / kinds
      count[symbol] = faded * keep + 1
      totals[m] = total * keep + 1
    }
    if (before < 0) known++
    latest[symbol] = now++
  }
  return { take }
}

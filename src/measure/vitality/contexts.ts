// Experts that predict a symbol from the symbols just before it: orders 0 to 12, each with a long memory and a short one.
// In: whole numbers 0 .. kinds - 1, one at a time. Out: the chance each expert gave to the symbol that came.
// After prediction by partial matching (Cleary & Witten 1984) with interpolated escape (Moffat, Sharman & Bell: interpolation over exclusion).

/** Longest context, in symbols. Chosen by experiment, see docs/measures/vitality.md. */
export const longestContext = 12
/** What a short memory's count keeps of itself at each visit of its context. */
export const shortKeep = 0.6
export const contextExperts = 2 * (longestContext + 1)

export interface SymbolExperts {
  /** Writes the chance that each expert gives to `symbol` into `chances` from `at` on, then learns it. */
  take(symbol: number, chances: Float64Array, at: number): void
}

/**
 * A trie whose node is a context and whose child is that context followed by one more symbol.
 * The count of a symbol after a context is the child's number of visits, so one table holds contexts and counts.
 */
export function createContextExperts(kinds: number, length: number): SymbolExperts {
  const most = length * (longestContext + 1) + 2
  const table = createChildTable(most, kinds)
  const visits = new Float64Array(most) // times this context was followed by something
  const followers = new Float64Array(most) // kinds seen after it
  const count = new Float64Array(most) // times it followed its parent, long memory
  const shortCount = new Float64Array(most) // the same, short memory, as it stood at the parent's visit `stamp`
  const stamp = new Float64Array(most)
  const shortTotal = new Float64Array(most) // sum of the short counts after this context
  const active = new Int32Array(longestContext + 1).fill(-1) // node of the last k symbols
  active[0] = 0
  const keepPower = Float64Array.from({ length: 64 }, (_, power) => shortKeep ** power)

  const take = (symbol: number, chances: Float64Array, at: number) => {
    let long = 1 / kinds
    let short = 1 / kinds
    let carried = 0 // node that becomes the context of order k for the next symbol
    for (let k = 0; k <= longestContext; k++) {
      const node = active[k] as number
      if (node >= 0) {
        const child = table.childOf(node, symbol)
        const seen = visits[node] as number
        const half = (followers[node] as number) / 2
        const age = Math.min(63, seen - (stamp[child] as number))
        const recent = (shortCount[child] as number) * (keepPower[age] as number)
        const recentTotal = shortTotal[node] as number
        if (seen > 0) {
          long = ((count[child] as number) + half * long) / (seen + half)
          short = (recent + half * short) / (recentTotal + half)
        }
        if (count[child] === 0) followers[node] = (followers[node] as number) + 1
        count[child] = (count[child] as number) + 1
        shortCount[child] = recent * shortKeep + 1
        shortTotal[node] = recentTotal * shortKeep + 1
        visits[node] = seen + 1
        stamp[child] = seen + 1
        active[k] = carried
        carried = child
      } else if (carried >= 0) {
        active[k] = carried
        carried = -1
      }
      chances[at + 2 * k] = long
      chances[at + 2 * k + 1] = short
    }
  }
  return { take }
}

/** (node, symbol) -> child node, made when first asked for. Open addressing on whole numbers. */
function createChildTable(most: number, kinds: number): { childOf(node: number, symbol: number): number } {
  let size = 64
  while (size < 2 * most) size *= 2
  const keys = new Float64Array(size).fill(-1)
  const children = new Int32Array(size)
  let nodes = 1
  const childOf = (node: number, symbol: number) => {
    const key = node * kinds + symbol
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & (size - 1)
    while (keys[slot] !== key) {
      if (keys[slot] === -1) {
        keys[slot] = key
        children[slot] = nodes++
        break
      }
      slot = (slot + 1) & (size - 1)
    }
    return children[slot] as number
  }
  return { childOf }
}

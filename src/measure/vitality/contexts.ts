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
  /** Gives its memory back, to be used again; nothing may be taken after that. */
  release?(): void
}

/** What is known of a node, side by side: one look at memory brings all of it. */
const fields = 8
/** Times this context was followed by something. */
const visits = 0
/** Kinds seen after it. */
const followers = 1
/** Sum of the short counts after it. */
const shortTotal = 2
/** Times it followed its parent, long memory. */
const longCount = 3
/** The same, short memory, as it stood at the parent's visit `stamp`. */
const shortCount = 4
const stamp = 5
/** Of which parent and symbol it is the child. */
const key = 6

/**
 * A trie whose node is a context and whose child is that context followed by one more symbol.
 * The count of a symbol after a context is the child's number of visits, so one table holds contexts and counts.
 */
export function createContextExperts(kinds: number, length: number): SymbolExperts {
  const { nodes, childOf, release } = createTrie(length * (longestContext + 1) + 2, kinds)
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
        const child = childOf(node, symbol)
        const seen = nodes[node + visits] as number
        const half = (nodes[node + followers] as number) / 2
        const count = nodes[child + longCount] as number
        const age = Math.min(63, seen - (nodes[child + stamp] as number))
        const recent = (nodes[child + shortCount] as number) * (keepPower[age] as number)
        const recentTotal = nodes[node + shortTotal] as number
        if (seen > 0) {
          long = (count + half * long) / (seen + half)
          short = (recent + half * short) / (recentTotal + half)
        }
        if (count === 0) nodes[node + followers] = (nodes[node + followers] as number) + 1
        nodes[child + longCount] = count + 1
        nodes[child + shortCount] = recent * shortKeep + 1
        nodes[node + shortTotal] = recentTotal * shortKeep + 1
        nodes[node + visits] = seen + 1
        nodes[child + stamp] = seen + 1
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
  return { take, release }
}

interface TrieMemory {
  readonly nodes: Float64Array
  readonly children: Int32Array
}

/** The memory of a trie that was given back, empty again: a run asks for hundreds of tries one after the other, of megabytes each. */
let spare: TrieMemory | undefined

function takeMemory(nodes: number, slots: number): TrieMemory {
  const held = spare
  spare = undefined
  if (held !== undefined && held.nodes.length >= nodes && held.children.length >= slots) return held
  return { nodes: new Float64Array(nodes), children: new Int32Array(slots) }
}

/** Larger ones are not worth keeping. */
const mostSpared = 4_000_000

/** Nodes by where their fields begin, the root first; (node, symbol) -> child, made when first asked for, by open addressing. */
function createTrie(most: number, kinds: number) {
  let size = 64
  while (size < 2 * most) size *= 2
  const memory = takeMemory(fields * most, size)
  const { nodes, children } = memory // of children 0 is free, since the root is nobody's child
  let next = fields
  const childOf = (node: number, symbol: number) => {
    const name = node * kinds + symbol
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & (size - 1)
    for (;;) {
      const child = children[slot] as number
      if (child === 0) break
      if (nodes[child + key] === name) return child
      slot = (slot + 1) & (size - 1)
    }
    const made = next
    children[slot] = made
    nodes[made + key] = name
    next += fields
    return made
  }
  const release = () => {
    if (nodes.length > mostSpared) return
    nodes.fill(0, 0, next)
    children.fill(0, 0, size)
    spare = memory
  }
  return { nodes, childOf, release }
}

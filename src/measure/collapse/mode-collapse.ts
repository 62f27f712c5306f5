// Mode collapse: an agent whose style narrows for good. In: per slot the kinds of what it did (moves) or sounded (marks).
// Out: the slot from which on the entropy over four slots stays at half or less of what it was in the first quarter of the run.
import { type Finding, foundAt, notAsked } from './finding.ts'
import { tailFrom } from './tail.ts'

const stretch = 4
const kept = 0.5
/** Bits of style that an agent must have had to lose it. */
const leastBits = 1
/** Fewest things done or sounded in a stretch that an entropy is taken of. */
const leastCount = 8

/** Index of the slot where the narrow stretches begin; not asked where the style never was wide. */
export function findModeCollapse(kindsBySlot: readonly (readonly string[])[]): Finding {
  const entropies = Array.from({ length: Math.max(0, kindsBySlot.length - stretch + 1) }, (_, i) =>
    entropyOf(kindsBySlot.slice(i, i + stretch).flat()),
  )
  const early = entropies.slice(0, Math.max(2, Math.floor(entropies.length / 4))).flatMap((bits) => bits ?? [])
  if (early.length === 0) return notAsked('too little at the beginning to tell a style')
  const before = Math.max(...early)
  if (before < leastBits) return notAsked('the style was never wide')
  const from = tailFrom(entropies.map((bits) => bits !== null && bits <= kept * before))
  return foundAt(from === null ? null : from + (from === 0 ? 0 : stretch / 2))
}

/** Bits; null for too few. */
function entropyOf(kinds: readonly string[]): number | null {
  if (kinds.length < leastCount) return null
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => sum - (n / kinds.length) * Math.log2(n / kinds.length), 0)
}

// The listener behind vitality is a proper one: whatever came before, the chances it gives to all possible next symbols add up to 1.
// And the contexts' fast trie agrees with an obvious, slow count over all that came before.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contextExperts, createContextExperts, longestContext, shortKeep } from '../../src/measure/vitality/contexts.ts'
import { createHabitExperts, habitExperts } from '../../src/measure/vitality/habits.ts'
import {
  createRefrainExperts,
  longestRefrain,
  refrainExperts,
  shortestRefrain,
} from '../../src/measure/vitality/refrains.ts'
import { createTally } from '../../src/measure/vitality/tally.ts'

const panels = [
  { name: 'contexts', count: contextExperts, create: createContextExperts },
  { name: 'refrains', count: refrainExperts, create: createRefrainExperts },
  { name: 'habits', count: habitExperts, create: (kinds: number) => createHabitExperts(kinds) },
]
const kinds = 4
const pasts = fc.array(fc.integer({ min: 0, max: kinds - 1 }), { maxLength: 80 })

function chancesAfter(panel: (typeof panels)[number], past: readonly number[], next: number): Float64Array {
  const experts = panel.create(kinds, past.length + 1)
  const chances = new Float64Array(panel.count)
  for (const symbol of past) experts.take(symbol, chances, 0)
  experts.take(next, chances, 0)
  return chances
}

test.each(panels)('$name: each expert shares out exactly one', (panel) => {
  fc.assert(
    fc.property(pasts, (past) => {
      const all = Array.from({ length: kinds }, (_, next) => chancesAfter(panel, past, next))
      for (let e = 0; e < panel.count; e++)
        expect(all.reduce((sum, chances) => sum + (chances[e] ?? 0), 0)).toBeCloseTo(1, 9)
    }),
    { numRuns: 40 },
  )
})

/** The definition, read off: counts of what followed the last k symbols, weight n / (n + u/2) against one order less. */
function slowContexts(past: readonly number[], next: number): number[] {
  const chances: number[] = []
  let long = 1 / kinds
  let short = 1 / kinds
  for (let k = 0; k <= longestContext; k++) {
    const followers: number[] = []
    for (let i = k; i < past.length; i++)
      if (past.slice(i - k, i).join() === past.slice(past.length - k).join() && past.length >= k)
        followers.push(past[i] ?? -1)
    if (k > 0 && past.length < k) followers.length = 0
    if (followers.length > 0) {
      const half = new Set(followers).size / 2
      const fading = followers.map((_, i) => shortKeep ** (followers.length - 1 - i))
      const total = fading.reduce((sum, weight) => sum + weight, 0)
      const recent = fading.reduce((sum, weight, i) => sum + (followers[i] === next ? weight : 0), 0)
      long = (followers.filter((s) => s === next).length + half * long) / (followers.length + half)
      short = (recent + half * short) / (total + half)
    }
    chances.push(long, short)
  }
  return chances
}

test('contexts: the trie counts as the definition does', () => {
  fc.assert(
    fc.property(pasts, fc.integer({ min: 0, max: kinds - 1 }), (past, next) => {
      const fast = chancesAfter(panels[0] as (typeof panels)[number], past, next)
      slowContexts(past, next).forEach((chance, e) => {
        expect(fast[e]).toBeCloseTo(chance, 9)
      })
    }),
    { numRuns: 60 },
  )
})

/** The definition, read off: eight turns back at each place, weights .6^turn against the habit. */
function slowRefrains(past: readonly number[], next: number): number[] {
  const half = new Set(past).size / 2
  const habit = past.filter((symbol) => symbol === next).length
  const usual = past.length > 0 ? (habit + half / kinds) / (past.length + half) : 1 / kinds
  return Array.from({ length: longestRefrain - shortestRefrain + 1 }, (_, i) => {
    const period = shortestRefrain + i
    const met = Array.from({ length: 8 }, (_, turn) => past[past.length - (turn + 1) * period]).filter(
      (s) => s !== undefined,
    )
    if (met.length === 0) return usual
    const weights = met.map((_, turn) => shortKeep ** turn)
    const hits = weights.reduce((sum, weight, turn) => sum + (met[turn] === next ? weight : 0), 0)
    const changes = met.filter((symbol, turn) => turn > 0 && symbol !== met[turn - 1]).length
    const doubt = (1 + changes) / 2
    return (hits + doubt * usual) / (weights.reduce((sum, weight) => sum + weight, 0) + doubt)
  })
}

test('refrains: turns are weighed as the definition does', () => {
  const long = fc.array(fc.integer({ min: 0, max: kinds - 1 }), { maxLength: 320, size: 'max' })
  fc.assert(
    fc.property(long, fc.integer({ min: 0, max: kinds - 1 }), (past, next) => {
      const fast = chancesAfter(panels[1] as (typeof panels)[number], past, next)
      slowRefrains(past, next).forEach((chance, e) => {
        expect(fast[e]).toBeCloseTo(chance, 12)
      })
    }),
    { numRuns: 60 },
  )
})

test('a tally counts as a Map does, beyond 32 bits too', () => {
  const numbers = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.maxSafeNat())
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 3000, size: 'max' }), (keys) => {
      const tally = createTally()
      const counts = new Map<number, number>()
      for (const key of keys) {
        expect(tally.add(key)).toBe(counts.get(key) ?? 0)
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }),
    { numRuns: 20 },
  )
})

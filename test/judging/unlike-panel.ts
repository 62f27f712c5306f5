// Votes of judges whose tastes differ, for tests.
import type { Comparison } from '../../src/judging/index.ts'
import { type Random, randomNormal } from '../../src/random.ts'

/** Judges of unlike taste, each some of the pairs, a tie now and then. */
export function unlikePanel(random: Random, items: readonly string[], judges: number, share: number): Comparison[] {
  return Array.from({ length: judges }, (_, j) => {
    const taste = items.map(() => 1.5 * randomNormal(random))
    return items.flatMap((b, y) =>
      items.slice(0, y).flatMap((a, x): Comparison[] => {
        if (random() > share) return []
        const d = (taste[x] ?? 0) - (taste[y] ?? 0) + randomNormal(random)
        return [{ a, b, result: Math.abs(d) < 0.4 ? 'tie' : d > 0 ? 'a' : 'b', judge: `${j}`, aFirst: random() < 0.5 }]
      }),
    )
  }).flat()
}

// Do judges put the entries in the same order? Each judge's own order in, Kendall's W out (Kendall & Smith 1939, ties corrected; agreement.ts).
// A judge's order is that of its scores: of entry i the mean over all other entries j of the judge's votes on i and j, 1 for i, .5 a tie, 0 for j
// (Borda's count, where each pair was asked about once). It takes every pair: whoever met weaker opponents would score higher. So only judges
// who compared every entry with every other are taken.
import { measureAgreement } from './agreement.ts'
import type { Comparison } from './comparisons.ts'

export interface Concordance {
  /** 0..1; null where it is not defined. */
  readonly kendallW: number | null
  /** Judges with a whole order, and all whose votes count. */
  readonly judges: number
  readonly of: number
  /** Mean of W where every judge's order is drawn by chance: 1 / judges; null with W. */
  readonly byChance: number | null
  readonly undefined: string | null
}

export function measureConcordance(items: readonly string[], comparisons: readonly Comparison[]): Concordance {
  const judges = [...new Set(comparisons.flatMap(({ judge }) => judge ?? []))].sort()
  const rows = judges.flatMap((judge) => {
    const scores = scoreAll(
      items,
      comparisons.filter((one) => one.judge === judge),
    )
    return scores === null ? [] : [scores]
  })
  const counts = { judges: rows.length, of: judges.length }
  const none = (why: string): Concordance => ({ ...counts, kendallW: null, byChance: null, undefined: why })
  if (rows.length < 2)
    return none(`needs two judges who compared every pair of entries, got ${rows.length} of ${judges.length}`)
  const { kendallW, undefined: reasons } = measureAgreement(rows, 'ordinal')
  if (kendallW === null) return none(reasons['kendallW'] ?? '')
  return { ...counts, kendallW, byChance: 1 / rows.length, undefined: null }
}

/** One judge's score of each item; null when a pair is missing. */
function scoreAll(items: readonly string[], own: readonly Comparison[]): number[] | null {
  const scores: number[] = []
  for (const item of items) {
    let sum = 0
    for (const other of items) {
      if (other === item) continue
      const score = scoreAgainst(item, other, own)
      if (score === null) return null
      sum += score
    }
    // Equal scores stay equal whatever the order of summing.
    scores.push(Math.round((sum / (items.length - 1)) * 1e9) / 1e9)
  }
  return scores
}

function scoreAgainst(item: string, other: string, own: readonly Comparison[]): number | null {
  let [sum, of] = [0, 0]
  for (const { a, b, result, count = 1 } of own) {
    if (!((a === item && b === other) || (a === other && b === item))) continue
    sum += count * (result === 'tie' ? 0.5 : (result === 'a') === (a === item) ? 1 : 0)
    of += count
  }
  return of === 0 ? null : sum / of
}

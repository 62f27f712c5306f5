// Grouped folds: what is tested shares neither judge nor item with what it was learned from. A test row is one of a held-out judge on two
// held-out items; the rows learned from are those of the other judges on two other items. What mixes the two is in neither.
import { type Random, shuffled } from '../../random.ts'
import type { RewardRow } from './design.ts'

export interface Fold {
  readonly train: readonly RewardRow[]
  readonly test: readonly RewardRow[]
}

/** Folds without rows on either side are left out. */
export function foldRows(
  rows: readonly RewardRow[],
  parts: { readonly items: number; readonly judges: number },
  random: Random,
): Fold[] {
  const partOfGroup = deal(
    random,
    rows.flatMap(({ groups }) => groups),
    parts.items,
  )
  const partOfJudge = deal(
    random,
    rows.map(({ judge }) => judge),
    parts.judges,
  )
  const folds: Fold[] = []
  for (let item = 0; item < parts.items; item++)
    for (let judge = 0; judge < parts.judges; judge++) {
      const train: RewardRow[] = []
      const test: RewardRow[] = []
      for (const row of rows) {
        const heldItems = row.groups.filter((group) => partOfGroup.get(group) === item).length
        const heldJudge = partOfJudge.get(row.judge) === judge
        if (heldJudge && heldItems === 2) test.push(row)
        else if (!heldJudge && heldItems === 0) train.push(row)
      }
      if (train.length > 0 && test.length > 0) folds.push({ train, test })
    }
  return folds
}

/** Names dealt in turn after shuffling. */
function deal(random: Random, names: readonly string[], parts: number): Map<string, number> {
  return new Map(shuffled(random, [...new Set(names)].sort()).map((name, k) => [name, k % parts]))
}

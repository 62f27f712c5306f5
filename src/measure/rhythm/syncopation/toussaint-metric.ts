// Toussaint's metrical complexity: how far the onsets lie from the strongest places that as many onsets could take.
//   weight of a cell = lowest level - its level + 1;  complexity = sum of the n largest weights - sum of the weights of the n onsets
// Toussaint 2002 (Proc. BRIDGES), on the shortest form of the bar, as in SynPy. 0 = all on the strongest places, up from there.

import type { Bar } from './bar.ts'
import { type LeveledBar, levelBar } from './weights.ts'

/** 0 or more; undefined when no level of the meter has the cells of the pattern's shortest form. */
export function toussaintMetric(bar: Bar): number | undefined {
  const leveled = levelBar(bar)
  return leveled && strongest(leveled) - sum(leveled.bar.onsets.map((onset) => weightOf(leveled, onset)))
}

function strongest(leveled: LeveledBar): number {
  const weights = Array.from(leveled.levels, (_, cell) => weightOf(leveled, cell)).sort((p, q) => q - p)
  return sum(weights.slice(0, leveled.bar.onsets.length))
}

const weightOf = ({ levels, lowest }: LeveledBar, cell: number) => lowest - (levels[cell] as number) + 1
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

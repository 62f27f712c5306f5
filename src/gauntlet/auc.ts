// How well a measure tells living from degenerate. In: values of both groups. Out: the area under the ROC curve, and who fails.
// AUC = chance that a living value lies above a degenerate one, ties half (Mann & Whitney 1947). What is undefined counts as lowest.

export interface Valued {
  readonly name: string
  readonly value: number | null
}

export interface Separation {
  /** 0..1; null when a group is empty. */
  readonly auc: number | null
  /** Lowest living less highest degenerate; null when either is undefined. */
  readonly margin: number | null
  /** Degenerate cases that reach the lowest living one, highest first. */
  readonly failures: readonly string[]
  /** How many values are undefined, of both groups. */
  readonly undefinedCount: number
}

const levelOf = ({ value }: Valued) => value ?? Number.NEGATIVE_INFINITY

export function separate(living: readonly Valued[], degenerate: readonly Valued[]): Separation {
  let above = 0
  for (const one of living)
    for (const other of degenerate) {
      const [x, y] = [levelOf(one), levelOf(other)]
      above += x > y ? 1 : x === y ? 0.5 : 0
    }
  const pairs = living.length * degenerate.length
  const lowest = Math.min(...living.map(levelOf))
  const highest = Math.max(...degenerate.map(levelOf))
  const reaching = degenerate.filter((one) => levelOf(one) >= lowest).sort((p, q) => levelOf(q) - levelOf(p))
  return {
    auc: pairs === 0 ? null : above / pairs,
    margin: Number.isFinite(lowest) && Number.isFinite(highest) ? lowest - highest : null,
    failures: [...new Set(reaching.map(({ name }) => name))],
    undefinedCount: [...living, ...degenerate].filter(({ value }) => value === null).length,
  }
}

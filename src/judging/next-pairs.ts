// Which pairs to ask about next. What is believed of the strengths (mean and covariance, log-odds) in; pairs with the information that one
// vote on each is expected to give (nats) out.
//   gain(i, j) = H(E p) - E H(p),  p = 1 / (1 + e^-x),  x ~ N(m_i - m_j, v_ii + v_jj - 2 v_ij)      mutual information (Lindley 1956)
// A batch is a maximum spanning tree (every item asked about, none twice over: Li et al. 2018, Hybrid-MST), then the tree of the pairs left.

export interface Beliefs {
  readonly items: readonly string[]
  readonly mean: readonly number[]
  /** In the order of items. */
  readonly covariance: readonly (readonly number[])[]
  /** How many pairs (default: one fewer than items). At most all of them are given. */
  readonly count?: number | undefined
}

export interface NextPairs {
  readonly pairs: readonly (readonly [string, string])[]
  /** Descending within each tree. */
  readonly gainsNats: readonly number[]
}

interface Pair {
  readonly i: number
  readonly j: number
  readonly gain: number
}

/** Throws RangeError for a mean or covariance that does not fit the items. */
export function choosePairs(beliefs: Beliefs): NextPairs {
  const { items, mean, covariance, count = items.length - 1 } = beliefs
  check(beliefs)
  let left = items
    .flatMap((_, j) =>
      items.slice(0, j).map((_, i): Pair => {
        const entry = (r: number, c: number) => covariance[r]?.[c] ?? 0
        const variance = entry(i, i) + entry(j, j) - 2 * entry(i, j)
        return { i, j, gain: expectInformation((mean[i] ?? 0) - (mean[j] ?? 0), Math.max(0, variance)) }
      }),
    )
    .sort((a, b) => b.gain - a.gain)
  const chosen: Pair[] = []
  while (chosen.length < count && left.length > 0) {
    const tree = spanMost(items.length, left)
    chosen.push(...tree)
    left = left.filter((pair) => !tree.has(pair))
  }
  const taken = chosen.slice(0, Math.max(0, count))
  return {
    pairs: taken.map(({ i, j }) => [items[i] ?? '', items[j] ?? ''] as const),
    gainsNats: taken.map(({ gain }) => gain),
  }
}

/** Nats that one win-or-lose vote gives when the difference of strengths is N(mean, variance). 0 to log 2. */
export function expectInformation(mean: number, variance: number): number {
  const spread = Math.sqrt(variance)
  const step = Math.min(0.2, Math.max(0.002, 0.3 / spread)) // of a trapezoid rule, fine enough for the logistic's slope
  const steps = Math.ceil(9 / step)
  let [weights, chance, inside] = [0, 0, 0]
  for (let k = -steps; k <= steps; k++) {
    const z = k * step
    const weight = Math.exp((-z * z) / 2)
    const p = 1 / (1 + Math.exp(-(mean + spread * z)))
    weights += weight
    chance += weight * p
    inside += weight * entropy(p)
  }
  return Math.max(0, entropy(chance / weights) - inside / weights)
}

const entropy = (p: number) => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p))

/** Kruskal: from the best down, leaving out each pair that would close a ring. */
function spanMost(size: number, descending: readonly Pair[]): Set<Pair> {
  const roots = Array.from({ length: size }, (_, i) => i)
  const rootOf = (i: number): number => {
    const up = roots[i] ?? i
    return up === i ? i : rootOf(up)
  }
  const tree = new Set<Pair>()
  for (const pair of descending) {
    const [a, b] = [rootOf(pair.i), rootOf(pair.j)]
    if (a === b) continue
    roots[a] = b
    tree.add(pair)
  }
  return tree
}

function check({ items, mean, covariance, count }: Beliefs): void {
  const size = items.length
  if (new Set(items).size !== size) throw new RangeError('items: expected each item once, got one twice')
  if (mean.length !== size) throw new RangeError(`mean: expected ${size} numbers, one an item, got ${mean.length}`)
  const shape = covariance.length === size && covariance.every((row) => row.length === size)
  if (!shape) throw new RangeError(`covariance: expected ${size} rows of ${size} numbers, got another shape`)
  if (count !== undefined && !(Number.isInteger(count) && count >= 0))
    throw new RangeError(`count: expected a whole number from 0 up, got ${count}`)
  const scale = covariance.reduce((most, row, i) => Math.max(most, Math.abs(row[i] ?? 0)), 0)
  covariance.forEach((row, i) => {
    if ((row[i] ?? 0) < 0)
      throw new RangeError(`covariance.${i}.${i}: expected a variance of at least 0, got ${row[i]}`)
    row.forEach((value, j) => {
      const [mirror, own, other] = [covariance[j]?.[i] ?? 0, row[i] ?? 0, covariance[j]?.[j] ?? 0]
      if (Math.abs(value - mirror) > 1e-9 * scale)
        throw new RangeError(
          `covariance.${i}.${j}: expected the same as covariance.${j}.${i} (${mirror}), got ${value}`,
        )
      if (own + other - 2 * value < -1e-9 * scale)
        throw new RangeError(
          `covariance.${i}.${j}: expected a difference of variance at least 0, got ${own + other - 2 * value}`,
        )
    })
  })
}

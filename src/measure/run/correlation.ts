// Spearman's rank correlation of two equally long lists; ties share their mean rank.

/** -1..1; null when a list has no spread. */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  const [p, q] = [ranksOf(x), ranksOf(y)]
  const mean = (x.length + 1) / 2
  let [cross, spreadX, spreadY] = [0, 0, 0]
  p.forEach((rank, i) => {
    const other = (q[i] ?? mean) - mean
    cross += (rank - mean) * other
    spreadX += (rank - mean) ** 2
    spreadY += other ** 2
  })
  return spreadX === 0 || spreadY === 0 ? null : cross / Math.sqrt(spreadX * spreadY)
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to++
    for (let k = from; k <= to; k++) ranks[order[k]?.index ?? 0] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

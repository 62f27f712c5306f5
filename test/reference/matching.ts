// Largest one-to-one matching of two lists within a window, by augmenting paths (Kuhn 1955): slow, and plainly right.

export function largestMatching(reference: readonly number[], estimate: readonly number[], window: number): number {
  const partnerOf = new Map<number, number>()
  const near = (i: number, j: number) =>
    (reference[i] as number) >= (estimate[j] as number) - window &&
    (reference[i] as number) <= (estimate[j] as number) + window
  const assign = (j: number, tried: Set<number>): boolean =>
    reference.some((_, i) => {
      if (tried.has(i) || !near(i, j)) return false
      tried.add(i)
      const holder = partnerOf.get(i)
      if (holder !== undefined && !assign(holder, tried)) return false
      partnerOf.set(i, j)
      return true
    })
  return estimate.filter((_, j) => assign(j, new Set())).length
}

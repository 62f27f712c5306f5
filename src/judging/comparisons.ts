// What judges said: which of two items, or neither. Votes in; counts by item, parts that were ever compared, and who can be ranked, out.

export type Result = 'a' | 'b' | 'tie'

export interface Comparison {
  readonly a: string
  readonly b: string
  readonly result: Result
  /** How often it was said so (default 1). */
  readonly count?: number | undefined
  readonly judge?: string | undefined
  /** Whether `a` was heard first; left out when it is not known. */
  readonly aFirst?: boolean | undefined
}

/** A comparison by places in the list of items. */
export interface Vote {
  readonly a: number
  readonly b: number
  readonly result: Result
  readonly count: number
  readonly judge: string | null
  /** 1 when a was heard first, -1 when b was, 0 when it is not known. */
  readonly order: -1 | 0 | 1
}

/** Throws RangeError for an item that is not listed, listed twice or compared with itself, and for a count that is none. */
export function readVotes(items: readonly string[], comparisons: readonly Comparison[]): Vote[] {
  const places = new Map(items.map((item, i) => [item, i]))
  if (places.size !== items.length) {
    const twice = items.find((item, i) => items.indexOf(item) !== i)
    throw new RangeError(`items: expected each item once, got ${JSON.stringify(twice)} twice`)
  }
  const placeOf = (item: string, where: string) => {
    const place = places.get(item)
    if (place === undefined) throw new RangeError(`${where}: expected one of the items, got ${JSON.stringify(item)}`)
    return place
  }
  return comparisons.flatMap(({ a, b, result, count = 1, judge, aFirst }, i) => {
    const where = `comparisons.${i}`
    if (a === b) throw new RangeError(`${where}: expected two different items, got ${JSON.stringify(a)} twice`)
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`${where}.count: expected a whole number from 0 up, got ${count}`)
    const order = aFirst === undefined ? 0 : aFirst ? 1 : -1
    const vote = {
      a: placeOf(a, `${where}.a`),
      b: placeOf(b, `${where}.b`),
      result,
      count,
      judge: judge ?? null,
      order,
    }
    return count === 0 ? [] : [vote as Vote]
  })
}

/** Part of each item: items are in one part when comparisons link them. Parts are numbered from 0 in the order of their first item. */
export function findParts(size: number, votes: readonly Vote[]): number[] {
  const links = votes.flatMap(({ a, b }): [number, number][] => [
    [a, b],
    [b, a],
  ])
  const neighbours = listTargets(size, links)
  const part = new Array<number>(size).fill(-1)
  let parts = 0
  for (let i = 0; i < size; i++) {
    if (part[i] !== -1) continue
    for (const reached of reach(neighbours, i)) part[reached] = parts
    parts++
  }
  return part
}

/**
 * Whether no finite maximum exists: within some part, the graph of who has beaten whom (a tie counts both ways) is not strongly
 * connected (Ford 1957).
 */
export function isSeparable(parts: readonly number[], votes: readonly Vote[]): boolean {
  const wins = votes.flatMap(({ a, b, result }): [number, number][] =>
    result === 'a'
      ? [[a, b]]
      : result === 'b'
        ? [[b, a]]
        : [
            [a, b],
            [b, a],
          ],
  )
  const size = parts.length
  const forward = listTargets(size, wins)
  const backward = listTargets(
    size,
    wins.map(([from, to]) => [to, from]),
  )
  return [...new Set(parts)].some((part) => {
    const first = parts.indexOf(part)
    const all = parts.filter((other) => other === part).length
    return reach(forward, first).size < all || reach(backward, first).size < all
  })
}

function listTargets(size: number, links: readonly (readonly [number, number])[]): Set<number>[] {
  const targets = Array.from({ length: size }, () => new Set<number>())
  for (const [from, to] of links) targets[from]?.add(to)
  return targets
}

function reach(targets: readonly ReadonlySet<number>[], from: number): Set<number> {
  const reached = new Set([from])
  for (const place of reached) for (const next of targets[place] ?? []) reached.add(next) // a Set goes on over what is added
  return reached
}

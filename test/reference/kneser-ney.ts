// Modified interpolated Kneser-Ney with maps of strings, straight from Chen & Goodman 1999 (equations 20 to 26): slow, short, unpruned
// unless `least` says so.

const begin = 'begin'
const end = 'end'

export interface SlowModel {
  readonly probabilityOf: (history: readonly string[], word: string) => number
}

/** `least[n - 1]`: occurrences that keep an n-gram of n words. `vocabulary` is how many words there are in all. */
export function slowKneserNey(
  texts: readonly (readonly string[])[],
  { order, least, vocabulary }: { order: number; least: readonly number[]; vocabulary: number },
): SlowModel {
  const occurrences = new Map<string, number>()
  for (const text of texts) {
    const words = [begin, ...text, end]
    for (let at = 1; at < words.length; at++)
      for (let n = 1; n <= Math.min(order, at + 1); n++) {
        const key = words.slice(at - n + 1, at + 1).join(' ')
        occurrences.set(key, (occurrences.get(key) ?? 0) + 1)
      }
  }
  const counts = new Map<string, number>()
  for (const [key, seen] of occurrences) {
    const words = key.split(' ')
    if (words.length === order || words[0] === begin) counts.set(key, seen)
    else counts.set(key, [...occurrences.keys()].filter((other) => other.split(' ').slice(1).join(' ') === key).length)
  }
  const discounts = Array.from({ length: order }, (_, i) => discountsOf(counts, i + 1))
  const discount = (n: number, count: number) => discounts[n - 1]?.[Math.min(count, 3) - 1] ?? 0
  const isKept = (key: string, n: number) => (occurrences.get(key) ?? 0) >= (least[n - 1] ?? 1)
  const probabilityOf = (history: readonly string[], word: string): number => {
    const n = history.length + 1
    const prefix = history.length === 0 ? '' : `${history.join(' ')} `
    const followers = [...counts].filter(([key]) => key.split(' ').length === n && key.startsWith(prefix))
    const lower = n === 1 ? 1 / vocabulary : probabilityOf(history.slice(1), word)
    const total = followers.reduce((sum, [, count]) => sum + count, 0)
    const kept = followers.filter(([key]) => isKept(key, n))
    if (kept.length === 0) return lower
    const given = kept.reduce((sum, [, count]) => sum + count - discount(n, count), 0)
    const own = isKept(prefix + word, n) ? (counts.get(prefix + word) ?? 0) : 0
    return (own > 0 ? own - discount(n, own) : 0) / total + ((total - given) / total) * lower
  }
  return {
    probabilityOf: (history, word) => probabilityOf(history.slice(Math.max(0, history.length - order + 1)), word),
  }
}

const leastDiscount = 0.1

function discountsOf(counts: ReadonlyMap<string, number>, n: number): number[] {
  const of = [1, 2, 3, 4].map((k) => [...counts].filter(([key, c]) => key.split(' ').length === n && c === k).length)
  const [n1 = 0, n2 = 0] = of
  const y = n1 / (n1 + 2 * n2)
  return [1, 2, 3].map((k) => {
    const here = of[k - 1] ?? 0
    if (n1 === 0 || n2 === 0 || here === 0) return k / 2
    return Math.min(k, Math.max(leastDiscount, k - ((k + 1) * y * (of[k] ?? 0)) / here))
  })
}

// Attractor: two agents whose words fall into one small set that keeps coming back, in whatever order.
// In: turns in order. Out: the turn from which on, in nearly every stretch of eight turns, both draw on the same few words.
//   overlap = 1 - JSD(P_a, P_b)    Jensen-Shannon divergence in bits (Lin 1991) of what each says
//   size = 2^H((P_a + P_b) / 2)    how many words the two use as if equally often (perplexity)
// An attractor has overlap >= .5 and size <= 32. Both bounds are choices: lively pairs lie far beyond (docs/gauntlet.md).
import { tailFrom } from './tail.ts'
import type { Turn } from './turns.ts'

const stretch = 8
const leastOverlap = 0.5
const mostWords = 32
/** Words that each must have said in a stretch. */
const leastWords = 12

/** Index into `turns` of the middle of the first such stretch (0 if that is the run's first); null when there is none. */
export function findAttractor(turns: readonly Turn[], agents: readonly [string, string]): number | null {
  const starts = Array.from({ length: Math.max(0, turns.length - stretch + 1) }, (_, i) => i)
  const from = tailFrom(starts.map((start) => isNarrow(turns.slice(start, start + stretch), agents)))
  return from === null ? null : from === 0 ? 0 : from + stretch / 2
}

function isNarrow(turns: readonly Turn[], agents: readonly [string, string]): boolean {
  const [p, q] = agents.map((agent) => countWords(turns.filter((turn) => turn.agent === agent))) as [Counts, Counts]
  if (p.total < leastWords || q.total < leastWords) return false
  let [joint, own] = [0, 0]
  for (const word of new Set([...p.words.keys(), ...q.words.keys()])) {
    const [x, y] = [(p.words.get(word) ?? 0) / p.total, (q.words.get(word) ?? 0) / q.total]
    joint += entropyPart((x + y) / 2)
    own += (entropyPart(x) + entropyPart(y)) / 2
  }
  return 1 - (joint - own) >= leastOverlap && 2 ** joint <= mostWords
}

interface Counts {
  readonly words: ReadonlyMap<string, number>
  readonly total: number
}

function countWords(turns: readonly Turn[]): Counts {
  const words = new Map<string, number>()
  for (const turn of turns) for (const word of turn.words) words.set(word, (words.get(word) ?? 0) + 1)
  return { words, total: [...words.values()].reduce((sum, count) => sum + count, 0) }
}

const entropyPart = (share: number) => (share > 0 ? -share * Math.log2(share) : 0)

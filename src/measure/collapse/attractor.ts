// Attractor: two agents whose words fall into one small set that keeps coming back, in whatever order.
// In: turns in order. Out: the turn from which on, in nearly every stretch of turns, both draw on the same few words.
//   overlap = 1 - JSD(P_a, P_b)    Jensen-Shannon divergence in bits (Lin 1991) of what each says
//   size = 2^H((P_a + P_b) / 2)    how many words the two use as if equally often (perplexity)
// An attractor has overlap >= .5 and size <= min(32, half of the words said). A stretch is eight turns, or as many more as both need to
// say twelve words: curt talk is heard too. Half of the words, because a few dozen words have a small perplexity however lively they are.
// The bounds are choices: lively pairs lie far beyond (docs/gauntlet.md).
import { type Finding, foundAt, notAsked } from './finding.ts'
import { leastSteps, tailFrom } from './tail.ts'
import type { Turn } from './turns.ts'

const shortest = 8
const leastOverlap = 0.5
const mostWords = 32
/** Most effective words for each word said. */
const mostNew = 0.5
/** Words that each must have said in a stretch. */
const leastWords = 12

/** Index into `turns` of the middle of the first such stretch (0 if that is the run's first). */
export function findAttractor(turns: readonly Turn[], agents: readonly [string, string]): Finding {
  if (turns.every(({ words }) => words.length === 0)) return notAsked('nothing was said')
  const lengths = stretchesOf(turns, agents)
  if (lengths.length < leastSteps)
    return notAsked(`fewer than ${leastSteps} stretches of turns in which both say ${leastWords} words`)
  const from = tailFrom(lengths.map((length, start) => isNarrow(turns.slice(start, start + length), agents)))
  return foundAt(from === null || from === 0 ? from : from + Math.floor((lengths[from] as number) / 2))
}

/** Length of the stretch that begins at each turn, up to the last turn that still has one. */
function stretchesOf(turns: readonly Turn[], agents: readonly [string, string]): number[] {
  const lengths: number[] = []
  const said = [0, 0]
  const add = ({ agent, words }: Turn, sign: 1 | -1) => {
    const k = agents.indexOf(agent)
    if (k >= 0) said[k] = (said[k] as number) + sign * words.length
  }
  let end = 0
  for (const [start, first] of turns.entries()) {
    while (end < turns.length && (end < start + shortest || said.some((count) => count < leastWords)))
      add(turns[end++] as Turn, 1)
    if (end < start + shortest || said.some((count) => count < leastWords)) return lengths
    lengths.push(end - start)
    add(first, -1)
  }
  return lengths
}

function isNarrow(turns: readonly Turn[], agents: readonly [string, string]): boolean {
  const [p, q] = agents.map((agent) => countWords(turns.filter((turn) => turn.agent === agent))) as [Counts, Counts]
  let [joint, own] = [0, 0]
  for (const word of new Set([...p.words.keys(), ...q.words.keys()])) {
    const [x, y] = [(p.words.get(word) ?? 0) / p.total, (q.words.get(word) ?? 0) / q.total]
    joint += entropyPart((x + y) / 2)
    own += (entropyPart(x) + entropyPart(y)) / 2
  }
  return 1 - (joint - own) >= leastOverlap && 2 ** joint <= Math.min(mostWords, mostNew * (p.total + q.total))
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

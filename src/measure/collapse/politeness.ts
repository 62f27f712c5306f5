// Words of thanks, of parting, of giving way and of agreeing: what two models say when they have nothing more to say.
// Data: src/measure/collapse/courtesies.json, English with the commonest forms of other languages. A loop in words that the list lacks is
// found by attractor as far as its words are few, by repetition as far as they come in a fixed order.
import { symbolsOfText } from '../vitality/index.ts'
import courtesies from './courtesies.json' with { type: 'json' }

/** Words within which a courtesy is expected to recur, in a turn that is nothing else. */
const reach = 8
/** Share of a turn that must be words which elsewhere mean something else ("right", "peace", "yes"): half of it. */
const whole = 0.5

const plain = sortPhrases(courtesies.courtesies)
const brief = sortPhrases([...courtesies.courtesies, ...courtesies.agreement, ...courtesies.partings])

/** Whether a turn is mostly courtesy: at least one for every eight words begun; or half of its words agree or part. */
export function isCourteous(words: readonly string[]): boolean {
  if (words.length === 0) return false
  if (findPhrases(words, plain).count >= Math.ceil(words.length / reach)) return true
  return findPhrases(words, brief).words >= whole * words.length
}

type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

/** Phrases by their first word, the longest first. */
function sortPhrases(texts: readonly string[]): Phrases {
  const sorted = new Map<string, string[][]>()
  for (const text of texts) {
    const phrase = symbolsOfText(text)
    const first = phrase[0] as string
    sorted.set(
      first,
      [...(sorted.get(first) ?? []), phrase].sort((p, q) => q.length - p.length),
    )
  }
  return sorted
}

function findPhrases(words: readonly string[], phrases: Phrases): { count: number; words: number } {
  let [count, covered] = [0, 0]
  for (let i = 0; i < words.length; ) {
    const phrase = phrases.get(words[i] as string)?.find((one) => one.every((word, k) => words[i + k] === word))
    if (phrase !== undefined) {
      count++
      covered += phrase.length
    }
    i += phrase?.length ?? 1
  }
  return { count, words: covered }
}

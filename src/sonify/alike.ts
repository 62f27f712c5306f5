// Which known word an unknown one looks like: the one with the largest share of letter trigrams in common (Dice's coefficient).

/** Least overlap that counts as looking alike. */
const leastAlike = 0.5
/** Longer words are not compared. */
const longest = 40
/** a-z, apostrophe, hyphen, both ends of a word, anything else. */
const letters = 31
const codeOf = (word: string, at: number): number => {
  if (at < 0) return 28
  if (at >= word.length) return 29
  const code = word.charCodeAt(at) - 97
  if (code >= 0 && code < 26) return code
  return word[at] === "'" ? 26 : word[at] === '-' ? 27 : 30
}

/** Each of a word's trigrams once, its ends being letters too. */
function trigramsOf(word: string): number[] {
  const found: number[] = []
  for (let at = -1; at + 2 <= word.length; at++) {
    const trigram = (codeOf(word, at) * letters + codeOf(word, at + 1)) * letters + codeOf(word, at + 2)
    if (!found.includes(trigram)) found.push(trigram)
  }
  return found
}

/** A function that finds the number of the word that looks most alike, or null; ties go to the one that stands first. */
export function indexLooks(words: readonly string[]): (word: string) => number | null {
  const sizes = new Uint8Array(words.length)
  const starts = new Uint32Array(letters ** 3 + 1)
  const trigrams = words.map(trigramsOf)
  trigrams.forEach((own, i) => {
    sizes[i] = own.length
    for (const trigram of own) starts[trigram + 1] = (starts[trigram + 1] as number) + 1
  })
  for (let t = 1; t < starts.length; t++) starts[t] = (starts[t] as number) + (starts[t - 1] as number)
  const holders = new Uint32Array(starts.at(-1) ?? 0)
  const filled = starts.slice()
  trigrams.forEach((own, i) => {
    for (const trigram of own) {
      const at = filled[trigram] as number
      holders[at] = i
      filled[trigram] = at + 1
    }
  })
  const shared = new Uint8Array(words.length)
  return (word) => (word.length > longest ? null : mostAlike(trigramsOf(word), { sizes, starts, holders, shared }))
}

interface Looks {
  readonly sizes: Uint8Array
  /** Trigram -> where its holders begin. */
  readonly starts: Uint32Array
  readonly holders: Uint32Array
  /** Trigrams shared with each word, counted and cleared again for each that is looked for. */
  readonly shared: Uint8Array
}

function mostAlike(trigrams: readonly number[], { sizes, starts, holders, shared }: Looks): number | null {
  for (const trigram of trigrams)
    for (let at = starts[trigram] as number; at < (starts[trigram + 1] as number); at++) {
      const holder = holders[at] as number
      shared[holder] = (shared[holder] as number) + 1
    }
  let best: number | null = null
  let most = leastAlike
  for (const trigram of trigrams)
    for (let at = starts[trigram] as number; at < (starts[trigram + 1] as number); at++) {
      const i = holders[at] as number
      const count = shared[i] as number
      if (count === 0) continue // told already
      shared[i] = 0
      const alike = (2 * count) / (trigrams.length + (sizes[i] as number))
      if (alike < most || (alike === most && (best === null || i > best))) continue
      most = alike
      best = i
    }
  return best
}

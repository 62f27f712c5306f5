// The only dice of the project, always seeded: sfc32 (Chris Doty-Humphrey's Small Fast Counter, 128 bits of state),
// seeded by hashing text with xmur3, so that a stream may be named: seededRandom(`${seed}/crowd`).

/** Draws from [0, 1), 32 bits each. */
export type Random = () => number

/** A stream of draws fixed by `seed`: equal seeds give equal streams, in Node and in browsers. */
export function seededRandom(seed: number | string): Random {
  const hash = hashText(String(seed))
  let a = hash()
  let b = hash()
  let c = hash()
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next() // the first draws still show the seed
  return next
}

/** 32-bit hashes of a text, as many as asked for (xmur3, after MurmurHash3's mixing). */
function hashText(text: string): () => number {
  let h = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return h >>> 0
  }
}

/** A whole number in 0 .. count - 1. */
export function randomIndex(random: Random, count: number): number {
  return Math.floor(random() * count)
}

/** One of the items; the list must not be empty. */
export function randomChoice<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[randomIndex(random, items.length)]
  if (item === undefined) throw new RangeError('randomChoice: expected at least one item, got an empty list')
  return item
}

/** A draw from the normal distribution with mean 0 and standard deviation 1 (Box and Muller 1958). */
export function randomNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const copy = items.slice()
  for (let i = copy.length - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1)
    const held = copy[i] as Item
    copy[i] = copy[j] as Item
    copy[j] = held
  }
  return copy
}

/** The numbers 0 .. count - 1, shuffled as `shuffled` would: in an array of its own, since there may be a million. */
export function shuffledIndices(random: Random, count: number): Int32Array {
  const indices = new Int32Array(count)
  for (let i = 0; i < count; i++) indices[i] = i
  for (let i = count - 1; i > 0; i--) {
    const j = randomIndex(random, i + 1)
    const held = indices[i] as number
    indices[i] = indices[j] as number
    indices[j] = held
  }
  return indices
}

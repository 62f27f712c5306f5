// Symbols and joint states as small whole numbers, so that counting is a loop over an array.

export interface Codes {
  /** 0 .. count - 1, one a position. */
  readonly codes: Int32Array
  readonly count: number
}

/** Equal values, equal codes, in order of appearance. The values are safe integers. */
export function encode(values: Float64Array): Codes {
  const { length } = values
  const mask = 2 ** Math.ceil(Math.log2(2 * length + 2)) - 1
  const slots = new Int32Array(mask + 1).fill(-1) // a hash table of positions: a Map is ten times slower for a million states
  const codes = new Int32Array(length)
  let count = 0
  for (let i = 0; i < length; i++) {
    const value = values[i] as number
    let slot = scatter(value) & mask
    while ((slots[slot] as number) >= 0 && values[slots[slot] as number] !== value) slot = (slot + 1) & mask
    const seen = slots[slot] as number
    if (seen < 0) slots[slot] = i
    codes[i] = seen < 0 ? count++ : (codes[seen] as number)
  }
  return { codes, count }
}

/** Both halves of a whole number, well mixed (multiplicative hashing, Knuth 1998, 6.4). */
function scatter(value: number): number {
  const high = Math.floor(value / 2 ** 32) | 0
  const mixed = Math.imul((value | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** Joint states: a at a position with b `offset` later, as far as both reach. */
export function join(a: Codes, b: Codes, offset = 0): Codes {
  const length = Math.max(0, Math.min(a.codes.length, b.codes.length - offset))
  const pairs = new Float64Array(length)
  for (let i = 0; i < length; i++) pairs[i] = (a.codes[i] as number) * b.count + (b.codes[i + offset] as number)
  return encode(pairs)
}

/** Windows of `length` positions, by the position they start at: doubled and joined, so that a long one costs its logarithm. */
export function encodeWindows(symbols: Codes, length: number): Codes {
  let doubled = symbols
  let windows: Codes | undefined
  for (let reach = 0, size = 1, rest = length; ; size *= 2, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      windows = windows === undefined ? doubled : join(windows, doubled, reach)
      reach += size
    }
    if (rest <= 1) return windows as Codes
    doubled = join(doubled, doubled, size)
  }
}

/** The codes at the given positions. */
export function select({ codes, count }: Codes, positions: Int32Array): Codes {
  return { codes: positions.map((position) => codes[position] as number), count }
}

/** Entropy of the codes, plug-in, bits, times their number: N log2 N - sum of n log2 n. */
export function totalEntropy({ codes, count }: Codes): number {
  const counts = new Float64Array(count)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const sum = counts.reduce((total, n) => total + (n > 0 ? n * Math.log2(n) : 0), 0)
  return codes.length > 0 ? codes.length * Math.log2(codes.length) - sum : 0
}

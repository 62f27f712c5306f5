// A model as bytes, small and reproducible: columns of variable-length whole numbers. The last token of an n-gram is told by its place among
// the n-grams of the shorter context that it also ends (Pibiri & Venturini 2017, "Efficient data structures for massive n-gram datasets"):
// who was seen after "of the United" was seen after "the United" too, and there are few of those.
// The bytes are meant to be compressed by whoever stores them.
import { findNgram, type Level, type Levels } from './tables.ts'

/** What stands before the columns, as one line of JSON. */
interface Header {
  readonly format: 'hocket-ngram'
  readonly version: 1
  /** N-grams per length. */
  readonly sizes: readonly number[]
  readonly discounts: readonly (readonly [number, number, number])[]
}

/** A model's levels and the ids of its tokens by rank. The first level holds every rank from 0 on once. */
export interface NgramFile {
  readonly levels: Levels
  readonly tokens: Int32Array
}

export function encodeNgrams({ levels, tokens }: NgramFile): Uint8Array {
  const header: Header = {
    format: 'hocket-ngram',
    version: 1,
    sizes: levels.map((level) => level.rank.length),
    discounts: levels.map((level) => level.discounts),
  }
  const out = createWriter()
  const text = `${JSON.stringify(header)}\n`
  for (let i = 0; i < text.length; i++) out.byte(text.charCodeAt(i))
  let before = 0
  for (const id of tokens) {
    out.signed(id - before)
    before = id
  }
  const suffixes = suffixPlaces(levels)
  levels.forEach((level, n) => {
    const contexts = level.pruned.length
    const sizeOf = (c: number) => (level.start[c + 1] as number) - (level.start[c] as number)
    for (let c = 0; c < contexts; c++) out.whole(sizeOf(c))
    for (let c = 0; c < contexts; c++) if (sizeOf(c) > 0) out.whole(level.pruned[c] as number)
    const places = suffixes[n] as Int32Array
    for (let c = 0; c < contexts; c++) {
      let last = n === 0 ? -1 : firstBehind(levels, suffixes, n, c) - 1
      for (let i = level.start[c] as number; i < (level.start[c + 1] as number); i++) {
        const at = n === 0 ? i : (places[i] as number)
        out.whole(at - last - 1)
        last = at
      }
    }
    for (const count of level.count) out.whole(count - 1)
  })
  return out.bytes()
}

/** Throws RangeError when the bytes are no model of this format. */
export function decodeNgrams(bytes: Uint8Array): NgramFile {
  const { header, end } = readHeader(bytes)
  const column = createColumnReader(bytes, end)
  const tokens = column.next(header.sizes[0] ?? 0)
  let id = 0
  for (let i = 0; i < tokens.length; i++) {
    const step = tokens[i] as number
    id += step & 1 ? -((step + 1) >> 1) : step >> 1
    tokens[i] = id
  }
  const levels: Level[] = []
  const suffixes: Int32Array[] = []
  header.sizes.forEach((size, n) => {
    const level = readLevel(column, n === 0 ? 1 : (header.sizes[n - 1] as number), size, header.discounts[n])
    // So far `rank` holds gaps between places one level below.
    const places = level.rank.slice()
    for (let c = 0; c < level.pruned.length; c++) {
      const to = level.start[c + 1] as number
      let i = level.start[c] as number
      if (i === to) continue
      let at = (n === 0 ? 0 : firstBehind(levels, suffixes, n, c)) - 1
      for (; i < to; i++) {
        at += (places[i] as number) + 1
        places[i] = at
      }
    }
    const shorter = levels[n - 1]?.rank
    for (let i = 0; i < size; i++) level.rank[i] = shorter === undefined ? i : (shorter[places[i] as number] as number)
    levels.push(level)
    suffixes.push(places)
  })
  if (!column.isDone()) throw new RangeError(`n-gram model: expected ${bytes.length} bytes to be used, they were not`)
  return { levels, tokens }
}

/** The first n-gram of the context that remains when context c of level n loses its first token. */
function firstBehind(levels: Levels, suffixes: readonly Int32Array[], n: number, c: number): number {
  if (n === 1) return 0
  return (levels[n - 1] as Level).start[(suffixes[n - 1] as Int32Array)[c] as number] as number
}

/** For each n-gram where the one without its first token stands, one level below. It always stands there: it occurred no less often. */
function suffixPlaces(levels: Levels): Int32Array[] {
  const suffixes: Int32Array[] = []
  levels.forEach((level, n) => {
    const places = new Int32Array(level.rank.length)
    const shorter = levels[n - 1]
    for (let c = 0; shorter !== undefined && c < level.pruned.length; c++) {
      const behind = n === 1 ? 0 : ((suffixes[n - 1] as Int32Array)[c] as number)
      for (let i = level.start[c] as number; i < (level.start[c + 1] as number); i++)
        places[i] = findNgram(shorter, behind, level.rank[i] as number)
    }
    suffixes.push(places)
  })
  return suffixes
}

function readLevel(
  column: ColumnReader,
  contexts: number,
  size: number,
  discounts: readonly [number, number, number] | undefined,
): Level {
  if (discounts === undefined) throw new RangeError('n-gram model: expected discounts for every length, one is missing')
  const sizes = column.next(contexts)
  const start = new Int32Array(contexts + 1)
  let filled = 0
  for (let c = 0; c < contexts; c++) {
    start[c + 1] = (start[c] as number) + (sizes[c] as number)
    if (sizes[c] !== 0) filled++
  }
  if (start[contexts] !== size) throw new RangeError(`n-gram model: expected ${size} n-grams, got ${start[contexts]}`)
  const told = column.next(filled)
  const pruned = new Int32Array(contexts)
  for (let c = 0, i = 0; c < contexts; c++) if (sizes[c] !== 0) pruned[c] = told[i++] as number
  const rank = column.next(size)
  const count = column.next(size)
  for (let i = 0; i < size; i++) count[i] = (count[i] as number) + 1
  return { start, rank, count, pruned, discounts }
}

function readHeader(bytes: Uint8Array): { header: Header; end: number } {
  const end = bytes.indexOf(10) + 1
  const text = String.fromCharCode(...bytes.subarray(0, Math.min(end, 2000)))
  if (!text.startsWith('{"format":"hocket-ngram","version":1,'))
    throw new RangeError('n-gram model: expected bytes of format hocket-ngram, version 1, got others. Build it anew.')
  return { header: JSON.parse(text) as Header, end }
}

function createWriter() {
  let bytes = new Uint8Array(1 << 16)
  let size = 0
  const byte = (value: number) => {
    if (size === bytes.length) {
      const longer = new Uint8Array(2 * size)
      longer.set(bytes)
      bytes = longer
    }
    bytes[size++] = value
  }
  /** Seven bits a byte, lowest first, the top bit says that more follow. */
  const whole = (value: number) => {
    let left = value
    for (; left > 127; left >>>= 7) byte((left & 127) | 128)
    byte(left)
  }
  /** 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ... */
  const signed = (value: number) => whole(value < 0 ? -2 * value - 1 : 2 * value)
  return { byte, whole, signed, bytes: () => bytes.slice(0, size) }
}

type ColumnReader = ReturnType<typeof createColumnReader>

/** Reads as many whole numbers at a time as are asked for. */
function createColumnReader(bytes: Uint8Array, from: number) {
  let at = from
  const next = (size: number): Int32Array => {
    const out = new Int32Array(size)
    let place = at
    for (let i = 0; i < size; i++) {
      let value = 0
      let byte = 128
      for (let shift = 0; byte > 127; shift += 7) {
        byte = bytes[place++] ?? 0
        value |= (byte & 127) << shift
      }
      out[i] = value
    }
    if (place > bytes.length)
      throw new RangeError(`n-gram model: expected more than ${bytes.length} bytes, it is cut off`)
    at = place
    return out
  }
  return { next, isDone: () => at === bytes.length }
}

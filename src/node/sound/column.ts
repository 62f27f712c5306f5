// A growing column of numbers outside the garbage collector's reach: 4 or 8 bytes a number. It grows by pieces of one size, so that nothing is
// copied and hardly anything is reserved for nothing.

export interface Column {
  readonly length: number
  push(value: number): void
  /** undefined behind the end. */
  at(index: number): number | undefined
}

const bits = 12
const piece = 1 << bits

export function createColumn(kind: 'integers' | 'numbers'): Column {
  const pieces: (Int32Array | Float64Array)[] = []
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length % piece === 0) pieces.push(kind === 'integers' ? new Int32Array(piece) : new Float64Array(piece))
      const last = pieces[length >> bits] as Int32Array | Float64Array
      last[length++ & (piece - 1)] = value
    },
    at: (index) => (index < length ? pieces[index >> bits]?.[index & (piece - 1)] : undefined),
  }
}

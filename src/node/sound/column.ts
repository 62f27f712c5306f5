// A growing column of numbers outside the garbage collector's reach: 4 or 8 bytes a number. It grows by pieces of one size, so that nothing is
// copied while it grows and hardly anything is reserved for nothing.

export interface Column {
  push(value: number): void
  /** All of them in one array; pieces are let go. */
  values(): Int32Array | Float64Array
}

type Numbers = Int32Array | Float64Array

const usualPiece = 1 << 15

export function createColumn(kind: 'integers' | 'numbers', piece = usualPiece): Column {
  const make = (size: number): Numbers => (kind === 'integers' ? new Int32Array(size) : new Float64Array(size))
  let full: Numbers[] = []
  // Most columns stay short, so the first piece is small.
  let last = make(Math.min(piece, 256))
  let count = 0
  const join = (): Numbers => {
    const parts = [...full, last.subarray(0, count)]
    const whole = make(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
  return {
    push(value) {
      if (count === last.length) {
        full.push(last)
        last = make(piece)
        count = 0
      }
      last[count++] = value
    },
    values() {
      if (full.length === 1 && count === 0) return full[0] as Numbers
      const whole = join()
      full = [whole]
      last = make(0)
      count = 0
      return whole
    },
  }
}

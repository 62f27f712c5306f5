// A growing column of numbers outside the garbage collector's reach: 4 or 8 bytes a number.

export interface Column {
  push(value: number): void
  values(): Int32Array | Float64Array
}

export function createColumn(kind: 'integers' | 'numbers', capacity = 1024): Column {
  const make = (size: number) => (kind === 'integers' ? new Int32Array(size) : new Float64Array(size))
  let held = make(capacity)
  let count = 0
  return {
    push(value) {
      if (count === held.length) {
        const larger = make(2 * count)
        larger.set(held)
        held = larger
      }
      held[count++] = value
    },
    values: () => held.subarray(0, count),
  }
}

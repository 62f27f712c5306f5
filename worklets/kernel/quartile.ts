// The eighth smallest of 32 floats, without a branch: four columns of eight are sorted side by side, then the eight smallest of two columns are kept, and
// of those again. Batcher's odd-even network (1968) sorts eight with 19 comparisons; of two ascending lists, each value against its mirror image in the
// other, the lesser ones are the least of both, first rising, then falling.

/** Eight vectors of four columns. */
const rows: usize = memory.data(128, 16)

/** The eighth smallest of 32 floats from `values` on; none may be NaN. */
export function lowerQuartile(values: usize): f32 {
  for (let at: usize = 0; at < 128; at += 16) v128.store(rows + at, v128.load(values + at))
  sortColumns()
  for (let row = 0; row < 4; row++) {
    const low = rowAt(row)
    const high = rowAt(7 - row)
    setRow(row, f32x4.pmin(low, v128.shuffle<f32>(high, high, 1, 0, 3, 2)))
    setRow(7 - row, f32x4.pmin(high, v128.shuffle<f32>(low, low, 1, 0, 3, 2)))
  }
  sortRiseAndFall()
  let most = f32x4.splat(0)
  for (let row = 0; row < 8; row++) {
    const other = rowAt(7 - row)
    most = f32x4.pmax(most, f32x4.pmin(rowAt(row), v128.shuffle<f32>(other, other, 2, 3, 0, 1)))
  }
  return f32x4.extract_lane(most, 0)
}

@inline
function rowAt(row: i32): v128 {
  return v128.load(rows + (<usize>row << 4))
}

@inline
function setRow(row: i32, value: v128): void {
  v128.store(rows + (<usize>row << 4), value)
}

/** The lesser of two rows, column by column, to the first. */
@inline
function order(first: i32, second: i32): void {
  const a = rowAt(first)
  const b = rowAt(second)
  setRow(first, f32x4.pmin(a, b))
  setRow(second, f32x4.pmax(a, b))
}

@inline
function orderFour(a: i32, b: i32, c: i32, d: i32, apart: i32): void {
  order(a, a + apart)
  order(b, b + apart)
  order(c, c + apart)
  order(d, d + apart)
}

/** Every column ascending. */
function sortColumns(): void {
  orderFour(0, 2, 4, 6, 1)
  orderFour(0, 1, 4, 5, 2)
  order(1, 2)
  order(5, 6)
  orderFour(0, 1, 2, 3, 4)
  order(2, 4)
  order(3, 5)
  order(1, 2)
  order(3, 4)
  order(5, 6)
}

/** Every column, which rises and then falls, ascending. */
function sortRiseAndFall(): void {
  orderFour(0, 1, 2, 3, 4)
  orderFour(0, 1, 4, 5, 2)
  orderFour(0, 2, 4, 6, 1)
}

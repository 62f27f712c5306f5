// Powers and logarithms of two for four floats at once, from additions and multiplications alone, so that they have the same bits everywhere.
// The slow twins are Math.exp and Math.log2.

/** Adding and taking away 1.5 * 2^23 rounds a float to a whole number, which also stands in its lowest bits. */
const rounder: f32 = 12582912

/**
 * 2^x for -126 <= x <= 126, within 3e-7 of its value: 2^n 2^f with n the nearest whole number,
 * 2^f = sum (f ln 2)^k / k! up to k = 6 (the next term is at most 1.2e-7), and n added to the exponent's bits.
 */
@inline
export function powersOfTwo(x: v128): v128 {
  const shifted = f32x4.add(x, f32x4.splat(rounder))
  const f = f32x4.sub(x, f32x4.sub(shifted, f32x4.splat(rounder)))
  let sum = f32x4.splat(0.00015403530393381606)
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.0013333558146428443))
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.009618129107628477))
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.05550410866482158))
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.24022650695910072))
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(0.6931471805599453))
  sum = f32x4.add(f32x4.mul(sum, f), f32x4.splat(1))
  return i32x4.add(sum, i32x4.shl(shifted, 23))
}

/**
 * log2 x for normal x > 0, within 4e-7 (and half a unit in the last place of the result): x = 2^n m with .7 <= m < 1.42,
 * log2 m = 2 / ln 2 (s + s^3 / 3 + s^5 / 5 + s^7 / 7), s = (m - 1) / (m + 1), |s| <= .18.
 */
@inline
export function logarithms(x: v128): v128 {
  // The bits of sqrt(1/2): what is above it by whole exponents is n.
  const least = i32x4.splat(0x3f3504f3)
  const exponent = i32x4.shr_s(i32x4.sub(x, least), 23)
  const m = i32x4.sub(x, i32x4.shl(exponent, 23))
  const one = f32x4.splat(1)
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one))
  const square = f32x4.mul(s, s)
  let sum = f32x4.splat(0.4121985831)
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(0.5770780164))
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(0.9617966940))
  sum = f32x4.add(f32x4.mul(sum, square), f32x4.splat(2.8853900818))
  return f32x4.add(f32x4.convert_i32x4_s(exponent), f32x4.mul(s, sum))
}

/** The four lanes' sum. */
@inline
export function sumOfLanes(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

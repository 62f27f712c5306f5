// The discrete Fourier transform X[k] = sum x[n] e^(-2 pi i k n / N), single precision, real and imaginary parts in arrays of their own.
// Stockham's self-sorting radix-4 form: four inputs a quarter apart give four neighbouring outputs, no bit reversal. The slow twin is test/reference/fourier.ts.
import { Arena, claim } from './arena'

@unmanaged
export class Fft {
  /** Complex points, a power of two, 16 or more. */
  points: i32
  /** Where the input goes and the result stands; they trade places with the work arrays while transforming. */
  re: usize
  im: usize
  workRe: usize
  workIm: usize
  /** cos and sin of 2 pi p / points, of twice and of three times that angle, `points / 4` floats each. */
  turns: usize
  /** cos and sin of pi k / points, `points` floats each: they unfold a real signal of twice the points. */
  halfTurns: usize
}

/** Tables and room for transforms of `points` complex values; four floats of slack behind each array. */
export function createFft(arena: Arena, points: i32): Fft {
  const fft = changetype<Fft>(claim(arena, offsetof<Fft>()))
  const bytes = <usize>(points + 4) << 2
  fft.points = points
  fft.re = claim(arena, bytes)
  fft.im = claim(arena, bytes)
  fft.workRe = claim(arena, bytes)
  fft.workIm = claim(arena, bytes)
  fft.turns = claim(arena, (<usize>(points >> 2) << 2) * 6)
  fft.halfTurns = claim(arena, bytes * 2)
  const quarter = points >> 2
  for (let p = 0; p < quarter; p++) {
    for (let multiple = 1; multiple <= 3; multiple++) {
      const angle = (2 * Math.PI * <f64>(p * multiple)) / <f64>points
      const at = fft.turns + (<usize>((multiple - 1) * 2 * quarter + p) << 2)
      store<f32>(at, <f32>Math.cos(angle))
      store<f32>(at + (<usize>quarter << 2), <f32>Math.sin(angle))
    }
  }
  for (let k = 0; k < points; k++) {
    const angle = (Math.PI * <f64>k) / <f64>points
    store<f32>(fft.halfTurns + (<usize>k << 2), <f32>Math.cos(angle))
    store<f32>(fft.halfTurns + (<usize>(points + 4 + k) << 2), <f32>Math.sin(angle))
  }
  return fft
}

let done: i32 = 0

/** Complex points transformed so far, modulo 2^32: a measure of work that needs no clock. */
export function transformedPoints(): i32 {
  return done
}

/** Transforms what stands in re and im. */
export function transform(fft: Fft): void {
  done += fft.points
  firstStage(fft)
  let stride = 4
  while (fft.points / stride >= 4) {
    laterStage(fft, stride)
    stride <<= 2
  }
  if (fft.points / stride == 2) lastPair(fft)
}

@inline
function trade(fft: Fft): void {
  const re = fft.re
  const im = fft.im
  fft.re = fft.workRe
  fft.im = fft.workIm
  fft.workRe = re
  fft.workIm = im
}

/** Stores four vectors so that their lanes interleave: the 4 x 4 transpose. */
@inline
function storeTransposed(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5))
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 16)
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 32)
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 48)
}

/** Neighbouring butterflies side by side in a vector; their outputs interleave. */
function firstStage(fft: Fft): void {
  const quarter = <usize>fft.points << 0 // bytes: points / 4 floats
  let re = fft.re
  let im = fft.im
  let turns = fft.turns
  let toRe = fft.workRe
  let toIm = fft.workIm
  const end = re + quarter
  for (; re < end; re += 16, im += 16, turns += 16, toRe += 64, toIm += 64) {
    const ar = v128.load(re)
    const ai = v128.load(im)
    const br = v128.load(re + quarter)
    const bi = v128.load(im + quarter)
    const cr = v128.load(re + 2 * quarter)
    const ci = v128.load(im + 2 * quarter)
    const dr = v128.load(re + 3 * quarter)
    const di = v128.load(im + 3 * quarter)
    const sr = f32x4.add(ar, cr)
    const si = f32x4.add(ai, ci)
    const tr = f32x4.sub(ar, cr)
    const ti = f32x4.sub(ai, ci)
    const ur = f32x4.add(br, dr)
    const ui = f32x4.add(bi, di)
    const vr = f32x4.sub(br, dr)
    const vi = f32x4.sub(bi, di)
    // (t - i v), (s - u), (t + i v), each turned back by its own angle: (x + i y)(cos - i sin)
    const x1 = f32x4.add(tr, vi)
    const y1 = f32x4.sub(ti, vr)
    const x2 = f32x4.sub(sr, ur)
    const y2 = f32x4.sub(si, ui)
    const x3 = f32x4.sub(tr, vi)
    const y3 = f32x4.add(ti, vr)
    const c1 = v128.load(turns)
    const s1 = v128.load(turns + quarter)
    const c2 = v128.load(turns + 2 * quarter)
    const s2 = v128.load(turns + 3 * quarter)
    const c3 = v128.load(turns + 4 * quarter)
    const s3 = v128.load(turns + 5 * quarter)
    storeTransposed(toRe, f32x4.add(sr, ur), turnRe(x1, y1, c1, s1), turnRe(x2, y2, c2, s2), turnRe(x3, y3, c3, s3))
    storeTransposed(toIm, f32x4.add(si, ui), turnIm(x1, y1, c1, s1), turnIm(x2, y2, c2, s2), turnIm(x3, y3, c3, s3))
  }
  trade(fft)
}

@inline
function turnRe(x: v128, y: v128, c: v128, s: v128): v128 {
  return f32x4.add(f32x4.mul(x, c), f32x4.mul(y, s))
}

@inline
function turnIm(x: v128, y: v128, c: v128, s: v128): v128 {
  return f32x4.sub(f32x4.mul(y, c), f32x4.mul(x, s))
}

/** One turning angle for `stride` neighbours, which fill whole vectors. */
function laterStage(fft: Fft, stride: i32): void {
  const row = <usize>stride << 2
  const quarterTable = <usize>fft.points
  const apart = <usize>fft.points // bytes between inputs a quarter of all points apart
  const butterflies = fft.points / (stride << 2)
  for (let p = 0; p < butterflies; p++) {
    const turns = fft.turns + (<usize>(p * stride) << 2)
    const c1 = v128.load32_splat(turns)
    const s1 = v128.load32_splat(turns + quarterTable)
    const c2 = v128.load32_splat(turns + 2 * quarterTable)
    const s2 = v128.load32_splat(turns + 3 * quarterTable)
    const c3 = v128.load32_splat(turns + 4 * quarterTable)
    const s3 = v128.load32_splat(turns + 5 * quarterTable)
    let re = fft.re + row * p
    let im = fft.im + row * p
    let toRe = fft.workRe + row * 4 * p
    let toIm = fft.workIm + row * 4 * p
    const end = re + row
    for (; re < end; re += 16, im += 16, toRe += 16, toIm += 16) {
      const ar = v128.load(re)
      const ai = v128.load(im)
      const br = v128.load(re + apart)
      const bi = v128.load(im + apart)
      const cr = v128.load(re + 2 * apart)
      const ci = v128.load(im + 2 * apart)
      const dr = v128.load(re + 3 * apart)
      const di = v128.load(im + 3 * apart)
      const sr = f32x4.add(ar, cr)
      const si = f32x4.add(ai, ci)
      const tr = f32x4.sub(ar, cr)
      const ti = f32x4.sub(ai, ci)
      const ur = f32x4.add(br, dr)
      const ui = f32x4.add(bi, di)
      const vr = f32x4.sub(br, dr)
      const vi = f32x4.sub(bi, di)
      const x1 = f32x4.add(tr, vi)
      const y1 = f32x4.sub(ti, vr)
      const x2 = f32x4.sub(sr, ur)
      const y2 = f32x4.sub(si, ui)
      const x3 = f32x4.sub(tr, vi)
      const y3 = f32x4.add(ti, vr)
      v128.store(toRe, f32x4.add(sr, ur))
      v128.store(toIm, f32x4.add(si, ui))
      v128.store(toRe + row, turnRe(x1, y1, c1, s1))
      v128.store(toIm + row, turnIm(x1, y1, c1, s1))
      v128.store(toRe + 2 * row, turnRe(x2, y2, c2, s2))
      v128.store(toIm + 2 * row, turnIm(x2, y2, c2, s2))
      v128.store(toRe + 3 * row, turnRe(x3, y3, c3, s3))
      v128.store(toIm + 3 * row, turnIm(x3, y3, c3, s3))
    }
  }
  trade(fft)
}

/** Sizes that are twice a power of four end with sums and differences of the two halves. */
function lastPair(fft: Fft): void {
  const half = <usize>fft.points << 1
  for (let at: usize = 0; at < half; at += 16) {
    const ar = v128.load(fft.re + at)
    const ai = v128.load(fft.im + at)
    const br = v128.load(fft.re + at + half)
    const bi = v128.load(fft.im + at + half)
    v128.store(fft.workRe + at, f32x4.add(ar, br))
    v128.store(fft.workIm + at, f32x4.add(ai, bi))
    v128.store(fft.workRe + at + half, f32x4.sub(ar, br))
    v128.store(fft.workIm + at + half, f32x4.sub(ai, bi))
  }
  trade(fft)
}

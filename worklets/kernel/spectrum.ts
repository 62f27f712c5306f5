// Windowed spectra of real signals out of the transform of fft.ts: one signal of 2 M samples in M complex points, or two signals of M samples at once.
import { Arena, claim } from './arena'
import { Fft } from './fft'

/** Hann's window of `size` samples, periodic: (1 - cos(2 pi n / size)) / 2, mean 1/2, times `scale`. */
export function createWindow(arena: Arena, size: i32, scale: f64): usize {
  const window = claim(arena, <usize>size << 2)
  for (let n = 0; n < size; n++)
    store<f32>(window + (<usize>n << 2), <f32>(scale * (0.5 - 0.5 * Math.cos((2 * Math.PI * <f64>n) / <f64>size))))
  return window
}

/**
 * Lays 2 * points windowed samples into the transform: even ones are real parts, odd ones imaginary.
 * False when every sample is 0 (then there is nothing to transform).
 */
export function fold(fft: Fft, samples: usize, window: usize): bool {
  let seen = v128.splat<i32>(0)
  const bytes = <usize>fft.points << 2
  for (let to: usize = 0, from: usize = 0; to < bytes; to += 16, from += 32) {
    const a = f32x4.mul(v128.load(samples + from), v128.load(window + from))
    const b = f32x4.mul(v128.load(samples + from, 16), v128.load(window + from, 16))
    seen = v128.or(seen, v128.or(f32x4.abs(a), f32x4.abs(b)))
    v128.store(fft.re + to, v128.shuffle<f32>(a, b, 0, 2, 4, 6))
    v128.store(fft.im + to, v128.shuffle<f32>(a, b, 1, 3, 5, 7))
  }
  return v128.any_true(seen)
}

/**
 * Spectrum of a folded real signal for bins `from` to `to` (both multiples of 4, below points): with Z the transform,
 * E = (Z[k] + conj Z[M-k]) / 2, O = (Z[k] - conj Z[M-k]) / 2i, X[k] = E + e^(-pi i k / M) O. Written to the work arrays.
 */
export function unfold(fft: Fft, from: i32, to: i32): void {
  const points = fft.points
  store<f32>(fft.re + (<usize>points << 2), load<f32>(fft.re))
  store<f32>(fft.im + (<usize>points << 2), load<f32>(fft.im))
  const half = f32x4.splat(0.5)
  const sines = fft.halfTurns + (<usize>(points + 4) << 2)
  for (let k = from; k < to; k += 4) {
    const at = <usize>k << 2
    const mirror = <usize>(points - k - 3) << 2
    const zr = v128.load(fft.re + at)
    const zi = v128.load(fft.im + at)
    const mr = v128.load(fft.re + mirror)
    const mi = v128.load(fft.im + mirror)
    const yr = v128.shuffle<f32>(mr, mr, 3, 2, 1, 0)
    const yi = v128.shuffle<f32>(mi, mi, 3, 2, 1, 0)
    const evenRe = f32x4.add(zr, yr)
    const evenIm = f32x4.sub(zi, yi)
    const oddRe = f32x4.add(zi, yi)
    const oddIm = f32x4.sub(yr, zr)
    const c = v128.load(fft.halfTurns + at)
    const s = v128.load(sines + at)
    const re = f32x4.add(evenRe, f32x4.add(f32x4.mul(c, oddRe), f32x4.mul(s, oddIm)))
    const im = f32x4.add(evenIm, f32x4.sub(f32x4.mul(c, oddIm), f32x4.mul(s, oddRe)))
    v128.store(fft.workRe + at, f32x4.mul(half, re))
    v128.store(fft.workIm + at, f32x4.mul(half, im))
  }
}

/** Powers of a folded real signal for all bins 0 to points, the last included. The transform's arrays are left as they were but for their slack. */
export function unfoldPowers(fft: Fft, powers: usize): void {
  const points = fft.points
  store<f32>(fft.re + (<usize>points << 2), load<f32>(fft.re))
  store<f32>(fft.im + (<usize>points << 2), load<f32>(fft.im))
  const quarter = f32x4.splat(0.25)
  const sines = fft.halfTurns + (<usize>(points + 4) << 2)
  for (let k = 0; k < points; k += 4) {
    const at = <usize>k << 2
    const mirror = <usize>(points - k - 3) << 2
    const zr = v128.load(fft.re + at)
    const zi = v128.load(fft.im + at)
    const mr = v128.load(fft.re + mirror)
    const mi = v128.load(fft.im + mirror)
    const yr = v128.shuffle<f32>(mr, mr, 3, 2, 1, 0)
    const yi = v128.shuffle<f32>(mi, mi, 3, 2, 1, 0)
    const oddRe = f32x4.add(zi, yi)
    const oddIm = f32x4.sub(yr, zr)
    const c = v128.load(fft.halfTurns + at)
    const s = v128.load(sines + at)
    const re = f32x4.add(f32x4.add(zr, yr), f32x4.add(f32x4.mul(c, oddRe), f32x4.mul(s, oddIm)))
    const im = f32x4.add(f32x4.sub(zi, yi), f32x4.sub(f32x4.mul(c, oddIm), f32x4.mul(s, oddRe)))
    v128.store(powers + at, f32x4.mul(quarter, f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im))))
  }
  const last = load<f32>(fft.re) - load<f32>(fft.im)
  store<f32>(powers + (<usize>points << 2), last * last)
}

/** Lays two stretches of `points` samples, windowed, into the transform as real and imaginary part. */
export function pairUp(fft: Fft, first: usize, second: usize, window: usize): void {
  const bytes = <usize>fft.points << 2
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(window + at)
    v128.store(fft.re + at, f32x4.mul(v128.load(first + at), w))
    v128.store(fft.im + at, f32x4.mul(v128.load(second + at), w))
  }
}

/** Power of the two paired signals for bins 0 to points / 2 - 1, written to the work arrays (first: workRe, second: workIm). */
export function partPowers(fft: Fft): void {
  const points = fft.points
  store<f32>(fft.re + (<usize>points << 2), load<f32>(fft.re))
  store<f32>(fft.im + (<usize>points << 2), load<f32>(fft.im))
  const quarter = f32x4.splat(0.25)
  for (let k = 0; k < points >> 1; k += 4) {
    const at = <usize>k << 2
    const mirror = <usize>(points - k - 3) << 2
    const zr = v128.load(fft.re + at)
    const zi = v128.load(fft.im + at)
    const mr = v128.load(fft.re + mirror)
    const mi = v128.load(fft.im + mirror)
    const yr = v128.shuffle<f32>(mr, mr, 3, 2, 1, 0)
    const yi = v128.shuffle<f32>(mi, mi, 3, 2, 1, 0)
    const ar = f32x4.add(zr, yr)
    const ai = f32x4.sub(zi, yi)
    const br = f32x4.add(zi, yi)
    const bi = f32x4.sub(yr, zr)
    v128.store(fft.workRe + at, f32x4.mul(quarter, f32x4.add(f32x4.mul(ar, ar), f32x4.mul(ai, ai))))
    v128.store(fft.workIm + at, f32x4.mul(quarter, f32x4.add(f32x4.mul(br, br), f32x4.mul(bi, bi))))
  }
}

// Halving the sample rate: a half-band low-pass (Kaiser's window, about 80 dB) and every second sample kept.
// Every other tap of such a filter is 0 but the middle one (1/2), so y[i] = odd[i - K/2] / 2 + sum_k h[k] even[i - K + 1 + k].
import { Arena, claim } from './arena'

@unmanaged
export class Halver {
  /** Taps on the even samples; an even number. The filter delays by taps - 1 input samples. */
  taps: i32
  coefficients: usize
  /** The last `taps` even and odd samples, then room for those of one block. */
  even: usize
  odd: usize
}

/** For blocks of at most `block` input samples. 24 taps pass up to .4 and stop from .6 of the new Nyquist rate's double; 12 are for wide margins. */
export function createHalver(arena: Arena, taps: i32, block: i32): Halver {
  const halver = changetype<Halver>(claim(arena, offsetof<Halver>()))
  halver.taps = taps
  halver.coefficients = claim(arena, <usize>taps << 2)
  halver.even = claim(arena, <usize>(taps + block) << 2)
  halver.odd = claim(arena, <usize>(taps + block) << 2)
  const beta = 7.0 // Kaiser's shape for about 72 dB, Oppenheim & Schafer eq. 7.75
  let sum: f64 = 0
  for (let k = 0; k < taps; k++) sum += tapOf(k, taps, beta)
  for (let k = 0; k < taps; k++)
    store<f32>(halver.coefficients + (<usize>k << 2), <f32>((0.5 * tapOf(k, taps, beta)) / sum))
  return halver
}

function tapOf(k: i32, taps: i32, beta: f64): f64 {
  const offset = <f64>(2 * k - taps + 1)
  const position = offset / <f64>taps
  return (Math.sin((Math.PI * offset) / 2) / offset) * bessel(beta * Math.sqrt(1 - position * position))
}

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: f64): f64 {
  let term: f64 = 1
  let sum: f64 = 1
  for (let k = 1; k < 40; k++) {
    term *= (x / <f64>(2 * k)) * (x / <f64>(2 * k))
    sum += term
  }
  return sum
}

/** `count` input samples (a multiple of 8) to count / 2 output samples. */
export function halve(halver: Halver, input: usize, count: i32, output: usize): void {
  const history = <usize>halver.taps << 2
  const half = <usize>count << 1 // bytes of count / 2 floats
  for (let at: usize = 0; at < half; at += 16) {
    const a = v128.load(input + 2 * at)
    const b = v128.load(input + 2 * at, 16)
    v128.store(halver.even + history + at, v128.shuffle<f32>(a, b, 0, 2, 4, 6))
    v128.store(halver.odd + history + at, v128.shuffle<f32>(a, b, 1, 3, 5, 7))
  }
  const middle = halver.odd + (history >> 1)
  const oldest = halver.even + 4
  const taps = halver.coefficients
  let at: usize = 0
  for (; at + 64 <= half; at += 64) filterSixteen(oldest + at, middle + at, taps, history, output + at)
  for (; at < half; at += 16) {
    let sum = f32x4.mul(f32x4.splat(0.5), v128.load(middle + at))
    for (let tap: usize = 0; tap < history; tap += 4)
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(taps + tap), v128.load(oldest + at + tap)))
    v128.store(output + at, sum)
  }
  memory.copy(halver.even, halver.even + half, history)
  memory.copy(halver.odd, halver.odd + half, history)
}

/** Sixteen outputs side by side, so that each tap is fetched once for all of them; `history` is the taps' length in bytes. */
@inline
function filterSixteen(even: usize, odd: usize, taps: usize, history: usize, output: usize): void {
  const onehalf = f32x4.splat(0.5)
  let a = f32x4.mul(onehalf, v128.load(odd))
  let b = f32x4.mul(onehalf, v128.load(odd, 16))
  let c = f32x4.mul(onehalf, v128.load(odd, 32))
  let d = f32x4.mul(onehalf, v128.load(odd, 48))
  for (let tap: usize = 0; tap < history; tap += 4) {
    const h = v128.load32_splat(taps + tap)
    const from = even + tap
    a = f32x4.add(a, f32x4.mul(h, v128.load(from)))
    b = f32x4.add(b, f32x4.mul(h, v128.load(from, 16)))
    c = f32x4.add(c, f32x4.mul(h, v128.load(from, 32)))
    d = f32x4.add(d, f32x4.mul(h, v128.load(from, 48)))
  }
  v128.store(output, a)
  v128.store(output, b, 16)
  v128.store(output, c, 32)
  v128.store(output, d, 48)
}

// K-weighting of ITU-R BS.1770-5 annex 1: a high shelf (the head), then a high-pass (RLB). Two biquads in double precision, for any sample rate.
import { Arena, claim } from './arena'

/** Coefficients b0 b1 b2 a1 a2 of both biquads, then two states each: transposed direct form II. */
@unmanaged
export class Weighting {
  b0: f64
  b1: f64
  b2: f64
  a1: f64
  a2: f64
  c1: f64
  c2: f64
  s1: f64
  s2: f64
  t1: f64
  t2: f64
}

/** Analogue prototypes found from the standard's 48 kHz coefficients (libebur128, ebur128.c; G. Moria), moved to the rate by the bilinear transform. */
export function createWeighting(arena: Arena, sampleRate: f64): Weighting {
  const w = changetype<Weighting>(claim(arena, offsetof<Weighting>()))
  let k = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  let q = 0.7071752369554196
  const high = Math.pow(10, 3.999843853973347 / 20)
  const band = Math.pow(high, 0.4996667741545416)
  let a0 = 1 + k / q + k * k
  w.b0 = (high + (band * k) / q + k * k) / a0
  w.b1 = (2 * (k * k - high)) / a0
  w.b2 = (high - (band * k) / q + k * k) / a0
  w.a1 = (2 * (k * k - 1)) / a0
  w.a2 = (1 - k / q + k * k) / a0
  k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  q = 0.5003270373238773
  a0 = 1 + k / q + k * k
  w.c1 = (2 * (k * k - 1)) / a0
  w.c2 = (1 - k / q + k * k) / a0
  return w
}

/** `sum` plus the squares of the next `count` samples after weighting, added one by one: however they are cut, the same bits. */
export function weighSamples(w: Weighting, samples: usize, count: i32, sum: f64 = 0): f64 {
  let s1 = w.s1
  let s2 = w.s2
  let t1 = w.t1
  let t2 = w.t2
  const b0 = w.b0
  const b1 = w.b1
  const b2 = w.b2
  const a1 = w.a1
  const a2 = w.a2
  const c1 = w.c1
  const c2 = w.c2
  for (let n = 0; n < count; n++) {
    const x = <f64>load<f32>(samples + (<usize>n << 2))
    const y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    const z = y + t1
    t1 = -2 * y - c1 * z + t2
    t2 = y - c2 * z
    sum += z * z
  }
  w.s1 = s1
  w.s2 = s2
  w.t1 = t1
  w.t2 = t2
  return sum
}

/** Two sounds side by side, in the two lanes of a vector, as the recursion leaves the lanes idle: `weighSamples` of each from 0, with equal bits. */
export function weighPair(a: Weighting, b: Weighting, samplesA: usize, samplesB: usize, count: i32): v128 {
  const b0 = f64x2.splat(a.b0)
  const b1 = f64x2.splat(a.b1)
  const b2 = f64x2.splat(a.b2)
  const a1 = f64x2.splat(a.a1)
  const a2 = f64x2.splat(a.a2)
  const c1 = f64x2.splat(a.c1)
  const c2 = f64x2.splat(a.c2)
  const two = f64x2.splat(-2)
  let s1 = f64x2(a.s1, b.s1)
  let s2 = f64x2(a.s2, b.s2)
  let t1 = f64x2(a.t1, b.t1)
  let t2 = f64x2(a.t2, b.t2)
  let sum = f64x2.splat(0)
  for (let at: usize = 0; at < <usize>count << 2; at += 4) {
    const both = v128.load32_lane(samplesB + at, v128.load32_zero(samplesA + at), 1)
    const x = f64x2.promote_low_f32x4(both)
    const y = f64x2.add(f64x2.mul(b0, x), s1)
    s1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), s2)
    s2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y))
    const z = f64x2.add(y, t1)
    t1 = f64x2.add(f64x2.sub(f64x2.mul(two, y), f64x2.mul(c1, z)), t2)
    t2 = f64x2.sub(y, f64x2.mul(c2, z))
    sum = f64x2.add(sum, f64x2.mul(z, z))
  }
  a.s1 = f64x2.extract_lane(s1, 0)
  b.s1 = f64x2.extract_lane(s1, 1)
  a.s2 = f64x2.extract_lane(s2, 0)
  b.s2 = f64x2.extract_lane(s2, 1)
  a.t1 = f64x2.extract_lane(t1, 0)
  b.t1 = f64x2.extract_lane(t1, 1)
  a.t2 = f64x2.extract_lane(t2, 0)
  b.t2 = f64x2.extract_lane(t2, 1)
  return sum
}

/** What has died away to nothing is nothing: no denormal numbers, exact silence again after a while. To be called at fixed sample positions. */
export function settle(w: Weighting): void {
  w.s1 = settled(w.s1)
  w.s2 = settled(w.s2)
  w.t1 = settled(w.t1)
  w.t2 = settled(w.t2)
}

@inline
function settled(x: f64): f64 {
  return Math.abs(x) < 1e-18 ? 0 : x
}

// A deck's three-band equaliser: Linkwitz-Riley crossovers of 4th order (two equal Butterworth sections in series; Linkwitz 1976)
// at 250 Hz and 2500 Hz. The low band also passes the upper crossover's allpass, so that all bands at gain 1 sum to a flat magnitude.
// Filters run in double precision; low pass and high pass of one crossover lie in the two lanes of a vector.

const LOW_HZ: f64 = 250
const HIGH_HZ: f64 = 2500

/** One biquad in both lanes, transposed direct form II. */
@unmanaged
class Section {
  b0: v128
  b1: v128
  b2: v128
  a1: v128
  a2: v128
  z1: v128
  z2: v128
}

@unmanaged
export class Crossover {
  /** Five sections: two of the lower crossover, two of the upper, the allpass (lane 0). */
  sections: usize
}

const COUNT: i32 = 5

export function createCrossover(rate: f64): Crossover {
  const c = changetype<Crossover>(heap.alloc(offsetof<Crossover>()))
  c.sections = heap.alloc(COUNT * offsetof<Section>())
  memory.fill(c.sections, 0, COUNT * offsetof<Section>())
  for (let i = 0; i < 2; i++) {
    setSplit(section(c, i), LOW_HZ / rate)
    setSplit(section(c, 2 + i), HIGH_HZ / rate)
  }
  setAllpass(section(c, 4), HIGH_HZ / rate)
  return c
}

export function disposeCrossover(c: Crossover): void {
  heap.free(c.sections)
  heap.free(changetype<usize>(c))
}

/** Forgets all sound. */
export function clearCrossover(c: Crossover): void {
  for (let i = 0; i < COUNT; i++) {
    section(c, i).z1 = f64x2.splat(0)
    section(c, i).z2 = f64x2.splat(0)
  }
}

/** One sample through the three bands at their gains. */
export function equalise(c: Crossover, x: f64, low: f64, mid: f64, high: f64): f64 {
  const first = step(section(c, 1), step(section(c, 0), f64x2.splat(x)))
  const rest = f64x2.splat(f64x2.extract_lane(first, 1))
  const second = step(section(c, 3), step(section(c, 2), rest))
  const lower = step(section(c, 4), first)
  return low * f64x2.extract_lane(lower, 0) + mid * f64x2.extract_lane(second, 0) + high * f64x2.extract_lane(second, 1)
}

@inline
function section(c: Crossover, index: i32): Section {
  return changetype<Section>(c.sections + index * offsetof<Section>())
}

@inline
function step(s: Section, x: v128): v128 {
  const y = f64x2.add(f64x2.mul(s.b0, x), s.z1)
  s.z1 = f64x2.add(f64x2.sub(f64x2.mul(s.b1, x), f64x2.mul(s.a1, y)), s.z2)
  s.z2 = f64x2.sub(f64x2.mul(s.b2, x), f64x2.mul(s.a2, y))
  return y
}

/** Butterworth low pass in lane 0, high pass in lane 1 (bilinear transform; Bristow-Johnson's cookbook with Q = 1 / sqrt 2). */
function setSplit(s: Section, cyclesPerSample: f64): void {
  const k = Math.tan(Math.PI * cyclesPerSample)
  const norm = 1.0 / (1.0 + Math.SQRT2 * k + k * k)
  s.b0 = pair(k * k * norm, norm)
  s.b1 = pair(2.0 * k * k * norm, -2.0 * norm)
  s.b2 = pair(k * k * norm, norm)
  s.a1 = f64x2.splat(2.0 * (k * k - 1.0) * norm)
  s.a2 = f64x2.splat((1.0 - Math.SQRT2 * k + k * k) * norm)
}

/** The allpass that a 4th-order Linkwitz-Riley pair sums to: same poles, numerator reversed. */
function setAllpass(s: Section, cyclesPerSample: f64): void {
  const k = Math.tan(Math.PI * cyclesPerSample)
  const norm = 1.0 / (1.0 + Math.SQRT2 * k + k * k)
  const a1 = 2.0 * (k * k - 1.0) * norm
  const a2 = (1.0 - Math.SQRT2 * k + k * k) * norm
  s.b0 = f64x2.splat(a2)
  s.b1 = f64x2.splat(a1)
  s.b2 = f64x2.splat(1)
  s.a1 = f64x2.splat(a1)
  s.a2 = f64x2.splat(a2)
}

@inline
function pair(first: f64, second: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(first), 1, second)
}

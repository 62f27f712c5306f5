// Roughness after Hutchinson & Knopoff 1978 in Mashinter's form (2006): sums of a_i a_j g(y) over pairs of partials, y = |f_i - f_j| / CBW,
// CBW = 1.72 m^.65 Hz with m = (f_i + f_j) / 2, g(y) = ((y / .25) e^(1 - y / .25))^2, 0 beyond y = 1.2. The slow twin is test/reference/roughness.ts.
//
// One pair of stems at a time, four pairs of partials at a time, in single precision: a sum is right within a few parts in a million.
// No power is taken per pair: m^2 = f_i f_j (1 + s^2) with s^2 = (f_i - f_j)^2 / (4 f_i f_j), so that
// y = |f_i - f_j| w_i w_j (1 + s^2)^-.325 with w = f^-.325 / sqrt 1.72, which is 1 / sqrt CBW(f), and s^2 below .08 wherever y counts.
import { Arena, claim } from './arena'
import { logarithms, powersOfTwo, sumOfLanes } from './lanes'
import { Partials, mostPartials } from './peaks'

/** y beyond which two partials no longer rub. */
const furthest: f32 = 1.2
/** What stands in unused places: far from everything that sounds. */
const nowhereHertz: f32 = 1e9

/** A stem's partials in whole vectors of f32: hertz, amplitudes, w (see above) and 1 / 2f. Unused places lie nowhere. */
@unmanaged
class Tones {
  count: i32
  hertz: usize
  amplitudes: usize
  widths: usize
  halves: usize
}

@unmanaged
export class Roughness {
  stems: i32
  /** Pointers to Tones, one per stem. */
  tones: usize
  /** stems x stems sums, f64, row-major, symmetric. */
  sums: usize
  /** Sum of a^2 per stem, f64. */
  powers: usize
}

export function createRoughness(arena: Arena, stems: i32): Roughness {
  const roughness = changetype<Roughness>(claim(arena, offsetof<Roughness>()))
  roughness.stems = stems
  roughness.tones = claim(arena, <usize>stems * sizeof<usize>())
  for (let s = 0; s < stems; s++)
    store<usize>(roughness.tones + <usize>s * sizeof<usize>(), changetype<usize>(createTones(arena)))
  roughness.sums = claim(arena, <usize>(stems * stems) << 3)
  roughness.powers = claim(arena, <usize>stems << 3)
  return roughness
}

function createTones(arena: Arena): Tones {
  const tones = changetype<Tones>(claim(arena, offsetof<Tones>()))
  const bytes = <usize>mostPartials << 2
  tones.hertz = claim(arena, bytes)
  tones.amplitudes = claim(arena, bytes)
  tones.widths = claim(arena, bytes)
  tones.halves = claim(arena, bytes)
  return tones
}

/** A stem's new partials: the sums within it and with every stem before it. When all stems had their turn, all sums are new. */
export function sumStem(roughness: Roughness, stem: i32, partials: Partials): void {
  const own = tonesOf(roughness, stem)
  store<f64>(roughness.powers + (<usize>stem << 3), layTones(own, partials))
  storeSum(roughness, stem, stem, 0.5 * sumOfPairs(own, own))
  for (let other = 0; other < stem; other++) sumBetween(roughness, stem, other)
}

/** The sum between two stems whose partials have been laid out. */
export function sumBetween(roughness: Roughness, a: i32, b: i32): void {
  storeSum(roughness, a, b, sumOfPairs(tonesOf(roughness, a), tonesOf(roughness, b)))
}

@inline
function tonesOf(roughness: Roughness, stem: i32): Tones {
  return changetype<Tones>(load<usize>(roughness.tones + <usize>stem * sizeof<usize>()))
}

function storeSum(roughness: Roughness, a: i32, b: i32, sum: f64): void {
  store<f64>(roughness.sums + (<usize>(a * roughness.stems + b) << 3), sum)
  store<f64>(roughness.sums + (<usize>(b * roughness.stems + a) << 3), sum)
}

/** Partials into vectors; returns the sum of a^2. */
function layTones(tones: Tones, partials: Partials): f64 {
  const count = partials.count
  tones.count = count
  let power: f64 = 0
  for (let i = 0; i < count; i++) {
    const amplitude = load<f64>(partials.amplitudes + (<usize>i << 3))
    power += amplitude * amplitude
    store<f32>(tones.hertz + (<usize>i << 2), <f32>load<f64>(partials.hertz + (<usize>i << 3)))
    store<f32>(tones.amplitudes + (<usize>i << 2), <f32>amplitude)
  }
  for (let i = count; i & 3; i++) {
    store<f32>(tones.hertz + (<usize>i << 2), nowhereHertz)
    store<f32>(tones.amplitudes + (<usize>i << 2), 0)
  }
  const scale = f32x4.splat(<f32>(1 / Math.sqrt(1.72)))
  for (let at: usize = 0; at < <usize>count << 2; at += 16) {
    const hertz = v128.load(tones.hertz + at)
    const root = powersOfTwo(f32x4.mul(f32x4.splat(-0.325), logarithms(hertz)))
    v128.store(tones.widths + at, f32x4.mul(scale, root))
    v128.store(tones.halves + at, f32x4.div(f32x4.splat(0.5), hertz))
  }
  return power
}

/** Sum of a_i a_j g(y) over all pairs of one tone of each; a tone with itself is 0. */
function sumOfPairs(a: Tones, b: Tones): f64 {
  const end = <usize>b.count << 2
  let from: usize = 0
  let sum = f32x4.splat(0)
  for (let i: usize = 0; i < <usize>a.count << 2; i += 4) {
    const hertz = load<f32>(a.hertz + i)
    const width = load<f32>(a.widths + i)
    // Lower tones than this are too far away, as their critical bands are narrower still.
    const lowest = hertz - furthest / (width * width)
    while (from < end && load<f32>(b.hertz + from, 12) < lowest) from += 16
    let own = f32x4.splat(0)
    for (let at = from; at < end; at += 16) {
      const y = distances(b, at, hertz, width, load<f32>(a.halves + i))
      const near = f32x4.le(y, f32x4.splat(furthest))
      if (v128.any_true(near)) own = f32x4.add(own, v128.and(near, rubbing(y, v128.load(b.amplitudes + at))))
      else if (load<f32>(b.hertz + at) > hertz) break // all that follow are further still
    }
    sum = f32x4.add(sum, f32x4.mul(own, f32x4.splat(load<f32>(a.amplitudes + i))))
  }
  return 118.22489758288824 * <f64>sumOfLanes(sum) // 16 e^2
}

/** y of one tone and four others. (1 + s^2)^-.325 by its binomial series: the first term left out is below 4e-7. */
@inline
function distances(b: Tones, at: usize, hertz: f32, width: f32, half: f32): v128 {
  const apart = f32x4.abs(f32x4.sub(v128.load(b.hertz + at), f32x4.splat(hertz)))
  const square = f32x4.mul(
    f32x4.mul(f32x4.mul(apart, v128.load(b.halves + at)), f32x4.splat(half)),
    apart,
  )
  let series = f32x4.splat(0.1387083)
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(-0.1668672))
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(0.2153125))
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(-0.325))
  series = f32x4.add(f32x4.mul(series, square), f32x4.splat(1))
  const widths = f32x4.mul(v128.load(b.widths + at), f32x4.splat(width))
  return f32x4.mul(f32x4.mul(apart, widths), series)
}

/** a g(y) / (16 e^2) = a y^2 e^(-8 y). */
@inline
function rubbing(y: v128, amplitudes: v128): v128 {
  const fall = powersOfTwo(f32x4.mul(f32x4.splat(<f32>(-8 * 1.4426950408889634)), y))
  return f32x4.mul(f32x4.mul(amplitudes, fall), f32x4.mul(y, y))
}

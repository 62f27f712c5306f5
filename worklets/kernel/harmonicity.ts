// How harmonic partials are: harrison2018 (src/measure/consonance/harmonicity/harrison-2018.ts has formula and sources) in single precision.
// Each partial weighs amplitude^.75 at its cent of the octave. Smoothed by A(d) = e^(-d^2 / (4 sigma^2)), which is both spectra's Gaussians in one,
// the cosine with a template becomes a sum of few shifted reads: of eleven harmonics six lie on bins of their own.
import { Arena, claim } from './arena'
import { Partials } from './peaks'

const bins: i32 = 1200
/** Bytes of an octave of floats. */
const octave: usize = 1200 << 2
const sigma: f64 = 6.83
/** Cents to either side over which a partial is smoothed: A(64) = 3e-10. */
const reach: i32 = 64
const reachBytes: usize = 64 << 2
/** Floats of the smoothing curve, with slack to whole vectors. */
const curveBytes: usize = 132 << 2
const harmonics: i32 = 11
/** Bins that the template's harmonics fall on, and the sum of their weights n^-.75; set once. */
const places = memory.data(4 * 16)
const placeWeights = memory.data(4 * 16)
const curve = memory.data(4 * 132)
let placeCount: i32 = 0

/** What partials are as pitch classes. */
@unmanaged
export class Spectrum {
  /** Partials as bins 0..1199 (i32) and weights (f32, the strongest 1); `count` of them. */
  count: i32
  bins: usize
  weights: usize
  /** The smoothed spectrum, f32, twice over so that a read from any bin on needs no wrap; before it room for what lies below bin 0. */
  smooth: usize
  /** Scalar product with itself. */
  power: f64
}

export function createSpectrum(arena: Arena, partials: i32): Spectrum {
  const spectrum = changetype<Spectrum>(claim(arena, offsetof<Spectrum>()))
  spectrum.bins = claim(arena, <usize>partials << 2)
  spectrum.weights = claim(arena, <usize>partials << 2)
  spectrum.smooth = claim(arena, reachBytes + 2 * octave + curveBytes) + reachBytes
  if (placeCount == 0) layTemplate()
  return spectrum
}

function layTemplate(): void {
  for (let d = 0; d <= 2 * reach; d++) {
    const x = <f64>(d - reach)
    store<f32>(curve + (<usize>d << 2), <f32>Math.exp((-x * x) / (4 * sigma * sigma)))
  }
  for (let n = 1; n <= harmonics; n++) {
    const bin = <i32>Math.round(1200 * Math.log2(<f64>n)) % bins
    let place = 0
    while (place < placeCount && load<i32>(places + (<usize>place << 2)) != bin) place++
    if (place == placeCount) placeCount++
    const weight = placeWeights + (<usize>place << 2)
    store<i32>(places + (<usize>place << 2), bin)
    store<f32>(weight, load<f32>(weight) + <f32>Math.pow(<f64>n, -0.75))
  }
}

/** Lays partials on the octave and smooths them. */
export function fillSpectrum(spectrum: Spectrum, partials: Partials): void {
  const smooth = spectrum.smooth
  spectrum.count = partials.count
  memory.fill(smooth - reachBytes, 0, reachBytes + octave + curveBytes)
  let strongest: f64 = 0
  for (let i = 0; i < partials.count; i++)
    strongest = Math.max(strongest, load<f64>(partials.amplitudes + (<usize>i << 3)))
  for (let i = 0; i < partials.count; i++) {
    const root = Math.sqrt(load<f64>(partials.amplitudes + (<usize>i << 3)) / strongest)
    const weight = <f32>(root * Math.sqrt(root))
    const cents = 1200 * Math.log2(load<f64>(partials.hertz + (<usize>i << 3)) / 440) + 900
    const bin = (<i32>Math.floor(cents + 0.5) + 10 * bins) % bins
    store<i32>(spectrum.bins + (<usize>i << 2), bin)
    store<f32>(spectrum.weights + (<usize>i << 2), weight)
    const factor = f32x4.splat(weight)
    const from = smooth + (<usize>bin << 2) - reachBytes
    for (let at: usize = 0; at < curveBytes; at += 16)
      v128.store(from + at, f32x4.add(v128.load(from + at), f32x4.mul(factor, v128.load(curve + at))))
  }
  wrap(smooth)
  spectrum.power = productOf(spectrum, spectrum)
}

/** What was laid below bin 0 or above 1199 belongs to the other end; then the octave is laid down twice. */
function wrap(smooth: usize): void {
  for (let k: usize = 0; k < reachBytes; k += 16) {
    const top = smooth + octave - reachBytes + k
    v128.store(top, f32x4.add(v128.load(top), v128.load(smooth - reachBytes + k)))
  }
  for (let k: usize = 0; k < curveBytes; k += 16)
    v128.store(smooth + k, f32x4.add(v128.load(smooth + k), v128.load(smooth + octave + k)))
  memory.copy(smooth + octave, smooth, octave)
}

/** Scalar product of two smoothed spectra: one is read where the other's partials lie. */
export function productOf(one: Spectrum, other: Spectrum): f64 {
  let sum: f64 = 0
  for (let i = 0; i < other.count; i++) {
    const bin = load<i32>(other.bins + (<usize>i << 2))
    sum += <f64>load<f32>(other.weights + (<usize>i << 2)) * <f64>load<f32>(one.smooth + (<usize>bin << 2))
  }
  return sum
}

/**
 * log2(1200) + (sum v log2 v) / V - log2 V bits, v_k the template's product with the spectrum from bin k on, V their sum: 0 and more.
 * The spectrum must have partials.
 */
export function harmonicityOf(spectrum: Spectrum): f64 {
  let sums = f64x2.splat(0)
  let entropies = f64x2.splat(0)
  for (let k: usize = 0; k < octave; k += 16) {
    let v = f32x4.splat(0)
    for (let place = 0; place < placeCount; place++) {
      const shift = <usize>load<i32>(places + (<usize>place << 2)) << 2
      const weight = v128.load32_splat(placeWeights + (<usize>place << 2))
      v = f32x4.add(v, f32x4.mul(weight, v128.load(spectrum.smooth + k + shift)))
    }
    const part = f32x4.mul(v, log2Of(f32x4.max(v, f32x4.splat(1e-30))))
    sums = f64x2.add(sums, bothHalves(v))
    entropies = f64x2.add(entropies, bothHalves(part))
  }
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  const entropy = f64x2.extract_lane(entropies, 0) + f64x2.extract_lane(entropies, 1)
  return Math.max(0, Math.log2(<f64>bins) + entropy / sum - Math.log2(sum))
}

@inline
function bothHalves(x: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)))
}

/** log2 of four normal positive numbers: x = 2^e m with m within sqrt(1/2)..sqrt(2), log2 m = 2 / ln 2 (s + s^3 / 3 + ... + s^9 / 9), s = (m - 1) / (m + 1). */
@inline
function log2Of(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23)
  const m = i32x4.sub(x, i32x4.shl(exponent, 23))
  const one = f32x4.splat(1)
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one))
  const q = f32x4.mul(s, s)
  let series = f32x4.splat(<f32>(2 / Math.LN2 / 9))
  series = f32x4.add(f32x4.mul(series, q), f32x4.splat(<f32>(2 / Math.LN2 / 7)))
  series = f32x4.add(f32x4.mul(series, q), f32x4.splat(<f32>(2 / Math.LN2 / 5)))
  series = f32x4.add(f32x4.mul(series, q), f32x4.splat(<f32>(2 / Math.LN2 / 3)))
  series = f32x4.add(f32x4.mul(series, q), f32x4.splat(<f32>(2 / Math.LN2)))
  return f32x4.add(f32x4.convert_i32x4_s(exponent), f32x4.mul(series, s))
}

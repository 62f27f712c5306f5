// What spectral libraries do frame by frame, done here to be compared like for like (`hocket bench kernel`); the ear itself, which resolves far more, is analysers.ts.
// A frame: Hann window of 2048 samples, real transform, powers, the 32 strongest partials from 40 Hz to 8 kHz; of two frames: roughness of all 32 x 32 pairs;
// of one: roughness within it, and its chroma. Everything in single precision, four lanes at a time. The slow twin is test/reference/yardstick.ts.
import { Arena, claim, createArena, releaseArena } from './arena'
import { Fft, createFft, transform } from './fft'
import { logarithms, powersOfTwo, sumOfLanes } from './lanes'
import { createWindow, fold, unfoldPowers } from './spectrum'

const frameSamples: i32 = 2048
/** Most partials kept; a multiple of 4. */
const mostTones: i32 = 32
const lowestHertz: f64 = 40
const highestHertz: f64 = 8000
/** Power under the strongest at which a maximum no longer counts (-60 dB), and the strongest power that is silence. */
const faintest: f32 = 1e-6
const silence: f32 = 1e-9

@unmanaged
class Yardstick {
  arena: Arena
  fft: Fft
  window: usize
  powers: usize
  binHertz: f32
  lowBin: i32
  highBin: i32
  /** Every maximum of a frame, ascending: amplitudes and hertz, f32, with a vector of slack. */
  amplitudes: usize
  hertz: usize
  /** Which bytes move to the front, for each of the 16 sets of lanes. */
  packing: usize
  /** Two lists of tones (count, then hertz, then amplitudes; unused places 0), and twelve sums of chroma, f32. */
  first: Tones
  second: Tones
  chroma: usize
}

/** Up to 32 partials, ascending. Places beyond the count hold amplitude 0. */
@unmanaged
class Tones {
  count: i32
  hertz: usize
  amplitudes: usize
}

/** For sounds at 16000 to 192000 Hz; 0 for other rates. */
export function createYardstick(sampleRate: f64): usize {
  if (!(sampleRate >= 16000 && sampleRate <= 192000)) return 0
  const arena = createArena()
  const y = changetype<Yardstick>(claim(arena, offsetof<Yardstick>()))
  const binHertz = sampleRate / <f64>frameSamples
  y.arena = arena
  y.fft = createFft(arena, frameSamples >> 1)
  y.window = createWindow(arena, frameSamples, 1)
  y.powers = claim(arena, <usize>(frameSamples / 2 + 8) << 2)
  y.binHertz = <f32>binHertz
  y.lowBin = <i32>(lowestHertz / binHertz) + 1
  y.highBin = min(frameSamples / 2 - 1, <i32>(highestHertz / binHertz))
  y.amplitudes = claim(arena, <usize>(frameSamples / 4 + 8) << 2)
  y.hertz = claim(arena, <usize>(frameSamples / 4 + 8) << 2)
  y.packing = createPacking(arena)
  y.first = createTones(arena)
  y.second = createTones(arena)
  y.chroma = claim(arena, 12 << 2)
  return changetype<usize>(y)
}

export function disposeYardstick(pointer: usize): void {
  releaseArena(changetype<Yardstick>(pointer).arena)
}

function createTones(arena: Arena): Tones {
  const tones = changetype<Tones>(claim(arena, offsetof<Tones>()))
  tones.hertz = claim(arena, <usize>(mostTones + 4) << 2)
  tones.amplitudes = claim(arena, <usize>(mostTones + 4) << 2)
  return tones
}

/** For each set of lanes a swizzle that brings them to the front in their order, and zeros behind them. */
function createPacking(arena: Arena): usize {
  const table = claim(arena, 16 << 4)
  memory.fill(table, 0xff, 16 << 4)
  for (let lanes = 0; lanes < 16; lanes++) {
    let at = table + (<usize>lanes << 4)
    for (let lane = 0; lane < 4; lane++) {
      if (!(lanes & (1 << lane))) continue
      for (let byte = 0; byte < 4; byte++) store<u8>(at++, <u8>(4 * lane + byte))
    }
  }
  return table
}

/** 2048 samples -> the frame's partials in list 0 or 1. Returns their number. */
export function yardstickPartials(pointer: usize, samples: usize, list: i32): i32 {
  const y = changetype<Yardstick>(pointer)
  const tones = list == 0 ? y.first : y.second
  tones.count = 0
  memory.fill(tones.amplitudes, 0, <usize>mostTones << 2)
  if (!fold(y.fft, samples, y.window)) return 0
  transform(y.fft)
  unfoldPowers(y.fft, y.powers)
  const strongest = strongestPower(y)
  if (strongest < silence) return 0
  const found = gatherMaxima(y, strongest * faintest)
  const least = found > mostTones ? leastKept(y.amplitudes, found) : 1
  tones.count = keepFrom(y, tones, found, least)
  return tones.count
}

/** Hertz of a list's partials, 32 floats. */
export function yardstickHertz(pointer: usize, list: i32): usize {
  const y = changetype<Yardstick>(pointer)
  return (list == 0 ? y.first : y.second).hertz
}

/** Amplitudes of a list's partials, 32 floats, a sine of amplitude 1 giving 512. */
export function yardstickAmplitudes(pointer: usize, list: i32): usize {
  const y = changetype<Yardstick>(pointer)
  return (list == 0 ? y.first : y.second).amplitudes
}

function strongestPower(y: Yardstick): f32 {
  let strongest = f32x4.splat(0)
  const end = y.powers + (<usize>y.highBin << 2)
  let at = y.powers + (<usize>y.lowBin << 2)
  for (; at + 16 <= end; at += 16) strongest = f32x4.max(strongest, v128.load(at))
  let most = max(
    max(f32x4.extract_lane(strongest, 0), f32x4.extract_lane(strongest, 1)),
    max(f32x4.extract_lane(strongest, 2), f32x4.extract_lane(strongest, 3)),
  )
  for (; at < end; at += 4) most = max(most, load<f32>(at))
  return most
}

/**
 * Local maxima above `floor`: a parabola through three magnitudes a, b, c lies highest at s = (a - c) / (2 (a - 2 b + c)) bins from the middle,
 * at b - (a - c) s / 4. Four bins at a time; the lanes that hold a maximum are packed. Returns how many were found.
 */
function gatherMaxima(y: Yardstick, floor: f32): i32 {
  const half = f32x4.splat(0.5)
  const quarter = f32x4.splat(0.25)
  const binHertz = f32x4.splat(y.binHertz)
  const floors = f32x4.splat(floor)
  const last = i32x4.splat(y.highBin)
  let bins = i32x4.add(i32x4.splat(y.lowBin), i32x4(0, 1, 2, 3))
  let count = 0
  for (let k = y.lowBin; k < y.highBin; k += 4, bins = i32x4.add(bins, i32x4.splat(4))) {
    const at = y.powers + (<usize>k << 2)
    const below = v128.load(at - 4)
    const power = v128.load(at)
    const above = v128.load(at, 4)
    const risen = v128.and(f32x4.gt(power, floors), f32x4.gt(power, below))
    const peak = v128.and(v128.and(risen, f32x4.ge(power, above)), i32x4.lt_s(bins, last))
    const lanes = i32x4.bitmask(peak)
    if (lanes == 0) continue
    const a = f32x4.sqrt(below)
    const b = f32x4.sqrt(power)
    const c = f32x4.sqrt(above)
    const slope = f32x4.sub(a, c)
    const shift = f32x4.div(f32x4.mul(half, slope), f32x4.sub(f32x4.add(a, c), f32x4.add(b, b)))
    const amplitude = f32x4.sub(b, f32x4.mul(quarter, f32x4.mul(slope, shift)))
    const hertz = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(bins), shift), binHertz)
    count += pack(y, count, lanes, hertz, amplitude)
  }
  v128.store(y.amplitudes + (<usize>count << 2), f32x4.splat(0))
  return count
}

/** Appends the chosen lanes to the maxima; returns how many. */
@inline
function pack(y: Yardstick, count: i32, lanes: i32, hertz: v128, amplitude: v128): i32 {
  const order = v128.load(y.packing + (<usize>lanes << 4))
  const to = <usize>count << 2
  v128.store(y.hertz + to, v128.swizzle(hertz, order))
  v128.store(y.amplitudes + to, v128.swizzle(amplitude, order))
  return popcnt<i32>(lanes)
}

/**
 * Bits of the amplitude from which on 32 of `count` remain, or more where equals stand in the way.
 * Positive floats are ordered as their bits are, so the bits are found by halving the interval.
 */
function leastKept(amplitudes: usize, count: i32): i32 {
  const end = amplitudes + (<usize>count << 2)
  let low = 1
  let high = 0x7f800000
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    let kept = i32x4.splat(0)
    const bound = i32x4.splat(middle)
    for (let at = amplitudes; at < end; at += 16) kept = i32x4.sub(kept, i32x4.ge_s(v128.load(at), bound))
    const pairs = i32x4.add(kept, v128.shuffle<i32>(kept, kept, 2, 3, 0, 1))
    const number = i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)
    if (number == mostTones) return middle
    if (number > mostTones) low = middle
    else high = middle
  }
  return low
}

/** Copies the maxima whose amplitude has at least these bits, in their order, 32 at most; returns how many. */
function keepFrom(y: Yardstick, tones: Tones, found: i32, least: i32): i32 {
  const bound = i32x4.splat(least)
  let count = 0
  for (let i = 0; i < found && count < mostTones; i += 4) {
    const at = <usize>i << 2
    const amplitude = v128.load(y.amplitudes + at)
    const lanes = i32x4.bitmask(i32x4.ge_s(amplitude, bound))
    const order = v128.load(y.packing + (<usize>lanes << 4))
    const to = <usize>count << 2
    v128.store(tones.hertz + to, v128.swizzle(v128.load(y.hertz + at), order))
    v128.store(tones.amplitudes + to, v128.swizzle(amplitude, order))
    count += popcnt<i32>(lanes)
  }
  count = min(count, mostTones)
  memory.fill(tones.amplitudes + (<usize>count << 2), 0, <usize>(mostTones + 4 - count) << 2)
  return count
}

/** Roughness between the two lists after Sethares 1993: the sum over all pairs of one tone of each. */
export function yardstickRoughness(pointer: usize): f32 {
  const y = changetype<Yardstick>(pointer)
  return sumOfPairs(y.first, y.second)
}

/** Roughness within the first list: every pair once (each tone with itself is 0). */
export function yardstickWithin(pointer: usize): f32 {
  const y = changetype<Yardstick>(pointer)
  return 0.5 * sumOfPairs(y.first, y.first)
}

/**
 * Sum of min(a1, a2) (e^(-3.51 x) - e^(-5.75 x)), x = .24 |f2 - f1| / (.0207 min(f1, f2) + 18.96), at most 13 (there it is 0 to 1e-19).
 * Sethares 1993, Local consonance and the relationship between timbre and scale, JASA 94, appendix.
 */
function sumOfPairs(a: Tones, b: Tones): f32 {
  const slow = f32x4.splat(<f32>(-3.51 * 1.4426950408889634))
  const fast = f32x4.splat(<f32>(-5.75 * 1.4426950408889634))
  let sum = f32x4.splat(0)
  for (let i = 0; i < a.count; i++) {
    const f1 = v128.load32_splat(a.hertz + (<usize>i << 2))
    const a1 = v128.load32_splat(a.amplitudes + (<usize>i << 2))
    for (let at: usize = 0; at < <usize>mostTones << 2; at += 16) {
      const f2 = v128.load(b.hertz + at)
      const weaker = f32x4.pmin(a1, v128.load(b.amplitudes + at))
      const width = f32x4.add(f32x4.mul(f32x4.splat(0.0207), f32x4.pmin(f1, f2)), f32x4.splat(18.96))
      const apart = f32x4.mul(f32x4.splat(0.24), f32x4.abs(f32x4.sub(f2, f1)))
      const x = f32x4.pmin(f32x4.div(apart, width), f32x4.splat(13))
      const rub = f32x4.sub(powersOfTwo(f32x4.mul(slow, x)), powersOfTwo(f32x4.mul(fast, x)))
      sum = f32x4.add(sum, f32x4.mul(weaker, rub))
    }
  }
  return sumOfLanes(sum)
}

/** Energy per pitch class of the first list, C first, each partial shared by the two nearest classes by its distance; sum 1, or all 0. Returns 12 floats. */
export function yardstickChroma(pointer: usize): usize {
  const y = changetype<Yardstick>(pointer)
  const tones = y.first
  memory.fill(y.chroma, 0, 12 << 2)
  let total: f32 = 0
  for (let i = 0; i < tones.count; i += 4) {
    const at = <usize>i << 2
    const amplitudes = v128.load(tones.amplitudes + at)
    const powers = f32x4.mul(amplitudes, amplitudes)
    // 69 + 12 log2(f / 440), kept above 0 by the range of frequencies
    const octaves = logarithms(f32x4.mul(v128.load(tones.hertz + at), f32x4.splat(<f32>(1 / 440.0))))
    const midi = f32x4.add(f32x4.splat(69), f32x4.mul(f32x4.splat(12), octaves))
    for (let lane: i32 = 0; lane < 4; lane++) total += share(y.chroma, laneOf(midi, lane), laneOf(powers, lane))
  }
  if (total == 0) return y.chroma
  for (let at: usize = 0; at < 12 << 2; at += 4) store<f32>(y.chroma + at, load<f32>(y.chroma + at) / total)
  return y.chroma
}

@inline
function laneOf(x: v128, lane: i32): f32 {
  if (lane == 0) return f32x4.extract_lane(x, 0)
  if (lane == 1) return f32x4.extract_lane(x, 1)
  return lane == 2 ? f32x4.extract_lane(x, 2) : f32x4.extract_lane(x, 3)
}

@inline
function share(chroma: usize, midi: f32, power: f32): f32 {
  const below = floor<f32>(midi)
  const upper = power * (midi - below)
  const low = chroma + (<usize>(<i32>below % 12) << 2)
  const high = chroma + (<usize>((<i32>below + 1) % 12) << 2)
  store<f32>(low, load<f32>(low) + (power - upper))
  store<f32>(high, load<f32>(high) + upper)
  return power
}

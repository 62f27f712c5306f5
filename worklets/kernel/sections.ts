// From a track's parts to one slot of a deck: laying patterns round a loop, ducking under the kick, a small room, levels and peaks.
// Everything is circular, so that a section repeats without a seam.
import { buildInterpolator, readBetween } from './interpolator'
import { addScaled, smooth } from './shapes'

/** into[(offset + i) mod length] += gain * source[i], for all i < count; offset lies in 0 .. length - 1. */
export function layRound(into: usize, length: i32, offset: i32, source: usize, count: i32, gain: f32): void {
  let at = offset
  for (let done = 0; done < count; ) {
    const run = min(count - done, length - at)
    addScaled(into + (at << 2), source + (done << 2), run, gain)
    done += run
    at = 0
  }
}

/** into[i] += gain * source[i] * (1 - depth * (1 - curve[i])). */
export function addDucked(into: usize, source: usize, curve: usize, n: i32, gain: f32, depth: f32): void {
  const base = gain * (1 - depth)
  const moving = gain * depth
  let i: usize = 0
  for (const end = <usize>(n & ~3) << 2; i < end; i += 16) {
    const g = f32x4.add(f32x4.splat(base), f32x4.mul(f32x4.splat(moving), v128.load(curve + i)))
    v128.store(into + i, f32x4.add(v128.load(into + i), f32x4.mul(v128.load(source + i), g)))
  }
  for (const end = <usize>n << 2; i < end; i += 4) {
    store<f32>(into + i, load<f32>(into + i) + load<f32>(source + i) * (base + moving * load<f32>(curve + i)))
  }
}

/** Fills a ducking curve with 1, no ducking. */
export function clearDuck(curve: usize, n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(curve + (i << 2), 1)
}

/** A dip to 0 at `at`: down in `attack` samples beforehand, back up in `release`, both without corners. */
export function addDip(curve: usize, length: i32, at: i32, attack: i32, release: i32): void {
  for (let i = -attack; i < release; i++) {
    const x: f64 = i < 0 ? <f64>-i / attack : <f64>i / release
    let place = (at + i) % length
    if (place < 0) place += length
    const address = curve + (place << 2)
    store<f32>(address, min(load<f32>(address), <f32>(x * x * (3.0 - 2.0 * x))))
  }
}

/**
 * Echoes of the room: one tap in each of 28 equal stretches, its place and sign from a fixed generator
 * (velvet noise, Valimaki et al. 2013), falling by 60 dB in .45 s.
 */
const TAP_COUNT: i32 = 28
const TAP_BYTES: usize = 448 // 16 each: delay in bytes, gain
const ROOM_SECONDS: f64 = 0.3
const DIRECT_SECONDS: f64 = 0.007
const DECAY_SECONDS: f64 = 0.45

/** Samples that a room's echoes last beyond the sound. */
export function roomLength(rate: f64): i32 {
  return <i32>(ROOM_SECONDS * rate) + 16
}

/** Adds the echoes of source[0 .. n) to into[0 .. n + roomLength). Walls swallow treble: each echo is a mean over 8 samples. */
export function addRoom(into: usize, source: usize, n: i32, gain: f64, rate: f64): void {
  const reach = roomLength(rate)
  const padded = heap.alloc((reach + n + reach + 4) << 2)
  const taps = heap.alloc(TAP_COUNT * 16)
  memory.fill(padded, 0, reach << 2)
  memory.copy(padded + (reach << 2), source, n << 2)
  memory.fill(padded + ((reach + n) << 2), 0, (reach + 4) << 2)
  for (let shift = 4; shift >= 1; shift >>= 1) addShifted(padded, reach + n + reach, shift)
  placeTaps(taps, gain / 8, rate)
  const from = padded + (reach << 2)
  let i: i32 = 0
  for (; i + 16 <= n + reach; i += 16) addEchoes(into + (i << 2), from + (i << 2), taps)
  for (; i + 4 <= n + reach; i += 4) {
    let sum = f32x4.splat(0)
    for (let tap: usize = 0; tap < TAP_BYTES; tap += 16) {
      const x = v128.load(from + (i << 2) - load<i32>(taps + tap))
      sum = f32x4.add(sum, f32x4.mul(x, v128.load32_splat(taps + tap, 4)))
    }
    const at = into + (i << 2)
    v128.store(at, f32x4.add(v128.load(at), sum))
  }
  heap.free(taps)
  heap.free(padded)
}

/** Sixteen samples' echoes side by side, so that each tap is fetched once for all of them. */
@inline
function addEchoes(into: usize, from: usize, taps: usize): void {
  let a = f32x4.splat(0)
  let b = f32x4.splat(0)
  let c = f32x4.splat(0)
  let d = f32x4.splat(0)
  for (let tap: usize = 0; tap < TAP_BYTES; tap += 16) {
    const earlier = from - load<i32>(taps + tap)
    const gain = v128.load32_splat(taps + tap, 4)
    a = f32x4.add(a, f32x4.mul(v128.load(earlier), gain))
    b = f32x4.add(b, f32x4.mul(v128.load(earlier, 16), gain))
    c = f32x4.add(c, f32x4.mul(v128.load(earlier, 32), gain))
    d = f32x4.add(d, f32x4.mul(v128.load(earlier, 48), gain))
  }
  v128.store(into, f32x4.add(v128.load(into), a))
  v128.store(into, f32x4.add(v128.load(into, 16), b), 16)
  v128.store(into, f32x4.add(v128.load(into, 32), c), 32)
  v128.store(into, f32x4.add(v128.load(into, 48), d), 48)
}

/** Writes the delays and gains of all taps. */
function placeTaps(taps: usize, gain: f64, rate: f64): void {
  let seed: u32 = 20020
  for (let tap = 0; tap < TAP_COUNT; tap++) {
    seed = seed * 1664525 + 1013904223
    const within = <f64>(seed >> 8) / 16777216.0
    const seconds = DIRECT_SECONDS + ((ROOM_SECONDS - DIRECT_SECONDS) * (<f64>tap + within)) / TAP_COUNT
    const sign = (seed & 0x80) != 0 ? 1.0 : -1.0
    store<i32>(taps + tap * 16, <i32>(seconds * rate) << 2)
    store<f32>(taps + tap * 16, <f32>(sign * gain * Math.exp((-6.9 * seconds) / DECAY_SECONDS)), 4)
  }
}

/** buffer[i] += buffer[i - shift], from the end, so that each sum takes the old values. */
function addShifted(buffer: usize, n: i32, shift: i32): void {
  let i = n
  for (; i >= 4 + shift; i -= 4) {
    const at = buffer + ((i - 4) << 2)
    v128.store(at, f32x4.add(v128.load(at), v128.load(at - (shift << 2))))
  }
}

/** into[i] += gain * recording at i * speed, for i < count; read once, with a fade at its end and where `count` cuts it. */
export function addOneShot(into: usize, count: i32, pcm: usize, length: i32, speed: f64, gain: f32, fade: i32): void {
  buildInterpolator()
  const sounding = min(count, <i32>Math.floor(<f64>length / speed))
  const fading = min(fade, sounding)
  for (let i = 0; i < sounding; i++) {
    const x = speed == 1.0 ? load<f32>(pcm + (i << 2)) : readBetween(pcm, length, <f64>i * speed)
    const g: f32 = gain * <f32>smooth(sounding - i, fading)
    const at = into + (i << 2)
    store<f32>(at, load<f32>(at) + g * x)
  }
}

/** One turn of a recorded loop laid on `count` samples, plus `fade` samples to cross into the next turn with. */
export function layLoop(into: usize, count: i32, pcm: usize, length: i32, fade: i32): void {
  buildInterpolator()
  const speed: f64 = <f64>length / <f64>count
  for (let i = 0; i < count + fade; i++) {
    const position = <f64>(i % count) * speed
    const x = speed == 1.0 ? load<f32>(pcm + (<i32>position << 2)) : readBetween(pcm, length, position)
    const ramp = i < fade ? smooth(i, fade) : smooth(count + fade - i, fade)
    store<f32>(into + (i << 2), x * <f32>ramp)
  }
}

/** Gain that brings `loudness` (mean square) to `target` (LUFS, BS.1770: -.691 + 10 log10), kept within -most .. most dB; 1 for silence. */
export function gainTowards(meanSquare: f64, target: f64, most: f64): f64 {
  if (meanSquare < 1e-10) return 1
  const decibels = target - (-0.691 + 10.0 * Math.log10(meanSquare))
  return Math.pow(10.0, Math.max(-most, Math.min(most, decibels)) / 20.0)
}

// One sounding note: up to four sources (a wavetable tone, a bank of eight decaying sines, a falling sine, filtered noise)
// under one envelope. State moves sample by sample and the envelope is a function of the note's age,
// so cutting the time into other blocks changes no bit.
import { addScaled, smooth } from './shapes'
import { TABLE_BITS, sineTable } from './tables'

/** Longest stretch rendered at once, in samples. */
export const STRETCH: i32 = 4096
const FRACTION_BITS: u32 = 32 - TABLE_BITS
const FRACTION_MASK: u32 = (1 << FRACTION_BITS) - 1
const FRACTION_SCALE: f32 = 1.0 / <f32>(1 << FRACTION_BITS)
/** Below this share of the bright table (-80 dB) only the dull one is read. */
const LEAST_MIX: f64 = 0.0001

@unmanaged
export class Voice {
  /** 0 free, 1 sounding, 2 being faded out to make room. */
  state: i32
  serial: u32
  /** Samples since the onset. */
  age: i32
  attack: i32
  /** Age at which the release begins, its length, and the choke group (0 none). */
  off: i32
  release: i32
  choke: i32
  level: f64
  levelDecay: f64

  hasTone: i32
  phase: u32
  step: u32
  brightTable: usize
  dullTable: usize
  /** Share of the bright table, falling to `mixFloor`. */
  mix: f64
  mixDecay: f64

  hasBank: i32
  re: v128
  im: v128
  re2: v128
  im2: v128
  /** Shrink * cos - 1 and shrink * sin of each sine's turn per sample. */
  cos: v128
  sin: v128
  cos2: v128
  sin2: v128

  hasSweep: i32
  /** Cycles, cycles per sample at the end of the fall, and what is still to fall. */
  sweepPhase: f64
  sweepStep: f64
  sweepFall: f64
  sweepFallDecay: f64
  sweepLevel: f64
  sweepDecay: f64

  hasNoise: i32
  seed: u32
  /** State-variable filter after Zavalishin (The Art of VA Filter Design) in Simper's form. */
  ic1: f32
  ic2: f32
  a1: f32
  a2: f32
  a3: f32
  damping: f32
  low: f32
  band: f32
  high: f32
  noiseLevel: f64
  noiseDecay: f64
  /** A clap's further hands: how many, how far apart, and the level that each sets anew. */
  bursts: i32
  burstGap: i32
  burstLevel: f64
  burstDecay: f64
}

/** The age at which nothing is left. */
@inline
export function endOf(v: Voice): i32 {
  return v.off + v.release
}

/** Lets the voice fade within `samples` from now, whatever it was doing. */
export function fadeOut(v: Voice, samples: i32): void {
  if (v.age > v.off) v.level *= falling(v.age - v.off, v.release)
  v.off = v.age
  v.release = samples
  v.state = 2
}

/** Adds the next n samples (n <= STRETCH) of the voice to `out`; `own` is scratch of STRETCH samples. */
export function addVoice(v: Voice, out: usize, n: i32, own: usize): void {
  memory.fill(own, 0, n << 2)
  if (v.hasTone) addTone(v, own, n)
  if (v.hasBank) addBank(v, own, n)
  if (v.hasSweep) addSweep(v, own, n)
  if (v.hasNoise) addNoise(v, own, n)
  addEnveloped(v, out, own, n)
  v.age += n
}

@inline
function falling(at: i32, length: i32): f64 {
  return at >= length ? 0 : 1.0 - smooth(at, length)
}

function addEnveloped(v: Voice, out: usize, own: usize, n: i32): void {
  const decay = v.levelDecay
  let level = v.level
  let i = 0
  for (const end = min(n, min(v.attack, v.off) - v.age); i < end; i++) {
    addAt(out, own, i, level * smooth(v.age + i, v.attack))
    level *= decay
  }
  const steady = min(n, v.off - v.age)
  if (decay == 1.0 && i < steady) {
    addScaled(out + (<usize>i << 2), own + (<usize>i << 2), steady - i, <f32>level)
    i = steady
  }
  for (; i < steady; i++) {
    addAt(out, own, i, level)
    level *= decay
  }
  for (; i < n; i++) {
    const age = v.age + i
    const attack = smooth(age, v.attack)
    addAt(out, own, i, level * attack * falling(age - v.off, v.release))
    level *= decay
  }
  v.level = level
}

@inline
function addAt(out: usize, own: usize, i: i32, gain: f64): void {
  const at = <usize>i << 2
  store<f32>(out + at, load<f32>(out + at) + load<f32>(own + at) * <f32>gain)
}

@inline
function readTable(table: usize, phase: u32): f32 {
  const at = table + ((<usize>(phase >> FRACTION_BITS)) << 2)
  const a = load<f32>(at)
  return a + (load<f32>(at, 4) - a) * (<f32>(<i32>(phase & FRACTION_MASK)) * FRACTION_SCALE)
}

function addTone(v: Voice, own: usize, n: i32): void {
  const step = v.step
  const bright = v.brightTable
  const dull = v.dullTable
  const decay = v.mixDecay
  let phase = v.phase
  let mix = v.mix
  let i = 0
  for (; i < n && mix > LEAST_MIX; i++) {
    const d = readTable(dull, phase)
    store<f32>(own + (<usize>i << 2), d + <f32>mix * (readTable(bright, phase) - d))
    phase += step
    mix *= decay
  }
  for (; i < n; i++) {
    store<f32>(own + (<usize>i << 2), readTable(dull, phase))
    phase += step
  }
  v.phase = phase
  v.mix = mix
}

/**
 * Eight complex numbers, each turned and shrunk a little every sample; their imaginary parts are the sound.
 * Cosines are kept less 1: low notes turn so little that single precision would lose it.
 */
function addBank(v: Voice, own: usize, n: i32): void {
  const c = v.cos
  const s = v.sin
  const c2 = v.cos2
  const s2 = v.sin2
  let re = v.re
  let im = v.im
  let re2 = v.re2
  let im2 = v.im2
  for (let i = 0; i < n; i++) {
    let sum = f32x4.add(im, im2)
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
    const at = own + (<usize>i << 2)
    store<f32>(at, load<f32>(at) + f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1))
    const turned = f32x4.sub(f32x4.mul(re, c), f32x4.mul(im, s))
    im = f32x4.add(im, f32x4.add(f32x4.mul(re, s), f32x4.mul(im, c)))
    re = f32x4.add(re, turned)
    const turned2 = f32x4.sub(f32x4.mul(re2, c2), f32x4.mul(im2, s2))
    im2 = f32x4.add(im2, f32x4.add(f32x4.mul(re2, s2), f32x4.mul(im2, c2)))
    re2 = f32x4.add(re2, turned2)
  }
  v.re = re
  v.im = im
  v.re2 = re2
  v.im2 = im2
}

function addSweep(v: Voice, own: usize, n: i32): void {
  const table = sineTable()
  const step = v.sweepStep
  const fallDecay = v.sweepFallDecay
  const decay = v.sweepDecay
  let phase = v.sweepPhase
  let fall = v.sweepFall
  let level = v.sweepLevel
  for (let i = 0; i < n; i++) {
    const at = own + (<usize>i << 2)
    store<f32>(at, load<f32>(at) + readTable(table, <u32>(<u64>(phase * 4294967296.0))) * <f32>level)
    phase += step + fall
    if (phase >= 1.0) phase -= 1.0
    fall *= fallDecay
    level *= decay
  }
  v.sweepPhase = phase
  v.sweepFall = fall
  v.sweepLevel = level
}

/** Noise up to the next hand of a clap, then that hand. */
function addNoise(v: Voice, own: usize, n: i32): void {
  let done = 0
  while (done < n) {
    const age = v.age + done
    if (v.bursts > 0 && age > 0 && age % v.burstGap == 0) {
      v.noiseLevel = v.burstLevel
      if (--v.bursts == 0) v.noiseDecay = v.burstDecay
    }
    const run = v.bursts > 0 ? min(n - done, v.burstGap - (age % v.burstGap)) : n - done
    filterNoise(v, own + (<usize>done << 2), run)
    done += run
  }
}

function filterNoise(v: Voice, own: usize, n: i32): void {
  const a1 = v.a1
  const a2 = v.a2
  const a3 = v.a3
  const damping = v.damping
  const low = v.low
  const band = v.band
  const high = v.high
  const decay = v.noiseDecay
  let seed = v.seed
  let ic1 = v.ic1
  let ic2 = v.ic2
  let level = v.noiseLevel
  for (let i = 0; i < n; i++) {
    seed = seed * 1664525 + 1013904223 // Numerical Recipes' linear congruential generator
    const x: f32 = <f32>(<i32>seed) * (1.0 / 2147483648.0)
    const v3 = x - ic2
    const v1 = a1 * ic1 + a2 * v3
    const v2 = ic2 + a2 * ic1 + a3 * v3
    ic1 = v1 + v1 - ic1
    ic2 = v2 + v2 - ic2
    const at = own + (<usize>i << 2)
    store<f32>(at, load<f32>(at) + (low * v2 + band * v1 + high * (x - damping * v1 - v2)) * <f32>level)
    level *= decay
  }
  v.seed = seed
  v.ic1 = ic1
  v.ic2 = ic2
  v.noiseLevel = level
}

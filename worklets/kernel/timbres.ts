// The six families of timbre: what a note's pitch and velocity mean for one voice.
import { BREATH, HARMONIC, HOLLOW, MOST_PARTIALS, PLUCK, brightTable, dullTable } from './tables'
import { Voice } from './voice'
import { shapeDrum } from './drums'

/** Numbers of the timbres, in the order of the record's timbreSchema. */
export const TIMBRE_HARMONIC: i32 = 0
export const TIMBRE_HOLLOW: i32 = 1
export const TIMBRE_BELL: i32 = 2
export const TIMBRE_PLUCK: i32 = 3
export const TIMBRE_BREATH: i32 = 4
export const TIMBRE_PERCUSSION: i32 = 5

/** Highest partial that may sound: below what 44.1 kHz can carry, and little is heard above. */
const HIGHEST_HZ: f64 = 18000
/** The pseudo-octave of the bell's stretched partials, after Mathews & Pierce (1980): partial n lies at n^log2(2.1). */
const BELL_STRETCH: f64 = 1.070389327891398

/** Sets a cleared voice up. `hz` is the fundamental; for percussion `drum` is the General MIDI number and `ratio` its speed. */
export function shapeVoice(v: Voice, timbre: i32, midi: f64, ratio: f64, velocity: f64, duration: i32, rate: f64): void {
  const hz = 440.0 * Math.pow(2.0, (midi - 69.0) / 12.0) * ratio
  v.levelDecay = 1
  if (timbre == TIMBRE_PERCUSSION) shapeDrum(v, <i32>nearest(midi), ratio, velocity, rate)
  else if (timbre == TIMBRE_BELL) shapeBell(v, hz, velocity, duration, rate)
  else shapeTone(v, timbre, hz, velocity, duration, rate)
}

/** Low notes carry more power for equal loudness: 1 dB an octave around A4, kept within 3.5 dB. */
function registerGain(hz: f64): f64 {
  return Math.min(1.5, Math.max(0.67, Math.pow(440.0 / hz, 0.16)))
}

/** Factor per sample of a decay to 1/e in `seconds`. */
export function decayOf(seconds: f64, rate: f64): f64 {
  return Math.exp(-1.0 / (seconds * rate))
}

function shapeTone(v: Voice, timbre: i32, hz: f64, velocity: f64, duration: i32, rate: f64): void {
  const highest = Math.min(HIGHEST_HZ, 0.45 * rate)
  const partials = min(MOST_PARTIALS, <i32>Math.floor(highest / hz))
  const wave = timbre == TIMBRE_HOLLOW ? HOLLOW : timbre == TIMBRE_PLUCK ? PLUCK : timbre == TIMBRE_BREATH ? BREATH : HARMONIC
  if (partials > 0) {
    v.hasTone = 1
    v.step = <u32>(<u64>Math.round((hz / rate) * 4294967296.0))
    v.brightTable = brightTable(wave, partials)
    v.dullTable = dullTable(wave, partials)
  }
  v.off = duration
  let seconds: f64 = 0
  if (timbre == TIMBRE_PLUCK) {
    seconds = Math.min(1.4, 0.55 * Math.sqrt(330.0 / hz))
    setTone(v, 0.002, 0.09, 0.55 + 0.45 * velocity, 0.22 * seconds, 0.26, rate)
    v.levelDecay = decayOf(seconds, rate)
    v.off = min(duration, <i32>(8.0 * seconds * rate))
  } else if (timbre == TIMBRE_BREATH) {
    setTone(v, 0.03, 0.12, 0.4 + 0.3 * velocity, 1.2, 0.216, rate)
    setNoise(v, Math.min(2.0 * hz, 9000), 1.6, rate)
    v.band = 0.5
    v.noiseLevel = 1
    v.noiseDecay = 1
  } else if (timbre == TIMBRE_HOLLOW) {
    setTone(v, 0.012, 0.09, 0.2 + 0.5 * velocity, 0.5, 0.227, rate)
    v.levelDecay = decayOf(2.5, rate)
  } else {
    setTone(v, 0.006, 0.1, 0.2 + 0.6 * velocity, 0.28, 0.229, rate)
    v.levelDecay = decayOf(1.3, rate)
  }
  v.level *= velocity * registerGain(hz)
}

function setTone(v: Voice, attack: f64, release: f64, mix: f64, mixSeconds: f64, level: f64, rate: f64): void {
  v.attack = <i32>(attack * rate)
  v.release = <i32>(release * rate)
  v.mix = mix
  v.mixDecay = decayOf(mixSeconds, rate)
  v.level = level
}

function shapeBell(v: Voice, hz: f64, velocity: f64, duration: i32, rate: f64): void {
  const longest = Math.min(2.2, 1.1 * Math.sqrt(440.0 / hz))
  v.hasBank = 1
  v.attack = <i32>(0.002 * rate)
  v.release = <i32>(0.25 * rate)
  v.off = min(duration, <i32>(8.0 * longest * rate))
  v.level = 0.256 * velocity * registerGain(hz)
  for (let n = 1; n <= 8; n++) {
    const x: f64 = n
    const amplitude = Math.pow(x, -0.9 - 0.5 * (1.0 - velocity))
    setPartial(v, n - 1, hz * Math.pow(x, BELL_STRETCH), amplitude, longest / Math.pow(x, 0.85), rate)
  }
}

/** Sine number `index` (0..7) of the bank; left silent above the highest partial. */
export function setPartial(v: Voice, index: i32, hz: f64, amplitude: f64, seconds: f64, rate: f64): void {
  if (hz > Math.min(HIGHEST_HZ, 0.45 * rate)) return
  const angle = (2.0 * Math.PI * hz) / rate
  const shrink = decayOf(seconds, rate)
  const second: usize = index >= 4 ? 1 : 0
  const lane = <usize>(index & 3) << 2
  const voice = changetype<usize>(v)
  store<f32>(voice + lane + (second ? offsetof<Voice>('re2') : offsetof<Voice>('re')), <f32>amplitude)
  store<f32>(voice + lane + (second ? offsetof<Voice>('cos2') : offsetof<Voice>('cos')), <f32>(shrink * Math.cos(angle) - 1.0))
  store<f32>(voice + lane + (second ? offsetof<Voice>('sin2') : offsetof<Voice>('sin')), <f32>(shrink * Math.sin(angle)))
}

/** White noise through a filter around `hz` with quality q; the caller sets `low`, `band`, `high` and the level. */
export function setNoise(v: Voice, hz: f64, q: f64, rate: f64): void {
  const g = Math.tan((Math.PI * Math.min(hz, 0.45 * rate)) / rate)
  const k = 1.0 / q
  const a1 = 1.0 / (1.0 + g * (g + k))
  v.hasNoise = 1
  v.a1 = <f32>a1
  v.a2 = <f32>(g * a1)
  v.a3 = <f32>(g * g * a1)
  v.damping = <f32>k
}

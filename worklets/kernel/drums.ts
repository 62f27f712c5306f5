// Percussion after General MIDI numbers: kick, rim, snare, clap, toms, hats, crash, ride, cowbell, shaker, congas; the rest is a wood block.
// Each drum is a recipe: a falling sine, up to eight decaying sines, noise through a filter.
import { decayOf, setNoise, setPartial } from './timbres'
import { Voice } from './voice'

/** Open hats fall silent when a closed one is struck. */
export const CHOKE_HAT: i32 = 1

export function shapeDrum(v: Voice, drum: i32, ratio: f64, velocity: f64, rate: f64): void {
  v.level = velocity
  v.attack = <i32>(0.001 * rate)
  v.release = <i32>(0.03 * rate)
  if (drum <= 36) kick(v, ratio, rate)
  else if (drum == 37) block(v, 1720 * ratio, 0.011, 0.5, rate)
  else if (drum == 38 || drum == 40) snare(v, ratio, drum == 40 ? 0.085 : 0.12, rate)
  else if (drum == 39) clap(v, ratio, rate)
  else if (drum == 42) hat(v, ratio, 0.035, 0.36, rate)
  else if (drum == 44) hat(v, ratio, 0.06, 0.3, rate)
  else if (drum == 46) hat(v, ratio, 0.24, 0.3, rate)
  else if (drum == 49 || drum == 52 || drum == 55 || drum == 57) crash(v, ratio, drum == 55 ? 0.35 : 0.75, rate)
  else if (drum == 51 || drum == 53 || drum == 59) ride(v, ratio, rate)
  else if (drum == 54 || drum == 69 || drum == 70 || drum == 82) shaker(v, ratio, drum == 54 ? 0.07 : 0.035, rate)
  else if (drum == 56) cowbell(v, ratio, rate)
  else if (drum <= 50) tom(v, 62.0 * ratio * Math.pow(2.0, (drum - 41) / 8.0), 0.2, rate)
  else if (drum >= 60 && drum <= 66) tom(v, 330.0 * ratio * Math.pow(2.0, (60 - drum) / 6.0), 0.1, rate)
  else block(v, 980 * ratio, 0.03, 0.42, rate)
}

/** The drum rings until it has fallen by 60 dB (6.9 time constants). */
function setLength(v: Voice, seconds: f64, rate: f64): void {
  v.off = <i32>(6.9 * seconds * rate)
}

function setSweep(v: Voice, fromHz: f64, toHz: f64, fall: f64, level: f64, seconds: f64, rate: f64): void {
  v.hasSweep = 1
  v.sweepStep = toHz / rate
  v.sweepFall = (fromHz - toHz) / rate
  v.sweepFallDecay = decayOf(fall, rate)
  v.sweepLevel = level
  v.sweepDecay = decayOf(seconds, rate)
}

function setNoiseLevel(v: Voice, level: f64, seconds: f64, rate: f64): void {
  v.noiseLevel = level
  v.noiseDecay = decayOf(seconds, rate)
}

function kick(v: Voice, ratio: f64, rate: f64): void {
  setSweep(v, 210 * ratio, 49 * ratio, 0.022, 0.76, 0.14, rate)
  setNoise(v, 2600 * ratio, 0.8, rate)
  v.band = 1
  setNoiseLevel(v, 0.26, 0.004, rate)
  setLength(v, 0.12, rate)
}

function snare(v: Voice, ratio: f64, seconds: f64, rate: f64): void {
  v.hasBank = 1
  setPartial(v, 0, 186 * ratio, 0.3, 0.075, rate)
  setPartial(v, 1, 331 * ratio, 0.2, 0.05, rate)
  setPartial(v, 2, 463 * ratio, 0.08, 0.03, rate)
  setNoise(v, 3000 * ratio, 0.7, rate)
  v.band = 0.9
  v.high = 0.35
  setNoiseLevel(v, 0.42, seconds, rate)
  setLength(v, seconds, rate)
}

function clap(v: Voice, ratio: f64, rate: f64): void {
  setNoise(v, 1250 * ratio, 1.1, rate)
  v.band = 1.4
  v.high = 0.12
  setNoiseLevel(v, 0.6, 0.006, rate)
  v.bursts = 3
  v.burstGap = <i32>(0.0105 * rate)
  v.burstLevel = 0.6
  v.burstDecay = decayOf(0.085, rate)
  v.off = <i32>(0.62 * rate)
}

/** Six inharmonic sines give metal its pitchless shimmer (after the six square waves of the TR-808's cymbals). */
function metal(v: Voice, ratio: f64, amplitude: f64, seconds: f64, rate: f64): void {
  v.hasBank = 1
  setPartial(v, 0, 4120 * ratio, 0.6 * amplitude, seconds * 0.8, rate)
  setPartial(v, 1, 5432 * ratio, 0.8 * amplitude, seconds, rate)
  setPartial(v, 2, 6810 * ratio, amplitude, seconds, rate)
  setPartial(v, 3, 8353 * ratio, 0.9 * amplitude, seconds, rate)
  setPartial(v, 4, 10211 * ratio, 0.7 * amplitude, seconds * 0.9, rate)
  setPartial(v, 5, 12480 * ratio, 0.5 * amplitude, seconds * 0.8, rate)
}

function hat(v: Voice, ratio: f64, seconds: f64, level: f64, rate: f64): void {
  metal(v, ratio, 0.1 * level, seconds, rate)
  setNoise(v, 8200 * ratio, 0.9, rate)
  v.high = 0.8
  v.band = 0.35
  setNoiseLevel(v, level, seconds, rate)
  v.choke = CHOKE_HAT
  setLength(v, seconds, rate)
}

function crash(v: Voice, ratio: f64, seconds: f64, rate: f64): void {
  metal(v, 0.83 * ratio, 0.035, seconds, rate)
  setPartial(v, 6, 2710 * ratio, 0.02, seconds, rate)
  setNoise(v, 5200 * ratio, 0.6, rate)
  v.high = 0.8
  v.band = 0.5
  setNoiseLevel(v, 0.26, seconds * 0.8, rate)
  v.attack = <i32>(0.003 * rate)
  setLength(v, seconds, rate)
}

function ride(v: Voice, ratio: f64, rate: f64): void {
  metal(v, 0.91 * ratio, 0.045, 0.5, rate)
  setPartial(v, 6, 2970 * ratio, 0.05, 0.3, rate)
  setNoise(v, 7600 * ratio, 0.8, rate)
  v.high = 0.6
  v.band = 0.3
  setNoiseLevel(v, 0.13, 0.16, rate)
  setLength(v, 0.5, rate)
}

function shaker(v: Voice, ratio: f64, seconds: f64, rate: f64): void {
  setNoise(v, 6400 * ratio, 1.3, rate)
  v.band = 1.2
  v.high = 0.2
  setNoiseLevel(v, 0.24, seconds, rate)
  v.attack = <i32>(0.014 * rate)
  setLength(v, seconds, rate)
}

function cowbell(v: Voice, ratio: f64, rate: f64): void {
  v.hasBank = 1
  setPartial(v, 0, 545 * ratio, 0.16, 0.11, rate)
  setPartial(v, 1, 815 * ratio, 0.16, 0.11, rate)
  setPartial(v, 2, 1635 * ratio, 0.06, 0.07, rate)
  setPartial(v, 3, 2445 * ratio, 0.06, 0.06, rate)
  setPartial(v, 4, 2725 * ratio, 0.04, 0.04, rate)
  setPartial(v, 5, 4075 * ratio, 0.03, 0.03, rate)
  setLength(v, 0.11, rate)
}

function tom(v: Voice, hz: f64, seconds: f64, rate: f64): void {
  setSweep(v, 1.7 * hz, hz, 0.03, 0.62, seconds, rate)
  setNoise(v, 8.0 * hz, 0.7, rate)
  v.band = 1
  setNoiseLevel(v, 0.1, 0.012, rate)
  setLength(v, seconds, rate)
}

function block(v: Voice, hz: f64, seconds: f64, level: f64, rate: f64): void {
  v.hasBank = 1
  setPartial(v, 0, hz, level, seconds, rate)
  setPartial(v, 1, 1.52 * hz, 0.5 * level, 0.6 * seconds, rate)
  setPartial(v, 2, 0.28 * hz, 0.4 * level, seconds, rate)
  setNoise(v, 2.0 * hz, 1.0, rate)
  v.band = 0.7
  setNoiseLevel(v, 0.3 * level, 0.004, rate)
  setLength(v, Math.max(seconds, 0.02), rate)
}

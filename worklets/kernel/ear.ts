// What an analyser is made of: stems, three resolutions of the spectrum, onset windows, and how far back each rate must be remembered.
// What it does with them, quantum by quantum, is in analysers.ts.
import { Arena, claim, createArena } from './arena'
import { OnsetClock } from './attacks'
import { Fft, createFft } from './fft'
import { Mixtures, addStem, createMixtures, resultsLength } from './mixtures'
import { OnsetBands, createOnsetBands } from './onsets'
import { Band, mostPartials } from './peaks'
import { Roughness, createRoughness } from './roughness'
import { createWindow } from './spectrum'
import { Stem, createStem, feedQuanta, quantum, tapsOf } from './stems'

/** Doubles per stem in a frame: count, weighted power, power, tonal share, 12 of chroma, then hertz and amplitudes. */
export const stemRow: i32 = 16 + 2 * mostPartials
export const mostOnsets: i32 = 256
export const bandCount: i32 = 3
const mostMixtures: i32 = 256

@unmanaged
export class Analyser {
  arena: Arena
  sampleRate: f64
  stems: i32
  /** Stem pointers. */
  list: usize
  /** Halvings down to the rate of the long windows, and to that of the onsets. */
  levels: i32
  onsetLevel: i32
  /** Quanta taken in, quanta heard, quanta per hop, quanta from a hop's start until its frame can be computed. */
  taken: i64
  quanta: i64
  hopQuanta: i32
  readyQuanta: i32
  bands: usize
  bandLevels: usize
  roughness: Roughness
  mixtures: Mixtures
  frame: usize
  onsetFft: Fft
  onsetWindow: usize
  onsetBands: OnsetBands
  /** Its `cell` is 0 while onsets are ignored. */
  onsetClock: OnsetClock
  /** Onsets found in this quantum: stem, sample, strength; f64 each. */
  onsets: usize
  onsetCount: i32
}

/** Ears for so many stems at 8000 to 192000 Hz, and as many mixtures of them; 0 when asked for something else. */
export function createAnalyser(sampleRate: f64, stems: i32, mixtures: i32): usize {
  if (!(sampleRate >= 8000 && sampleRate <= 192000) || stems < 1 || stems > 64) return 0
  if (mixtures < 0 || mixtures > mostMixtures) return 0
  const owner = createArena()
  const a = changetype<Analyser>(claim(owner, offsetof<Analyser>()))
  a.arena = owner
  a.sampleRate = sampleRate
  a.stems = stems
  a.levels = max(0, <i32>Math.round(Math.log2(sampleRate / 6000)))
  a.onsetLevel = max(0, a.levels - 2)
  a.hopQuanta = 2 * <i32>Math.round((0.16 * sampleRate) / <f64>(2 * quantum))
  a.list = claim(owner, <usize>stems * sizeof<usize>())
  a.mixtures = createMixtures(owner, mixtures, stems)
  createBands(a)
  createOnsetParts(a)
  const ringLengths = measureRings(a)
  for (let s = 0; s < stems; s++) {
    const stem = createStem(owner, sampleRate, a.levels, ringLengths)
    store<usize>(a.list + <usize>s * sizeof<usize>(), changetype<usize>(stem))
    addStem(a.mixtures, s, stem.partials)
  }
  a.roughness = createRoughness(owner, stems)
  a.frame = claim(owner, <usize>(stems * stemRow + stems * stems + stems + resultsLength(a.mixtures)) << 3)
  return changetype<usize>(a)
}

/** Long windows (.68 s at 48 kHz) to 600 Hz, half as long to the edge of the lowest rate, a quarter as long above. */
function createBands(a: Analyser): void {
  const lowRate = a.sampleRate / <f64>(1 << a.levels)
  const topLevel = max(0, a.levels - 1)
  const topRate = a.sampleRate / <f64>(1 << topLevel)
  const middleEnd = Math.min(2400, 0.4 * lowRate)
  const end = Math.min(5000, (a.levels > 0 ? 0.4167 : 0.45) * topRate)
  a.bands = claim(a.arena, <usize>bandCount * sizeof<usize>())
  a.bandLevels = claim(a.arena, <usize>bandCount << 2)
  const middle = createFft(a.arena, 1024)
  const window = createWindow(a.arena, 2048, 4.0 / 2048)
  createBand(a, 0, a.levels, createFft(a.arena, 2048), createWindow(a.arena, 4096, 4.0 / 4096), 40, 600)
  createBand(a, 1, a.levels, middle, window, 600, middleEnd)
  createBand(a, 2, topLevel, middle, window, middleEnd, end)
  const low = bandOf(a, 0)
  const centre = ((a.hopQuanta * quantum) / 2 + delayOf(a, a.levels)) >> a.levels
  const lastSample = (centre + low.fft.points) << a.levels
  a.readyQuanta = ((lastSample / quantum + 2) >> 1) << 1
}

function createBand(a: Analyser, index: i32, level: i32, fft: Fft, window: usize, fromHertz: f64, toHertz: f64): void {
  const band = changetype<Band>(claim(a.arena, offsetof<Band>()))
  band.fft = fft
  band.window = window
  band.binHertz = a.sampleRate / <f64>(1 << level) / <f64>(2 * fft.points)
  band.fromHertz = fromHertz
  band.toHertz = toHertz
  band.powers = claim(a.arena, <usize>(fft.points + 64) << 2)
  store<usize>(a.bands + <usize>index * sizeof<usize>(), changetype<usize>(band))
  store<i32>(a.bandLevels + (<usize>index << 2), level)
}

function createOnsetParts(a: Analyser): void {
  const rate = a.sampleRate / <f64>(1 << a.onsetLevel)
  const points = 1 << <i32>Math.round(Math.log2(rate * 0.0427))
  a.onsetFft = createFft(a.arena, points)
  a.onsetWindow = createWindow(a.arena, points, 4.0 / <f64>points)
  a.onsetBands = createOnsetBands(a.arena, rate, points)
  a.onsets = claim(a.arena, <usize>(3 * mostOnsets) << 3)
  const clock = changetype<OnsetClock>(claim(a.arena, offsetof<OnsetClock>()))
  clock.sampleRate = a.sampleRate
  clock.step = quantum * max(1, <i32>Math.round((a.sampleRate / 93.75) / <f64>quantum))
  clock.window = points << a.onsetLevel
  clock.delay = delayOf(a, a.onsetLevel)
  clock.cell = min(quantum, 1 << <i32>Math.round(Math.log2(a.sampleRate / 750)))
  a.onsetClock = clock
}

/**
 * Samples to keep per level, i32 each: a band's window is wanted until the next frame's turn comes, an onset's two
 * until the stem's turn comes; and a whole feed may be taken in beyond.
 */
function measureRings(a: Analyser): usize {
  const lengths = claim(a.arena, <usize>(a.levels + 1) << 2)
  const feed = feedQuanta * quantum
  keepRing(lengths, a.onsetLevel, ((feed + 3 * a.onsetClock.step) >> a.onsetLevel) + a.onsetFft.points)
  for (let index = 0; index < bandCount; index++) {
    const level = load<i32>(a.bandLevels + (<usize>index << 2))
    const latest = (a.readyQuanta + a.hopQuanta) * quantum + feed
    const centre = (a.hopQuanta * quantum) / 2 + delayOf(a, level)
    keepRing(lengths, level, ((latest - centre) >> level) + bandOf(a, index).fft.points)
  }
  return lengths
}

function keepRing(lengths: usize, level: i32, samples: i32): void {
  const at = lengths + (<usize>level << 2)
  let length = max(1024, load<i32>(at))
  while (length < samples) length <<= 1
  store<i32>(at, length)
}

/** Input samples by which a level's samples lag behind. */
export function delayOf(a: Analyser, level: i32): i32 {
  let delay = 0
  for (let l = 1; l <= level; l++) delay += (tapsOf(l, a.levels) - 1) << (l - 1)
  return delay
}

@inline
export function stemOf(a: Analyser, index: i32): Stem {
  return changetype<Stem>(load<usize>(a.list + <usize>index * sizeof<usize>()))
}

@inline
export function bandOf(a: Analyser, index: i32): Band {
  return changetype<Band>(load<usize>(a.bands + <usize>index * sizeof<usize>()))
}

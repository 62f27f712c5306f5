// Onsets of one stem: peaks of log-compressed spectral flux over an adaptive threshold (after Boeck & Widmer 2013, SuperFlux: each band is compared
// with the strongest of its neighbours two frames before, so that vibrato is no onset), then the moment is sought in an energy envelope with
// cells of about a millisecond: where energy rises most steeply, in the sound itself or in its differences (which show highs over a loud bass).
import { Arena, claim } from './arena'

const fluxLength: i32 = 64
const cellCount: i32 = 1024
/** Most frequency bands; quarter octaves from 40 Hz to 10 kHz fill 32. */
const mostBands: i32 = 40
/** Frames on either side over which a peak must be the largest. */
const reach: i32 = 3
/** Frames before a peak that its threshold averages. */
const memoryFrames: i32 = 7
/** Flux per band over the local mean that makes an onset. Chosen by experiment (docs/hearing.md). */
const threshold: f32 = 0.035
/** Amplitude at which compression sets in: 1 + compression * amplitude under the logarithm. */
const compression: f64 = 1000

/** Bins per band, shared by all stems. */
@unmanaged
export class OnsetBands {
  count: i32
  /** First bin of each band and one past the last, i32. */
  edges: usize
}

@unmanaged
export class OnsetFinder {
  /** Compressed levels of the last three frames, mostBands + 2 floats each (a 0 at either end). */
  levels: usize
  flux: usize
  /** Frames seen. */
  frames: i32
  latestOnset: f64
  /** Energies of short cells, plain and of differences: rings of f32; and how many were written. */
  plain: usize
  edgy: usize
  cells: i32
  /** Last sample of the block before. */
  latestSample: f32
}

export function createOnsetBands(arena: Arena, sampleRate: f64, size: i32): OnsetBands {
  const bands = changetype<OnsetBands>(claim(arena, offsetof<OnsetBands>()))
  bands.edges = claim(arena, (<usize>mostBands + 1) << 2)
  const binHertz = sampleRate / <f64>size
  const top = Math.min(10000, 0.42 * sampleRate)
  let before = <i32>Math.ceil(30 / binHertz)
  store<i32>(bands.edges, before)
  for (let edge: f64 = 40; edge < top && bands.count < mostBands; edge *= 1.189207115002721) {
    const bin = <i32>Math.round(edge / binHertz)
    if (bin <= before) continue
    bands.count++
    store<i32>(bands.edges + (<usize>bands.count << 2), bin)
    before = bin
  }
  return bands
}

export function createOnsetFinder(arena: Arena): OnsetFinder {
  const finder = changetype<OnsetFinder>(claim(arena, offsetof<OnsetFinder>()))
  finder.levels = claim(arena, <usize>(3 * (mostBands + 2)) << 2)
  finder.flux = claim(arena, <usize>fluxLength << 2)
  finder.plain = claim(arena, <usize>cellCount << 2)
  finder.edgy = claim(arena, <usize>cellCount << 2)
  finder.latestOnset = -1e9
  return finder
}

/** Energies of the next cells of `size` samples. */
export function fillCells(finder: OnsetFinder, samples: usize, count: i32, size: i32): void {
  let before = finder.latestSample
  for (let from = 0; from < count; from += size) {
    let plain: f32 = 0
    let edgy: f32 = 0
    for (let n = from; n < from + size; n++) {
      const x = load<f32>(samples + (<usize>n << 2))
      plain += x * x
      edgy += (x - before) * (x - before)
      before = x
    }
    const at = <usize>(finder.cells & (cellCount - 1)) << 2
    store<f32>(finder.plain + at, plain)
    store<f32>(finder.edgy + at, edgy)
    finder.cells++
  }
  finder.latestSample = before
}

@inline
function fluxAt(finder: OnsetFinder, frame: i32): f32 {
  return frame < 0 ? 0 : load<f32>(finder.flux + (<usize>(frame & (fluxLength - 1)) << 2))
}

/** Takes the powers of the next frame; returns the flux over threshold of the frame `reach` frames ago if that is an onset, else 0. */
export function takeFrame(finder: OnsetFinder, bands: OnsetBands, powers: usize): f32 {
  const frame = finder.frames++
  const row = <usize>(mostBands + 2) << 2
  const now = finder.levels + row * (frame % 3)
  const past = finder.levels + row * ((frame + 1) % 3)
  let flux: f32 = 0
  for (let band = 0; band < bands.count; band++) {
    const level = levelOf(bands, powers, band)
    const at = <usize>(band + 1) << 2
    store<f32>(now + at, level)
    const earlier = max(load<f32>(past + at), max(load<f32>(past + at, 4), load<f32>(past + at - 4)))
    if (level > earlier) flux += level - earlier
  }
  store<f32>(finder.flux + (<usize>(frame & (fluxLength - 1)) << 2), flux / <f32>bands.count)
  return judge(finder, frame - reach)
}

/** log10(1 + compression * amplitude) of a band's power. */
function levelOf(bands: OnsetBands, powers: usize, band: i32): f32 {
  const from = load<i32>(bands.edges + (<usize>band << 2))
  const to = load<i32>(bands.edges + (<usize>band << 2), 4)
  let power: f32 = 0
  for (let k = from; k < to; k++) power += load<f32>(powers + (<usize>k << 2))
  return <f32>(Math.log(1 + compression * Math.sqrt(<f64>power)) * 0.4342944819032518)
}

function judge(finder: OnsetFinder, frame: i32): f32 {
  if (frame < 0) return 0
  const flux = fluxAt(finder, frame)
  for (let i = 1; i <= reach; i++) {
    if (fluxAt(finder, frame - i) >= flux || fluxAt(finder, frame + i) > flux) return 0
  }
  let sum: f32 = 0
  for (let i = -memoryFrames; i <= reach; i++) sum += fluxAt(finder, frame + i)
  const over = flux - sum / <f32>(memoryFrames + reach + 1) - threshold
  return over > 0 ? over : 0
}

/** Where between frames the flux peak lies, in frames, -.5 to .5. */
export function fluxOffset(finder: OnsetFinder): f64 {
  const frame = finder.frames - 1 - reach
  const a = <f64>fluxAt(finder, frame - 1)
  const b = <f64>fluxAt(finder, frame)
  const c = <f64>fluxAt(finder, frame + 1)
  const bend = a - 2 * b + c
  return bend < 0 ? (0.5 * (a - c)) / bend : 0
}

/** Mean energy of `length` cells from `cell` on. */
@inline
function meanEnergy(ring: usize, cell: i32, length: i32): f64 {
  let sum: f64 = 0
  for (let i = cell; i < cell + length; i++) sum += energyAt(ring, i)
  return sum / <f64>length
}

/** Energy of four cells from `cell` on, the first weighing most: a click is found in its own cell. */
@inline
function comingEnergy(ring: usize, cell: i32): f64 {
  return 0.25 * (1.6 * energyAt(ring, cell) + 1.2 * energyAt(ring, cell + 1) + 0.8 * energyAt(ring, cell + 2) + 0.4 * energyAt(ring, cell + 3))
}

@inline
function energyAt(ring: usize, cell: i32): f64 {
  return cell < 0 ? 0 : <f64>load<f32>(ring + (<usize>(cell & (cellCount - 1)) << 2))
}

/**
 * The moment, in cells, between `from` and `last` (eight cells before the latest, at most) before which it was quietest against what follows: the largest (after + floor) / (before + floor)
 * of either envelope; a slow attack is followed back to where it began. -1 when nothing rises by 2 dB (a change of pitch at even level).
 */
export function attackBetween(finder: OnsetFinder, from: i32, last: i32): f64 {
  const plainFloor = 1e-3 * loudestCell(finder.plain, from, last) + 1e-12
  const edgyFloor = 1e-3 * loudestCell(finder.edgy, from, last) + 1e-12
  let best: f64 = 1.585 // ratio of energies: 2 dB
  let cell = -1
  let ring = finder.plain
  for (let c = max(from, 0); c <= last; c++) {
    const plain = rise(finder.plain, c, plainFloor)
    const edgy = rise(finder.edgy, c, edgyFloor)
    if (Math.max(plain, edgy) <= best) continue
    best = Math.max(plain, edgy)
    cell = c
    ring = plain > edgy ? finder.plain : finder.edgy
  }
  return cell < 0 ? -1 : beginOfAttack(ring, cell)
}

/**
 * From the steepest cell back, 15 ms at most, as long as the sound already stands out from what was before, in one of each four cells
 * (a wave crosses zero on its way): there the attack began.
 */
function beginOfAttack(ring: usize, steepest: i32): f64 {
  const least = 1.5 * loudestCell(ring, steepest - 32, steepest - 12) + 0.01 * loudestCell(ring, steepest, steepest + 3)
  let cell = steepest
  for (let c = steepest - 1; c >= cell - 4 && c > steepest - 12; c--) {
    if (energyAt(ring, c) > least) cell = c
  }
  return <f64>cell + 0.5
}

@inline
function rise(ring: usize, cell: i32, floor: f64): f64 {
  return (comingEnergy(ring, cell) + floor) / (meanEnergy(ring, cell - 8, 8) + floor)
}

function loudestCell(ring: usize, from: i32, to: i32): f64 {
  let loudest: f64 = 0
  for (let c = max(from, 0); c <= to; c++)
    loudest = Math.max(loudest, <f64>load<f32>(ring + (<usize>(c & (cellCount - 1)) << 2)))
  return loudest
}

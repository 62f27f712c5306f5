// When an onset was, once the flux has shown that there is one. Two witnesses: the windows round it (how the bands that rise go from their old
// amplitude to the new one) and energies in cells of about a millisecond, of the sound and of its differences, which show highs over a loud bass.
// The cells are far sharper, but know only attacks that stand out; notes that glide into each other at even level show in the windows alone.
import { Arena, claim } from './arena'
import { OnsetBands, OnsetFinder, amplitudesAt, levelsAt, mostBands, reach } from './onsets'

const cellCount: i32 = 1024
/** Energy after a cell over energy before it that the cells are trusted from: 7 dB. */
const clearRise: f64 = 5
// Where the cells know of none, a swell that passes is no onset. It is one if the flux of three windows is clear, as of a hat under a full beat ...
const clearMedians: f32 = 5.5
const clearFlux: f32 = 0.014
// ... or if a mean rise in level of so many medians of the flux, and this, lasts.
const lastingMedians: f32 = 2.5
const leastLastingRise: f32 = 0.003
/** How far from where the windows place it the cells may seek, in seconds. */
const searchSeconds: f64 = 0.012

// The bands' mean course from 0 (before) to 1 (after) crosses .25 and .75. The distance of the crossings tells a slow attack from a sharp one: .265
// windows for a tone that starts at once. Where the attack began, as a function of the two: least squares on phrases, see docs/hearing.md.
/** Width of the rise, in windows, above which an attack is slow. */
const slowRise: f64 = 0.305
/** From the .25 crossing back to the beginning, in windows: at slowRise, per width below it and per width above it (these up to widestRise). */
const backAtSlow: f64 = -0.119
const backBelow: f64 = 0.64
const backAbove: f64 = 9.37
const narrowestRise: f64 = 0.21
const widestRise: f64 = 0.34
// How much later than the beginning the cells place an attack, in seconds: the less it stands out of what still sounds, the later is it seen.
// lateSeconds + faintSeconds / ln(rise), rise 5 and up; and for slow ones slowSeconds more.
const lateSeconds: f64 = -0.0007
const faintSeconds: f64 = 0.008
const slowSeconds: f64 = 0.0025

/** Energies of short cells of one stem, plain and of differences: rings of f32; and how many were written. */
@unmanaged
export class Cells {
  plain: usize
  edgy: usize
  count: i32
  /** Energy after over before at the attack that was found last. */
  rise: f64
  /** Last sample of the block before. */
  latestSample: f32
}

/** How the windows and cells of an ear lie in time, in samples of its input. */
@unmanaged
export class OnsetClock {
  sampleRate: f64
  /** From one window to the next; length of a window; how much later than the input its samples are. */
  step: i32
  window: i32
  delay: i32
  cell: i32
}

export function createCells(arena: Arena): Cells {
  const cells = changetype<Cells>(claim(arena, offsetof<Cells>()))
  cells.plain = claim(arena, <usize>cellCount << 2)
  cells.edgy = claim(arena, <usize>cellCount << 2)
  return cells
}

/** Energies of the next cells of `size` samples. */
export function fillCells(cells: Cells, samples: usize, count: i32, size: i32): void {
  let before = cells.latestSample
  for (let from = 0; from < count; from += size) {
    let plain: f32 = 0
    let edgy: f32 = 0
    for (let n = from; n < from + size; n++) {
      const x = load<f32>(samples + (<usize>n << 2))
      plain += x * x
      edgy += (x - before) * (x - before)
      before = x
    }
    const at = <usize>(cells.count & (cellCount - 1)) << 2
    store<f32>(cells.plain + at, plain)
    store<f32>(cells.edgy + at, edgy)
    cells.count++
  }
  cells.latestSample = before
}

/** When the onset began whose flux peaks `reach` windows before the latest one, in samples of the input; -1 when neither witness knows of it. */
export function momentOfAttack(finder: OnsetFinder, bands: OnsetBands, clock: OnsetClock): f64 {
  const peak = finder.windows - 1 - reach
  const early = riseCrossing(finder, bands, peak, 0.25)
  const width = ((riseCrossing(finder, bands, peak, 0.75) - early) * <f64>clock.step) / <f64>clock.window
  const middle = (early + 1) * <f64>clock.step - <f64>(clock.window >> 1) - <f64>clock.delay
  const seen = middle - backOf(width) * <f64>clock.window
  const search = searchSeconds * clock.sampleRate
  const size = <f64>clock.cell
  const last = min(<i32>((seen + search) / size), finder.cells.count - 4)
  const felt = attackBetween(finder.cells, <i32>((seen - search) / size), last)
  if (felt < 0) return isClear(finder) || lasts(finder, bands, peak) ? Math.max(0, seen) : -1
  const late = lateSeconds + faintSeconds / Math.log(finder.cells.rise) + (width > slowRise ? slowSeconds : 0)
  return Math.max(0, felt * size - late * clock.sampleRate)
}

@inline
function isClear(finder: OnsetFinder): bool {
  return finder.gathered >= clearMedians * finder.median + clearFlux
}

@inline
function lasts(finder: OnsetFinder, bands: OnsetBands, peak: i32): bool {
  return lastingRise(finder, bands, peak) >= lastingMedians * finder.median + leastLastingRise
}

/** By how much the levels rise for good: the lower of the first and third window after the peak over the higher of the third and fifth before it. */
function lastingRise(finder: OnsetFinder, bands: OnsetBands, peak: i32): f32 {
  const after = levelsAt(finder, peak + 1)
  const later = levelsAt(finder, peak + 3)
  const before = levelsAt(finder, peak - 3)
  const earlier = levelsAt(finder, peak - 5)
  let sum: f32 = 0
  for (let at: usize = 0; at < <usize>bands.count << 2; at += 4) {
    const rise = min(load<f32>(after + at), load<f32>(later + at)) - max(load<f32>(before + at), load<f32>(earlier + at))
    if (rise > 0) sum += load<f32>(bands.weights + at) * rise
  }
  return sum
}

@inline
function backOf(width: f64): f64 {
  const below = Math.max(width, narrowestRise) - slowRise
  return backAtSlow + (below < 0 ? backBelow * below : backAbove * (Math.min(width, widestRise) - slowRise))
}

/**
 * Where (in windows) the course of the bands that rise crosses `share`: each band's amplitude goes from 0 (three windows before the peak) to 1
 * (the larger of the peak and the next); their mean is weighed by how much each rises in level. Sought from the peak's next window backwards.
 */
function riseCrossing(finder: OnsetFinder, bands: OnsetBands, peak: i32, share: f64): f64 {
  let later = courseAt(finder, bands, peak, peak + 1)
  for (let window = peak; window >= peak - 4; window--) {
    const course = courseAt(finder, bands, peak, window)
    if (course <= share) return later <= share ? <f64>(window + 1) : <f64>window + (share - course) / (later - course)
    later = course
  }
  return <f64>(peak - 4)
}

function courseAt(finder: OnsetFinder, bands: OnsetBands, peak: i32, window: i32): f64 {
  const now = amplitudesAt(finder, window)
  const before = amplitudesAt(finder, peak - 3)
  const after = amplitudesAt(finder, peak)
  const next = amplitudesAt(finder, peak + 1)
  let sum: f64 = 0
  let total: f64 = 0
  for (let at: usize = 0; at < <usize>bands.count << 2; at += 4) {
    const base = load<f32>(before + at)
    const top = max(load<f32>(after + at), load<f32>(next + at))
    if (top <= 1.05 * base) continue
    const rise = load<f32>(bands.weights + at) * riseInLevel(finder, peak, at)
    if (rise <= 0) continue
    total += <f64>rise
    sum += <f64>(rise * min<f32>(1, max<f32>(0, (load<f32>(now + at) - base) / (top - base))))
  }
  return total > 0 ? sum / total : 0
}

@inline
function riseInLevel(finder: OnsetFinder, peak: i32, at: usize): f32 {
  const after = max(load<f32>(levelsAt(finder, peak) + at), load<f32>(levelsAt(finder, peak + 1) + at))
  return after - max(load<f32>(levelsAt(finder, peak - 2) + at), load<f32>(levelsAt(finder, peak - 3) + at))
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
 * The moment, in cells, between `from` and `last` before which it was quietest against what follows: the largest (after + floor) / (before + floor)
 * of either envelope; a slow attack is followed back to where it began. -1 when nothing rises clearly (a change of pitch at even level).
 */
function attackBetween(cells: Cells, from: i32, last: i32): f64 {
  const plainFloor = 1e-3 * loudestCell(cells.plain, from, last) + 1e-12
  const edgyFloor = 1e-3 * loudestCell(cells.edgy, from, last) + 1e-12
  let best = clearRise
  let cell = -1
  let ring = cells.plain
  for (let c = max(from, 0); c <= last; c++) {
    const plain = rise(cells.plain, c, plainFloor)
    const edgy = rise(cells.edgy, c, edgyFloor)
    if (Math.max(plain, edgy) <= best) continue
    best = Math.max(plain, edgy)
    cell = c
    ring = plain > edgy ? cells.plain : cells.edgy
  }
  cells.rise = best
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
  for (let c = max(from, 0); c <= to; c++) loudest = Math.max(loudest, energyAt(ring, c))
  return loudest
}

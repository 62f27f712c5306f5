// Onsets of one stem. Is there one: peaks of spectral flux over an adaptive threshold (after SuperFlux, Boeck & Widmer 2013, in four points:
// logarithmic levels, bands of a semitone, the strongest neighbour two windows before as reference, a peak picked over its surroundings). Two
// points are ours: the reference forgets slowly, so that beating partials do not strike anew at every swell, and the threshold is a multiple
// of the median flux, which steady noise keeps to. When was it: attacks.ts.
import { Arena, claim } from './arena'
import { Cells, createCells } from './attacks'

/** Windows kept, a power of two: an attack is looked at from five before the peak of its flux to three after it. */
export const keptWindows: i32 = 16
/** Windows after a peak that must not exceed it, and before. */
export const reach: i32 = 3
const reachBack: i32 = 2
/** Most frequency bands: semitones from 40 Hz to 10 kHz, no narrower than a bin, are 72. */
export const mostBands: i32 = 96
const semitone: f64 = 1.0594630943592953
const fluxLength: i32 = 16
/** Windows before a peak that its median is taken over; with it and those after it they are eleven. */
const memory: i32 = 7
/** What an onset's flux exceeds: so many medians, and this. Chosen by experiment, as are the next two (docs/hearing.md). */
const medians: f32 = 1.9
const threshold: f32 = 0.005
/** By how much (in decades of amplitude) the reference of a band falls from window to window: 1.2 dB. */
const forgetting: f32 = 0.06
/** Amplitude at which compression sets in: 1 + compression * amplitude under the logarithm. */
const compression: f64 = 300

/** Frequency bands, shared by all stems. */
@unmanaged
export class OnsetBands {
  count: i32
  /** First bin of each band and one past the last, i32. */
  edges: usize
  /** Share of each band in the flux, f32: fourth roots of widths, since few bins waver more in noise; sum 1. */
  weights: usize
}

@unmanaged
export class OnsetFinder {
  /** Amplitudes of the bands in the last windows, keptWindows rows of mostBands. */
  amplitudes: usize
  /** log10(1 + compression * amplitude), rows of mostBands + 2 (a 0 at either end). */
  levels: usize
  /** What each band's level is compared with. */
  references: usize
  flux: usize
  /** Flux to be sorted. */
  sorted: usize
  /** Windows seen. */
  windows: i32
  latestOnset: f64
  /** Median flux round the window that was judged last. */
  median: f32
  /** Flux of that window and its two neighbours together: an attack's lies in all three, a waver's in one. */
  gathered: f32
  cells: Cells
}

export function createOnsetBands(arena: Arena, sampleRate: f64, size: i32): OnsetBands {
  const bands = changetype<OnsetBands>(claim(arena, offsetof<OnsetBands>()))
  bands.edges = claim(arena, (<usize>mostBands + 1) << 2)
  bands.weights = claim(arena, <usize>mostBands << 2)
  const binHertz = sampleRate / <f64>size
  const top = Math.min(10000, 0.42 * sampleRate)
  let before = <i32>Math.ceil(30 / binHertz)
  store<i32>(bands.edges, before)
  let total: f64 = 0
  for (let edge: f64 = 40; edge < top && bands.count < mostBands; edge *= semitone) {
    const bin = <i32>Math.round(edge / binHertz)
    if (bin <= before) continue
    total += weightOf(bin - before)
    store<f32>(bands.weights + (<usize>bands.count << 2), <f32>weightOf(bin - before))
    bands.count++
    store<i32>(bands.edges + (<usize>bands.count << 2), bin)
    before = bin
  }
  for (let at: usize = 0; at < <usize>bands.count << 2; at += 4)
    store<f32>(bands.weights + at, <f32>(<f64>load<f32>(bands.weights + at) / total))
  return bands
}

@inline
function weightOf(bins: i32): f64 {
  return Math.sqrt(Math.sqrt(<f64>bins))
}

export function createOnsetFinder(arena: Arena): OnsetFinder {
  const finder = changetype<OnsetFinder>(claim(arena, offsetof<OnsetFinder>()))
  finder.amplitudes = claim(arena, <usize>(keptWindows * mostBands) << 2)
  finder.levels = claim(arena, <usize>(keptWindows * (mostBands + 2)) << 2)
  finder.references = claim(arena, <usize>mostBands << 2)
  finder.flux = claim(arena, <usize>fluxLength << 2)
  finder.sorted = claim(arena, <usize>fluxLength << 2)
  finder.cells = createCells(arena)
  finder.latestOnset = -1e9
  return finder
}

/** Amplitudes of a window's bands; windows before the first are silent. */
@inline
export function amplitudesAt(finder: OnsetFinder, window: i32): usize {
  return finder.amplitudes + (<usize>((window & (keptWindows - 1)) * mostBands) << 2)
}

/** Levels of a window's bands. */
@inline
export function levelsAt(finder: OnsetFinder, window: i32): usize {
  return finder.levels + (<usize>((window & (keptWindows - 1)) * (mostBands + 2) + 1) << 2)
}

@inline
function fluxAt(finder: OnsetFinder, window: i32): f32 {
  return load<f32>(finder.flux + (<usize>(window & (fluxLength - 1)) << 2))
}

/** Takes the powers of the next window; returns by how much the flux of the window `reach` before it exceeds its threshold if that is an onset, else 0. */
export function takeWindow(finder: OnsetFinder, bands: OnsetBands, powers: usize): f32 {
  const window = finder.windows++
  weighBands(finder, bands, window, powers)
  const now = levelsAt(finder, window)
  const past = levelsAt(finder, window - 2)
  let flux: f32 = 0
  for (let at: usize = 0; at < <usize>bands.count << 2; at += 4) {
    const earlier = max(load<f32>(past + at), max(load<f32>(past + at, 4), load<f32>(past + at - 4)))
    const reference = max(earlier, load<f32>(finder.references + at) - forgetting)
    store<f32>(finder.references + at, reference)
    const level = load<f32>(now + at)
    if (level > reference) flux += load<f32>(bands.weights + at) * (level - reference)
  }
  store<f32>(finder.flux + (<usize>(window & (fluxLength - 1)) << 2), flux)
  return judge(finder, window - reach)
}

function weighBands(finder: OnsetFinder, bands: OnsetBands, window: i32, powers: usize): void {
  const amplitudes = amplitudesAt(finder, window)
  const levels = levelsAt(finder, window)
  let k = load<i32>(bands.edges)
  for (let band = 0; band < bands.count; band++) {
    const to = load<i32>(bands.edges + (<usize>band << 2), 4)
    let power: f32 = 0
    for (; k < to; k++) power += load<f32>(powers + (<usize>k << 2))
    const amplitude = sqrt<f32>(power)
    store<f32>(amplitudes + (<usize>band << 2), amplitude)
    store<f32>(levels + (<usize>band << 2), <f32>(Math.log(1 + compression * <f64>amplitude) * 0.4342944819032518))
  }
}

function judge(finder: OnsetFinder, window: i32): f32 {
  if (window < 0) return 0
  const flux = fluxAt(finder, window)
  if (flux <= threshold) return 0
  for (let i = 1; i <= reachBack; i++) if (fluxAt(finder, window - i) >= flux) return 0
  for (let i = 1; i <= reach; i++) if (fluxAt(finder, window + i) > flux) return 0
  finder.median = medianAround(finder, window)
  finder.gathered = fluxAt(finder, window - 1) + flux + fluxAt(finder, window + 1)
  const over = flux - medians * finder.median - threshold
  return over > 0 ? over : 0
}

/** Median of the flux from `memory` windows before to `reach` after, by insertion. */
function medianAround(finder: OnsetFinder, window: i32): f32 {
  const sorted = finder.sorted
  let count: usize = 0
  for (let i = -memory; i <= reach; i++) {
    const flux = fluxAt(finder, window + i)
    let at = count << 2
    for (; at > 0 && load<f32>(sorted + at - 4) > flux; at -= 4) store<f32>(sorted + at, load<f32>(sorted + at - 4))
    store<f32>(sorted + at, flux)
    count++
  }
  return load<f32>(sorted + ((count >> 1) << 2))
}

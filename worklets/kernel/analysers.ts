// The ear of the ensemble: all stems side by side, quantum by quantum of 128 samples, so that results cannot depend on how the host cuts its blocks.
// Every hop (about .16 s) yields a frame: partials, chroma and powers per stem, roughness within and between all stems. Transforms are spread over quanta:
// spectra fall on odd ones, onsets (two windows of a stem in one transform) on even ones, so that up to four stems never meet in one.
import { releaseArena } from './arena'
import { momentOfAttack } from './attacks'
import { Analyser, bandCount, bandOf, delayOf, mostOnsets, stemOf, stemRow } from './ear'
import { transform } from './fft'
import { firstJobOf } from './jobs'
import { compareAll, hearMixture, jobsPerMixture, resultsLength } from './mixtures'
import { takeWindow } from './onsets'
import { mostPartials, pickPeaks, thin } from './peaks'
import { sumBetween, sumStem } from './roughness'
import { fold, pairUp, partPowers, unfold } from './spectrum'
import { Stem, fillChroma, hopPower, quantum, stretchAt, takeQuantum, weighQuanta } from './stems'

export function disposeAnalyser(pointer: usize): void {
  releaseArena(changetype<Analyser>(pointer).arena)
}

/** From here on no onsets are sought, and nothing is spent on them; to be said before the first quantum. */
export function ignoreOnsets(pointer: usize): void {
  changetype<Analyser>(pointer).onsetClock.cell = 0
}

/** Where the host lays out the next samples of a stem: room for 16 quanta. */
export function analyserInput(pointer: usize, stem: i32): usize {
  return stemOf(changetype<Analyser>(pointer), stem).feed
}

export function analyserHop(pointer: usize): i32 {
  return changetype<Analyser>(pointer).hopQuanta * quantum
}

/** Where the host says, before the first quantum, which stems belong to which mixture, and whose notes are wanted: mixtures x (stems + 1), i32, 1 or 0. */
export function analyserMembers(pointer: usize): usize {
  return changetype<Analyser>(pointer).mixtures.members
}

/** The frame's doubles: a row per stem (see stemRow), roughness sums stems x stems, sums of a^2; a row per mixture (see mixtureRow), their similarities. */
export function analyserFrame(pointer: usize): usize {
  return changetype<Analyser>(pointer).frame
}

export function analyserOnsets(pointer: usize): usize {
  return changetype<Analyser>(pointer).onsets
}

/**
 * Takes `count` quanta from number `at` (0..15) on of those laid out in every stem's input, stem by stem, so that each stem's memory is near while it is
 * worked on. `analyseQuantum` must follow as many times. The rings reach no further than 16 quanta ahead of it.
 */
export function takeQuanta(pointer: usize, at: i32, count: i32): void {
  const a = changetype<Analyser>(pointer)
  for (let s = 0; s < a.stems; s += 2) takeOf(a, stemOf(a, s), stemOf(a, min(s + 1, a.stems - 1)), at, count)
  a.taken += count
}

/** Two stems' quanta (one's, when both are the same). */
function takeOf(a: Analyser, first: Stem, second: Stem, at: i32, count: i32): void {
  for (let n = 0; n < count; n++) {
    const hop = <i32>((a.taken + n) / a.hopQuanta)
    const opens = (a.taken + n) % a.hopQuanta == 0
    const offset = <usize>((at + n) * quantum) << 2
    first.input = first.feed + offset
    second.input = second.feed + offset
    weighQuanta(first, second)
    takeQuantum(first, hop, opens, a.onsetClock.cell)
    if (first != second) takeQuantum(second, hop, opens, a.onsetClock.cell)
  }
}

/** Hears the next quantum of those taken. Returns 1 if a frame became complete, plus twice the number of onsets found. */
export function analyseQuantum(pointer: usize): i32 {
  const a = changetype<Analyser>(pointer)
  a.quanta++
  a.onsetCount = 0
  if (a.onsetClock.cell > 0) for (let s = 0; s < a.stems; s++) listen(a, s)
  return <i32>workOnFrame(a) + 2 * a.onsetCount
}

/**
 * The jobs of a frame, on odd quanta (the slots) after its samples have come: three bands per stem (the last also sums its roughness), two jobs per
 * mixture, then the frame.
 */
function workOnFrame(a: Analyser): bool {
  const since = a.quanta - a.readyQuanta
  if (since < 0 || !(since & 1)) return false
  const frame = <i32>(since / a.hopQuanta)
  const slot = <i32>(since % a.hopQuanta) >> 1
  const slots = a.hopQuanta >> 1
  const bands = bandCount * a.stems
  const lights = jobsPerMixture * a.mixtures.count + 1
  const last = firstJobOf(slot + 1, slots, bands, lights)
  let job = firstJobOf(slot, slots, bands, lights)
  if (job == last) return false
  for (; job < last; job++) {
    if (job < bands) seeBand(a, frame, job / bandCount, job % bandCount)
    else if (job < bands + lights - 1) hearMixture(a.mixtures, job - bands)
    else writeFrame(a, frame)
  }
  return last == bands + lights
}

function seeBand(a: Analyser, frame: i32, index: i32, bandIndex: i32): void {
  const stem = stemOf(a, index)
  const partials = stem.partials
  if (bandIndex == 0) {
    partials.count = 0
    partials.allPower = 0
    partials.tonalPower = 0
  }
  const band = bandOf(a, bandIndex)
  const level = load<i32>(a.bandLevels + (<usize>bandIndex << 2))
  const hop = <i64>a.hopQuanta * quantum
  const centre = (hop * frame + hop / 2 + delayOf(a, level)) >> level
  const samples = stretchAt(stem, level, <i32>centre - band.fft.points)
  if (fold(band.fft, samples, band.window)) {
    transform(band.fft)
    const from = (<i32>(band.fromHertz / band.binHertz) - 8) & ~3
    const to = (<i32>(band.toHertz / band.binHertz) + 48) & ~3
    unfold(band.fft, max(0, from), min(band.fft.points, to))
    pickPeaks(band, partials)
  }
  if (bandIndex == bandCount - 1) {
    thin(partials)
    fillChroma(stem)
    sumStem(a.roughness, index, partials)
  }
}

function writeFrame(a: Analyser, frame: i32): void {
  const hopSamples = a.hopQuanta * quantum
  for (let s = 0; s < a.stems; s++) {
    const stem = stemOf(a, s)
    const partials = stem.partials
    const row = a.frame + (<usize>(s * stemRow) << 3)
    store<f64>(row, <f64>partials.count)
    store<f64>(row, hopPower(stem.weightedSums, frame, hopSamples), 8)
    store<f64>(row, hopPower(stem.plainSums, frame, hopSamples), 16)
    store<f64>(row, partials.allPower > 0 ? partials.tonalPower / partials.allPower : 0, 24)
    memory.copy(row + 32, stem.chroma, 12 << 3)
    memory.copy(row + 128, partials.hertz, <usize>mostPartials << 3)
    memory.copy(row + 128 + (<usize>mostPartials << 3), partials.amplitudes, <usize>mostPartials << 3)
  }
  const sums = a.frame + (<usize>(a.stems * stemRow) << 3)
  const square = <usize>(a.stems * a.stems) << 3
  memory.copy(sums, a.roughness.sums, square)
  memory.copy(sums + square, a.roughness.powers, <usize>a.stems << 3)
  memory.copy(sums + square + (<usize>a.stems << 3), a.mixtures.results, <usize>resultsLength(a.mixtures) << 3)
}

/** All that is computed between two stems or two mixtures of the latest frame, once more, to be timed. Returns how many pairs of stems there are. */
export function analyserBetween(pointer: usize): i32 {
  const a = changetype<Analyser>(pointer)
  for (let s = 1; s < a.stems; s++) for (let other = 0; other < s; other++) sumBetween(a.roughness, s, other)
  compareAll(a.mixtures)
  return (a.stems * (a.stems - 1)) / 2
}

/** When it is the stem's turn: two onset windows in one transform. */
function listen(a: Analyser, index: i32): void {
  const period = (2 * a.onsetClock.step) / quantum
  const turn = a.quanta - ((2 * index) % period)
  if (turn < period || turn % period != 0) return
  const stem = stemOf(a, index)
  const fft = a.onsetFft
  // The pair's windows end where the quanta counted at its turn, and one window step earlier, ended.
  const end = <i32>((turn * quantum) >> a.onsetLevel)
  const step = a.onsetClock.step >> a.onsetLevel
  const second = end - fft.points
  pairUp(fft, stretchAt(stem, a.onsetLevel, second - step), stretchAt(stem, a.onsetLevel, second), a.onsetWindow)
  transform(fft)
  partPowers(fft)
  for (let part = 0; part < 2; part++) {
    const strength = takeWindow(stem.onsets, a.onsetBands, part == 0 ? fft.workRe : fft.workIm)
    if (strength > 0) report(a, index, strength)
  }
}

/** Finds the moment of the onset that the flux has just shown and queues it. */
function report(a: Analyser, index: i32, strength: f32): void {
  const finder = stemOf(a, index).onsets
  const time = momentOfAttack(finder, a.onsetBands, a.onsetClock)
  if (time < 0 || time < finder.latestOnset + 0.03 * a.sampleRate || a.onsetCount == mostOnsets) return
  finder.latestOnset = time
  const row = a.onsets + (<usize>(3 * a.onsetCount) << 3)
  a.onsetCount++
  store<f64>(row, <f64>index)
  store<f64>(row, time, 8)
  store<f64>(row, <f64>strength, 16)
}

// Stems -> one stereo mix, written while the stems are made. Each layer has its level (src/render); agents stand a little left and
// right of the middle: gains sqrt((1 - p) / 1.3) and sqrt((1 + p) / 1.3), p from -.3 to .3, equal power, at most 1, plain arithmetic.
// Should the true peak still exceed -1 dB (EBU R 128), the whole mix is turned down by one factor, so that it stays the sum of its stems.
import { renameSync, rmSync } from 'node:fs'
import { InputError } from '../../record/index.ts'
import { openWav } from './wav-reader.ts'
import { createWavWriter, longestWavSeconds } from './wav-writer.ts'

/** 10^(-1/20) less a hundredth of a decibel for rounding. */
const mostPeak = 0.89
const widestPan = 0.3

/** Refuses at once what would fail after an hour. Throws InputError when so much sound does not fit into one mix. */
export function checkMixLength(seconds: number, sampleRate: number, remedy: string): void {
  const most = longestWavSeconds({ sampleRate, channels: 2 })
  if (seconds > most)
    throw new InputError(
      'too-much-sound',
      `mix.wav: expected at most ${Math.floor(most / 60)} minutes (4 GiB) of sound, got ${Math.ceil(seconds / 60)}. ${remedy}`,
    )
}

/** Where each of `agents` agents stands, -1 left to 1 right. */
export function panOf(agent: number, agents: number): number {
  return agents < 2 ? 0 : widestPan * ((2 * agent) / (agents - 1) - 1)
}

/** A stem in the mix. */
export interface MixPlace {
  readonly gain: number
  readonly pan: number
}

export interface MixWriter {
  /** One block per stem, of equal length. */
  add(stems: readonly Float32Array[]): void
  /** Completes the file; returns the factor by which the whole was turned down, 1 if it was not. */
  finish(): number
  abandon(): void
}

/** Adds stems, in the order of `places`, to one stereo WAV. */
export function createMixWriter(file: string, places: readonly MixPlace[], sampleRate: number): MixWriter {
  const gains = places.map(({ gain, pan }) => ({
    left: gain * Math.sqrt((1 - pan) / (1 + widestPan)),
    right: gain * Math.sqrt((1 + pan) / (1 + widestPan)),
  }))
  const writer = createWavWriter(file, { sampleRate, channels: 2 })
  const meters = [createPeakMeter(), createPeakMeter()] as const
  return {
    add(stems) {
      const [left, right] = addUp(stems, gains)
      meters[0].feed(left)
      meters[1].feed(right)
      writer.write([left, right])
    },
    finish() {
      writer.finish()
      const peak = Math.max(meters[0].peak(), meters[1].peak())
      if (peak <= mostPeak) return 1
      turnDown(file, mostPeak / peak)
      return mostPeak / peak
    },
    abandon: writer.abandon,
  }
}

function addUp(
  stems: readonly Float32Array[],
  gains: readonly { readonly left: number; readonly right: number }[],
): [Float32Array, Float32Array] {
  const length = stems[0]?.length ?? 0
  const left = new Float32Array(length)
  const right = new Float32Array(length)
  for (const [k, stem] of stems.entries()) addStem(stem, gains[k] ?? { left: 0, right: 0 }, left, right)
  return [left, right]
}

function addStem(
  stem: Float32Array,
  gain: { readonly left: number; readonly right: number },
  left: Float32Array,
  right: Float32Array,
): void {
  const { left: onLeft, right: onRight } = gain
  let [from, to] = [0, left.length]
  while (from < to && stem[from] === 0) from++ // who listens is silent for most of a slot
  while (to > from && stem[to - 1] === 0) to--
  for (let i = from; i < to; i++) {
    const sample = stem[i] as number
    left[i] = (left[i] as number) + onLeft * sample
    right[i] = (right[i] as number) + onRight * sample
  }
}

/** Writes a WAV anew with every sample times `gain`. */
function turnDown(file: string, gain: number): void {
  const loud = `${file}.loud.part`
  renameSync(file, loud)
  const source = openWav(loud)
  const writer = createWavWriter(file, source)
  for (let from = 0; from < source.frames; from += 1 << 16)
    writer.write(source.read(from, 1 << 16).map((block) => block.map((sample) => sample * gain)))
  writer.finish()
  source.close()
  rmSync(loud)
}

export interface PeakMeter {
  feed(samples: Float32Array): void
  /** Highest level so far, between samples too (four times oversampled, ITU-R BS.1770-5 annex 2). */
  peak(): number
}

/** Half width of the interpolating filter in samples, and the points between two samples at which it looks. */
const reach = 6
const [quarter, middle, threeQuarters] = [interpolation(0.25), interpolation(0.5), interpolation(0.75)]

/** Lanczos' windowed sinc, coefficients for the point `at` behind a sample. */
function interpolation(at: number): Float64Array {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
  return Float64Array.from({ length: 2 * reach }, (_, k) => {
    const x = at - (k - reach + 1)
    return sinc(x) * sinc(x / reach)
  })
}

/** No interpolated value exceeds the largest sample it is made of by more than this: the filters' sum of |coefficients|, and rounding. */
const mostRise =
  Math.max(...[quarter, middle, threeQuarters].map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0))) *
  (1 + 1e-9)
/** Samples that are looked at together. */
const chunk = 32

/** A streaming true-peak meter that interpolates only near samples which could matter. */
export function createPeakMeter(): PeakMeter {
  let peak = 0
  let held = new Float32Array(2 * reach)
  return {
    feed(samples) {
      const line = new Float32Array(held.length + samples.length)
      line.set(held)
      line.set(samples, held.length)
      const end = line.length - reach
      let before = largestOf(line, 0, reach)
      for (let from = reach; from < end; from += chunk) {
        const to = Math.min(end, from + chunk)
        const own = largestOf(line, from, to)
        const after = largestOf(line, to, to + reach)
        if (Math.max(before, own, after) * mostRise > peak) peak = peakWithin(line, from, to, peak)
        before = own
      }
      held = line.slice(-2 * reach)
    },
    peak: () => held.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak),
  }
}

function largestOf(line: Float32Array, from: number, to: number): number {
  let largest = 0
  for (let i = from; i < to; i++) {
    const level = Math.abs(line[i] as number)
    if (level > largest) largest = level
  }
  return largest
}

/** The peak so far, raised by the samples from..to and by what lies behind each. */
function peakWithin(line: Float32Array, from: number, to: number, before: number): number {
  let peak = before
  let half = 0.5 * peak
  for (let i = from; i < to; i++) {
    const level = Math.abs(line[i] as number)
    // Between two samples of half the peak or less no interpolated value reaches it in practice.
    if (level <= half) continue
    peak = Math.max(peak, level, peakBehind(line, i - reach + 1))
    half = 0.5 * peak
  }
  return peak
}

/** Of the three points behind a sample whose filter begins at `start`. */
function peakBehind(line: Float32Array, start: number): number {
  let [first, second, third] = [0, 0, 0]
  for (let k = 0; k < 2 * reach; k++) {
    const sample = line[start + k] as number
    first += (quarter[k] as number) * sample
    second += (middle[k] as number) * sample
    third += (threeQuarters[k] as number) * sample
  }
  return Math.max(Math.abs(first), Math.abs(second), Math.abs(third))
}

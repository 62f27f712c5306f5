// Stems -> one stereo mix. Agents stand a little left and right of the middle: gains sqrt(1 - p) and sqrt(1 + p), p from -.3 to .3,
// equal power and plain arithmetic; each layer at its level (src/render). The whole mix is turned down, never up, until its true peak is at most -1 dB
// (EBU R 128); all stems by the same factor, so that the mix stays their sum.
import { InputError } from '../../record/index.ts'
import { openWav } from './wav-reader.ts'
import { createWavWriter } from './wav-writer.ts'

/** 10^(-1/20), with a hundredth of a decibel to spare for rounding. */
const mostPeak = 0.89
const widestPan = 0.3
const blockFrames = 1 << 16

/** Where each of `agents` agents stands, -1 left to 1 right. */
export function panOf(agent: number, agents: number): number {
  return agents < 2 ? 0 : widestPan * ((2 * agent) / (agents - 1) - 1)
}

export interface MixPlan {
  /** Stem files of equal length and rate, mono, in the order of `places`. */
  readonly stems: readonly string[]
  /** `gain`: the layer's level; `pan`: -1 left to 1 right. */
  readonly places: readonly { readonly pan: number; readonly gain: number }[]
}

/** Adds stem files to one stereo WAV, block by block, in two passes (peak, then sound). Returns the factor used. */
export function writeMix(file: string, { stems, places }: MixPlan): number {
  const opened = stems.map((stem) => openWav(stem))
  try {
    const [first] = opened
    if (first === undefined) throw new InputError('no-stems', `${file}: expected at least one stem to mix, got none.`)
    const sources = opened.map((stem, i) => ({ stem, ...gainsOf(places[i] ?? { pan: 0, gain: 1 }) }))
    const mixBlock = (from: number) => addStems(sources, from, Math.min(blockFrames, first.frames - from))
    const meters = [createPeakMeter(), createPeakMeter()] as const
    for (let from = 0; from < first.frames; from += blockFrames) {
      const [left, right] = mixBlock(from)
      meters[0].feed(left)
      meters[1].feed(right)
    }
    const peak = Math.max(meters[0].peak(), meters[1].peak())
    const gain = peak > mostPeak ? mostPeak / peak : 1
    const writer = createWavWriter(file, { sampleRate: first.sampleRate, channels: 2 })
    for (let from = 0; from < first.frames; from += blockFrames)
      writer.write(mixBlock(from).map((block) => block.map((sample) => sample * gain)))
    writer.finish()
    return gain
  } finally {
    for (const stem of opened) stem.close()
  }
}

interface Source {
  readonly stem: { read(from: number, count: number): Float32Array[] }
  readonly left: number
  readonly right: number
}

function gainsOf({ pan, gain }: { pan: number; gain: number }) {
  return { left: gain * Math.sqrt(1 - pan), right: gain * Math.sqrt(1 + pan) }
}

function addStems(sources: readonly Source[], from: number, count: number): [Float32Array, Float32Array] {
  const left = new Float32Array(count)
  const right = new Float32Array(count)
  for (const { stem, left: toLeft, right: toRight } of sources) {
    const samples = stem.read(from, count)[0] as Float32Array
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number
      left[i] = (left[i] as number) + toLeft * sample
      right[i] = (right[i] as number) + toRight * sample
    }
  }
  return [left, right]
}

export interface PeakMeter {
  feed(samples: Float32Array): void
  /** Highest level so far, between samples too (four times oversampled, ITU-R BS.1770-5 annex 2). */
  peak(): number
}

/** Half width of the interpolating filter in samples, and the points between two samples at which it looks. */
const reach = 6
const between = [interpolation(0.25), interpolation(0.5), interpolation(0.75)]

/** Lanczos' windowed sinc, coefficients for the point `at` behind a sample. */
function interpolation(at: number): Float64Array {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
  return Float64Array.from({ length: 2 * reach }, (_, k) => {
    const x = at - (k - reach + 1)
    return sinc(x) * sinc(x / reach)
  })
}

/** A streaming true-peak meter that interpolates only near samples which could matter. */
export function createPeakMeter(): PeakMeter {
  let peak = 0
  let held = new Float32Array(2 * reach)
  return {
    feed(samples) {
      const line = new Float32Array(held.length + samples.length)
      line.set(held)
      line.set(samples, held.length)
      for (let i = reach; i + reach < line.length; i++) {
        const sample = line[i] as number
        const level = sample < 0 ? -sample : sample
        if (level > peak) peak = level
        // Between two samples of half the peak or less no interpolated value reaches it in practice.
        if (level > 0.5 * peak) peak = Math.max(peak, peakBehind(line, i))
      }
      held = line.slice(-2 * reach)
    },
    peak: () => held.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak),
  }
}

function peakBehind(line: Float32Array, i: number): number {
  let most = 0
  for (const taps of between) {
    let sum = 0
    for (let k = 0; k < taps.length; k++) sum += (taps[k] as number) * (line[i - reach + 1 + k] as number)
    most = Math.max(most, Math.abs(sum))
  }
  return most
}

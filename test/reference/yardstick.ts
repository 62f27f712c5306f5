// Slow, clear twin of worklets/kernel/yardstick.ts, in double precision.
import { fourier } from './fourier.ts'

export interface TwinTone {
  readonly hertz: number
  readonly amplitude: number
}

/** The 32 strongest local maxima of a Hann-windowed frame of 2048 samples, ascending in frequency. */
export function tonesOf(frame: Float32Array, sampleRate: number): TwinTone[] {
  const size = frame.length
  const re = Float64Array.from(frame, (x, n) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size)))
  const spectrum = fourier({ re, im: new Float64Array(size) })
  const magnitude = (k: number) => Math.hypot(spectrum.re[k] as number, spectrum.im[k] as number)
  const binHertz = sampleRate / size
  const bins = Array.from({ length: size / 2 }, (_, k) => k).filter(
    (k) => k >= Math.floor(40 / binHertz) + 1 && k < Math.floor(8000 / binHertz),
  )
  const strongest = Math.max(...bins.map(magnitude))
  return bins
    .filter((k) => magnitude(k) > 1e-3 * strongest)
    .filter((k) => magnitude(k) > magnitude(k - 1) && magnitude(k) >= magnitude(k + 1))
    .map((k) => {
      const [a, b, c] = [magnitude(k - 1), magnitude(k), magnitude(k + 1)]
      const shift = (a - c) / (2 * (a - 2 * b + c))
      return { hertz: (k + shift) * binHertz, amplitude: b - ((a - c) * shift) / 4 }
    })
    .sort((p, q) => q.amplitude - p.amplitude)
    .slice(0, 32)
    .sort((p, q) => p.hertz - q.hertz)
}

/** Sethares 1993 over all pairs of one tone of each list. */
export function setharesBetween(a: readonly TwinTone[], b: readonly TwinTone[]): number {
  let sum = 0
  for (const p of a)
    for (const q of b) {
      const x = (0.24 * Math.abs(q.hertz - p.hertz)) / (0.0207 * Math.min(p.hertz, q.hertz) + 18.96)
      sum += Math.min(p.amplitude, q.amplitude) * (Math.exp(-3.51 * x) - Math.exp(-5.75 * x))
    }
  return sum
}

/** Energy per pitch class, C first, each tone shared by the two nearest; sum 1. */
export function chromaOf(tones: readonly TwinTone[]): number[] {
  const chroma = new Array<number>(12).fill(0)
  for (const { hertz, amplitude } of tones) {
    const midi = 69 + 12 * Math.log2(hertz / 440)
    const below = Math.floor(midi)
    const add = (pitchClass: number, part: number) => {
      chroma[pitchClass % 12] = (chroma[pitchClass % 12] as number) + part * amplitude ** 2
    }
    add(below, below + 1 - midi)
    add(below + 1, midi - below)
  }
  const total = chroma.reduce((sum, x) => sum + x, 0)
  return chroma.map((x) => (total > 0 ? x / total : 0))
}

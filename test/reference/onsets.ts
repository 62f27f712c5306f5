// Onsets of a sound at 24 kHz, after worklets/kernel/onsets.ts and attacks.ts, in double precision and the order of the text in docs/hearing.md.
import { fourier } from './fourier.ts'

const rate = 24000
const size = 1024
const step = 256
const cellSize = 32

export interface TwinOnset {
  readonly timeSeconds: number
  readonly strength: number
  readonly seen: SeenAttack
  readonly felt: FeltAttack | null
}

/** An attack in the windows: where (in windows of the sound) the mean course of the rising bands crosses a quarter, and how far it is to three quarters. */
export interface SeenAttack {
  readonly quarter: number
  readonly width: number
}

/** An attack in the cells, uncorrected: where, and energy after over energy before. */
export interface FeltAttack {
  readonly timeSeconds: number
  readonly rise: number
}

export const windowSeconds = size / rate

interface Windows {
  readonly count: number
  /** Of every window and band; silent before the first. */
  readonly amplitude: (window: number, band: number) => number
  readonly level: (window: number, band: number) => number
  readonly weights: readonly number[]
}

/** The sound is heard as if silence surrounded it. */
export function findOnsets(sound: Float32Array): TwinOnset[] {
  const windows = seeWindows(sound)
  const flux = fluxOf(windows)
  const at = (window: number) => flux[window] ?? 0
  const cells = cellsOf(sound)
  const found: TwinOnset[] = []
  for (let peak = 0; peak < windows.count - 3; peak++) {
    const around = [...Array(11).keys()].map((i) => at(peak - 7 + i)).sort((a, b) => a - b)
    const median = around[5] as number
    const strength = at(peak) - 1.9 * median - 0.005
    const isPeak = [1, 2].every((i) => at(peak - i) < at(peak)) && [1, 2, 3].every((i) => at(peak + i) <= at(peak))
    if (!isPeak || strength <= 0) continue
    const gathered = at(peak - 1) + at(peak) + at(peak + 1)
    const seen = seeAttack(windows, peak)
    const felt = feelAttack(cells, momentSeen(seen))
    if (felt === null && gathered < 5.5 * median + 0.014 && lastingRise(windows, peak) < 0.003 + 2.5 * median) continue
    const timeSeconds = Math.max(0, felt === null ? momentSeen(seen) : momentFelt(felt, seen))
    if (timeSeconds >= (found.at(-1)?.timeSeconds ?? -1) + 0.03) found.push({ timeSeconds, strength, seen, felt })
  }
  return found
}

function edgesOf(): number[] {
  const binHertz = rate / size
  const edges = [Math.ceil(30 / binHertz)]
  for (let semitone = 0; 40 * 2 ** (semitone / 12) < 10000; semitone++) {
    const bin = Math.round((40 * 2 ** (semitone / 12)) / binHertz)
    if (bin > (edges.at(-1) as number)) edges.push(bin)
  }
  return edges
}

function seeWindows(sound: Float32Array): Windows {
  const edges = edgesOf()
  const roots = edges.slice(1).map((edge, band) => (edge - (edges[band] as number)) ** 0.25)
  const total = roots.reduce((a, b) => a + b)
  const count = Math.ceil(sound.length / step) + 8
  const rows = Array.from({ length: count }, (_, window) => bandsOf(sound, (window + 1) * step - size, edges))
  const amplitude = (window: number, band: number) => rows[window]?.[band] ?? 0
  const level = (window: number, band: number) => Math.log10(1 + 300 * amplitude(window, band))
  return { count, amplitude, level, weights: roots.map((root) => root / total) }
}

/** Amplitudes of the bands in one window: a sine's own. */
function bandsOf(sound: Float32Array, from: number, edges: readonly number[]): number[] {
  const hann = (n: number) => (4 / size) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size))
  const re = Float64Array.from({ length: size }, (_, n) => hann(n) * (sound[from + n] ?? 0))
  const spectrum = fourier({ re, im: new Float64Array(size) })
  const power = (k: number) => (spectrum.re[k] as number) ** 2 + (spectrum.im[k] as number) ** 2
  return edges.slice(1).map((edge, band) => {
    let sum = 0
    for (let k = edges[band] as number; k < edge; k++) sum += power(k)
    return Math.sqrt(sum)
  })
}

function fluxOf({ count, level, weights }: Windows): number[] {
  const references = weights.map(() => 0)
  return Array.from({ length: count }, (_, window) =>
    weights.reduce((flux, weight, band) => {
      const neighbours = [-1, 0, 1].map((i) => level(window - 2, band + i))
      const reference = Math.max(...neighbours, (references[band] as number) - 0.06)
      references[band] = reference
      return flux + weight * Math.max(0, level(window, band) - reference)
    }, 0),
  )
}

type Cells = readonly { readonly plain: number; readonly edgy: number }[]

function cellsOf(sound: Float32Array): Cells {
  return Array.from({ length: Math.ceil(sound.length / cellSize) + 400 }, (_, cell) => {
    let [plain, edgy] = [0, 0]
    for (let n = cell * cellSize; n < (cell + 1) * cellSize; n++) {
      plain += (sound[n] ?? 0) ** 2
      edgy += ((sound[n] ?? 0) - (sound[n - 1] ?? 0)) ** 2
    }
    return { plain, edgy }
  })
}

function seeAttack(windows: Windows, peak: number): SeenAttack {
  const early = crossing(windows, peak, 0.25)
  const width = ((crossing(windows, peak, 0.75) - early) * step) / size
  return { quarter: ((early + 1) * step) / size - 0.5, width }
}

/** When it began by the windows, seconds; the constants of this and the next are explained in docs/hearing.md. */
function momentSeen({ quarter, width }: SeenAttack): number {
  const slope = width < 0.305 ? 0.64 * (Math.max(width, 0.21) - 0.305) : 9.37 * (Math.min(width, 0.34) - 0.305)
  return (quarter + 0.119 - slope) * windowSeconds
}

const momentFelt = ({ timeSeconds, rise }: FeltAttack, { width }: SeenAttack) =>
  timeSeconds + 0.0007 - 0.008 / Math.log(rise) - (width > 0.305 ? 0.0025 : 0)

function feelAttack(cells: Cells, nearSeconds: number): FeltAttack | null {
  const cellAt = (seconds: number) => Math.trunc((seconds * rate) / cellSize)
  const found = attackBetween(cells, cellAt(nearSeconds - 0.012), cellAt(nearSeconds + 0.012))
  return found && { timeSeconds: (found.cell * cellSize) / rate, rise: found.rise }
}

/** Where between windows the mean course of the rising bands crosses a share, sought backwards from the peak's next. */
function crossing({ amplitude, level, weights }: Windows, peak: number, share: number): number {
  const rising = weights.flatMap((weight, band) => {
    const base = amplitude(peak - 3, band)
    const top = Math.max(amplitude(peak, band), amplitude(peak + 1, band))
    const levels = [0, 1, -2, -3].map((i) => level(peak + i, band)) as [number, number, number, number]
    const rise = weight * (Math.max(levels[0], levels[1]) - Math.max(levels[2], levels[3]))
    return top > 1.05 * base && rise > 0 ? [{ band, base, top, rise }] : []
  })
  const total = rising.reduce((sum, { rise }) => sum + rise, 0)
  const course = (window: number) =>
    rising.reduce((sum, { band, base, top, rise }) => {
      return sum + (rise * Math.min(1, Math.max(0, (amplitude(window, band) - base) / (top - base)))) / total
    }, 0)
  for (let window = peak; window >= peak - 4; window--) {
    const [now, later] = [course(window), course(window + 1)]
    if (now <= share) return later <= share ? window + 1 : window + (share - now) / (later - now)
  }
  return peak - 4
}

function lastingRise({ level, weights }: Windows, peak: number): number {
  return weights.reduce((sum, weight, band) => {
    const after = Math.min(level(peak + 1, band), level(peak + 3, band))
    return sum + weight * Math.max(0, after - Math.max(level(peak - 3, band), level(peak - 5, band)))
  }, 0)
}

/** The cell (its middle) in which an attack begins, and how far either energy rises there; null below 7 dB. */
function attackBetween(cells: Cells, from: number, to: number): { cell: number; rise: number } | null {
  let best = { rise: 5, cell: -1, energy: (_: number): number => 0 }
  for (const kind of ['plain', 'edgy'] as const) {
    const energy = (cell: number) => cells[cell]?.[kind] ?? 0
    const range = Array.from({ length: to - Math.max(0, from) + 1 }, (_, i) => Math.max(0, from) + i)
    const floor = 1e-3 * Math.max(...range.map(energy)) + 1e-12
    for (const cell of range) {
      const coming = 0.4 * energy(cell) + 0.3 * energy(cell + 1) + 0.2 * energy(cell + 2) + 0.1 * energy(cell + 3)
      const past = [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, i) => sum + energy(cell - i) / 8, 0)
      const rise = (coming + floor) / (past + floor)
      if (rise > best.rise) best = { rise, cell, energy }
    }
  }
  if (best.cell < 0) return null
  const { cell: steepest, energy } = best
  const loudest = (first: number, last: number) =>
    Math.max(...Array.from({ length: last - first + 1 }, (_, i) => energy(first + i)))
  const least = 1.5 * loudest(steepest - 32, steepest - 12) + 0.01 * loudest(steepest, steepest + 3)
  let cell = steepest
  for (let c = steepest - 1; c >= cell - 4 && c > steepest - 12; c--) if (energy(c) > least) cell = c
  return { cell: cell + 0.5, rise: best.rise }
}

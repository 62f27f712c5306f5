// What a timbre likes: the smoothness of an interval between two tones of it, over a grid of intervals, and where it is highest (the curves of
// Plomp & Levelt 1965 and Sethares 1993 turned upside down). Smoothness is the rating that people are expected to give for the roughness of the
// partials (hutchinson-knopoff-1978.ts, composite.ts), not for their ratios, so a stretched timbre likes stretched intervals. Partials of the two
// tones that coincide add their amplitudes, as those of computed tones do. The curve is smoothed by a Gaussian before its peaks are looked for.
import { hertzOfMidi, type Midi } from '../../units.ts'
import { consonanceOfRoughness } from './composite.ts'
import { mergePartials, type PartialTone, requirePartials, soundTones, type Timbre } from './partials.ts'
import { hutchinsonKnopoff1978 } from './roughness/hutchinson-knopoff-1978.ts'

/** A tone: its timbre, or its partials in hertz when it sounds at `baseMidi`. */
export type CurveTone = Timbre | readonly PartialTone[]

export interface DissonanceCurveRequest {
  /** The tone that moves. */
  readonly tone: CurveTone
  /** The tone that stays at `baseMidi`; the same as `tone` unless given. */
  readonly baseTone?: CurveTone
  /** Default 60. */
  readonly baseMidi?: Midi
  /** Grid of intervals above the base, default 0 to 15 by .05; `stepSemitones` at least a millionth, at most 20000 points. */
  readonly fromSemitones?: number
  readonly toSemitones?: number
  readonly stepSemitones?: number
  /** Standard deviation of the smoothing, 0 (or below a millionth) for none, at most 2500 steps; default .2. */
  readonly smoothingSemitones?: number
}

export interface DissonanceCurve {
  readonly semitones: readonly number[]
  /** Smoothed smoothness at each interval, 0..1. */
  readonly consonance: readonly number[]
  /** Those of `semitones` where the curve is higher than on both sides; of a flat top, where it begins. */
  readonly peaks: readonly number[]
}

/** What is drawn: at most so many points, none closer in semitones, and a smoothing of at most so many steps. */
export const curveLimits = { points: 20_000, step: 1e-6, smoothingSteps: 2500 } as const

/** Smoothing reaches so many standard deviations, and takes at least so many samples of each. */
const reach = 4
const samples = 4
/** Semitones: samples lie no farther apart, since peaks are so narrow. */
const coarsest = 0.05
/** Differences of the curve below this are rounding. */
const level = 1e-12

/** The curve of a tone. RangeError for a grid that is none, or a tone that does not sound. */
export function dissonanceCurve(request: DissonanceCurveRequest): DissonanceCurve {
  const { tone, baseTone = tone, baseMidi = 60, fromSemitones: from = 0, stepSemitones: step = 0.05 } = request
  const { toSemitones: to = 15, smoothingSemitones: smoothing = 0.2 } = request
  const count = countPoints(from, to, step)
  const widest = curveLimits.smoothingSteps * step
  if (!(smoothing >= 0 && smoothing <= widest))
    throw new RangeError(`smoothingSemitones: expected 0 to ${widest}, got ${smoothing}`)
  const smoothness = smoothnessOf(partialsAt(tone, baseMidi), partialsAt(baseTone, baseMidi))
  // One point more on either side tells whether the ends are peaks.
  const values = smoothed(smoothness, { from: from - step, step, count: count + 2, smoothing })
  const consonance = values.slice(1, -1)
  const semitones = consonance.map((_, i) => Math.round((from + i * step) * 1e9) / 1e9)
  return { semitones, consonance, peaks: semitones.filter((_, i) => isTop(values, i + 1)) }
}

/** Whether the curve rises to `i`, and falls before it rises again. */
function isTop(values: readonly number[], i: number): boolean {
  const here = values[i] as number
  let after = i + 1
  while (Math.abs((values[after] ?? NaN) - here) <= level) after++
  return here - (values[i - 1] as number) > level && here - (values[after] ?? Infinity) > level
}

function countPoints(from: number, to: number, step: number): number {
  if (!(step >= curveLimits.step && step < Infinity))
    throw new RangeError(`stepSemitones: expected ${curveLimits.step} or more, got ${step}`)
  if (!(Number.isFinite(from) && Number.isFinite(to) && to >= from))
    throw new RangeError(`toSemitones: expected ${from} (fromSemitones) or more, got ${to}`)
  const count = Math.floor((to - from) / step + 1e-6) + 1
  if (count > curveLimits.points)
    throw new RangeError(`stepSemitones: expected at most ${curveLimits.points} points, got ${count}`)
  return count
}

function partialsAt(tone: CurveTone, midi: Midi): PartialTone[] {
  const partials = 'harmonics' in tone ? soundTones([hertzOfMidi(midi)], tone, 'coherent') : tone
  requirePartials(partials)
  const sounding = partials.filter(({ amplitude }) => amplitude > 0)
  if (sounding.length === 0) throw new RangeError('partials: expected one that sounds, got none')
  return sounding
}

/** Smoothness of the moving tone `semitones` above where it stands, with the base. */
function smoothnessOf(tone: readonly PartialTone[], base: readonly PartialTone[]): (semitones: number) => number {
  return (semitones) => {
    const ratio = 2 ** (semitones / 12)
    const moved = tone.map(({ hertz, amplitude }) => ({ hertz: hertz * ratio, amplitude }))
    return consonanceOfRoughness(hutchinsonKnopoff1978(mergePartials([...base, ...moved], 'coherent')) as number)
  }
}

interface Grid {
  readonly from: number
  readonly step: number
  readonly count: number
  readonly smoothing: number
}

/** The function on the grid, smoothed; sampled between the points and beyond the ends as finely as it and the smoothing need. */
function smoothed(value: (semitones: number) => number, { from, step, count, smoothing }: Grid): number[] {
  if (smoothing < curveLimits.step) return Array.from({ length: count }, (_, i) => value(from + i * step))
  const between = Math.max(1, Math.ceil(step / Math.min(smoothing / samples, coarsest) - 1e-9))
  const fine = step / between
  const wing = Math.ceil((reach * smoothing) / fine)
  const weights = Array.from({ length: 2 * wing + 1 }, (_, i) =>
    Math.exp(-(((i - wing) * fine) ** 2) / (2 * smoothing ** 2)),
  )
  const total = weights.reduce((a, b) => a + b, 0)
  const span = (first: number, length: number) =>
    Float64Array.from({ length }, (_, i) => value(from + (first + i) * fine))
  // Windows that overlap share one table; others have their own few samples.
  const table = weights.length > between ? span(-wing, (count - 1) * between + weights.length) : null
  return Array.from({ length: count }, (_, i) => {
    const [window, offset] = table ? [table, i * between] : [span(i * between - wing, weights.length), 0]
    let sum = 0
    for (let j = 0; j < weights.length; j++) sum += (weights[j] as number) * (window[offset + j] as number)
    return sum / total
  })
}

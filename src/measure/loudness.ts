// Loudness after ITU-R BS.1770-5 and EBU Tech 3341 (momentary, short-term, integrated, true peak) and 3342 (range), from K-weighted energy
// in cells of 10 ms (hear's LoudnessMeter). L = -.691 + 10 log10(mean square) LUFS; a full-scale sine of 997 Hz in one channel is -3.01.
// Integrated: 400 ms blocks every 100 ms, those above -70 LUFS, then those above their mean less 10 LU. Range: 3 s windows every 100 ms above
// -70 LUFS and above their mean less 20 LU, 10th to 95th percentile. Maxima are sought on the 10 ms grid.
import type { LoudnessTrace } from '../hear/index.ts'
import { decibelsOfAmplitude } from '../units.ts'

export interface Loudness {
  readonly integratedLufs: number | null
  /** Loudest 400 ms. */
  readonly momentaryMaxLufs: number | null
  /** Loudest 3 s. */
  readonly shortTermMaxLufs: number | null
  readonly rangeLu: number | null
  /** Highest value between the samples against full scale. */
  readonly truePeakDbtp: number | null
  /** Why a field is null. */
  readonly undefined: Readonly<Record<string, string>>
}

const absoluteGateLufs = -70
const fields = ['integratedLufs', 'momentaryMaxLufs', 'shortTermMaxLufs', 'rangeLu', 'truePeakDbtp'] as const

/** Loudness of a mean square after K-weighting; null for silence. */
export function lufsOfPower(meanSquare: number): number | null {
  return meanSquare > 0 ? -0.691 + 10 * Math.log10(meanSquare) : null
}

/** All figures of one sound. In silence everything is undefined, below 400 ms all but the true peak, below 3 s short-term and range; never -Infinity. */
export function measureLoudness(trace: LoudnessTrace): Loudness {
  const cells = trace.cellPowers
  const inCells = (seconds: number) => Math.round(seconds / trace.cellSeconds)
  if (trace.truePeak === 0) return nothing('silence')
  if (cells.length < inCells(0.4)) return peakAlone(trace.truePeak, 'shorter than 400 ms')
  if (cells.every((power) => power === 0)) return peakAlone(trace.truePeak, 'silence but for the last 10 ms')
  const reasons: Record<string, string> = {}
  const sums = runningSums(cells)
  const momentary = windowPowers(sums, inCells(0.4), 1)
  const blocks = windowPowers(sums, inCells(0.4), inCells(0.1))
  const shortTerm = windowPowers(sums, inCells(3), 1)
  const rangeWindows = windowPowers(sums, inCells(3), inCells(0.1))
  const integratedLufs = gatedLoudness(blocks, 10)
  if (integratedLufs === null) reasons['integratedLufs'] = 'no 400 ms is louder than -70 LUFS'
  const shortTermMaxLufs = maximum(shortTerm)
  if (shortTermMaxLufs === null) reasons['shortTermMaxLufs'] = 'shorter than 3 s'
  const rangeLu = loudnessRange(rangeWindows)
  if (rangeLu === null)
    reasons['rangeLu'] = shortTerm.length === 0 ? 'shorter than 3 s' : 'no 3 s are louder than -70 LUFS'
  return {
    integratedLufs,
    momentaryMaxLufs: maximum(momentary),
    shortTermMaxLufs,
    rangeLu,
    truePeakDbtp: decibelsOfAmplitude(trace.truePeak),
    undefined: reasons,
  }
}

function nothing(reason: string): Loudness {
  return {
    integratedLufs: null,
    momentaryMaxLufs: null,
    shortTermMaxLufs: null,
    rangeLu: null,
    truePeakDbtp: null,
    undefined: Object.fromEntries(fields.map((field) => [field, reason])),
  }
}

function peakAlone(truePeak: number, reason: string): Loudness {
  const { undefined: reasons, ...levels } = nothing(reason)
  const { truePeakDbtp: _, ...others } = reasons
  return { ...levels, truePeakDbtp: decibelsOfAmplitude(truePeak), undefined: others }
}

/** sums[n] = the first n cells together. */
function runningSums(cells: Float64Array): Float64Array {
  const sums = new Float64Array(cells.length + 1)
  for (let n = 0; n < cells.length; n++) sums[n + 1] = (sums[n] ?? 0) + (cells[n] ?? 0)
  return sums
}

/** Mean power of each window of `length` cells, one every `step`. */
function windowPowers(sums: Float64Array, length: number, step: number): number[] {
  const powers: number[] = []
  for (let end = length; end < sums.length; end += step)
    powers.push(Math.max(0, (sums[end] ?? 0) - (sums[end - length] ?? 0)) / length)
  return powers
}

function maximum(powers: readonly number[]): number | null {
  return lufsOfPower(powers.reduce((most, power) => Math.max(most, power), 0))
}

/** Those above -70 LUFS, then those above their mean less `relative` LU. */
function gate(powers: readonly number[], relative: number): number[] {
  const least = 10 ** ((absoluteGateLufs + 0.691) / 10)
  const loud = powers.filter((power) => power > least)
  const threshold = mean(loud) * 10 ** (-relative / 10)
  return loud.filter((power) => power > threshold)
}

export function gatedLoudness(powers: readonly number[], relative: number): number | null {
  return lufsOfPower(mean(gate(powers, relative)))
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Tech 3342: difference of the 95th and the 10th percentile, in LU. */
function loudnessRange(powers: readonly number[]): number | null {
  const levels = gate(powers, 20).sort((a, b) => a - b)
  const at = (share: number) => lufsOfPower(levels[Math.round((levels.length - 1) * share)] ?? 0)
  const [low, high] = [at(0.1), at(0.95)]
  return low === null || high === null ? null : high - low
}

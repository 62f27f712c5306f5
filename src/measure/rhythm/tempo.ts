// How fast a sound's beat goes, from its heard attacks: beats a minute out. The finest pulse they keep is found first (pulse.ts); a beat lasts
// 1, 2, 3, 4, 6, 8, 12 or 16 of its periods, the one with the greatest
//   preference(bpm) x (B(beat) + B(beat / 2)),    B(period) = mean over windows of |sum s_i e^(2 pi i t_i / period)| / sum s_i,
//   preference(bpm) = exp(-1/2 (log2(bpm / 120) / .5)^2),    s_i = strength of the attack:
// strong attacks fall on beats and half beats, and people tap near two a second (van Noorden & Moelants 1999, J. New Music Research 28). The
// half beat and the width of .5 octaves: chosen by experiment (docs/second-ear.md). Half and double tempo are a matter of taste among people too.
import type { HeardOnset } from '../../hear/index.ts'
import type { Seconds } from '../../units.ts'
import { fewestAttacks } from './events.ts'
import { firstIndexFrom } from './phasors.ts'
import { findPulse, hopSeconds, type Pulse, windowSeconds } from './pulse.ts'

export interface TempoReading {
  /** Beats a minute, 40..240; null when no pulse is kept. */
  readonly bpm: number | null
  /** Why `bpm` is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/** An attack as the analysers report it, one stem's, ascending in time. */
export type TempoAttack = Pick<HeardOnset, 'timeSeconds' | 'strength'>

const periodsPerBeat = [1, 2, 3, 4, 6, 8, 12, 16] as const
const slowestBpm = 40
const fastestBpm = 240
const preferredBpm = 120
const preferenceOctaves = 0.5

/** Tempo of a sound of `seconds` from its attacks. null with fewer than six, or when they keep no pulse better than attacks at random would. */
export function measureTempo(attacks: readonly TempoAttack[], seconds: Seconds): TempoReading {
  if (attacks.length < fewestAttacks)
    return { bpm: null, undefined: { bpm: `fewer than ${fewestAttacks} attacks were heard` } }
  const times = Float64Array.from(attacks, ({ timeSeconds }) => timeSeconds)
  const weights = Float64Array.from(attacks, ({ strength }) => strength)
  const stream = { times, sounds: new Int32Array(times.length) }
  const pulse = findPulse(stream, stream, seconds)
  if (pulse.consistency.a < chanceConsistency(times, pulse.periods.length))
    return { bpm: null, undefined: { bpm: 'no pulse is kept' } }
  return { bpm: chooseBeat(times, weights, pulse), undefined: {} }
}

/**
 * What the best of all candidate periods reaches with attacks at random, in 19 of 20 cases: falls with the attacks in a window and,
 * more slowly, with the windows. Fitted to random streams of 1.5 to 8 attacks a second, 6 to 90 s (test/measure/rhythm/tempo.test.ts holds it).
 */
function chanceConsistency(times: Float64Array, windows: number): number {
  let counted = 0
  for (let w = 0; w < windows; w++) counted += rangeOf(times, w).to - rangeOf(times, w).from
  return (7 * windows) / (counted * windows ** 0.2)
}

function chooseBeat(times: Float64Array, weights: Float64Array, { periods }: Pulse): number {
  const middle = [...periods].sort((a, b) => a - b)[periods.length >> 1] as number
  let chosen = 60 / middle
  let most = -1
  for (const count of periodsPerBeat) {
    const bpm = 60 / (count * middle)
    if (bpm < slowestBpm || bpm > fastestBpm) continue
    const onBeats = beatConsistency(times, weights, periods, count)
    const worth = preference(bpm) * (onBeats + beatConsistency(times, weights, periods, count / 2))
    if (worth <= most) continue
    most = worth
    chosen = bpm
  }
  return chosen
}

function preference(bpm: number): number {
  return Math.exp(-0.5 * (Math.log2(bpm / preferredBpm) / preferenceOctaves) ** 2)
}

/** B for a beat of `count` periods: 1 when all strength falls on one phase of it. */
function beatConsistency(times: Float64Array, weights: Float64Array, periods: Float64Array, count: number): number {
  let sum = 0
  let sounding = 0
  periods.forEach((period, w) => {
    const { from, to } = rangeOf(times, w)
    let [re, im, total] = [0, 0, 0]
    for (let i = from; i < to; i++) {
      const weight = weights[i] as number
      const angle = (2 * Math.PI * (times[i] as number)) / (count * period)
      re += weight * Math.cos(angle)
      im += weight * Math.sin(angle)
      total += weight
    }
    if (total === 0) return
    sum += Math.hypot(re, im) / total
    sounding++
  })
  return sounding === 0 ? 0 : sum / sounding
}

function rangeOf(times: Float64Array, window: number): { from: number; to: number } {
  const start = window * hopSeconds
  return { from: firstIndexFrom(times, start), to: firstIndexFrom(times, start + windowSeconds) }
}

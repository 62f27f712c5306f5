// The parts of interlock that are counted rather than searched: presence, space, evenness, variety. All 0..1.
import type { Attacks, Pair } from './events.ts'
import type { Grid } from './grid.ts'
import { firstIndexFrom } from './phasors.ts'
import { occupy } from './refrain.ts'

/** Bounds a value to 0..1. */
export const clip = (value: number) => Math.min(1, Math.max(0, value))

/** A stretch in which both must be heard, and how often it is looked at. */
const aliveSeconds = 8
const aliveHopSeconds = 1

/**
 * presence = clip((min n / max n) / .2) clip((alive - .5) / .35), alive = share of the 8-s windows (every 1 s) in which both have
 * at least two attacks: a complementary burst followed by silence must not pass.
 */
export function measurePresence({ a, b, seconds }: Pair): number {
  const alive = findAlive(a, seconds)
  return presenceOf({ count: a.times.length, alive }, { count: b.times.length, alive: findAlive(b, seconds) })
}

/** What presence needs to know of one stream. */
export interface Presence {
  readonly count: number
  /** 1 for every 8-s window (every 1 s) with two attacks and more. */
  readonly alive: Uint8Array
}

export function findAlive({ times }: Attacks, seconds: number): Uint8Array {
  const windows = Math.max(1, Math.floor((seconds - aliveSeconds) / aliveHopSeconds + 1e-9) + 1)
  return Uint8Array.from({ length: windows }, (_, w) => {
    const from = w * aliveHopSeconds
    return firstIndexFrom(times, from + aliveSeconds) - firstIndexFrom(times, from) >= 2 ? 1 : 0
  })
}

export function presenceOf(a: Presence, b: Presence): number {
  let alive = 0
  for (let w = 0; w < a.alive.length; w++) alive += (a.alive[w] as number) & (b.alive[w] as number)
  const balance = Math.min(a.count, b.count) / Math.max(a.count, b.count)
  return clip(balance / 0.2) * clip((alive / a.alive.length - 0.5) / 0.35)
}

/** space = clip(sqrt(u_A u_B) / .35), u_X = share of X's attacks whose cell the other leaves free. Unison and flood give 0. */
export function measureSpace({ a, b, cells }: Pick<Grid, 'a' | 'b' | 'cells'>): number {
  return clip(Math.sqrt(freeShare(a, occupy(b, cells)) * freeShare(b, occupy(a, cells))) / 0.35)
}

function freeShare(own: Int32Array, taken: Uint8Array): number {
  let free = 0
  for (let i = 0; i < own.length; i++) free += 1 - (taken[own[i] as number] ?? 0)
  return free / own.length
}

/** Two attacks this close are one event of the composite line. */
const mergeSeconds = 0.035

/** evenness = clip(((sum d)^2 / (n sum d^2) - .5) / .35) over the n intervals d of both streams' attacks together, merged within min(35 ms, tatum / 2). */
export function measureEvenness(a: Attacks, b: Attacks, tatumSeconds: number): number {
  const [p, q] = [a.times, b.times]
  const threshold = Math.min(mergeSeconds, tatumSeconds / 2)
  let [last, count, sum, squares] = [Math.min(p[0] ?? Number.POSITIVE_INFINITY, q[0] as number), 0, 0, 0]
  for (let i = 0, j = 0; i < p.length || j < q.length; ) {
    const time = j >= q.length || (p[i] as number) <= (q[j] as number) ? (p[i++] as number) : (q[j++] as number)
    const interval = time - last
    if (interval <= threshold) continue
    last = time
    count++
    sum += interval
    squares += interval * interval
  }
  return count === 0 ? 0 : clip(((sum * sum) / (count * squares) - 0.5) / 0.35)
}

/** variety = clip(mean entropy of both streams' (interval in cells, sound) pairs / .6 bit): a refrain is not a bare metronome. */
export function measureVariety(a: Int32Array, b: Int32Array, pair: Pair): number {
  return varietyOf(stepEntropy(a, pair.a.sounds), stepEntropy(b, pair.b.sounds))
}

export const varietyOf = (bitsA: number, bitsB: number) => clip((bitsA + bitsB) / 2 / 0.6)

/** Entropy in bits (plug-in) of the steps of a stream: cells to the next attack in another cell, and the sound it starts with. */
export function stepEntropy(cells: Int32Array, sounds: Int32Array): number {
  const kinds = sounds.reduce((most, sound) => Math.max(most, sound), 0) + 1
  const counts = new Map<number, number>()
  let total = 0
  for (let i = 0, next = 1; next < cells.length; next++) {
    const interval = (cells[next] as number) - (cells[i] as number)
    if (interval === 0) continue
    const step = interval * kinds + (sounds[i] as number)
    counts.set(step, (counts.get(step) ?? 0) + 1)
    total++
    i = next
  }
  let bits = 0
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total)
  return bits
}

// Players for the rhythm tests: a pattern ('x' or a mark sounds, '.' rests) played round and round, and players who know none.
import { readFileSync } from 'node:fs'
import { randomNormal, seededRandom } from '../../../src/random.ts'

const outside = new URL('../../outside/rhythm/patterns.json', import.meta.url)
const patterns = JSON.parse(readFileSync(outside, 'utf8'))
const clapping: string = patterns.timelines12.clapping
export const { son, cascara } = patterns.timelines16 as Record<string, string> as { son: string; cascara: string }
export const [hocketA, hocketB] = patterns.pairs_pos.hocket as [string, string]

const turn = (pattern: string, by: number) => pattern.slice(by) + pattern.slice(0, by)
const take = (line: string, pitches: string) => [...line].map((c) => (pitches.includes(c) ? c : '.')).join('')

/** Pairs that weave, by name. */
export const weavers: Record<string, [string, string]> = {
  ...Object.fromEntries(
    Object.entries(patterns.pairs_pos).filter((entry): entry is [string, [string, string]] => Array.isArray(entry[1])),
  ),
  kotekanTelu: [take('2312321323123123', '12'), take('2312321323123123', '23')],
  kotekanEmpat: [take('1234132413243124', '124'), take('1234132413243124', '134')],
  ...Object.fromEntries([1, 2, 4, 6, 8, 10, 11].map((k) => [`clapping${k}`, [clapping, turn(clapping, k)]])),
}

export interface Manner {
  bpm?: number
  jitter?: number
  swing?: number
  drift?: number
  start?: number
  seconds?: number
  mutate?: number
  until?: number
  mark?: string
}

export interface Played {
  onsets: number[]
  marks: string[]
}

const sorted = (events: [number, string][]): Played => {
  events.sort((p, q) => p[0] - q[0])
  return { onsets: events.map(([t]) => t), marks: events.map(([, mark]) => mark) }
}

export function play(pattern: string, seed: number, manner: Manner = {}): Played {
  const {
    bpm = 112,
    jitter = 0.005,
    swing = 0,
    drift = 0,
    start = 0.1,
    seconds = 30,
    mutate = 0,
    until = 1e9,
    mark,
  } = manner
  const random = seededRandom(`player ${seed}`)
  const cell = 15 / bpm
  const events: [number, string][] = []
  for (let k = 0, t = start; t < seconds - 0.05; k++, t += cell / (1 + (drift * t) / seconds)) {
    const c = pattern[k % pattern.length] as string
    const noise = randomNormal(random) * jitter
    const flip = random() < mutate
    if ((c !== '.') !== flip && t < until) events.push([Math.max(0, t + (k % 2) * swing * cell + noise), mark ?? c])
  }
  return sorted(events)
}

/** Events that know no pulse: `rate` a second. */
export function scatter(rate: number, seed: number, seconds = 30): Played {
  const random = seededRandom(`scatter ${seed}`)
  const events: [number, string][] = []
  const wait = () => -Math.log(1 - random()) / rate
  for (let t = wait(); t < seconds; t += wait()) events.push([t, 'x'])
  return sorted(events)
}

/** On the pulse, but every cell is a toss of a coin. */
export function toss(chance: number, seed: number, manner: Manner = {}): Played {
  const random = seededRandom(`toss ${seed}`)
  const pattern = Array.from({ length: 400 }, () => (random() < chance ? 'x' : '.')).join('')
  return play(pattern, seed, manner)
}

export const silence: Played = { onsets: [], marks: [] }
export const span = { startSeconds: 0, endSeconds: 30 }

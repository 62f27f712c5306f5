// Many pairs of a kind: some that ignore each other, some of whom one or both answer. The i-th of a kind is always the same.
import type { CouplingReading } from '../../../../src/measure/index.ts'
import { cascara, hocketA, hocketB, scatter, son, toss, weavers } from '../play.ts'
import { type Clock, type Duet, type Habits, playDuet } from './players.ts'

const pairs: readonly (readonly [string, string])[] = [
  [son, cascara],
  [hocketA, hocketB],
  weavers['gahu_drum'] as [string, string],
  weavers['bembe_4'] as [string, string],
]

type Make = (i: number) => Duet
const kind =
  (name: string, a: Omit<Habits, 'pattern'>, b = a, clock: Clock = {}): Make =>
  (i) => {
    const [first, second] = pairs[i % pairs.length] as readonly [string, string]
    return playDuet({ pattern: first, ...a }, { pattern: second, ...b }, `${name} ${i}`, clock)
  }
const alike = (name: string, habits: Omit<Habits, 'pattern'>, clock: Clock = {}) => [
  name,
  kind(name, habits, habits, clock),
]

/** Pairs that ignore each other. */
export const strangers: Readonly<Record<string, Make>> = {
  ...Object.fromEntries([
    alike('loops on one clock', {}),
    alike('nothing but looseness', { departs: 0 }),
    alike('two minutes', {}, { seconds: 120 }),
    alike('5 % faster at the end', {}, { drift: 0.05 }),
    alike('15 % slower at the end', {}, { drift: -0.15 }),
    alike('swing .33', { swing: 0.33 }),
    alike('loose, 12 ms, memory .7', { loose: 0.012, memory: 0.7 }),
    alike('loose, 15 ms, memory .95', { loose: 0.015, memory: 0.95 }),
    alike('a quarter improvised', { departs: 0.25 }),
    alike('improvised in spells', { departs: 'spells' }),
    alike('in spells, two minutes', { departs: 'spells', loose: 0.01, memory: 0.9 }, { seconds: 120 }),
    alike('refrains that evolve', { departs: 0.05, evolves: 0.4 }),
    alike('tempo breathes 2 % in 12 s', {}, { breath: [0.02, 12] }),
    alike('tempo breathes 1 % in 6 s', {}, { breath: [0.01, 6] }),
  ]),
  'the same refrain': (i) => playDuet({ pattern: son }, { pattern: son }, `same ${i}`),
  'sparse beside dense': (i) => {
    const [few, many] = [{ pattern: 'x.......x.....x.', departs: 0.05 }, { pattern: 'xxx.xxx.xx.xxxxx' }]
    return playDuet(few, many, `sparse ${i}`)
  },
  'two tempi': (i) => [
    playDuet({ pattern: son }, { pattern: son }, `slow ${i}`)[0],
    playDuet({ pattern: cascara }, { pattern: son }, `fast ${i}`, { bpm: 127.3 })[0],
  ],
  'coin tosses': (i) => [toss(0.4, 2 * i), toss(0.4, 2 * i + 1)],
  'no pulse, 4 and 4 a second': (i) => [scatter(4, 2 * i), scatter(4, 2 * i + 1)],
  'no pulse, 2 and 8 a second': (i) => [scatter(2, 2 * i), scatter(8, 2 * i + 1)],
}

const leader = { loose: 0.012, memory: 0.5 }

/** Pairs in which b answers a. */
export const followers: Readonly<Record<string, Make>> = {
  'copies a cell later': kind('copies', {}, { departs: 0.02, copies: { chance: 0.8, lag: 1 } }),
  'copies three cells later': kind('copies late', {}, { departs: 0.02, copies: { chance: 0.8, lag: 3 } }),
  'copies one in spells': kind(
    'copies spells',
    { departs: 'spells' },
    { departs: 0.02, copies: { chance: 0.8, lag: 1 } },
  ),
  'copies one in spells, two minutes': kind(
    'copies long',
    { departs: 'spells' },
    { departs: 0.02, copies: { chance: 0.8, lag: 1 } },
    { seconds: 120 },
  ),
  'copies every second departure': kind('copies some', {}, { departs: 0.05, copies: { chance: 0.5, lag: 2 } }),
  'corrects its phase by half': kind('corrects', leader, { loose: 0.005, corrects: 0.5 }),
  'corrects by half, two minutes': kind('corrects long', leader, { loose: 0.005, corrects: 0.5 }, { seconds: 120 }),
  'corrects by half, 5 % faster at the end': kind(
    'corrects drift',
    leader,
    { loose: 0.005, corrects: 0.5 },
    { drift: 0.05 },
  ),
  'corrects by a quarter': kind('corrects weakly', leader, { loose: 0.005, corrects: 0.25 }),
}

const correcting = { loose: 0.008, corrects: 0.5 }
const mutual = { departs: 0.05, copies: { chance: 0.5, lag: 1 } }

/** Pairs in which each answers the other. */
export const partners: Readonly<Record<string, Make>> = {
  'each copies half': kind('each copies', mutual),
  'each copies half, two minutes': kind('each copies long', mutual, mutual, { seconds: 120 }),
  'each corrects by half': kind('each corrects', correcting),
  'each corrects by half, two minutes': kind('each corrects long', correcting, correcting, { seconds: 120 }),
}

/** How many readings have p at or below .05, each way, and name a or b as leader. */
export function countFound(readings: readonly CouplingReading[]) {
  const count = (holds: (reading: CouplingReading) => boolean) => readings.filter(holds).length
  return {
    known: count(({ pAToB, pBToA }) => pAToB !== null && pBToA !== null),
    aToB: count(({ pAToB }) => pAToB !== null && pAToB <= 0.05),
    bToA: count(({ pBToA }) => pBToA !== null && pBToA <= 0.05),
    leaderA: count(({ leader: who }) => who === 'a'),
    leaderB: count(({ leader: who }) => who === 'b'),
  }
}

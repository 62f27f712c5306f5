// The ranking composite: what it is made of, and that no zero can be bought.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultRanking, type RankedRun, rankRun } from '../../../src/measure/run/ranking.ts'
import {
  type RankingComponent,
  rankingComponents,
  rankingSchema,
  rankingSettingsSchema,
} from '../../../src/record/index.ts'

const none = { repetition: null, modeCollapse: null, scoreLeak: null }
interface Wish {
  vitality?: [number | null, number | null]
  order?: [number | null, number | null]
  loudness?: [number | null, number | null]
  joint?: number | null
  interlock?: number | null
  consonance?: number | null
  words?: (number | null)[]
  variety?: number[]
  own?: (number | null)[]
  news?: number | null
  goodbye?: number | null
}
function runOf(wish: Wish): RankedRun {
  const { vitality = [0.8, 0.7], order = [0.5, 0.6], loudness = [-18, -19], joint = 0.9 } = wish
  const life = (value: number | null, known: number | null) => ({
    vitality: value,
    order: known,
    surpriseBits: 1,
    evolution: 0,
    collapse: null,
  })
  const agent = (k: 0 | 1) => ({
    agent: 'ab'[k] as string,
    consonanceWithin: 0.6,
    vitality: life(vitality[k], order[k]),
    collapses: none,
    patternSurvival: 1,
    meanComfort: null,
    presence: 1,
    loudnessLufs: loudness[k],
  })
  const apart = { aToB: null, bToA: null, pAToB: null, pBToA: null, leader: null, channel: null }
  const weave = { presence: 1, pulse: 1, space: 1, evenness: 1, refrain: 1, variety: 1 }
  const score = wish.interlock === undefined ? 0.8 : wish.interlock
  const goodbye = wish.goodbye === undefined || wish.goodbye === null ? null : { slot: 1, seconds: wish.goodbye }
  return {
    seconds: 100,
    agents: [agent(0), agent(1)],
    pairs: [
      {
        a: 'a',
        b: 'b',
        roughnessBetween: null,
        smoothnessBetween: null,
        spectralPitchClassSimilarity: null,
        pitchCommonality: null,
        gain: null,
        rubbing: [],
        interlock: { voice: { score, ...weave }, deck: { score: null, ...weave } },
        coupling: { voice: apart, deck: apart },
        collapses: { attractor: null, goodbye, domination: null },
      },
    ],
    together: {
      consonance: wish.consonance === undefined ? 0.6 : wish.consonance,
      vitality: life(joint, 0.5),
      crowdEnergy: null,
      fairness: null,
      clashHeardAs: null,
    },
    varietyBits: wish.variety ?? [2, 1],
    words: wish.words ?? [0.9, 0.9],
    own: wish.own ?? [1, 0.9],
    news: wish.news === undefined ? 0.4 : wish.news,
  }
}
const rank = (wish: Wish, reasons: Record<string, string> = {}) => rankRun(runOf(wish), defaultRanking, reasons)

test('the formula, by hand', () => {
  const { score, components, weighting } = rank({})
  const patterned = 1 - 0.5 ** 4
  expect(components).toEqual({
    consonance: 0.6,
    interlock: 0.8,
    patterned,
    alive: 0.8,
    vitality: 0.9,
    words: 0.9,
    own: 1,
    takenUp: 1,
    balance: 1,
    goingOn: 1,
  })
  const mean = (0.6 * 0.8 * patterned * 0.8 * 0.9 * 0.9) ** (1 / 10)
  expect(score).toBeCloseTo(Math.sqrt(0.6 * mean), 12)
  expect(weighting).toBe('equal, not learned')
})

test.each<[RankingComponent, Wish]>([
  ['interlock', { interlock: 0 }],
  ['patterned', { order: [0, 0.5] }],
  ['patterned', { order: [null, 0.5], vitality: [null, 0.9] }],
  ['patterned', { variety: [2, 0] }],
  ['alive', { vitality: [0, 0] }],
  ['vitality', { joint: 0 }],
  ['vitality', { joint: null }],
  ['words', { words: [0.9, null] }],
  ['own', { own: [0, 1] }],
  ['takenUp', { news: 0 }],
  ['balance', { loudness: [-18, -50] }],
  ['goingOn', { goodbye: 0 }],
  ['consonance', { consonance: 0 }],
])('no zero of %s can be bought', (name, wish) => {
  const { score, components } = rank(wish)
  expect(components[name]).toBe(0)
  expect(score).toBe(0)
})

test('what does not apply is left out, with its reason', () => {
  const reasons: Record<string, string> = {}
  const { score, components } = rank(
    { consonance: null, words: [], own: [null, null], news: null, loudness: [null, -18] },
    reasons,
  )
  expect([components.consonance, components.words, components.own, components.takenUp, components.balance]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
  expect(score).toBeGreaterThan(0.5)
  expect(Object.keys(reasons).sort()).toEqual(
    ['balance', 'consonance', 'own', 'takenUp', 'words'].map((name) => `ranking.components.${name}`),
  )
})

test('alone there is nothing to rank', () => {
  const reasons: Record<string, string> = {}
  expect(rankRun({ ...runOf({}), pairs: [] }, defaultRanking, reasons).score).toBeNull()
  expect(reasons['ranking.score']).toBe('nobody to play with')
})

test('loudness counts from 6 dB on, a collapse by when it came', () => {
  expect(rank({ loudness: [-18, -24] }).components.balance).toBe(1)
  expect(rank({ loudness: [-18, -33] }).components.balance).toBeCloseTo(0.5, 12)
  expect(rank({ goodbye: 40 }).components.goingOn).toBeCloseTo(0.16, 12)
})

test('a component that rises never lowers the ranking', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, share, (interlock, low, high) => {
      const [less, more] = low < high ? [low, high] : [high, low]
      const scoreOf = (joint: number) => rank({ interlock, joint }).score ?? -1
      expect(scoreOf(more)).toBeGreaterThanOrEqual(scoreOf(less) - 1e-12)
    }),
  )
})

test('settings are data: a weight of 0 leaves a component out, all 0 is refused', () => {
  const onlyInterlock = Object.fromEntries(rankingComponents.map((name) => [name, name === 'interlock' ? 1 : 0]))
  const settings = rankingSettingsSchema.parse({ ...defaultRanking, weights: onlyInterlock })
  expect(rankRun(runOf({ words: [0, 0] }), settings, {}).score).toBeCloseTo(0.8, 12)
  const nothing = Object.fromEntries(rankingComponents.map((name) => [name, 0]))
  expect(() => rankingSettingsSchema.parse({ ...defaultRanking, weights: nothing })).toThrow(/one weight above 0/)
})

test('weights beyond a thousand are refused: two of 1e308 would have no sum', () => {
  const weighed = (weight: number) => ({
    ...defaultRanking,
    name: 'mine',
    weighting: 'chosen by hand',
    weights: { ...defaultRanking.weights, interlock: weight, alive: weight },
  })
  const refused = rankingSettingsSchema.safeParse(weighed(1e308)).error?.issues
  expect(refused?.map(({ path }) => path.join('.'))).toEqual(['weights.interlock', 'weights.alive'])
  expect(rankRun(runOf({}), rankingSettingsSchema.parse(weighed(1000)), {}).score).toBeGreaterThan(0)
})

test('settings from before a component had a name leave it out; scores of that time have none of it', () => {
  const { takenUp: _, ...weights } = defaultRanking.weights
  const { takenUpFrom: __, ...older } = defaultRanking
  const read = rankingSettingsSchema.parse({ ...older, weights })
  expect(read.weights.takenUp).toBe(0)
  expect(rankRun(runOf({ news: 0 }), read, {}).score).toBeGreaterThan(0.5)
  const { components, ...rest } = rank({})
  const { takenUp: ___, ...known } = components
  expect(rankingSchema.parse({ ...rest, components: known }).components.takenUp).toBeNull()
})

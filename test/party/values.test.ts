// The value store: what is shown again, that it says nothing an agent could not read before, and that the record fixes it.
import { expect, test } from 'vitest'
import { type Moment, parsePercept } from '../../src/djs/index.ts'
import { defaultScenario, defaultValueStore, lintPrompt } from '../../src/party/index.ts'
import { recallEpisodes, replayEpisodes, type StoredEpisode, storeEpisode } from '../../src/party/values.ts'
import { type Condition, formatLine, type Policy, type RecordLine } from '../../src/record/index.ts'
import { playScripted } from './play.ts'

const settings = { ...defaultValueStore, noveltyFrom: 0, comfortFrom: 0, recalled: 1 }

function moment(slot: number, track: string, you = 'HOLD; SAY "again"'): Moment {
  const own = { track, section: 'drop', level: 'full', slots: 1, set: [] } as const
  return {
    slot,
    metatokens: [],
    own,
    other: null,
    heard: 'a hum',
    floor: null,
    body: null,
    score: null,
    partner: [],
    fault: null,
    you,
  }
}

const storeAll = (told: readonly [Moment, string | null][], given = settings) =>
  told.reduce<readonly StoredEpisode[]>((store, [m, after]) => storeEpisode(store, m, after, given), [])
const slotsOf = (episodes: readonly { moment: Moment }[]) => episodes.map((episode) => episode.moment.slot)

test('the episode comes back that is like the present and felt well, of equals the later', () => {
  const store = storeAll([
    [moment(0, 'dub-01'), 'at ease'],
    [moment(1, 'house-01'), 'sore'],
    [moment(2, 'house-01'), 'at ease'],
    [moment(3, 'house-01'), 'at ease'],
  ])
  expect(slotsOf(recallEpisodes(store, moment(9, 'dub-01'), 9, settings))).toEqual([0])
  expect(slotsOf(recallEpisodes(store, moment(9, 'house-01'), 9, settings))).toEqual([3])
  expect(slotsOf(recallEpisodes(store, moment(9, 'house-01'), 2, settings))).toEqual([0])
})

test('what is not new enough, or felt worse than asked for, is not shown; without a body only novelty counts', () => {
  const picky = { ...settings, recalled: 8, noveltyFrom: 0.1, comfortFrom: 0.5 }
  const told = (after: string | null) =>
    storeAll([
      [moment(0, 'dub-01'), after],
      [moment(1, 'dub-01'), after],
    ])
  expect(told('at ease').map(({ novelty }) => novelty)).toEqual([1, 0])
  expect(slotsOf(recallEpisodes(told('at ease'), moment(9, 'dub-01'), 9, picky))).toEqual([0])
  expect(recallEpisodes(told('sore'), moment(9, 'dub-01'), 9, picky)).toEqual([])
  expect(slotsOf(recallEpisodes(told(null), moment(9, 'dub-01'), 9, picky))).toEqual([0])
})

test('values are places among the words of the body, a half word less when worn', () => {
  const [ache, warm, worn] = storeAll([
    [moment(0, 'a'), 'everything aches'],
    [moment(1, 'b'), 'warm all through'],
    [moment(2, 'c'), 'warm all through, and it is wearing thin'],
  ])
  expect([ache?.value, warm?.value]).toEqual([0, 1])
  expect(worn?.value).toBeCloseTo(5.5 / 6)
})

test('a full store loses what is worth least, and what is shown holds no words of anybody', () => {
  const small = { ...settings, size: 2 }
  const store = storeAll(
    [
      [moment(0, 'a'), 'sore'],
      [moment(1, 'a'), 'sore'],
      [moment(2, 'b', 'LOAD b drop; PLAY; SAY "mine"'), 'at ease'],
    ],
    small,
  )
  expect(slotsOf(store.map(({ episode }) => episode))).toEqual([0, 2])
  const [shown] = recallEpisodes(store, moment(9, 'b'), 9, small)
  expect(shown?.moment).toMatchObject({ you: 'LOAD b drop; PLAY', heard: null, partner: [] })
})

test('a replay stands at the head of a new set only', () => {
  const store = storeAll([
    [moment(0, 'a'), 'sore'],
    [moment(1, 'b'), 'at ease'],
  ])
  const sets = { ...settings, setSlots: 4, replayed: 1 }
  const at = (slot: number) => slotsOf(replayEpisodes(store, slot, sets))
  expect([0, 3, 4, 5, 8].map(at)).toEqual([[], [], [1], [], [1]])
  expect(replayEpisodes(store, 4, settings)).toEqual([])
})

const scenario = { ...defaultScenario, slots: 26, memorySlots: 3, valueStore: { ...defaultValueStore, setSlots: 8 } }
const perceptsOf = (lines: readonly RecordLine[], agent: string) =>
  lines.flatMap((line) => (line.kind === 'percept' && line.agent === agent ? [line.text] : []))

test('a night with a value store: recalled beyond the window, replayed between sets, the same bytes again', async () => {
  const lines = await playScripted({ scenario })
  expect((await playScripted({ scenario })).map(formatLine)).toEqual(lines.map(formatLine))
  const percepts = perceptsOf(lines, 'a').map(parsePercept)
  expect(percepts.filter(({ recalled }) => recalled.length > 0).length).toBeGreaterThan(10)
  for (const [slot, { recalled, replayed, moments }] of percepts.entries()) {
    expect(replayed.length > 0, `slot ${slot}`).toBe(slot > 0 && slot % 8 === 0)
    for (const { moment: m, after } of recalled) {
      expect(moments.every((kept) => kept.slot > m.slot)).toBe(true)
      // It was felt in the very next slot, in the very words.
      expect(after).toBe(percepts[m.slot + 1]?.moments.at(-1)?.body)
    }
  }
  const texts = lines.flatMap((line) => (line.kind === 'percept' ? [`${line.system}\n${line.text}`] : []))
  expect(texts.flatMap(lintPrompt)).toEqual([])
  expect(
    (await playScripted({ scenario: { ...defaultScenario, slots: 2 } })).every(
      (l) => !('text' in l) || !l.text.includes('<recall'),
    ),
  ).toBe(true)
})

test.each(['deaf', 'comfort-only'] as const)('%s: nothing of the partner comes back', async (condition: Condition) => {
  const reads = async (partner: Policy) =>
    perceptsOf(await playScripted({ policies: ['selfish', partner], condition, scenario }), 'a')
  const alone = await reads('silent')
  expect(alone.some((text) => text.includes('<recall='))).toBe(true)
  for (const text of alone) expect(text).not.toMatch(/<(other|heard|partner)/)
  if (condition === 'deaf') {
    for (const text of alone) expect(text).not.toMatch(/<(after|body|floor)/)
    for (const partner of ['selfish', 'random'] as const) expect(await reads(partner)).toEqual(alone)
  }
})

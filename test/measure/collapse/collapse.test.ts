import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  findAttractor,
  findDomination,
  findGoodbyeLoop,
  findModeCollapse,
  findScoreLeak,
  turnsOfSlot,
} from '../../../src/measure/collapse/index.ts'
import { isCourteous } from '../../../src/measure/collapse/politeness.ts'
import { tailFrom } from '../../../src/measure/collapse/tail.ts'
import { symbolsOfText } from '../../../src/measure/index.ts'
import { type Random, randomIndex, seededRandom } from '../../../src/random.ts'
import { blissful, farewell, followedBy, livelyTalk, livelyText, placeOf, turn } from './talk.ts'

const pair = ['a', 'b'] as const
const lively = [60, 120, 300].flatMap((count) => ['p', 'q', 'r'].map((seed) => livelyTalk(count, seed)))
/** Recipes for turns with a style: `width` kinds, drawn blindly. */
const styled = (slots: number, widthOf: (slot: number) => number, seed = 's') => {
  const random = seededRandom(seed)
  return Array.from({ length: slots }, (_, slot) =>
    Array.from({ length: 12 }, () => `m${randomIndex(random, widthOf(slot))}`),
  )
}

test('long lively conversations set nothing off', () => {
  for (const talk of lively) {
    expect(placeOf(findGoodbyeLoop(talk))).toBeNull()
    expect(placeOf(findAttractor(talk, pair))).toBeNull()
    expect(
      placeOf(
        findScoreLeak(
          talk,
          talk.map(() => [0.51, 0.62]),
        ),
      ),
    ).toBeNull()
    expect(placeOf(findModeCollapse(talk.map(({ words }) => words.map((word) => word.slice(0, 2)))))).toBeNull()
  }
})

test('a farewell that will not end is found where it begins, on both sides', () => {
  for (const before of [0, 20, 60]) {
    const talk = followedBy(livelyTalk(before, 'x'), 20, farewell)
    const from = placeOf(findGoodbyeLoop(talk))
    expect(from).toBeGreaterThanOrEqual(Math.max(0, before - 5))
    expect(from).toBeLessThanOrEqual(before + 1)
  }
})

test('a farewell that ends, and thanks from one side only, are manners', () => {
  expect(placeOf(findGoodbyeLoop(followedBy(livelyTalk(60, 'x'), 7, farewell)))).toBeNull()
  const oneSided = livelyTalk(40, 'y').map((one, i) => (one.agent === 'a' ? turn('a', i, 'Thank you very much!') : one))
  expect(placeOf(findGoodbyeLoop(oneSided))).toBeNull()
  const backToWork = [...followedBy(livelyTalk(20, 'z'), 12, farewell), ...livelyTalk(60, 'w')]
  expect(placeOf(findGoodbyeLoop(backToWork))).toBeNull()
})

test('both give way for ever: a politeness loop without words', () => {
  const yields = followedBy(livelyTalk(10, 'x'), 12, () => '').map((one, i) =>
    i < 10 ? one : { ...one, moves: [{ do: 'yield' } as const] },
  )
  expect(placeOf(findGoodbyeLoop(yields))).toBe(10)
  const holds = yields.map((one) => ({ ...one, moves: [{ do: 'hold' } as const] }))
  expect(placeOf(findGoodbyeLoop(holds))).toBeNull()
})

test('courtesy is most of a turn, not a word in it', () => {
  expect(isCourteous(symbolsOfText('Thank you, no, thank you!'))).toBe(true)
  expect(isCourteous(symbolsOfText('After you. No, you first.'))).toBe(true)
  expect(isCourteous(symbolsOfText(`Thank you. ${livelyText('c', 1)}`))).toBe(false)
  expect(isCourteous([])).toBe(false)
})

test('one small set of words, in any order, is an attractor; its onset is known to a few turns', () => {
  for (const before of [0, 20, 60]) {
    const from = placeOf(findAttractor(followedBy(livelyTalk(before, 'x'), 24, blissful), pair))
    expect(Math.abs((from ?? -99) - before)).toBeLessThanOrEqual(4)
  }
})

test('two small sets, one for each, are no attractor of the two', () => {
  const apart = Array.from({ length: 40 }, (_, i) => {
    const random = seededRandom(`apart ${i}`)
    const words = Array.from({ length: 20 }, () => `${'ab'[i % 2]}${randomIndex(random, 10)}`)
    return turn('ab'[i % 2] as string, i, words.join(' '))
  })
  expect(placeOf(findAttractor(apart, pair))).toBeNull()
})

test('a style that narrows for good is a mode collapse; one that was never wide, or comes back, is none', () => {
  for (const at of [16, 30]) {
    const from = placeOf(findModeCollapse(styled(48, (slot) => (slot < at ? 8 : 1))))
    expect(Math.abs((from ?? -99) - at)).toBeLessThanOrEqual(3)
  }
  expect(placeOf(findModeCollapse(styled(48, () => 8)))).toBeNull()
  expect(placeOf(findModeCollapse(styled(48, () => 1)))).toBeNull()
  expect(placeOf(findModeCollapse(styled(48, (slot) => (slot > 12 && slot < 30 ? 1 : 8))))).toBeNull()
  expect(placeOf(findModeCollapse(styled(48, (slot) => (slot < 24 ? 8 : 5))))).toBeNull()
  expect(placeOf(findModeCollapse([]))).toBeNull()
})

test('who makes all the notes dominates, from where on', () => {
  const steady = Array.from({ length: 40 }, () => 10)
  const fading = steady.map((count, i) => (i < 25 ? count : 0))
  expect(placeOf(findDomination(steady, steady))).toBeNull()
  expect(placeOf(findDomination(steady, fading))).toEqual({ slot: 25, by: 0 })
  expect(placeOf(findDomination(fading, steady))).toEqual({ slot: 25, by: 1 })
  expect(placeOf(findDomination(steady.fill(0), steady))).toBeNull()
  // Turn about is nobody's dominance.
  const odd = Array.from({ length: 40 }, (_, i) => 10 * (i % 2))
  const other = odd.map((count) => 10 - count)
  expect(placeOf(findDomination(odd, other))).toBeNull()
})

test('who talked most all along does not dominate; who says nothing is dominated from the start', () => {
  const much = Array.from({ length: 40 }, () => 60)
  const little = much.map(() => 2)
  expect(placeOf(findDomination(much, little))).toBeNull()
  expect(placeOf(findDomination(little, much))).toBeNull()
  // Half as much again of almost nothing is no loss; a fair share that goes is.
  const fading = (before: number) => much.map((_, i) => (i < 15 ? before : 1))
  expect(placeOf(findDomination(much, fading(2)))).toBeNull()
  expect(placeOf(findDomination(much, fading(30)))).toEqual({ slot: 15, by: 0 })
  const mute = much.map(() => 0)
  expect(placeOf(findDomination(much, mute))).toEqual({ slot: 0, by: 0 })
  expect(findDomination(mute, mute)).toEqual({ none: 'not asked: no voice sounds' })
})

test('a number of the score in words or prompt is a leak, other numbers are not', () => {
  const readings = [[], [0.7312, 0.42], [0.7312, 0.42]]
  const talk = (...texts: string[]) => texts.map((text, i) => turn('a', i, text))
  expect(placeOf(findScoreLeak(talk('hello', 'we are at .731 now'), readings))).toBe(1)
  expect(placeOf(findScoreLeak(talk('0.73 before any', 'again 0.73', 'still 0.42'), readings))).toBe(1)
  expect(placeOf(findScoreLeak(talk('hm', 'about 0.73 of it', 'at 126 bpm, 4/4, 0.5 or 3.141'), readings))).toBeNull()
  const [first, second] = talk('hello', 'hello') as [ReturnType<typeof turn>, ReturnType<typeof turn>]
  expect(placeOf(findScoreLeak([first, { ...second, scoreShown: true }], readings))).toBe(1)
})

test('numbers in every turn are no leak, however long the talk; those of its own slot are one', () => {
  const slots = 120
  const readingsOf = (seed: string) => {
    const random = seededRandom(seed)
    const bySlot = Array.from({ length: slots }, () => Array.from({ length: 12 }, () => 0.4 + 0.6 * random()))
    return bySlot.map((_, slot) => bySlot.slice(Math.max(0, slot - 2), slot).flat())
  }
  const talk = (digits: number, numberOf: (slot: number, random: Random) => number) => {
    const random = seededRandom('numbers')
    return Array.from({ length: slots }, (_, slot) => turn('a', slot, `now ${numberOf(slot, random).toFixed(digits)}`))
  }
  for (const seed of ['p', 'q', 'r', 's'])
    for (const digits of [2, 3]) {
      const readings = readingsOf(seed)
      const blind = talk(digits, (_, random) => 0.4 + 0.59 * random())
      expect(placeOf(findScoreLeak(blind, readings))).toBeNull()
      expect(
        placeOf(
          findScoreLeak(
            talk(digits, () => 0.73),
            readings,
          ),
        ),
      ).toBeNull()
      const quotes = talk(digits, (slot) => (slot < 60 ? 0.12 : (readings[slot]?.[slot % 24] as number)))
      expect(placeOf(findScoreLeak(quotes, readings))).toBe(60)
    }
})

test('turns leave commands out and see a score in a prompt', () => {
  const place = { agent: 'a', slot: 0 }
  const token = { kind: 'token', ...place, turn: 0, t: 0, source: 'scripted', clock: 'world' } as const
  const turns = turnsOfSlot([
    { n: 1, kind: 'percept', ...place, system: '', text: '<slot=1><score>0.5</score>' },
    { n: 2, ...token, text: 'PLAY; SAY "', role: 'action' },
    { n: 3, ...token, text: 'Deep night', role: 'speech' },
    { n: 4, kind: 'move', ...place, text: '', moves: [{ do: 'play' }] },
  ])
  expect(turns).toEqual([
    { agent: 'a', text: ' Deep night', words: ['deep', 'night'], moves: [{ do: 'play' }], scoreShown: true },
  ])
})

test('who speaks several times in a slot has several turns there', () => {
  const said = (agent: string, turn: number, text: string) =>
    ({
      n: 1,
      kind: 'token',
      agent,
      slot: 0,
      turn,
      t: 0,
      source: 'import',
      clock: 'arrival',
      role: 'speech',
      text,
    }) as const
  const lines = [said('a', 0, 'Yes'), said('b', 0, 'No'), said('a', 1, 'Ye'), said('a', 1, 's'), said('b', 1, 'No')]
  expect(turnsOfSlot(lines).map(({ agent, text }) => `${agent} ${text}`)).toEqual(['a Yes', 'b No', 'a Yes', 'b No'])
})

test('a tail holds to its end: at least six steps, an eighth of all, four of five', () => {
  const bits = fc.array(fc.boolean(), { maxLength: 200 })
  fc.assert(
    fc.property(bits, (holds) => {
      const from = tailFrom(holds)
      if (from === null) return
      const tail = holds.slice(from)
      expect(holds[from]).toBe(true)
      expect(tail.length).toBeGreaterThanOrEqual(Math.max(6, holds.length / 8))
      expect(tail.filter(Boolean).length).toBeGreaterThanOrEqual(0.8 * tail.length)
    }),
  )
  expect(tailFrom([...Array(10).fill(false), ...Array(6).fill(true)])).toBe(10)
  expect(tailFrom([...Array(10).fill(false), ...Array(5).fill(true)])).toBeNull()
  expect(tailFrom([...Array(20).fill(true), ...Array(20).fill(false)])).toBeNull()
})

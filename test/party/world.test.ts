import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bodySayings, floorSayings, shippedMasks, wornSaying } from '../../src/djs/index.ts'
import {
  createWorldState,
  dealCrates,
  defaultScenario,
  lintPrompt,
  setTasteOverlap,
  stepWorld,
  tasteOverlap,
  type World,
  type WorldState,
} from '../../src/party/index.ts'
import { seededRandom } from '../../src/random.ts'
import { type Move, sectionNames, type Track } from '../../src/record/index.ts'
import { shippedLibrary } from './library.ts'

const tastes = shippedMasks.slice(0, 2).map((mask) => mask.taste)
const dials = { tastes, size: 30, sharedFraction: 0.2 }
const crates = dealCrates(shippedLibrary, dials, 1).map((tracks) => new Map(tracks.map((track) => [track.id, track])))
const world: World = { scenario: defaultScenario, agents: ['a', 'b'], tastes, crates }
const [own, other] = crates.map((crate) => [...crate.keys()])

function play(turns: readonly (readonly [readonly Move[], readonly Move[]])[]): WorldState[] {
  const states = [createWorldState(world)]
  for (const [k, moves] of turns.entries())
    states.push(stepWorld(states[k] as WorldState, moves, world, seededRandom(k)).state)
  return states
}

const load = (track: string | undefined): Move => ({ do: 'load', track: track ?? '', cue: 'drop' })
const faderOf = (state: WorldState | undefined, i: number) => state?.deckSlots[i]?.fader

const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant('load' as const),
    track: fc.constantFrom(...(own ?? []), 'nothing'),
    cue: fc.constantFrom(...sectionNames),
  }),
  fc.constantFrom<Move>(
    { do: 'play' },
    { do: 'cut' },
    { do: 'yield' },
    { do: 'hold' },
    { do: 'blend', beats: 16 },
    { do: 'blend', beats: 32 },
    { do: 'blend', beats: 64 },
    { do: 'loop', beats: 4 },
    { do: 'loop', beats: null },
    { do: 'eq', band: 'low', to: 'kill' },
    { do: 'eq', band: 'low', to: 'up' },
    { do: 'nudge', percent: 2 },
  ),
)

test('whatever is done, the world stays a world: same dice same state, shares are shares, nothing is lost or made up', () => {
  const turn = fc.tuple(fc.array(anyMove, { maxLength: 4 }), fc.array(anyMove, { maxLength: 4 }))
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 12 }), (turns) => {
      const states = play(turns)
      expect(JSON.stringify(play(turns))).toBe(JSON.stringify(states))
      expect(structuredClone(states)).toEqual(states)
      for (const [k, state] of states.entries()) {
        const shares = state.decks.map((deck) => deck.share)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12)
        for (const [i, slot] of state.deckSlots.entries()) {
          expect(slot.fader.from).toBe(states[k - 1]?.decks[i]?.share)
          expect([0, 16, 32]).toContain(slot.fader.overBeats)
        }
        for (const value of [
          state.clash,
          state.crowd,
          ...state.groups.flatMap((g) => [g.dancing, g.tired, ...g.appetite]),
        ]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('faders: PLAY at once, BLEND over its beats, 64 over two slots, YIELD over the slot, CUT at once, and the other follows', () => {
  const states = play([
    [[load(own?.[0]), { do: 'play' }], []],
    [[], [load(other?.[0]), { do: 'blend', beats: 16 }]],
    [[{ do: 'yield' }], []],
    [[], []],
    [[{ do: 'blend', beats: 64 }], [{ do: 'cut' }]],
    [[], []],
  ])
  expect(faderOf(states[1], 0)).toEqual({ from: 0, to: 1, overBeats: 0 })
  expect([faderOf(states[2], 0), faderOf(states[2], 1)]).toEqual([
    { from: 1, to: 0.5, overBeats: 16 },
    { from: 0, to: 0.5, overBeats: 16 },
  ])
  expect([faderOf(states[3], 0), faderOf(states[3], 1)]).toEqual([
    { from: 0.5, to: 0, overBeats: 32 },
    { from: 0.5, to: 1, overBeats: 32 },
  ])
  expect(states[4]?.deckSlots[0]?.playing).toBe(false)
  expect([faderOf(states[5], 0), faderOf(states[5], 1)]).toEqual([
    { from: 0, to: 0.5, overBeats: 32 },
    { from: 1, to: 0, overBeats: 0 },
  ])
  expect(faderOf(states[6], 0)).toEqual({ from: 0.5, to: 1, overBeats: 32 })
})

test('sections go on while a deck plays, wait while it loops, and a new track takes over at the slot', () => {
  const states = play([
    [[load(own?.[0]), { do: 'play' }], []],
    [[{ do: 'loop', beats: 4 }], []],
    [[], []],
    [[{ do: 'loop', beats: null }], []],
    [[load(own?.[1])], []],
  ])
  const sections = states.slice(1).map((state) => state.deckSlots[0]?.section ?? -1)
  const cue = (id: string | undefined) =>
    crates[0]?.get(id ?? '')?.sections.findIndex(({ name }) => name === 'drop') ?? -2
  expect(sections[0]).toBe(cue(own?.[0]))
  expect(sections[1]).toBe((sections[0] ?? 0) + 1)
  expect(sections[2]).toBe(sections[1])
  expect(sections[4]).toBe(cue(own?.[1]))
  expect(states[5]?.deckSlots[0]).toMatchObject({ track: own?.[1], playing: true, fader: { from: 1, to: 1 } })
})

test('what cannot be done changes nothing and is named', () => {
  const state = createWorldState(world)
  const moves: Move[][] = [[load('nothing'), { do: 'play' }], [{ do: 'load', track: other?.[0] ?? '', cue: 'drop' }]]
  const step = stepWorld(state, moves, world, seededRandom(1))
  expect(step.faults[0]?.map(({ code }) => code)).toEqual(['unknown-track', 'nothing-loaded'])
  expect(step.faults[1]).toEqual([])
  expect(step.state.decks[0]?.playing).toBe(false)
})

/** A world of two tracks, so that only their keys and tempi differ. */
function clashOf(first: Partial<Track>, second: Partial<Track>): number {
  const base = shippedLibrary.tracks[0] as Track
  const tracks = [
    { ...base, bpm: 126, ...first, id: 'first' },
    { ...base, bpm: 126, ...second, id: 'second' },
  ]
  const small = { ...world, crates: tracks.map((track) => new Map([[track.id, track]])) }
  const moves = tracks.map((track): Move[] => [load(track.id), { do: 'play' }])
  return stepWorld(createWorldState(small), moves, small, seededRandom(1)).state.clash
}

test('clash follows the Camelot wheel and the tempi', () => {
  const aMinor = { key: { tonic: 9, mode: 'minor' as const } }
  expect(clashOf(aMinor, aMinor)).toBe(0)
  expect(clashOf(aMinor, { key: { tonic: 0, mode: 'major' } })).toBeCloseTo(0.15, 12)
  expect(clashOf(aMinor, { key: { tonic: 4, mode: 'minor' } })).toBeCloseTo(0.15, 12)
  expect(clashOf(aMinor, { key: { tonic: 11, mode: 'minor' } })).toBeCloseTo(0.55, 12)
  expect(clashOf(aMinor, { key: { tonic: 3, mode: 'minor' } })).toBeCloseTo(0.9, 12)
  // Beyond the key lock pitch moves with speed: 133 bpm played at 126 sounds a semitone lower. Half time is the same tempo and an octave up.
  expect(clashOf(aMinor, { ...aMinor, bpm: 133.4 })).toBeGreaterThan(0.3)
  expect(clashOf(aMinor, { ...aMinor, bpm: 63 })).toBe(0)
})

test('a constant act cannot keep comfort up', () => {
  const hold: [Move[], Move[]] = [[], []]
  const turns = [[[load(own?.[0]), { do: 'play' }], []] as [Move[], Move[]], ...Array.from({ length: 40 }, () => hold)]
  const comforts = play(turns).map((state) => state.bodies[0]?.comfort ?? 0)
  expect(comforts.at(-1) ?? 0).toBeLessThan(0.6 * Math.max(...comforts))
})

test('crates: size, shares and tastes are what the dials say', () => {
  for (const sharedFraction of [0, 0.2, 1]) {
    const [first, second] = dealCrates(shippedLibrary, { ...dials, sharedFraction }, 3)
    const both = first?.filter((track) => second?.includes(track)) ?? []
    expect([first?.length, second?.length, both.length]).toEqual([30, 30, 30 * sharedFraction])
  }
  const likes = (crate: readonly Track[] | undefined, style: number) =>
    crate?.reduce((sum, track) => sum + (track.style[style] ?? 0), 0) ?? 0
  const [first, second] = dealCrates(shippedLibrary, dials, 3)
  expect(likes(first, 1)).toBeGreaterThan(2 * likes(second, 1))
  expect(dealCrates(shippedLibrary, dials, 3)).toEqual(dealCrates(shippedLibrary, dials, 3))
})

test('taste overlap is set to its cosine', () => {
  for (const overlap of [0.2, 0.5, 0.8, 1]) {
    const [a = [], b = []] = setTasteOverlap(tastes, overlap)
    expect(tasteOverlap(a, b)).toBeCloseTo(overlap, 2)
    expect(Math.max(...a, ...b)).toBe(1)
  }
  expect(setTasteOverlap(tastes, null)).toBe(tastes)
})

test('masks and all that floor and body can say pass the lint, which finds what it should', () => {
  const texts = [
    ...shippedMasks.flatMap((mask) => [mask.persona, mask.title, ...mask.phrases]),
    ...Object.values(floorSayings).flat(),
    ...bodySayings.map(({ words }) => words),
    wornSaying,
    ...shippedLibrary.tracks.map(({ title }) => title),
  ]
  expect(texts.flatMap(lintPrompt)).toEqual([])
  expect(lintPrompt('Maximise the Harmony; your score rewards cooperation. You win.')).toHaveLength(6)
  expect(lintPrompt('No disharmony: teamwork.')).toEqual(['disharmony', 'teamwork'])
  expect(lintPrompt('the winter window, wind and wine')).toEqual([])
})

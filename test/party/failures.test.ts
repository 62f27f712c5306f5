import { expect, test } from 'vitest'
import type { Dj } from '../../src/djs/index.ts'
import { defaultScenario, type FailureKind, findFailures, type PartyOptions } from '../../src/party/index.ts'
import type { Policy, RecordLine } from '../../src/record/index.ts'
import { shippedLibrary } from './library.ts'
import { partyOptions, playScripted } from './play.ts'

const kindsOf = (lines: readonly RecordLine[]) =>
  new Set(findFailures(lines, shippedLibrary.tracks).map(({ kind }) => kind))
const says = (text: (slot: number) => string): Dj =>
  async function* ({ slot }) {
    yield { text: text(slot) }
  }
const sharedCrates = { ...defaultScenario, slots: 16, crates: { size: 30, tasteOverlap: null, sharedFraction: 1 } }
const alternating = (slot: number) => (slot % 2 === 0 ? 'PLAY' : 'CUT')

/** A track that both have when crates are shared whole. */
const shared = async () => {
  const lines = await playScripted({ policies: ['one-hit', 'silent'], scenario: { ...sharedCrates, slots: 1 } })
  const world = lines.find((line) => line.kind === 'world')
  return world?.decks[0]?.track ?? ''
}

async function playDjs(a: Dj, b: Dj, given: Partial<PartyOptions> = {}): Promise<RecordLine[]> {
  const { djs } = partyOptions({})
  return playScripted({ scenario: { ...defaultScenario, slots: 16 }, ...given, djs: { ...djs, a, b } })
}

test('two who listen fail in nothing', async () => {
  for (const seed of [1, 2, 3])
    expect(findFailures(await playScripted({ slots: 32, seed }), shippedLibrary.tracks)).toEqual([])
})

test.each<[FailureKind, readonly Policy[]]>([
  ['hit-loop', ['one-hit', 'listen']],
  ['yes-spam', ['yes-spammer', 'listen']],
  ['silence', ['silent', 'listen']],
  ['dominance', ['selfish', 'silent']],
  ['one-key', ['one-hit', 'silent']],
])('%s is found where a policy makes it', async (kind, policies) => {
  const found = findFailures(await playScripted({ policies, slots: 24 }), shippedLibrary.tracks)
  expect(found.map((failure) => failure.kind)).toContain(kind)
  const failure = found.find((one) => one.kind === kind)
  expect(failure?.slots).toBeGreaterThanOrEqual(6)
  if (kind !== 'one-key') expect(failure?.agent).toBe('a')
})

test('failures of what is said and done', async () => {
  const track = await shared()
  const load = `LOAD ${track} drop`
  expect(
    kindsOf(
      await playDjs(
        says(() => 'let us see'),
        says(() => 'HOLD'),
      ),
    ),
  ).toContain('parse-storm')
  const broken: Dj = async function* () {
    yield { text: 'HO' }
    throw new Error('terminated')
  }
  expect(
    kindsOf(
      await playDjs(
        broken,
        says(() => 'HOLD'),
      ),
    ),
  ).toContain('broken-turns')
  expect(
    kindsOf(
      await playDjs(
        says(() => 'YIELD; SAY "after you"'),
        says(() => 'YIELD; SAY "no, you"'),
      ),
    ),
  ).toContain('politeness-loop')
  expect(
    kindsOf(
      await playDjs(
        says(() => 'SAY "🎉🎉🎉"'),
        says(() => 'HOLD'),
      ),
    ),
  ).toContain('silence')
  const both = await playDjs(
    says((slot) => `${load}; ${alternating(slot)}`),
    says((slot) => `${load}; ${alternating(slot)}`),
    { scenario: sharedCrates },
  )
  expect(kindsOf(both)).toContain('corridor-dance')
  expect(kindsOf(both)).toContain('unison')
  const same = await playDjs(
    says((slot) => (slot === 0 ? `${load}; PLAY` : 'HOLD')),
    says((slot) => (slot === 0 ? `${load}; PLAY` : 'HOLD')),
    { scenario: sharedCrates },
  )
  expect(kindsOf(same)).toContain('same-track')
  expect(
    kindsOf(
      await playDjs(
        says((slot) => (slot === 0 ? 'NUDGE +3%' : 'HOLD')),
        says(() => 'HOLD'),
      ),
    ),
  ).toContain('tempo-drift')
})

test('a score in a prompt that must not show it is found', async () => {
  const listen = async () => ({ a: { agent: 'a', heard: 'hum', score: '0.5', readings: {} } })
  const told = await playScripted({ condition: 'explicit-score', listen })
  expect(kindsOf(told)).not.toContain('score-leak')
  const leaked = told.map((line) =>
    line.kind === 'session' ? { ...line, condition: 'hearing+comfort' as const } : line,
  )
  expect(kindsOf(leaked)).toContain('score-leak')
})

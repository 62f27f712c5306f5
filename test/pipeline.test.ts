// The whole path in Node: from a party's tokens to its scores, and what degenerate parties get.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { shippedMasks } from '../src/djs/index.ts'
import { measureVitality, symbolsOfNotes } from '../src/measure/index.ts'
import { scoreRecord, slotStart } from '../src/pipeline.ts'
import { type RecordLine, scoresSchema, sessionOf } from '../src/record/index.ts'
import { instruments, playHeard, playUnheard } from './party-run.ts'

const listeners = await playHeard({ policies: ['listen', 'listen'], slots: 6 })
const hashOf = (stems: readonly Float32Array[]) => {
  const hash = createHash('sha256')
  for (const stem of stems) hash.update(new Uint8Array(stem.buffer))
  return hash.digest('hex')
}
const hashes = { record: '', kernel: '', stems: {}, features: '' }

test('a record heard again gives the same sound, sample for sample, and the same scores', async () => {
  const own = instruments()
  await own.prepare(listeners.record)
  const again: string[] = []
  const { scores } = scoreRecord(listeners.record, own, (slot) => again.push(hashOf(slot.stems)))
  expect(again).toEqual(listeners.heard.map((slot) => hashOf(slot.stems)))
  expect(scores).toEqual(listeners.scores)
})

test('slots join without a gap or an overlap', () => {
  const session = sessionOf(listeners.record)
  listeners.heard.forEach((slot, k) => {
    expect(slot.startSample).toBe(slotStart(session, k).sample)
    for (const stem of slot.stems) expect(stem.length).toBe(slotStart(session, k + 1).sample - slot.startSample)
  })
})

test('four stems of a party sound, keep below full scale and hold no NaN', () => {
  const peaks = [0, 1, 2, 3].map((k) =>
    Math.max(
      ...listeners.heard.map(({ stems }) => (stems[k] as Float32Array).reduce((m, x) => Math.max(m, Math.abs(x)), 0)),
    ),
  )
  for (const peak of peaks) {
    expect(peak).toBeGreaterThan(0.05)
    expect(peak).toBeLessThan(1)
  }
})

test('scores fit their schema, and every null has its reason', () => {
  const scores = scoresSchema.parse({ ...listeners.scores, hashes })
  const nulls: string[] = []
  const visit = (value: unknown, path: string) => {
    if (value === null) nulls.push(path)
    else if (typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) visit(inner, path ? `${path}.${key}` : key)
  }
  const { series: _, ...summaries } = scores
  visit(summaries, '')
  for (const path of nulls.filter((path) => !path.endsWith('fromIndex')))
    expect(scores.undefined).toHaveProperty([path])
})

test('floor and bodies are told as the record has them: series, means, and the lower comfort as fairness', () => {
  const { together, agents, series } = listeners.scores
  const worlds = listeners.record.filter((line) => line.kind === 'world')
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const comfortsOf = (agent: string) =>
    worlds.map(({ bodies }) => bodies.find((body) => body.agent === agent)?.comfort ?? Number.NaN)
  const energies = worlds.map(({ crowd }) => crowd.energy)
  expect(series.crowdEnergy.values).toEqual(energies)
  expect(series.crowdEnergy.seconds).toEqual(
    worlds.map(({ slot }) => slotStart(sessionOf(listeners.record), slot).seconds),
  )
  expect(together.crowdEnergy).toBeCloseTo(mean(energies), 12)
  for (const { agent, meanComfort } of agents) {
    expect(series.comfort[agent]?.values).toEqual(comfortsOf(agent))
    expect(meanComfort).toBeCloseTo(mean(comfortsOf(agent)), 12)
  }
  const [low, high] = ['a', 'b'].map((agent) => mean(comfortsOf(agent))).sort((p, q) => p - q) as [number, number]
  expect(high).toBeGreaterThan(low)
  expect(together.fairness).toBeCloseTo(low, 12)
})

test('a summary is the mean of its series, of every agent its own', () => {
  const { agents, pairs, series, together } = listeners.scores
  const meanOf = (values: readonly (number | null)[] | undefined) => {
    const known = values?.filter((value) => value !== null) ?? []
    return known.reduce((sum, value) => sum + value, 0) / known.length
  }
  const { within } = series.consonance
  const { between } = series.smoothness
  expect(Math.abs((together.consonance ?? 9) - meanOf(series.consonance.together.values))).toBeLessThan(0.01)
  expect(Math.abs((pairs[0]?.smoothnessBetween ?? 9) - meanOf(between.values))).toBeLessThan(0.02)
  // A second in which an agent sounds for a frame only counts whole in its series, and a sixth in its mean: so the mean is near, and nearest its own.
  const off = (value: number | null, agent: string) => Math.abs((value ?? 9) - meanOf(within[agent]?.values))
  for (const { agent, consonanceWithin } of agents) {
    expect(off(consonanceWithin, agent)).toBeLessThan(0.04)
    for (const other of agents.filter((one) => one.agent !== agent))
      expect(off(consonanceWithin, agent)).toBeLessThan(off(consonanceWithin, other.agent))
  }
})

test('every note belongs to a token that is in the record', () => {
  const tokens = new Set(listeners.record.flatMap((line) => (line.kind === 'token' ? [line.n] : [])))
  const voiced = listeners.heard.flatMap(({ notes }) => notes).filter((note) => note.layer === 'voice')
  expect(voiced.length).toBeGreaterThan(100)
  for (const note of voiced) expect(tokens).toContain(note.token)
})

test('two who listen weave and live', () => {
  expect(listeners.scores.pairs[0]?.interlock.voice.score).toBeGreaterThan(0.3)
  for (const { vitality } of listeners.scores.agents) expect(vitality.vitality).toBeGreaterThan(0.4)
})

test('two who say the same in the same rhythm do not weave', async () => {
  const [mask] = shippedMasks
  const unison = await playHeard({ policies: ['one-hit', 'one-hit'], slots: 4, masks: [mask, mask] })
  expect(unison.scores.pairs[0]?.interlock.voice.score).toBeLessThan(0.15)
})

test('who says yes for ever is dead, and found to repeat itself', async () => {
  const notes = await playUnheard({ policies: ['yes-spammer', 'yes-spammer'], slots: 24 })
  const voice = notes.filter((note) => note.agent === 'a' && note.layer === 'voice')
  const { vitality, collapse } = measureVitality(symbolsOfNotes(voice))
  expect(collapse?.repeating).toBe(true)
  expect(vitality).toBeLessThan(0.15)
})

test('voice, deck and who is there are told apart', async () => {
  const { scores } = await playHeard({ policies: ['silent', 'yes-spammer'], slots: 4 })
  const [silent, spammer] = scores.agents
  expect(silent?.presence).toBeLessThan(0.3)
  expect(spammer?.presence).toBeGreaterThan(0.95)
  expect(silent?.consonanceWithin).not.toBe(spammer?.consonanceWithin)
  expect(spammer?.loudnessLufs).toBeGreaterThan(-24)
  expect(spammer?.loudnessLufs).toBeLessThan(-12)
  const { voice, deck } = scores.pairs[0]?.interlock ?? {}
  expect([voice?.score, deck?.score]).toEqual([0, 0])
  expect(scores.undefined['pairs.0.interlock.voice.pulse']).toMatch(/attacks, a rhythm needs 6/)
  expect(scores.undefined['pairs.0.interlock.deck.pulse']).toMatch(/0 attacks, a rhythm needs 6/)
  expect(listeners.scores.pairs[0]?.interlock.deck).not.toEqual(listeners.scores.pairs[0]?.interlock.voice)
})

test('a run of less than half a minute has its rhythm measured as a whole', async () => {
  const { scores } = await playHeard({ policies: ['selfish', 'selfish'], slots: 1 })
  const { voice } = scores.pairs[0]?.interlock ?? {}
  expect(voice?.pulse).toBeGreaterThan(0.5)
  expect(voice?.score).toBeGreaterThan(0)
  expect(scores.series.interlock.voice).toEqual({ seconds: [scores.seconds], values: [voice?.score] })
})

test('alone there is no pair, and what needs two is left out', async () => {
  const solo = await playHeard({ policies: ['listen'], slots: 3, condition: 'solo' })
  expect(solo.scores.pairs).toEqual([])
  expect(solo.heard[0]?.stems.length).toBe(2)
  expect(solo.heard[0]?.reading.smoothnessBetween).toBeNull()
})

test('a track that the library lacks is refused by name', async () => {
  const own = instruments()
  await own.prepare(listeners.record)
  const broken = listeners.record.map(
    (line): RecordLine =>
      line.kind === 'world' && line.slot === 1
        ? { ...line, decks: line.decks.map((deck) => ({ ...deck, track: 'gone-99', playing: true })) }
        : line,
  )
  expect(() => scoreRecord(broken, own)).toThrow(/gone-99/)
})

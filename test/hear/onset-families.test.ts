// Attacks heard against attacks played, of our own voices and decks, none of them looked at when the detector's constants were chosen: every timbre
// family, drums, steady noise; and parties, whose streams interlock as heard as they do as played.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shippedMasks } from '../../src/djs/index.ts'
import { createSampleLoader } from '../../src/node/sound/samples.ts'
import { librarySchema, sessionOf } from '../../src/record/index.ts'
import { playHeard } from '../party-run.ts'
import { deckCase, noiseCase, phrase, phraseKinds, rate, timbres } from './onset-cases.ts'
import { compareInterlock, figuresOf, heardTimes, hearParty, listenTo } from './onset-listening.ts'

const seeds = [101]

test.each(timbres)('%s: apart, legato, repeated, in chords, soft and fast', (timbre) => {
  const { fMeasure, bias } = listenTo(phraseKinds.flatMap((kind) => seeds.map((seed) => phrase(timbre, kind, seed))))
  expect(fMeasure).toBeGreaterThanOrEqual(0.95)
  expect(Math.abs(bias)).toBeLessThan(0.003)
})

test('drums of decks', async () => {
  const library = librarySchema.parse(
    JSON.parse(readFileSync(new URL('../../samples/library.json', import.meta.url), 'utf8')),
  )
  const tracks = library.tracks.filter((_, i) => i % 12 === 9)
  const loader = createSampleLoader(library.tracks)
  await loader.prepare(tracks)
  const { fMeasure, bias } = listenTo(tracks.map((track) => deckCase(track, 'drums', 'drop', loader.bank)))
  expect(fMeasure).toBeGreaterThanOrEqual(0.95)
  expect(Math.abs(bias)).toBeLessThan(0.003)
})

test.each([0.003, 0.03])('steady noise of peak %d has one onset, silence none', (level) => {
  const { sound } = noiseCase(level, 10)
  expect(heardTimes(sound)).toHaveLength(1)
  expect(heardTimes(sound)[0]).toBeLessThan(0.02)
  expect(heardTimes(new Float32Array(2 * rate))).toEqual([])
})

test('voices of a party are heard as they are played, and interlock as much', async () => {
  const party = await playHeard({ policies: ['listen', 'listen'], slots: 4, seed: 4, masks: shippedMasks.slice(1, 3) })
  const { bpm, mapping } = sessionOf(party.record)
  const [a, b] = hearParty(party).filter(({ layer }) => layer === 'voice')
  if (a === undefined || b === undefined) throw new Error('expected two voices')
  for (const voice of [a, b]) {
    const { fMeasure, bias, played } = figuresOf([voice])
    expect(played).toBeGreaterThan(100)
    expect(fMeasure).toBeGreaterThanOrEqual(0.95)
    expect(Math.abs(bias)).toBeLessThan(0.003)
  }
  const clock = { bpm, startSeconds: 0, swing: mapping.swing }
  const { played, heard } = compareInterlock(a, b, clock, (4 * 1920) / bpm)
  expect(played).toBeGreaterThan(0.5)
  expect(Math.abs(heard - played)).toBeLessThan(0.1)
})

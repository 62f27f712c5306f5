// Heard side by side, a pair that did meet sounds as it does alone: what strangers are compared with is the same measure.
import { expect, test } from 'vitest'
import { loadInstalledKernel } from '../src/node/installation.ts'
import { loadInstruments } from '../src/node/run/instruments.ts'
import { addHeardTwins, withoutHeardTwins } from '../src/null/index.ts'
import { createStrangersListening, scoreRecord, slotsOf } from '../src/pipeline.ts'
import { sessionOf } from '../src/record/index.ts'
import { playShortParty } from './party.ts'

const none = { bands: {}, series: {}, undefined: { 'pairs.*.gain': 'not heard', 'agents.*.presence': 'alone' } }

test('side by side: own pairs as in their own scores, strangers unlike either', async () => {
  const instruments = loadInstruments('party')
  const records = [await playShortParty(2, 7), await playShortParty(2, 8)]
  for (const record of records) for (const lines of slotsOf(record)) await instruments.prepare(lines)
  const alone = records.map((record) => scoreRecord(record, instruments).scores)
  const pairs = [
    [0, 0],
    [1, 1],
    [0, 1],
  ] as const
  const own = records.map(() => ({ ...instruments, kernel: loadInstalledKernel().kernel }))
  const listening = createStrangersListening(sessionOf(records[0] ?? []), pairs, own)
  for (const slot of [0, 1]) listening.hearSlot(records.map((record) => slotsOf(record)[slot] ?? []))
  const heard = listening.finish()
  listening.dispose()
  alone.forEach((scores, k) => {
    const [pair] = scores.pairs
    expect(heard[k]?.together).toBeCloseTo(scores.together.consonance ?? Number.NaN, 12)
    expect(heard[k]?.between.roughness).toBeCloseTo(pair?.roughnessBetween ?? Number.NaN, 12)
    expect(heard[k]?.between.gain).toBeCloseTo(pair?.gain ?? Number.NaN, 12)
    expect(heard[k]?.between.spectralPitchClassSimilarity).toBeCloseTo(
      pair?.spectralPitchClassSimilarity ?? Number.NaN,
      12,
    )
    expect(heard[k]?.commonality).toBeCloseTo(pair?.pitchCommonality ?? Number.NaN, 12)
    expect(heard[k]?.series.together).toEqual(scores.series.consonance.together)
  })
  expect([heard[0]?.together, heard[1]?.together]).not.toContain(heard[2]?.together)

  const scores = alone[0] as NonNullable<(typeof alone)[0]>
  const { bands, series, undefined: reasons } = addHeardTwins(none, scores, heard.slice(1))
  expect(bands['together.consonance']).toMatchObject({ twins: 'partners', count: 2 })
  expect(Object.keys(bands)).toHaveLength(6)
  expect(series['consonance.together']?.seconds).toEqual(scores.series.consonance.together.seconds)
  expect(reasons).toEqual({ 'agents.*.presence': 'alone' })
})

test('what cannot be heard says why', () => {
  expect(withoutHeardTwins(none, 'too few').undefined).toMatchObject({
    'pairs.*.gain': 'too few',
    'together.consonance': 'too few',
    'agents.*.presence': 'alone',
  })
})

// measure vitality: symbols and notes as lines.
import { expect, test } from 'vitest'
import { measureVitality } from '../../../src/measure/index.ts'
import { ask, askOne } from './ask.ts'

/** A bar of eight whose last note never comes back the same way. */
const refrain = Array.from({ length: 240 }, (_, i) => [0, 4, 7, 4, 9, 7, 4, (i * i) % 11][i % 8] ?? 0)

test('symbols are measured as they are; names carry no meaning', async () => {
  const texts = refrain.map((symbol) => `word ${symbol}`)
  const [numbers, named] = await ask('vitality', [{ symbols: refrain }, { symbols: texts }])
  const { undefined: _, ...wanted } = measureVitality(texts)
  expect(numbers).toEqual({ id: '0', ...wanted })
  expect(named).toEqual({ id: '1', ...wanted })
})

test('the number 1 and the text "1" are two symbols', async () => {
  const mixed = Array.from({ length: 100 }, (_, i) => (i % 2 ? 1 : '1'))
  const [two, one] = await ask('vitality', [{ symbols: mixed }, { symbols: mixed.map(String) }])
  expect(one?.['surpriseBits']).toBeLessThan(0.001)
  expect(two?.['surpriseBits']).toBeGreaterThan(0.01)
})

test('notes come in any order', async () => {
  const notes = refrain.map((symbol, i) => ({ onset: i / 4, duration: 0.2, midi: 60 + symbol }))
  const [sorted, reversed] = await ask('vitality', [{ notes }, { notes: [...notes].reverse() }])
  expect(sorted?.['vitality']).toBeGreaterThan(0)
  expect({ ...reversed, id: '0' }).toEqual(sorted)
})

test('too few are null in every field, with the reason', async () => {
  for (const request of [{ symbols: [] }, { notes: [] }, { symbols: ['a', 'b'] }]) {
    const { id: _, undefined: reasons, ...fields } = await askOne('vitality', request)
    expect(Object.values(fields)).toEqual([null, null, null, null, null])
    expect(Object.keys(reasons ?? {})).toEqual(Object.keys(fields))
    expect(reasons?.['vitality']).toMatch(/^expected at least 64 symbols, got \d$/)
  }
})

const note = { onset: 0, duration: 1, midi: 60 }
test.each([
  [{}, /expected exactly one of symbols, notes, got none/],
  [{ symbols: [], notes: [] }, /expected exactly one of symbols, notes, got symbols and notes/],
  [{ symbols: [1, null] }, /field "symbols\.1": expected a text or a number, got null/],
  [{ symbols: 'aaa' }, /field "symbols": expected a list, got "aaa"/],
  [{ symbols: [], colour: 'red' }, /expected known fields only, got "colour"/],
  [{ notes: [{ ...note, onset: null }] }, /field "notes\.0\.onset": expected a number, got null/],
  [{ notes: [{ ...note, duration: -1 }] }, /field "notes\.0\.duration": expected at least 0, got -1/],
  [{ notes: [note, { ...note, midi: 128 }] }, /field "notes\.1\.midi": expected at most 127, got 128/],
  [{ notes: [{ ...note, velocity: 1 }] }, /field "notes\.0": expected known fields only, got "velocity"/],
])('%j is refused', async (request, message) => {
  const { error, ...others } = await askOne('vitality', request)
  expect(error?.message).toMatch(message)
  expect(others).toEqual({ id: '0' })
})

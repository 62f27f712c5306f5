// The live forms say what the offline measure says of the same last 512 symbols.
import { expect, test } from 'vitest'
import {
  createVitalityMeter,
  measureRecentVitality,
  measureVitality,
  measureVitalitySeries,
  symbolsOfNotes,
} from '../../src/measure/vitality/index.ts'
import { grammar, loopOf, round } from './vitality-streams.ts'

const symbols = [...grammar(700, 'live'), ...loopOf(round, 600)]
const notes = symbols.map((symbol, i) => ({ onsetSeconds: i * 0.25, midi: 48 + Number(symbol) }))

test('the meter reads the last 512 symbols, every eighth symbol', () => {
  const meter = createVitalityMeter()
  symbols.forEach((symbol, i) => {
    const reading = meter.push(symbol)
    const read = Math.floor((i + 1) / 8) * 8
    if (i % 97 === 0) expect(reading).toEqual(measureVitality(symbols.slice(Math.max(0, read - 512), read), 'forward'))
  })
})

test('it hears a grammar live and a loop die', () => {
  const meter = createVitalityMeter()
  const heard = symbols.map((symbol) => meter.push(symbol).vitality)
  expect(heard[20]).toBeNull()
  expect(heard[650]).toBeGreaterThan(0.6)
  expect(heard[1290]).toBeLessThan(0.05)
})

test('the series at a grid of slots equals readings of the notes before each line of the grid', () => {
  const series = measureVitalitySeries(notes, { startSeconds: 0, endSeconds: 325, stepSeconds: 32.5 })
  expect(series.seconds.length).toBe(10)
  series.seconds.forEach((seconds, i) => {
    const before = notes.filter((note) => note.onsetSeconds < seconds)
    const reading = measureRecentVitality(before)
    expect(reading).toEqual(measureVitality(symbolsOfNotes(before.slice(-512)), 'forward'))
    expect([series.vitality[i], series.order[i], series.surpriseBits[i], series.evolution[i]]).toEqual([
      reading.vitality,
      reading.order,
      reading.surpriseBits,
      reading.evolution,
    ])
  })
})

test('too little has been heard at first', () => {
  const series = measureVitalitySeries(notes.slice(0, 63), { startSeconds: 0, endSeconds: 20, stepSeconds: 5 })
  expect(series.vitality).toEqual([null, null, null, null])
  expect(measureRecentVitality([]).undefined.vitality).toContain('got 0')
})

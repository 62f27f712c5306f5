// Models that know only a chord's notes: the values of the R package incon for 24 chords, the papers' own checks, what must not matter.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harrisonPearce2020 } from '../../../src/measure/consonance/composites/harrison-pearce-2020.ts'
import { billboard } from '../../../src/measure/consonance/familiarity/billboard.ts'
import { gill2009 } from '../../../src/measure/consonance/harmonicity/gill-2009.ts'
import { justRatio } from '../../../src/measure/consonance/harmonicity/just-ratios.ts'
import { parncutt1988 } from '../../../src/measure/consonance/harmonicity/parncutt-1988.ts'
import { stolzenburg2015 } from '../../../src/measure/consonance/harmonicity/stolzenburg-2015.ts'
import { tenneyMean } from '../../../src/measure/consonance/harmonicity/tenney-mean.ts'
import { hall2025Sum, hall2025Type } from '../../../src/measure/consonance/intervals/hall-2025.ts'
import { huron1994 } from '../../../src/measure/consonance/intervals/huron-1994.ts'
import { johnsonLaird2012 } from '../../../src/measure/consonance/intervals/johnson-laird-2012.ts'
import { nameNotes } from '../../../src/measure/consonance/note-names.ts'

type Row = Record<string, number> & { midi: number[] }
const file = new URL('../../outside/consonance/model-values.json', import.meta.url)
const published = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Row>
const models: Record<string, (names: readonly number[]) => number | null> = {
  gill_09: gill2009,
  stolz_15: stolzenburg2015,
  tenney_mean: tenneyMean,
  parn_88: parncutt1988,
  huron_94: huron1994,
  jl_12: johnsonLaird2012,
  hall25_sum: hall2025Sum,
  hall25_type: hall2025Type,
  har_19_corpus: billboard,
}

/** Off by at most 1e-5 of the value (of .001 for smaller ones). */
function expectEqual(got: number | null, want: number | undefined) {
  expect(Math.abs((got ?? NaN) - (want ?? NaN)) / Math.max(Math.abs(want ?? NaN), 1e-3)).toBeLessThan(1e-5)
}

test.each(Object.entries(published))('%s: as the R package incon has it', (_, row) => {
  for (const [name, model] of Object.entries(models)) expectEqual(model(row.midi), row[name])
  const composite = harrisonPearce2020(row['hutch_78'] ?? NaN, row['har_18'] ?? NaN, billboard(row.midi))
  expectEqual(composite, row['har_19_composite'])
})

test("the papers' own checks", () => {
  const chromatic = Array.from({ length: 12 }, (_, i) => 60 + i)
  expect(stolzenburg2015([60, 63, 69])).toBeCloseTo(3.7, 1)
  expect(stolzenburg2015(chromatic)).toBeCloseTo(7.4, 1)
  expect(stolzenburg2015([60, 63, 67])).toBeCloseTo(Math.log2(10), 12)
  expect(gill2009([60, 67])).toBeCloseTo(2 / 3, 12)
  expect(gill2009([60, 64, 67])).toBeCloseTo(7 / 15, 12)
  expect(huron1994([60, 64, 67])).toBeCloseTo(2.22, 12)
  expect(johnsonLaird2012([60, 64, 67])).toBe(1)
  expect(johnsonLaird2012([60, 61, 62])).toBe(12)
})

test('similarity to a harmonic series: as counted harmonic by harmonic', () => {
  const chord = fc.array(fc.integer({ min: 1, max: 26 }), { maxLength: 3 })
  const run = fc.property(chord, (above) => {
    const ratios = [0, ...new Set(above)].sort((a, b) => a - b).map(justRatio)
    const fundamental = ratios.reduce((all, { q }) => leastCommon(all, q), 1)
    const tones = ratios.map(({ p, q }) => (p * fundamental) / q)
    let first = Math.min(...tones)
    while (tones.some((tone) => tone % first !== 0)) first--
    const last = tones.reduce(leastCommon, 1) / first
    let hit = 0
    for (let n = 1; n <= last; n++) if (tones.some((tone) => (n * first) % tone === 0)) hit++
    expect(gill2009([0, ...new Set(above)].sort((a, b) => a - b))).toBeCloseTo(hit / last, 12)
  })
  fc.assert(run, { seed: 1, numRuns: 60 })
})

function leastCommon(a: number, b: number): number {
  let multiple = a
  while (multiple % b !== 0) multiple += a
  return multiple
}

test('just ratios: up and down the octaves, within 1.1 % of equal temperament', () => {
  expect(justRatio(19)).toEqual({ p: 3, q: 1 })
  expect(justRatio(-5)).toEqual({ p: 3, q: 4 })
  expect(justRatio(13)).toEqual({ p: 32, q: 15 })
  for (let semitones = -40; semitones <= 40; semitones++) {
    const { p, q } = justRatio(semitones)
    expect(Math.abs(p / q / 2 ** (semitones / 12) - 1)).toBeLessThan(0.011)
  }
})

test('no notes: null; a mean over no interval: null; else a number; the key does not matter', () => {
  for (const model of [...Object.values(models)]) expect(model([])).toBeNull()
  for (const [name, model] of Object.entries(models))
    expect(model([60]) === null).toBe(name === 'tenney_mean' || name === 'hall25_type')
  expect(harrisonPearce2020(0.1, null, 3)).toBeNull()
  const chord = fc.uniqueArray(fc.integer({ min: 24, max: 96 }), { minLength: 2, maxLength: 14 })
  fc.assert(
    fc.property(chord, fc.integer({ min: -12, max: 12 }), (notes, shift) => {
      const names = nameNotes(notes)
      for (const model of Object.values(models)) {
        const value = model(names)
        expect(Number.isFinite(value)).toBe(true)
        expectEqual(model(names.map((name) => name + shift)), value ?? NaN)
      }
    }),
    { seed: 1 },
  )
})

// The tools of the fit: least squares, fractions, folds, sounds and the page of the reference chords.
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadRatings } from '../../samples/consonance/chords.ts'
import { formatChordsPage } from '../../samples/consonance/chords-page.ts'
import { chordDimensions, chordForm, publishedForm } from '../../samples/consonance/forms.ts'
import { fitForm, predict } from '../../samples/consonance/regression.ts'
import { encodeWav, formatPage, renderChord } from '../../samples/consonance/render-chords.ts'
import { nearestFraction } from '../../samples/consonance/rivals.ts'
import { solveLeastSquares } from '../../samples/consonance/solver.ts'
import { correlation, deviation, quantile } from '../../samples/consonance/statistics.ts'
import { chooseForm, dealFolds } from '../../samples/consonance/validation.ts'
import { seededRandom } from '../../src/random.ts'

const bowling = loadRatings()['bowling2018'] ?? []

test('least squares finds the numbers that made the data', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true })
  fc.assert(
    fc.property(number, number, (a, b) => {
      const x = Array.from({ length: 40 }, (_, i) => i / 10 - 2)
      const curve = (p: number, q: number, at: number) => 1 / (1 + Math.exp(-(p + q * at)))
      const found = solveLeastSquares({
        start: [0, 0],
        y: x.map((at) => curve(a, b, at)),
        importance: x.map(() => 1 / x.length),
        penalties: [0, 0],
        expect: ([p, q], r, slopes) => {
          const at = x[r] as number
          const value = curve(p as number, q as number, at)
          slopes[0] = value * (1 - value)
          slopes[1] = value * (1 - value) * at
          return value
        },
      })
      expect(found[0]).toBeCloseTo(a, 4)
      expect(found[1]).toBeCloseTo(b, 4)
    }),
    { seed: 1, numRuns: 50 },
  )
})

test("the published composite's terms, fitted anew: its signs, and r as published on such chords", () => {
  const fit = fitForm(publishedForm, bowling)
  expect(fit.weights.map(Math.sign)).toEqual([-1, 1, -1])
  const r = correlation(
    bowling.map(({ asTuned }) => predict(fit, asTuned)),
    bowling.map(({ liking }) => liking),
  )
  expect(r).toBeGreaterThan(0.82)
  expect(r).toBeLessThan(0.86)
})

test('no weight has the wrong sign or grows beyond its bound, whatever the chords', () => {
  const choice = Object.fromEntries(chordDimensions.map(([name, levels]) => [name, levels.at(-1) as string]))
  for (const scale of ['with', 'without'])
    for (const deal of [1, 2, 3]) {
      const form = chordForm({ ...choice, scale })
      const { weights } = fitForm(form, dealFolds(seededRandom(deal), bowling, 8)[0] ?? [])
      form.terms.forEach(({ sign, most = Infinity }, i) => {
        expect((weights[i] as number) * sign).toBeGreaterThanOrEqual(0)
        expect(Math.abs(weights[i] as number)).toBeLessThanOrEqual(most + 1e-9)
      })
    }
})

test('folds hold every chord once, and every size alike', () => {
  const folds = dealFolds(seededRandom(1), bowling, 10)
  expect(new Set(folds.flat())).toEqual(new Set(bowling))
  expect(folds.flat()).toHaveLength(bowling.length)
  for (const fold of folds) {
    const triads = fold.filter(({ names }) => names.length === 3).length
    expect(triads).toBeGreaterThanOrEqual(4)
    expect(triads).toBeLessThanOrEqual(5)
  }
})

test('the choice is the same for the same seed, and takes what is better by far', () => {
  const family = {
    dimensions: [
      ['scale', ['without', 'with']],
      ['intervals', ['with']],
    ] as const,
    form: (choice: Readonly<Record<string, string>>) =>
      chordForm({
        ...Object.fromEntries(chordDimensions.map(([name, levels]) => [name, levels[0] as string])),
        ...choice,
      }),
  }
  const first = chooseForm(family, bowling, seededRandom(1))
  expect(first).toEqual({ scale: 'with', intervals: 'with' })
  expect(chooseForm(family, bowling, seededRandom(1))).toEqual(first)
})

test('nearest fractions', () => {
  expect(nearestFraction(1.5, 1000)).toEqual({ p: 3, q: 2 })
  expect(nearestFraction(Math.PI, 10)).toEqual({ p: 22, q: 7 })
  expect(nearestFraction(Math.PI, 1000)).toEqual({ p: 355, q: 113 })
  fc.assert(
    fc.property(fc.double({ min: 1, max: 4, noNaN: true }), (value) => {
      const { p, q } = nearestFraction(value, 50)
      let best = Infinity
      for (let n = 1; n <= 50; n++) best = Math.min(best, Math.abs(Math.round(value * n) / n - value))
      expect(q).toBeLessThanOrEqual(50)
      expect(Math.abs(p / q - value)).toBeLessThan(best + 1e-12)
    }),
    { seed: 1 },
  )
})

test('small statistics', () => {
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12)
  expect(deviation([1, 2, 3])).toBeCloseTo(1, 12)
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
})

test('chords are rendered alike, of equal power, unclipped; a sample that does not fit is refused', () => {
  const samples = renderChord([60, 64, 67], 'a')
  expect(samples).toEqual(renderChord([60, 64, 67], 'a'))
  expect(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)).toBeCloseTo(0.1, 9)
  expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.95)
  expect(Math.abs(samples[0] as number)).toBeLessThan(1e-6)
  expect(encodeWav(samples)).toHaveLength(44 + 2 * samples.length)
  expect(() => encodeWav(Float64Array.of(0, 1.2))).toThrow('sample 1: expected below 1, got 1.2')
})

test('the page in docs/ is of today, and its sounds are there, small and audible', () => {
  const docs = new URL('../../docs/measures/', import.meta.url)
  const page = readFileSync(new URL('chords.html', docs), 'utf8')
  expect(page).toBe(formatPage())
  const files = [...page.matchAll(/<audio[^>]* src="([^"]+)"/g)].map((match) => match[1] as string)
  expect(files).toHaveLength(9)
  let bytes = 0
  for (const file of files) {
    expect(existsSync(new URL(file, docs)), file).toBe(true)
    const wav = readFileSync(new URL(file, docs))
    bytes += wav.length
    const pcm = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length))
    const peak = pcm.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(peak).toBeGreaterThan(8000)
    expect(peak).toBeLessThan(32000)
  }
  expect(bytes).toBeLessThan(800_000)
  const one = formatChordsPage([{ file: 'a.wav', notes: 'C4 Eb4', name: '', expected: 0.5, observed: 1 }], 0.09)
  expect(one).toContain('C4 E♭4')
  expect(one).toContain('off by .09')
})

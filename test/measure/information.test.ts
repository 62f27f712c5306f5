import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  activeInformation,
  conditionalTransferEntropy,
  mutualInformation,
  type Series,
  transferEntropy,
} from '../../src/measure/index.ts'
import { seededRandom } from '../../src/random.ts'
import { InputError } from '../../src/record/index.ts'

interface Transfer {
  xs: Series
  ys: Series
  k: number
  te_ys_to_xs: number
  te_xs_to_ys: number
}
interface Conditional {
  source: number[]
  target: number[]
  condition: number[][]
  k: number
  te: number
}
const outside = JSON.parse(readFileSync(new URL('../outside/rhythm/information.json', import.meta.url), 'utf8'))

describe('PyInform', () => {
  test.each(outside.te as Transfer[])('transfer entropy of $xs', ({ xs, ys, k, te_ys_to_xs, te_xs_to_ys }) => {
    expect(Math.abs((transferEntropy({ source: ys, target: xs, k }).bits as number) - te_ys_to_xs)).toBeLessThan(1e-6)
    expect(Math.abs((transferEntropy({ source: xs, target: ys, k }).bits as number) - te_xs_to_ys)).toBeLessThan(1e-6)
    expect(transferEntropy({ source: xs, target: xs, k }).bits).toBeCloseTo(0, 12)
  })
  test.each(outside.conditional_te as Conditional[])(
    'conditional transfer entropy to $target',
    ({ te, ...question }) => {
      expect(Math.abs((conditionalTransferEntropy(question).bits as number) - te)).toBeLessThan(1e-6)
    },
  )
  test.each(outside.active_info as { x: number[]; k: number; ai: number }[])(
    'active information of $x',
    ({ x, k, ai }) => {
      expect(Math.abs((activeInformation({ target: x, k }).bits as number) - ai)).toBeLessThan(1e-6)
    },
  )
  test.each(outside.mutual_info as { x: number[]; y: number[]; mi: number }[])(
    'mutual information of $x',
    ({ x, y, mi }) => {
      expect(Math.abs((mutualInformation({ source: x, target: y }).bits as number) - mi)).toBeLessThan(1e-6)
    },
  )
})

/** sum p log2 p(next | past, source) / p(next | past), state by state. */
function transferByDefinition(source: number[][], target: number[][], k: number): number {
  const counts = new Map<string, number>()
  const add = (state: string) => counts.set(state, (counts.get(state) ?? 0) + 1)
  const states = target.flatMap((run, r) =>
    run.slice(k).map((next, i) => ({ past: run.slice(i, i + k).join(), told: source[r]?.[i + k - 1], next })),
  )
  for (const { past, told, next } of states)
    for (const state of [`${past}`, `${past}|${told}`, `${past}>${next}`, `${past}|${told}>${next}`]) add(state)
  const bits = states.map(({ past, told, next }) => {
    const [h, hs, hx, hsx] = [`${past}`, `${past}|${told}`, `${past}>${next}`, `${past}|${told}>${next}`].map(
      (s) => counts.get(s) as number,
    ) as [number, number, number, number]
    return Math.log2(hsx / hs / (hx / h))
  })
  return bits.reduce((sum, bit) => sum + bit, 0) / states.length
}

const lengths = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 })
const twoSeries = lengths.chain((runs) => {
  const series = fc.tuple(
    ...runs.map((length) => fc.array(fc.integer({ min: -1, max: 2 }), { minLength: length, maxLength: length })),
  )
  return fc.tuple(series, series)
})

describe('whatever the series', () => {
  test('transfer entropy is what its definition says; runs do not reach into each other', () => {
    fc.assert(
      fc.property(twoSeries, fc.integer({ min: 1, max: 5 }), ([source, target], k) => {
        const { bits, undefined: reasons } = transferEntropy({ source, target, k })
        if (target.every((run) => run.length <= k)) {
          expect(bits).toBeNull()
          expect(reasons).toEqual({ bits: `no run of the target is longer than k = ${k}` })
        } else expect(bits).toBeCloseTo(transferByDefinition(source, target, k), 9)
      }),
    )
  })
  test('names of symbols carry no meaning', () => {
    fc.assert(
      fc.property(twoSeries, ([source, target]) => {
        const rename = (runs: number[][]) => runs.map((run) => run.map((symbol) => 1e12 - 7 * symbol))
        expect(transferEntropy({ source: rename(source), target: rename(target), k: 2 })).toEqual(
          transferEntropy({ source, target, k: 2 }),
        )
      }),
    )
  })
  test('what is conditioned on tells nothing more, and what is constant tells nothing', () => {
    fc.assert(
      fc.property(twoSeries, ([source, target]) => {
        const known = conditionalTransferEntropy({ source, target, condition: [source] }).bits
        if (known !== null) expect(known).toBeCloseTo(0, 12)
        const constant = source.map((run) => run.map(() => 0))
        const plain = transferEntropy({ source, target }).bits
        const beside = conditionalTransferEntropy({ source, target, condition: [constant] }).bits
        if (plain !== null) expect(beside).toBeCloseTo(plain, 12)
      }),
    )
  })
  test('mutual information is symmetric, and of a series with itself its entropy', () => {
    fc.assert(
      fc.property(twoSeries, ([source, target]) => {
        const { bits } = mutualInformation({ source, target })
        expect(mutualInformation({ source: target, target: source }).bits).toEqual(bits)
        if (bits === null) return
        expect(bits).toBeGreaterThanOrEqual(0)
        expect(bits).toBeLessThanOrEqual((mutualInformation({ source, target: source }).bits as number) + 1e-12)
      }),
    )
  })
})

describe('known directions', () => {
  const random = seededRandom('coins')
  const coins = Array.from({ length: 4000 }, () => (random() < 0.5 ? 0 : 1))
  const copied = [0, ...coins.slice(0, -1)]
  test('a copier is told one bit by whom it copies, and tells nothing back', () => {
    expect(transferEntropy({ source: coins, target: copied }).bits).toBeGreaterThan(0.99)
    expect(transferEntropy({ source: copied, target: coins }).bits).toBeLessThan(0.01)
  })
  test('a refrain foretells itself: nobody transfers to it', () => {
    const refrain = Array.from({ length: 400 }, (_, i) => [0, 1, 1, 0, 1, 0, 0, 1][i % 8] as number)
    expect(transferEntropy({ source: coins.slice(0, 400), target: refrain, k: 8 }).bits).toBeCloseTo(0, 12)
    expect(activeInformation({ target: refrain, k: 8 }).bits).toBeCloseTo(1, 1)
  })
})

describe('odd input', () => {
  test('empty', () => {
    expect(transferEntropy({ source: [], target: [] }).bits).toBeNull()
    expect(activeInformation({ target: [1] }).bits).toBeNull()
    expect(mutualInformation({ source: [], target: [] })).toEqual({
      bits: null,
      undefined: { bits: 'the series are empty' },
    })
  })
  test.each([
    [{ source: [0, 1], target: [0, 1, 1] }, 'length', /source: expected as many values as target \(3\), got 2/],
    [{ source: [[0], [1, 1]], target: [[0, 1], [1]] }, 'length', /got runs of 1, 2/],
    [{ source: [0.5, 1], target: [0, 1] }, 'symbol', /source\[0\]: expected a whole number, got 0\.5/],
    [{ source: [Number.NaN, 1], target: [0, 1] }, 'symbol', /got NaN/],
    [{ source: [0, 1], target: [0, 1], k: 0 }, 'k', /k: expected a whole number from 1 up, got 0/],
    [
      { source: [0, [1]] as unknown as Series, target: [0, 1] },
      'series',
      /expected numbers or runs of numbers, got both/,
    ],
  ])('%j is refused', (question, code, message) => {
    const refused = () => transferEntropy(question)
    expect(refused).toThrow(InputError)
    expect(refused).toThrow(expect.objectContaining({ code }))
    expect(refused).toThrow(message)
  })
  test('a million values, with a long past', () => {
    const target = Array.from({ length: 1_000_000 }, (_, i) => (i * i) % 7)
    expect(transferEntropy({ source: target.map((value) => value % 2), target, k: 500 }).bits).toBeCloseTo(0, 9)
  })
})

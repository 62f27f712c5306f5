import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureSyncopation, type Syncopation } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { furthest, readJson, readLines } from './outside.ts'

type Field = Exclude<keyof Syncopation, 'undefined'>
const columns: Record<string, Field> = {
  LHL: 'longuetHigginsLee',
  TMC: 'toussaintMetric',
  SG: 'siorosGuedes',
  KTH: 'keith',
}
const [head = [], ...rows] = readLines('syncopation_values.csv').map((line) => line.split(','))
const table = rows.map(
  (row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])) as Record<string, string>,
)

describe('SynPy', () => {
  test.each(table.filter(({ mode }) => mode === 'looped'))(
    '$name in $ts, looped',
    ({ pattern = '', ts = '', ...theirs }) => {
      const measured = measureSyncopation(pattern, ts, 'looped')
      for (const [column, field] of Object.entries(columns))
        if (theirs[column] === '') {
          expect(measured[field]).toBeNull()
          expect(measured.undefined[field]).toBeTypeOf('string')
        } else expect(furthest([measured[field]], [Number(theirs[column])]), field).toBeLessThan(1e-9)
    },
  )
  test.each(table.filter(({ mode }) => mode === 'single'))(
    '$name in $ts, alone',
    ({ pattern = '', ts = '', LHL, KTH }) => {
      const { longuetHigginsLee, keith } = measureSyncopation(pattern, ts, 'single')
      expect(longuetHigginsLee).toBe(Number(LHL))
      expect(keith).toBe(KTH === '' ? null : Number(KTH))
    },
  )
})

const { timelines, durations, balance } = readJson('timelines.json')
const fraction = (text: string) =>
  text
    .split('/')
    .map(Number)
    .reduce((above, below) => above / below)

describe('as printed', () => {
  interface Timeline {
    name: string
    pattern: string
    n: number
    wnbd: string
    keith: number | null
    offbeatness: number
  }
  test.each(timelines as Timeline[])('$name', ({ pattern, n, wnbd, keith, offbeatness }) => {
    const measured = measureSyncopation(pattern, n === 12 ? '12/8' : '4/4', 'looped')
    expect(measured.weightedNoteToBeatDistance).toBeCloseTo(fraction(wnbd), 12)
    expect(measured.offBeatness).toBe(offbeatness)
    expect(measured.keithCount).toBe(keith)
  })
  test.each(durations as { durations: number[]; npvi: number; tol: number }[])(
    'nPVI of $durations',
    ({ durations: d, npvi, tol }) => {
      const pattern = d.map((duration) => `x${'.'.repeat(Math.round(duration * 48) - 1)}`).join('')
      expect(Math.abs((measureSyncopation(pattern, '4/4', 'single').npvi as number) - npvi)).toBeLessThanOrEqual(tol)
    },
  )
  test.each(balance as { pattern: string; balance: number }[])(
    'balance of $pattern',
    ({ pattern, balance: wanted }) => {
      expect(measureSyncopation(pattern, '4/4', 'looped').balance).toBeCloseTo(wanted, 12)
    },
  )
})

const cells = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 })
const draw = (bar: readonly boolean[]) => bar.map((sounds) => (sounds ? 'x' : '.')).join('')
const spread = (pattern: string, by: number) => [...pattern].map((cell) => cell + '.'.repeat(by - 1)).join('')
const course = fc.constantFrom('looped' as const, 'single' as const)
const numbers = ({ undefined: _, ...fields }: Syncopation) => fields

describe('whatever the bar', () => {
  test('finer cells are the same rhythm; only off-beatness counts cells', () => {
    fc.assert(
      fc.property(cells, course, fc.constantFrom(2, 4, 8), (bar, how, by) => {
        const { offBeatness: _, ...coarse } = numbers(measureSyncopation(draw(bar), '4/4', how))
        const { offBeatness: __, ...fine } = numbers(measureSyncopation(spread(draw(bar), by), '4/4', how))
        for (const [field, value] of Object.entries(coarse))
          if (value === null) expect(fine[field as keyof typeof fine], field).toBeNull()
          else expect(fine[field as keyof typeof fine], field).toBeCloseTo(value, 9)
      }),
    )
  })

  test('the circle does not know where the bar begins', () => {
    fc.assert(
      fc.property(cells, fc.nat(15), (bar, by) => {
        const turned = measureSyncopation(draw([...bar.slice(by), ...bar.slice(0, by)]), '4/4', 'looped')
        const measured = measureSyncopation(draw(bar), '4/4', 'looped')
        for (const field of ['evenness', 'balance'] as const)
          if (measured[field] === null) expect(turned[field]).toBeNull()
          else expect(turned[field]).toBeCloseTo(measured[field], 9)
      }),
    )
  })

  test('ranges hold, and every null has a reason', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('x', '.'), minLength: 1, maxLength: 40 }),
        fc.constantFrom('4/4', '3/4', '6/8', '12/8', '5/4', '7/8'),
        course,
        (pattern, meter, how) => {
          const { undefined: reasons, ...fields } = measureSyncopation(pattern, meter, how)
          for (const [field, value] of Object.entries(fields)) {
            expect(value === null, field).toBe(reasons[field] !== undefined)
            expect(Number.isNaN(value), field).toBe(false)
          }
          for (const field of [
            'toussaintMetric',
            'siorosGuedes',
            'keith',
            'offBeatness',
            'weightedNoteToBeatDistance',
            'npvi',
            'evenness',
            'balance',
          ] as const)
            expect(fields[field] ?? 0, field).toBeGreaterThanOrEqual(-1e-12)
          expect(fields.longuetHigginsLee ?? 0).toBeGreaterThanOrEqual(-1)
          expect(fields.npvi ?? 0).toBeLessThanOrEqual(200)
          expect(Math.max(fields.evenness ?? 0, fields.balance ?? 0)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test('a metronome on the beats has none, in every model', () => {
    for (const [pattern, meter] of [
      ['x...x...x...x...', '4/4'],
      ['x.x.x.', '3/4'],
      ['x..x..', '6/8'],
      ['xxxx', '4/4'],
    ] as const) {
      const { longuetHigginsLee, toussaintMetric, siorosGuedes, weightedNoteToBeatDistance, npvi, evenness } =
        measureSyncopation(pattern, meter, 'looped')
      expect([longuetHigginsLee, toussaintMetric, siorosGuedes, weightedNoteToBeatDistance, npvi]).toEqual([
        -1, 0, 0, 0, 0,
      ])
      expect(evenness).toBeCloseTo(1, 12)
    }
  })
})

describe('odd input', () => {
  test('silence', () => {
    const { undefined: reasons, ...fields } = measureSyncopation('....', '4/4', 'looped')
    expect(fields).toMatchObject({ longuetHigginsLee: -1, toussaintMetric: 0, keith: 0, keithCount: 0, offBeatness: 0 })
    expect(reasons).toEqual({
      siorosGuedes: 'no onsets',
      weightedNoteToBeatDistance: 'no onsets',
      npvi: 'fewer than two durations',
      evenness: 'no onsets',
      balance: 'no onsets',
    })
  })
  test('a cross-rhythm is not covered by models of the meter', () => {
    const {
      longuetHigginsLee,
      toussaintMetric,
      siorosGuedes,
      undefined: reasons,
    } = measureSyncopation('x..x..x..x..', '2/4', 'looped')
    expect([longuetHigginsLee, toussaintMetric, siorosGuedes]).toEqual([-1, 0, 0])
    expect(reasons).toEqual({})
    const { undefined: why, ...triplets } = measureSyncopation('xx.xx.', '2/4', 'looped')
    expect([triplets.longuetHigginsLee, triplets.toussaintMetric, triplets.siorosGuedes]).toEqual([null, null, null])
    expect(why['longuetHigginsLee']).toBe('6 even cells do not lie in the divisions of 2/4')
    expect(why['toussaintMetric']).toBe('no level of 2/4 has 6 cells')
  })
  test.each([
    ['', '4/4', 'pattern'],
    ['x..o', '4/4', 'pattern'],
    ['x...', '4/5', 'meter'],
    ['x...', 'waltz', 'meter'],
    ['x...', '0/4', 'meter'],
    ['x...', '4/0', 'meter'],
    ['x...', '65/4', 'meter'],
    ['x...', ' 4/4', 'meter'],
  ])('"%s" in "%s" is refused', (pattern, meter, code) => {
    const refused = () => measureSyncopation(pattern, meter, 'looped')
    expect(refused).toThrow(InputError)
    expect(refused).toThrow(expect.objectContaining({ code }))
  })
  test('a bar of a quarter of a million cells', () => {
    const measured = measureSyncopation('x.......'.repeat(2 ** 15), '4/4', 'looped')
    expect(measured).toMatchObject({ longuetHigginsLee: -1, toussaintMetric: 0, siorosGuedes: 0 })
    const busy = measureSyncopation(`.xx${'x.xx'.repeat(2 ** 16 - 1)}x`, '4/4', 'looped')
    expect(busy.longuetHigginsLee).toBeGreaterThan(0)
  })
})

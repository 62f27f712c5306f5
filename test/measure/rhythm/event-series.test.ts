import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventMeasures, measureEvents } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { furthest, readJson } from './outside.ts'

interface SeriesCase {
  name: string
  x: number[]
  y: number[]
  taumax: number | null
  deltaT: number
  lag: number
  es: [number, number]
  eca: [number, number, number, number]
}
const both = ({ synchronization: s }: EventMeasures) => [s?.xy, s?.yx]
const rates = ({ coincidence: c }: EventMeasures) => [c?.precursorXY, c?.triggerXY, c?.precursorYX, c?.triggerYX]

test.each(readJson('event-series.json').cases as SeriesCase[])(
  'pyunicorn: $name',
  ({ x, y, taumax, deltaT, lag, es, eca }) => {
    const measured = measureEvents(x, y, { taumax: taumax ?? undefined, deltaT, lag })
    expect(furthest(both(measured), es)).toBeLessThan(1e-9)
    expect(furthest(rates(measured), eca)).toBeLessThan(1e-9)
  },
)

const half = Array.from({ length: 40 }, (_, k) => 0.5 * (k + 1))
describe('by hand', () => {
  test('metronomes in antiphase count once', () => {
    const measured = measureEvents(
      half,
      half.map((time) => time + 0.25),
    )
    expect(furthest(both(measured), [18.5 / 38, 19 / 38])).toBeLessThan(1e-12)
  })
  test('a series with itself is half and half', () => {
    expect(both(measureEvents(half, half))).toEqual([0.5, 0.5])
  })
  test('the lag moves y', () => {
    expect(
      both(
        measureEvents(
          half.map((time) => time + 0.1),
          half,
          { lag: 0.1 },
        ),
      ),
    ).toEqual([0.5, 0.5])
  })
  test('who follows is told apart', () => {
    const late = half.map((time) => time + 0.1)
    expect(both(measureEvents(half, late))).toEqual([0, 1])
    expect(rates(measureEvents(half, late, { deltaT: 0.15 }))).toEqual([0, 0, 1, 1])
    expect(rates(measureEvents(late, half, { deltaT: 0.02, lag: 0.09 }))).toEqual([1, 1, 0, 0])
  })
  test('taumax cuts off', () => {
    expect(
      both(
        measureEvents(
          half,
          half.map((time) => time + 0.125),
          { taumax: 0.1 },
        ),
      ),
    ).toEqual([0, 0])
    expect(
      both(
        measureEvents(
          half,
          half.map((time) => time + 0.125),
          { taumax: 0.125 },
        ),
      ),
    ).toEqual([0, 1])
  })
})

/** Times on a grid, so that they coincide and lie exactly half an interval apart. */
const series = fc
  .uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 3, maxLength: 25 })
  .map((cells) => cells.sort((p, q) => p - q).map((cell) => cell / 8))

/** The definition, matrix by matrix. */
function countAll(x: number[], y: number[], taumax: number): [number, number] {
  const inner = (t: number[]) => t.map((_, i) => i).slice(1, -1)
  const around = (t: number[], i: number) =>
    Math.min((t[i + 1] as number) - (t[i] as number), (t[i] as number) - (t[i - 1] as number))
  const near = (i: number, j: number) =>
    2 * Math.abs((x[i] as number) - (y[j] as number)) <= Math.min(around(x, i), around(y, j), 2 * taumax)
  const pairs = inner(x).flatMap((i) => inner(y).map((j) => [i, j] as const))
  const later = (sign: number) =>
    pairs.filter(([i, j]) => sign * ((x[i] as number) - (y[j] as number)) > 0 && near(i, j))
  const [xAfter, yAfter] = [later(1), later(-1)]
  const together = pairs.filter(([i, j]) => x[i] === y[j]).length
  const twice = (of: typeof pairs, others: typeof pairs) =>
    of.filter(([i, j]) => others.some(([p, q]) => p === i || q === j)).length
  const norm = Math.sqrt((x.length - 2) * (y.length - 2))
  return [
    (xAfter.length + together / 2 - twice(xAfter, yAfter) / 2) / norm,
    (yAfter.length + together / 2 - twice(yAfter, xAfter) / 2) / norm,
  ]
}

describe('whatever the series', () => {
  test('synchronization is what its definition counts', () => {
    fc.assert(
      fc.property(series, series, fc.constantFrom(0, 0.25, 1, Number.POSITIVE_INFINITY), (x, y, taumax) => {
        const measured = measureEvents(x, y, { taumax })
        expect(furthest(both(measured), countAll(x, y, taumax))).toBeLessThan(1e-12)
        expect((measured.synchronization?.xy ?? 0) + (measured.synchronization?.yx ?? 0)).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  test('coincidence is what its definition counts', () => {
    fc.assert(
      fc.property(
        series,
        series,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: -8, max: 8 }),
        (x, y, width, later) => {
          const [deltaT, lag] = [width / 8, later / 8]
          const hit = (t: number, s: number) => t - s - lag >= 0 && t - s - lag <= deltaT
          const none = lag === 0 && deltaT === 0
          const late = (t: number[]) => t.filter((time) => none || time > (t[0] as number) + lag + deltaT)
          const early = (t: number[]) => t.filter((time) => none || time < (t.at(-1) as number) - lag - deltaT)
          const share = (t: number[], is: (time: number) => boolean) =>
            t.length === 0 ? null : t.filter(is).length / t.length
          expect(rates(measureEvents(x, y, { deltaT, lag }))).toEqual([
            share(late(x), (time) => y.some((other) => hit(time, other))),
            share(early(y), (time) => x.some((other) => hit(other, time))),
            share(late(y), (time) => x.some((other) => hit(time, other))),
            share(early(x), (time) => y.some((other) => hit(other, time))),
          ])
        },
      ),
    )
  })

  test('exchanged series exchange the directions', () => {
    fc.assert(
      fc.property(series, series, (x, y) => {
        const [forth, back] = [measureEvents(x, y, { deltaT: 0.5 }), measureEvents(y, x, { deltaT: 0.5 })]
        expect([...both(back)].reverse()).toEqual(both(forth))
        expect([...rates(back).slice(2), ...rates(back).slice(0, 2)]).toEqual(rates(forth))
      }),
    )
  })
})

describe('odd input', () => {
  test.each([
    [[], half],
    [[1], half],
    [[1, 2], half],
  ])('%j has too few events', (x, y) => {
    const { synchronization, undefined: reasons } = measureEvents(x, y, { deltaT: 1 })
    expect(synchronization).toBeNull()
    expect(reasons['synchronization']).toBe('a series has fewer than three events')
  })
  test('without a window there is no coincidence', () => {
    const { coincidence, undefined: reasons } = measureEvents(half, half)
    expect(coincidence).toBeNull()
    expect(reasons).toEqual({ coincidence: 'deltaT is not given' })
  })
  test('a rate of which no event counts is null', () => {
    const { coincidence, undefined: reasons } = measureEvents([], half, { deltaT: 0.1 })
    expect(coincidence).toEqual({ precursorXY: null, triggerXY: 0, precursorYX: 0, triggerYX: null })
    expect(Object.keys(reasons)).toEqual(['synchronization', 'coincidence.precursorXY', 'coincidence.triggerYX'])
  })
  test('equal times are one event', () => {
    const doubled = half.flatMap((time) => [time, time])
    expect(measureEvents(doubled, half, { deltaT: 0.1 })).toEqual(measureEvents(half, half, { deltaT: 0.1 }))
  })
  test.each([
    [[3, 1], half, {}, 'time-order'],
    [[Number.NaN], half, {}, 'time'],
    [half, [Number.NEGATIVE_INFINITY], {}, 'time'],
    [half, half, { taumax: -1 }, 'taumax'],
    [half, half, { deltaT: Number.POSITIVE_INFINITY }, 'delta-t'],
    [half, half, { lag: Number.NaN }, 'lag'],
  ])('%j, %j in %j is refused', (x, y, window, code) => {
    const refused = () => measureEvents(x as number[], y as number[], window)
    expect(refused).toThrow(InputError)
    expect(refused).toThrow(expect.objectContaining({ code }))
  })
  test('a million events', () => {
    const x = Array.from({ length: 500_000 }, (_, i) => i)
    const measured = measureEvents(
      x,
      x.map((time) => time + 0.25),
      { deltaT: 0.3 },
    )
    expect(both(measured)).toEqual([0, 1])
    expect(rates(measured)).toEqual([0, 0, 1, 1])
  })
})

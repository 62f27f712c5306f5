import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureSpikes, type SpikeMeasures } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { furthest, readJson, readLines } from './outside.ts'

interface PairCase {
  name: string
  a: number[]
  b: number[]
  edges: [number, number]
  computed: { isi_distance: number; spike_distance: number; spike_sync: number; spike_train_order: number }
}
const { pairs, multi, empty } = readJson('pyspike.json')
const within = ([startSeconds, endSeconds]: [number, number]) => ({ startSeconds, endSeconds })
const values = ({ isiDistance, spikeDistance, spikeSync, order }: SpikeMeasures) => [
  isiDistance,
  spikeDistance,
  spikeSync,
  order,
]

describe('PySpike', () => {
  test.each(pairs as PairCase[])('$name', ({ a, b, edges, computed: c }) => {
    const wanted = [c.isi_distance, c.spike_distance, c.spike_sync, c.spike_train_order]
    expect(furthest(values(measureSpikes([a, b], within(edges))), wanted)).toBeLessThan(1e-9)
  })

  test.each(empty as (PairCase & PairCase['computed'])[])('$a and $b', ({ a, b, edges, ...c }) => {
    const { isiDistance, spikeDistance, spikeSync } = measureSpikes([a, b], within(edges))
    const wanted = [c.isi_distance, c.spike_distance, c.spike_sync]
    expect(furthest([isiDistance, spikeDistance, spikeSync], wanted)).toBeLessThan(1e-9)
  })

  const named: Record<string, keyof SpikeMeasures> = {
    isi_distance_multi: 'isiDistance',
    spike_distance_multi: 'spikeDistance',
    spike_sync_multi: 'spikeSync',
  }
  test('many trains', () => {
    for (const { file, trains, edges, asserted } of multi) {
      const all = trains ?? readLines(file).map((line) => line.split(/\s+/).map(Number))
      const measured = measureSpikes(all, within(edges))
      for (const [theirs, ours] of Object.entries(named))
        if (asserted[theirs] !== undefined)
          expect(furthest([measured[ours] as number], [asserted[theirs]]), `${theirs} of ${file}`).toBeLessThan(1e-9)
    }
  })
})

/** Spikes on a fine grid, so that times coincide now and then. */
const train = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 25 })
  .map((cells) => cells.sort((p, q) => p - q).map((cell) => cell / 40))
const ten = { startSeconds: 0, endSeconds: 10 }

describe('whatever the trains', () => {
  test('ranges hold, and the trains may change places', () => {
    fc.assert(
      fc.property(train, train, (a, b) => {
        const measured = measureSpikes([a, b], ten)
        expect(measured.isiDistance).toBeGreaterThanOrEqual(0)
        expect(measured.isiDistance).toBeLessThan(1)
        expect(measured.spikeDistance).toBeGreaterThanOrEqual(0)
        expect(measured.spikeSync).toBeGreaterThanOrEqual(0)
        expect(measured.spikeSync).toBeLessThanOrEqual(1)
        expect(Math.abs(measured.order ?? 0)).toBeLessThanOrEqual(measured.spikeSync)
        const turned = measureSpikes([b, a], ten)
        const swapped = [turned.isiDistance, turned.spikeDistance, turned.spikeSync, -(turned.order ?? 0)]
        expect(furthest([...values(measured).slice(0, 3), measured.order ?? 0], swapped as number[])).toBeLessThan(
          1e-12,
        )
      }),
    )
  })

  test('a train is no distance from itself', () => {
    fc.assert(
      fc.property(train, (a) => {
        const { isiDistance, spikeDistance, spikeSync, order } = measureSpikes([a, a], ten)
        expect([isiDistance, spikeDistance, spikeSync, order]).toEqual([0, 0, 1, a.length === 0 ? null : 0])
      }),
    )
  })

  test('another unit and another start change nothing', () => {
    fc.assert(
      fc.property(
        train,
        train,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 99 }),
        (a, b, unit, start) => {
          const move = (times: number[]) => times.map((time) => time * unit + start)
          const moved = measureSpikes([move(a), move(b)], { startSeconds: start, endSeconds: 10 * unit + start })
          const { order, ...wanted } = measureSpikes([a, b], ten)
          expect(
            furthest([moved.isiDistance, moved.spikeDistance], [wanted.isiDistance, wanted.spikeDistance] as number[]),
          ).toBeLessThan(1e-9)
        },
      ),
    )
  })

  test('synchronization is what its definition counts', () => {
    const shortest = (times: number[], i: number) =>
      Math.min(
        (times[i + 1] ?? (times[i] as number) + 10) - (times[i] as number),
        (times[i] as number) - (times[i - 1] ?? (times[i] as number) - 10),
      )
    fc.assert(
      fc.property(train, train, (a, b) => {
        const met = a.flatMap((time, i) =>
          b.filter(
            (other, j) => time === other || Math.abs(time - other) < Math.min(shortest(a, i), shortest(b, j)) / 2,
          ),
        )
        const wanted = a.length + b.length === 0 ? 1 : (2 * met.length) / (a.length + b.length)
        expect(measureSpikes([a, b], ten).spikeSync).toBeCloseTo(wanted, 12)
      }),
    )
  })

  test('of many trains distances are means over pairs', () => {
    fc.assert(
      fc.property(train, train, train, (a, b, c) => {
        const all = measureSpikes([a, b, c], ten)
        const each = [measureSpikes([a, b], ten), measureSpikes([a, c], ten), measureSpikes([b, c], ten)]
        const mean = (pick: (m: SpikeMeasures) => number | null) =>
          each.reduce((sum, m) => sum + (pick(m) as number), 0) / 3
        expect(all.isiDistance).toBeCloseTo(
          mean((m) => m.isiDistance),
          12,
        )
        expect(all.spikeDistance).toBeCloseTo(
          mean((m) => m.spikeDistance),
          12,
        )
      }),
    )
  })
})

describe('odd input', () => {
  test('one that is first leads', () => {
    const a = [1, 3, 5, 7]
    const b = a.map((time) => time + 0.2)
    expect(measureSpikes([a, b], ten).order).toBe(1)
    expect(measureSpikes([b, a], ten).order).toBe(-1)
  })

  test('a spike that is given twice is one', () => {
    expect(measureSpikes([[1, 1, 3], [2]], ten)).toEqual(measureSpikes([[1, 3], [2]], ten))
  })

  test('an observation without length has no distances', () => {
    const {
      isiDistance,
      spikeDistance,
      undefined: reasons,
    } = measureSpikes([[5], []], { startSeconds: 5, endSeconds: 5 })
    expect([isiDistance, spikeDistance]).toEqual([null, null])
    expect(reasons).toEqual({
      isiDistance: 'the observation has no length',
      spikeDistance: 'the observation has no length',
    })
  })

  test.each([
    [[[0.5, 0.1], []], ten, 'time-order', /trains\[0\]\[1\]: expected 0\.5 or later, got 0\.1/],
    [[[], [-1]], ten, 'time', /trains\[1\]\[0\]: expected a time from 0 up, got -1/],
    [[[], [Number.NaN]], ten, 'time', /got NaN/],
    [[[Number.POSITIVE_INFINITY], []], ten, 'time', /got Infinity/],
    [[[], [11]], ten, 'span', /expected spikes from 0 to 10 s, got one at 11 s/],
    [[[], []], { startSeconds: 2, endSeconds: 1 }, 'span', /endSeconds/],
    [[[1]], ten, 'trains', /expected two or more, got 1/],
  ])('%j in %j is refused', (trains, observation, code, message) => {
    const refused = () => measureSpikes(trains, observation)
    expect(refused).toThrow(InputError)
    expect(refused).toThrow(message)
    expect(refused).toThrow(expect.objectContaining({ code }))
  })

  test('a million spikes', () => {
    const a = Array.from({ length: 500_000 }, (_, i) => i)
    const b = a.map((time) => time + 0.25)
    const measured = measureSpikes([a, b], { startSeconds: 0, endSeconds: 500_000 })
    expect(measured.spikeSync).toBe(1)
    expect(measured.spikeDistance).toBeCloseTo(0.25, 5)
  })
})

test('spikes a hair apart have a distance like any others', () => {
  const trains = [
    [1e-200, 2e-200, 3e-200],
    [1.5e-200, 2e-200, 3e-200],
  ]
  const measured = measureSpikes(trains, { startSeconds: 0, endSeconds: 1 })
  for (const value of values(measured)) expect(Number.isFinite(value)).toBe(true)
})

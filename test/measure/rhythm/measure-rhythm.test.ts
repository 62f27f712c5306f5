import { describe, expect, test } from 'vitest'
import {
  measureAsynchrony,
  measureEvents,
  measureInterlock,
  measureRhythm,
  measureSpikes,
} from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { cascara, hocketA, hocketB, play, silence, son, span } from './play.ts'

const clave = play(son, 1)
const bell = play(cascara, 2)

describe('one answer for all', () => {
  test('is what each measure says alone', () => {
    const { undefined: reasons, ...all } = measureRhythm(clave, bell, span)
    const { undefined: _, score, tatumSeconds, estimatedTatumSeconds, ...parts } = measureInterlock(clave, bell, span)
    expect(all.interlock).toEqual({ score, ...parts })
    expect(all.tatumSeconds).toBe(tatumSeconds)
    expect(all.asynchrony).toEqual({ ...measureAsynchrony(clave, bell, span), undefined: undefined })
    const { undefined: __, ...spike } = measureSpikes([clave.onsets, bell.onsets], span)
    expect(all.spike).toEqual(spike)
    const events = measureEvents(clave.onsets, bell.onsets, { deltaT: 0.05 })
    const [xy, yx] = [events.synchronization?.xy as number, events.synchronization?.yx as number]
    expect(all.eventSynchronization).toEqual({ strength: xy + yx, delay: yx - xy })
    expect(Object.values(all.coincidence)).toEqual(Object.values(events.coincidence ?? {}))
    expect(reasons).toEqual({})
  })

  test('who leads is positive, and changes its sign with the places', () => {
    const late = play(son, 1, { start: 0.13 })
    const forth = measureRhythm(clave, late, span)
    const back = measureRhythm(late, clave, span)
    expect(forth.spike.order).toBeGreaterThan(0.9)
    expect(forth.eventSynchronization.delay).toBeGreaterThan(0.9)
    expect(forth.asynchrony.meanSeconds).toBeCloseTo(-0.03, 9)
    expect(back.spike.order).toBe(-(forth.spike.order as number))
    expect(back.eventSynchronization.delay).toBe(-(forth.eventSynchronization.delay as number))
    expect(forth.coincidence).toEqual({ precursorAB: 0, triggerAB: 0, precursorBA: 1, triggerBA: 1 })
  })

  test('window and lag are those of coincidence', () => {
    const late = { onsets: clave.onsets.map((onset) => onset + 0.06) }
    expect(measureRhythm(clave, late).coincidence.precursorBA).toBe(0)
    expect(measureRhythm(clave, late, { windowSeconds: 0.07 }).coincidence.precursorBA).toBe(1)
    expect(measureRhythm(clave, late, { windowSeconds: 0.02, lagSeconds: 0.05 }).coincidence.precursorBA).toBe(1)
  })

  test('the span cuts, and its end belongs to spikes', () => {
    const pair = [play(hocketA, 1), play(hocketB, 2)] as const
    const cut = (from: number, to: number) =>
      pair.map(({ onsets, marks }) => {
        const kept = onsets.map((onset, i) => [onset, marks[i] as string] as const).filter(([t]) => t >= from && t < to)
        return { onsets: kept.map(([t]) => t), marks: kept.map(([, mark]) => mark) }
      })
    const [a, b] = cut(10, 20) as [(typeof pair)[0], (typeof pair)[0]]
    const within = { startSeconds: 10, endSeconds: 20 }
    expect(measureRhythm(...pair, within)).toEqual(measureRhythm(a, b, within))
    const edges = measureRhythm({ onsets: [0, 1, 2, 3] }, { onsets: [0, 1, 2, 3] })
    expect(edges.spike.spikeSync).toBe(1)
    expect(measureRhythm({ onsets: [1, 3] }, { onsets: [] }).spike).toEqual(
      measureRhythm({ onsets: [1, 3] }, silence, { endSeconds: 3 }).spike,
    )
  })
})

describe('nothing to measure', () => {
  test('silence of both: what is known is known, the rest has reasons', () => {
    const { undefined: reasons, ...all } = measureRhythm(silence, silence, { startSeconds: 0, endSeconds: 30 })
    expect(all).toMatchObject({
      interlock: { score: 0, pulse: null },
      tatumSeconds: null,
      spike: { isiDistance: 0, spikeDistance: 0, spikeSync: 1, order: null },
      eventSynchronization: { strength: null, delay: null },
      coincidence: { precursorAB: null, triggerAB: null, precursorBA: null, triggerBA: null },
      asynchrony: { meanSeconds: null, sdSeconds: null, count: 0 },
      coupling: { aToB: null, bToA: null, pAToB: null, pBToA: null },
    })
    const nulls = ['interlock', 'spike', 'eventSynchronization', 'coincidence', 'asynchrony', 'coupling'].flatMap(
      (part) =>
        Object.entries(all[part as keyof typeof all] as object).flatMap(([field, value]) =>
          value === null ? [`${part}.${field}`] : [],
        ),
    )
    expect(Object.keys(reasons).sort()).toEqual([...nulls, 'tatumSeconds'].sort())
  })
  test('without a span silence has no length', () => {
    expect(measureRhythm(silence, silence).spike.isiDistance).toBeNull()
  })
  test('one event a side', () => {
    expect(measureRhythm({ onsets: [1] }, { onsets: [1.01] })).toMatchObject({
      interlock: { score: 0 },
      spike: { spikeSync: 1, order: 1 },
      asynchrony: { count: 1, sdSeconds: null },
    })
  })
})

test.each([
  [[2, 1], undefined, {}, 'onset-order'],
  [[-1], undefined, {}, 'onset'],
  [[Number.POSITIVE_INFINITY], undefined, {}, 'onset'],
  [[1], ['x', 'y'], {}, 'mark-count'],
  [[1], undefined, { startSeconds: 3, endSeconds: 2 }, 'span'],
  [[1], undefined, { windowSeconds: -1 }, 'delta-t'],
])('onsets %j with marks %j in %j are refused', (onsets, marks, settings, code) => {
  const refused = () => measureRhythm({ onsets, marks }, clave, settings)
  expect(refused).toThrow(InputError)
  expect(refused).toThrow(expect.objectContaining({ code }))
})

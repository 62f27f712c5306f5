// Tempo from attacks: steady beats, strong and weak ones, swing, changes of no importance, and attacks without a pulse.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureTempo, type TempoAttack } from '../../../src/measure/index.ts'
import { seededRandom } from '../../../src/random.ts'

/** Attacks at some places of every beat, each with its strength. */
function beats(
  bpm: number,
  seconds: number,
  places: readonly (readonly [at: number, strength: number])[],
): TempoAttack[] {
  const attacks: TempoAttack[] = []
  for (let beat = 0; (beat * 60) / bpm < seconds; beat++)
    for (const [at, strength] of places) attacks.push({ timeSeconds: ((beat + at) * 60) / bpm, strength })
  return attacks
}

const four = [
  [0, 1],
  [0.25, 0.2],
  [0.5, 0.4],
  [0.75, 0.2],
] as const
const swung = [
  [0, 1],
  [1 / 3, 0.1],
  [2 / 3, 0.4],
] as const

describe('a beat that is there', () => {
  test.each([100, 112, 120, 126, 135, 150, 174])('clicks at %i bpm', (bpm) => {
    expect(Math.abs((measureTempo(beats(bpm, 12, [[0, 1]]), 12).bpm ?? 0) / bpm - 1)).toBeLessThan(0.005)
  })
  test.each([100, 120, 135])('sixteenths, and swung eighths, at %i bpm', (bpm) => {
    for (const places of [four, swung])
      expect(Math.abs((measureTempo(beats(bpm, 20, places), 20).bpm ?? 0) / bpm - 1)).toBeLessThan(0.005)
  })
  test('of two levels the one near two beats a second is taken', () => {
    expect(
      measureTempo(
        beats(75, 20, [
          [0, 1],
          [0.5, 1],
        ]),
        20,
      ).bpm,
    ).toBeCloseTo(150, 0)
    expect(measureTempo(beats(220, 20, [[0, 1]]), 20).bpm).toBeCloseTo(110, 0)
  })
  test('a later start and louder attacks change nothing', () => {
    const here = beats(126, 20, four)
    const bpm = measureTempo(here, 20).bpm ?? NaN
    const later = here.map(({ timeSeconds, strength }) => ({ timeSeconds: timeSeconds + 0.37, strength: 9 * strength }))
    expect(measureTempo(later, 20.37).bpm).toBeCloseTo(bpm, 0)
    expect(
      measureTempo(
        here.map((attack) => ({ ...attack, strength: 9 * attack.strength })),
        20,
      ).bpm,
    ).toBeCloseTo(bpm, 9)
  })
})

describe('no beat', () => {
  test('fewer than six attacks', () => {
    expect(measureTempo([], 10)).toEqual({ bpm: null, undefined: { bpm: 'fewer than 6 attacks were heard' } })
    expect(measureTempo(beats(120, 2.4, [[0, 1]]), 3).bpm).toBeNull()
  })
  test('attacks at random times: at most one in ten is given a tempo', () => {
    const random = seededRandom(5)
    let named = 0
    const draws = 120
    for (let draw = 0; draw < draws; draw++) {
      const seconds = [6, 15, 30][draw % 3] as number
      const count = Math.round(seconds * (2 + 6 * random()))
      const times = Array.from({ length: count }, () => random() * seconds).sort((a, b) => a - b)
      const attacks = times.map((timeSeconds) => ({ timeSeconds, strength: random() }))
      const { bpm, undefined: none } = measureTempo(attacks, seconds)
      if (bpm === null) expect(none).toEqual({ bpm: 'no pulse is kept' })
      else named++
    }
    expect(named).toBeLessThanOrEqual(draws / 10)
  })
  test('any attacks: a tempo within bounds, or null with a reason', () => {
    const some = fc.array(
      fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true })),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(some, (drawn) => {
        const attacks = drawn.sort(([a], [b]) => a - b).map(([timeSeconds, strength]) => ({ timeSeconds, strength }))
        const { bpm, undefined: none } = measureTempo(attacks, 20)
        if (bpm === null) expect(none['bpm']).toBeTruthy()
        else expect(bpm).toBeGreaterThanOrEqual(40)
        expect(bpm ?? 0).toBeLessThanOrEqual(240)
      }),
      { numRuns: 60 },
    )
  })
})

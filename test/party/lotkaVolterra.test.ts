import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lotkaVolterraInvariant, type Populations, runLotkaVolterra } from '../../src/party/index.ts'

const rates = { growth: 1, eaten: 1, fed: 1, death: 1 }

test('the invariant holds to 1e-6 over many rounds', () => {
  const path = runLotkaVolterra(rates, { x: 2, y: 0.5 }, { steps: 60_000, stepTime: 0.01 })
  const values = path.map((at) => lotkaVolterraInvariant(rates, at))
  expect(Math.max(...values) - Math.min(...values)).toBeLessThan(1e-6)
})

test('small swings have the period 2 pi / sqrt(growth death), as linear theory says', () => {
  const slow = { growth: 0.5, eaten: 1, fed: 1, death: 2 }
  const path = runLotkaVolterra(slow, { x: 2.001, y: 0.5 }, { steps: 4000, stepTime: 0.005 })
  const rising = (at: Populations, i: number) => at.y >= 0.5 && (path[i - 1]?.y ?? 1) < 0.5
  const crossings = path.flatMap((at, i) => (rising(at, i) ? [i * 0.005] : []))
  expect((crossings[1] ?? 0) - (crossings[0] ?? 0)).toBeCloseTo(2 * Math.PI, 1)
})

test('both stay alive, and at the fixed point nothing moves', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.double({ min: 0.3, max: 3, noNaN: true }), (x, y) => {
      const path = runLotkaVolterra(rates, { x, y }, { steps: 500, stepTime: 0.02 })
      expect(path.every((at) => at.x > 0 && at.y > 0)).toBe(true)
    }),
    { numRuns: 20 },
  )
  expect(runLotkaVolterra(rates, { x: 1, y: 1 }, { steps: 10, stepTime: 0.1 }).at(-1)).toEqual({ x: 1, y: 1 })
  expect(() => runLotkaVolterra(rates, { x: 0, y: 1 }, { steps: 1, stepTime: 0.1 })).toThrow(
    /x: expected a number above 0/,
  )
})

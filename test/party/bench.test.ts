import { expect, test } from 'vitest'
import { shippedMasks } from '../../src/djs/index.ts'
import {
  type BenchOptions,
  benchPairs,
  benchRobustness,
  benchWorld,
  defaultScenario,
  moveConstants,
  orderHolds,
} from '../../src/party/index.ts'
import { seededRandom } from '../../src/random.ts'
import { dynamicsSchema } from '../../src/record/index.ts'
import { shippedLibrary } from './library.ts'

const [a, b] = shippedMasks
if (a === undefined || b === undefined) throw new Error('masks')
const options: BenchOptions = { scenario: defaultScenario, library: shippedLibrary, masks: [a, b], seeds: 8, slots: 96 }

test('the world tells strategies apart, from two who do not listen to two who do', () => {
  const figures = benchWorld(options)
  expect(figures.map(({ pair }) => pair)).toEqual([...benchPairs])
  expect(orderHolds(figures)).toBe(true)
  expect(benchWorld({ ...options, seeds: 2 })).toEqual(benchWorld({ ...options, seeds: 2 }))
})

test('an order that is wrong anywhere is not called right', () => {
  const figures = benchWorld({ ...options, seeds: 1, slots: 24 })
  const by = (value: (i: number) => number) => figures.map((row, i) => ({ ...row, crowd: value(i) }))
  expect(orderHolds(by((i) => i / 10))).toBe(true)
  expect(orderHolds(by((i) => (i < 2 ? 0.1 - i / 20 : i / 10)))).toBe(true)
  for (let wrong = 2; wrong < 7; wrong++) expect(orderHolds(by((i) => (i === wrong ? 0 : (i + 1) / 10)))).toBe(false)
})

test('the order does not hang on one constant', () => {
  const { draws, held } = benchRobustness({ ...options, seeds: 2, slots: 64 }, 10)
  expect(draws).toBe(10)
  expect(held).toBeGreaterThanOrEqual(8)
})

test('moved constants are valid, and every one of them moves', () => {
  const before = defaultScenario.dynamics
  const after = moveConstants(before, seededRandom(1))
  expect(dynamicsSchema.parse(after)).toEqual(after)
  for (const [name, value] of Object.entries(before)) expect(after[name as keyof typeof after], name).not.toEqual(value)
})

// What the library's memory is given is given back. A file of its own: memory that grew once stays grown, so this must come first in a process.
import { expect, test } from 'vitest'
import {
  createSecondEar,
  type KeyProfile,
  prepareSound,
  secondRate,
  usualDissonance,
} from '../../../src/node/second-ear/index.ts'
import { cadence, clicks, countVectors, hearAll, rate } from './sounds.ts'

const harmony = prepareSound(cadence(0.5), rate)

test('the heap stays as it is over 1,000 calls, and would not if vectors were kept', () => {
  const frame = prepareSound(harmony.samples?.subarray(0, 2048) as Float32Array, secondRate)
  const growth = (onDelete: 'free' | 'keep') => {
    const { essentia } = countVectors(onDelete)
    const ear = createSecondEar(essentia)
    ear.hearDissonance(frame)
    const before = essentia.HEAPU8.length
    for (let call = 0; call < 1000; call++) ear.hearDissonance(frame)
    ear.dispose()
    return essentia.HEAPU8.length - before
  }
  expect(growth('free')).toBe(0)
  expect(growth('keep')).toBeGreaterThan(5e6)
})

test('every vector is freed, after answers and after faults', () => {
  const { essentia, made, freed } = countVectors()
  const ear = createSecondEar(essentia)
  hearAll(ear, prepareSound(clicks(120, 10), rate))
  expect(made()).toBeGreaterThan(300)
  expect(freed()).toBe(made())
  ear.hearDissonance(harmony, { ...usualDissonance, filter: 'equal-loudness', weights: 'power' })
  expect(() => ear.hearKey(harmony, 'nonsense' as KeyProfile)).toThrow()
  expect(() => ear.hearDissonance(harmony, { ...usualDissonance, window: 'nonsense' as 'hann' })).toThrow()
  expect(freed()).toBe(made())
  ear.dispose()
})

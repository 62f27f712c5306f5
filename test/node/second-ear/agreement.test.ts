// How answers about key and tempo stand to each other.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MusicalKey } from '../../../src/djs/index.ts'
import { keyWeights, relateKeys, relateTempi } from '../../../src/node/second-ear/index.ts'

const key = (tonic: number, mode: MusicalKey['mode']): MusicalKey => ({ tonic, mode })
const keys = fc.record({
  tonic: fc.integer({ min: 0, max: 11 }),
  mode: fc.constantFrom('major' as const, 'minor' as const),
})

describe('keys', () => {
  test.each([
    [key(0, 'major'), key(0, 'major'), 'same'],
    [key(0, 'major'), key(7, 'major'), 'fifth'],
    [key(9, 'minor'), key(2, 'minor'), 'fifth'],
    [key(0, 'major'), key(9, 'minor'), 'relative'],
    [key(4, 'minor'), key(7, 'major'), 'relative'],
    [key(4, 'minor'), key(4, 'major'), 'parallel'],
    [key(0, 'major'), key(3, 'minor'), 'other'],
    [key(0, 'major'), key(2, 'major'), 'other'],
  ] as const)('%o and %o: %s', (a, b, relation) => {
    expect(relateKeys(a, b)).toBe(relation)
  })
  test('both ways the same, and the same for all transpositions', () => {
    fc.assert(
      fc.property(keys, keys, fc.integer({ min: 0, max: 11 }), (a, b, up) => {
        const moved = ({ tonic, mode }: MusicalKey) => key((tonic + up) % 12, mode)
        expect(relateKeys(b, a)).toBe(relateKeys(a, b))
        expect(relateKeys(moved(a), moved(b))).toBe(relateKeys(a, b))
      }),
    )
  })
  test('a guess among all keys is worth a fifteenth or so in MIREX', () => {
    const all = [...Array(12).keys()].flatMap((tonic) => [key(tonic, 'major'), key(tonic, 'minor')])
    const sum = all.reduce((total, guess) => total + keyWeights[relateKeys(key(0, 'major'), guess)], 0)
    expect(sum).toBeCloseTo(1 + 2 * 0.5 + 0.3 + 0.2, 12)
  })
})

test.each([
  [120, 120, 'same'],
  [124.7, 120, 'same'],
  [125, 120, 'other'],
  [241, 120, 'octave'],
  [60, 120, 'octave'],
  [40, 120, 'octave'],
  [180, 120, 'other'],
] as const)('tempi %d and %d: %s', (a, b, relation) => {
  expect(relateTempi(a, b)).toBe(relation)
})

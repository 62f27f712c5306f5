// Eigenvalues of symmetric matrices: known ones, and what they are by definition.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, dot, findEigen, type Matrix, multiply, rowOf, zeros } from '../../src/judging/matrix.ts'
import { randomNormal, seededRandom } from '../../src/random.ts'

const sorted = (values: Float64Array) => [...values].sort((a, b) => a - b)

test('a chain of springs: 2 - 2 cos(k pi / (n + 1))', () => {
  const size = 12
  const chain = zeros(size).map((row, r) => row.map((_, c) => (r === c ? 2 : Math.abs(r - c) === 1 ? -1 : 0)))
  sorted(findEigen(chain).values).forEach((value, k) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)), 13)
  })
})

test('all ones: n once, and 0', () => {
  const ones = zeros(5).map((row) => row.fill(1))
  const values = sorted(findEigen(ones).values)
  expect(values.pop()).toBeCloseTo(5, 13)
  for (const value of values) expect(value).toBeCloseTo(0, 13)
})

test('of nothing, of one, of a diagonal', () => {
  expect(findEigen([]).values.length).toBe(0)
  expect(findEigen([Float64Array.of(-3)])).toEqual({ values: Float64Array.of(-3), vectors: [Float64Array.of(1)] })
  const diagonal = zeros(3).map((row, r) => row.map((_, c) => (r === c ? 3 - r : 0)))
  expect(sorted(findEigen(diagonal).values)).toEqual([1, 2, 3])
})

test('A v = value v, and vectors of length 1 at right angles: any size, rank and scale', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 1, max: 24 }),
      fc.constantFrom(1e-12, 1, 1e12),
      fc.integer(),
      (size, rank, scale, seed) => {
        const random = seededRandom(seed)
        const matrix: Matrix = zeros(size)
        for (let k = 0; k < rank; k++) {
          const x = Float64Array.from(matrix, () => randomNormal(random))
          const sign = random() < 0.7 ? scale : -scale
          matrix.forEach((row, r) => {
            for (let c = 0; c < size; c++) row[c] = at(row, c) + sign * at(x, r) * at(x, c)
          })
        }
        const most = Math.sqrt(matrix.reduce((sum, row) => sum + dot(row, row), 0))
        const { values, vectors } = findEigen(matrix)
        vectors.forEach((vector, k) => {
          multiply(matrix, vector).forEach((value, i) => {
            expect(Math.abs(value - at(values, k) * at(vector, i))).toBeLessThan(1e-13 * most)
          })
          for (let l = 0; l <= k; l++) expect(dot(vector, rowOf(vectors, l))).toBeCloseTo(l === k ? 1 : 0, 12)
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('entries that are no numbers are refused', () => {
  expect(() => findEigen([Float64Array.of(1, Number.NaN), Float64Array.of(Number.NaN, 1)])).toThrow(
    /findEigen: expected/,
  )
})

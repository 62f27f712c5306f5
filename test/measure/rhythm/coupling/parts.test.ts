import { expect, test } from 'vitest'
import { findDepartures, findPeriod } from '../../../../src/measure/rhythm/coupling/departures.ts'
import { findLateness } from '../../../../src/measure/rhythm/coupling/lateness.ts'
import { addMoments, addPoint, createMoments, heightAtZero } from '../../../../src/measure/rhythm/coupling/parabola.ts'
import { comparePatterns } from '../../../../src/measure/rhythm/coupling/pattern.ts'
import { directionOf, dot, ones, orthonormalise } from '../../../../src/measure/rhythm/coupling/regression.ts'
import { drawShifts, rankAmongShifts } from '../../../../src/measure/rhythm/coupling/shifts.ts'
import { compareTimings } from '../../../../src/measure/rhythm/coupling/timing.ts'
import { randomNormal, seededRandom } from '../../../../src/random.ts'

const draw = (name: string, length: number, make: (random: () => number) => number) => {
  const random = seededRandom(name)
  return Float64Array.from({ length }, () => make(random))
}
const normals = (name: string, length: number) => draw(name, length, randomNormal)
const coins = (name: string, length: number, chance: number) =>
  draw(name, length, (random) => (random() < chance ? 1 : 0))

function correlate(x: Float64Array, y: Float64Array): number {
  const centred = [x, y].map((v) => {
    const mean = v.reduce((sum, value) => sum + value, 0) / v.length
    return v.map((value) => value - mean)
  }) as [Float64Array, Float64Array]
  return dot(...centred) / Math.sqrt(dot(centred[0], centred[0]) * dot(centred[1], centred[1]))
}

test('what is left after regression correlates as the textbook formula for partial correlation says', () => {
  const z = normals('z', 200)
  const x = normals('x', 200).map((value, i) => value + 0.8 * (z[i] as number))
  const y = normals('y', 200).map((value, i) => value - 0.5 * (z[i] as number) + 0.3 * (x[i] as number))
  const basis = orthonormalise([ones(200), z, z.map((value) => 2 * value + 1)])
  expect(basis).toHaveLength(2)
  const [left, other] = [directionOf(x, basis), directionOf(y, basis)] as [Float64Array, Float64Array]
  const [xy, xz, yz] = [correlate(x, y), correlate(x, z), correlate(y, z)]
  expect(dot(left, other)).toBeCloseTo((xy - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2)), 12)
  expect(directionOf(z, basis)).toBeNull()
})

test('a parabola through points is met exactly; too few points get a line, a mean, nothing', () => {
  const heightOf = (points: readonly (readonly [number, number])[]) => {
    const [left, right] = [createMoments(), createMoments()]
    points.forEach(([x, y], i) => {
      addPoint(i % 2 === 0 ? left : right, x, y)
    })
    addMoments(left, right)
    return heightAtZero(left)
  }
  expect(heightOf([-3, -1, 2, 4, 5].map((x) => [x, 7 - 2 * x + 0.5 * x * x]))).toBeCloseTo(7, 10)
  expect(heightOf([-1, 2, 3].map((x) => [x, 7 - 2 * x]))).toBeCloseTo(7, 10)
  expect(heightOf([[5, 3]])).toBe(3)
  expect(heightOf([])).toBe(0)
})

const clave = [...'x..x..x...x.x...'].map((sign) => (sign === 'x' ? 1 : 0))
const rounds = (count: number) => Uint8Array.from({ length: 16 * count }, (_, i) => clave[i % 16] as number)

test('a changed cell of a loop departs, and no other', () => {
  const cells = rounds(14)
  cells[100] = 1 - (cells[100] as number)
  expect(findPeriod(cells)).toBe(16)
  const departures = findDepartures(cells, 16)
  expect([...departures.keys()].filter((i) => departures[i] === 1)).toEqual([100])
})

test('a loop that changes for good departs where it changes, not at the ends', () => {
  const cells = rounds(14).map((sounds, i) => (i % 16 === 5 && i >= 96 ? 1 - sounds : sounds))
  const departures = findDepartures(cells, 16)
  const found = [...departures.keys()].filter((i) => departures[i] === 1)
  expect(found.filter((i) => Math.abs(i / 16 - 5.5) > 3)).toEqual([])
})

test('coin tosses have no refrain, and depart where they sound', () => {
  const periods = Array.from({ length: 40 }, (_, i) => findPeriod(Uint8Array.from(coins(`coins ${i}`, 224, 0.4))))
  expect(periods.filter((period) => period > 0).length).toBeLessThanOrEqual(2)
  expect([...findDepartures(Uint8Array.of(0, 1, 1), 0)]).toEqual([0, 1, 1])
})

test('shifts are a bar at least either way, 199 at most, none twice', () => {
  expect(drawShifts(70)).toHaveLength(39)
  for (const shifts of [drawShifts(224), drawShifts(5000)]) {
    expect(new Set(shifts).size).toBe(shifts.length)
    expect(shifts.length).toBeLessThanOrEqual(199)
    expect(Math.min(...shifts)).toBeGreaterThanOrEqual(16)
  }
  expect(Math.max(...drawShifts(224))).toBe(208)
  expect(drawShifts(5000)).toEqual(drawShifts(5000))
})

test('p counts the shifts that reach the value, and the value itself', () => {
  const values = [5, 1, 2, 5, 9]
  expect(rankAmongShifts([1, 2, 3, 4], (shift) => values[shift] as number)).toBe(3 / 5)
})

test('lateness that was planted is found again, through swing and a change of tempo', () => {
  const planted = normals('late', 150).map((value) => 0.008 * value)
  const cells = Int32Array.from(planted, (_, i) => i + Math.floor(i / 3))
  const steady = (cell: number) => 1 + 0.134 * cell + 0.00005 * cell * cell + (cell % 2) * 0.03
  const times = planted.map((late, i) => steady(cells[i] as number) + late)
  const found = findLateness({ times, cells, even: cells })
  expect(correlate(found, planted)).toBeGreaterThan(0.97)
  expect(Math.sqrt(dot(found, found) / dot(planted, planted))).toBeCloseTo(1, 1)
})

const shifts = drawShifts(480)

test('the pattern channel hears 1 to 4 cells back, and only what the own past does not tell', () => {
  const source = { departures: coins('source', 480, 0.15), period: 0 }
  const after = (lag: number) => ({
    departures: source.departures.map((_, i) => source.departures[(i - lag + 480) % 480] as number),
    period: 0,
  })
  for (const lag of [1, 2, 3, 4]) expect(comparePatterns(after(lag), source, shifts)?.r).toBeGreaterThan(0.95)
  for (const lag of [0, 5]) expect(comparePatterns(after(lag), source, shifts)?.r).toBeLessThan(0.3)
  const foretold = { departures: Float64Array.from({ length: 480 }, (_, i) => (i % 5 === 0 ? 1 : 0)), period: 0 }
  expect(comparePatterns(foretold, foretold, shifts)?.r ?? 0).toBeLessThan(1e-6)
  expect(comparePatterns({ departures: new Float64Array(480), period: 16 }, source, shifts)).toBeNull()
})

test('the timing channel hears the last lateness of an earlier cell; machines are not asked', () => {
  const cells = Int32Array.from({ length: 240 }, (_, i) => 2 * i)
  const late = normals('leader', 240).map((value) => 0.01 * value)
  const source = { cells, late }
  const target = { cells: cells.map((cell) => cell + 1), late: late.map((value) => 0.5 * value) }
  expect(compareTimings(target, source, 480, shifts)).toMatchObject({ p: 1 / (1 + shifts.length) })
  expect(compareTimings(target, source, 480, shifts)?.r).toBeCloseTo(1, 6)
  expect(compareTimings(source, target, 480, shifts)?.r).toBeLessThan(0.2)
  expect(compareTimings(target, { cells, late: new Float64Array(240) }, 480, shifts)).toBeNull()
})

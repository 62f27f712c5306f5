import { expect, test } from 'vitest'
import { measureToneCoupling, type TurnTones } from '../../../../src/measure/index.ts'
import { type Random, randomIndex, seededRandom } from '../../../../src/random.ts'

const chordOn = (root: number): TurnTones => {
  const tones = new Float64Array(12)
  for (const step of [0, 3, 7, 10]) tones[(root + step) % 12] = 4
  return tones
}
const stay = (random: Random, next: (t: number) => number, turns = 48): number[] => {
  const roots: number[] = []
  for (let t = 0; t < turns; t++) roots.push(t > 0 && random() < 0.6 ? (roots[t - 1] as number) : next(t))
  return roots
}
const wander = (seed: string, turns?: number) => {
  const random = seededRandom(seed)
  return stay(random, () => randomIndex(random, 12), turns)
}
const sound = (roots: readonly number[]) => roots.map(chordOn)

test('who turns to the tones that the other just had is found, with the right leader, on either side', () => {
  for (let i = 0; i < 20; i++) {
    const leader = wander(`leader ${i}`)
    const follower = stay(seededRandom(`follower ${i}`), (t) => leader[Math.max(0, t - 1)] as number)
    const reading = measureToneCoupling(sound(leader), sound(follower))
    expect(reading).toMatchObject({ leader: 'a', channel: 'tones' })
    expect(reading.aToB).toBeGreaterThan(reading.bToA as number)
    const swapped = measureToneCoupling(sound(follower), sound(leader))
    expect(swapped).toMatchObject({ leader: 'b', pAToB: reading.pBToA, pBToA: reading.pAToB })
  }
})

test('two that wander alone are found in 5 of 100 pairs and two standard errors more at most', () => {
  const pairs = 300
  const found = Array.from({ length: pairs }, (_, i) =>
    measureToneCoupling(sound(wander(`a ${i}`)), sound(wander(`b ${i}`))),
  )
  const share = found.filter(({ leader }) => leader !== null).length / pairs
  expect(share).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / pairs))
  expect(share).toBeGreaterThan(0)
})

const silent = Array.from({ length: 48 }, () => new Float64Array(12))
test.each<[string, TurnTones[], TurnTones[], RegExp]>([
  ['too few turns', sound(wander('a', 25)), sound(wander('b', 25)), /25 turns, a test needs 26/],
  ['silence', sound(wander('a')), silent, /too few turns/],
  ['the same for ever', silent.map(() => chordOn(0)), silent.map(() => chordOn(5)), /change them in fewer than 4/],
])('%s: nothing is said, and why', (_, a, b, reason) => {
  const reading = measureToneCoupling(a, b)
  expect([reading.aToB, reading.bToA, reading.pAToB, reading.pBToA, reading.leader]).toEqual(Array(5).fill(null))
  expect(reading.undefined['pAToB']).toMatch(reason)
})

// The stage for any company: everybody stands there, can be read, and overlaps nobody.
import { expect, test } from 'vitest'
import { fitLines, loudestLight, nameLeading, nameLines, planStage } from '../../src/web/view/stage-plan.ts'

const boxes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
]

interface Band {
  readonly of: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function bandsOf(agents: number, box: (typeof boxes)[number]): Band[] {
  return planStage(agents, box).flatMap((spot, seat) => {
    const band = (what: string, middle: number, half: number): Band => ({
      of: `${what} ${seat}`,
      left: spot.x - spot.width / 2,
      right: spot.x + spot.width / 2,
      top: middle - half,
      bottom: middle + half,
    })
    return [
      band('lights', spot.lights, spot.reach + spot.lightSize * loudestLight),
      band('words', spot.words, spot.wordSize * 0.5),
      band('name', spot.name, (spot.nameSize * nameLeading * nameLines) / 2),
    ]
  })
}

const meet = (a: Band, b: Band) =>
  a.left < b.right - 0.01 && b.left < a.right - 0.01 && a.top < b.bottom - 0.01 && b.top < a.bottom - 0.01

test('1 to 16 agents each have lights, words and a name that meet nothing else, above the floor', () => {
  for (const box of boxes)
    for (let agents = 1; agents <= 16; agents++) {
      const bands = bandsOf(agents, box)
      expect(bands).toHaveLength(3 * agents)
      const meeting = bands.flatMap((a, k) =>
        bands.slice(k + 1).flatMap((b) => (meet(a, b) ? [`${a.of}, ${b.of}`] : [])),
      )
      expect([agents, box.width, ...meeting]).toEqual([agents, box.width])
      for (const { left, right, top, bottom } of bands) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(right).toBeLessThanOrEqual(box.width)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(bottom).toBeLessThanOrEqual(box.height * 0.89)
      }
    }
})

test('what is projected can be read: on 1280 by 800, sixteen have words of 22 px and more', () => {
  for (let agents = 1; agents <= 16; agents++)
    for (const box of boxes)
      for (const { wordSize, nameSize, reach, lightSize } of planStage(agents, box)) {
        expect(wordSize).toBeGreaterThanOrEqual(box.width >= 1280 ? 22 : 13)
        expect(nameSize).toBeGreaterThanOrEqual(12)
        expect(reach).toBeGreaterThan(lightSize)
      }
})

test('one stands at the middle, two face each other, a last row of few stands in the middle', () => {
  const [box] = boxes as [(typeof boxes)[number]]
  expect(planStage(0, box)).toEqual([])
  expect(planStage(1, box)[0]?.x).toBe(640)
  const [upper, lower] = planStage(2, box)
  expect([upper, lower].map((spot) => (spot?.words ?? 0) - (spot?.lights ?? 0) > 0)).toEqual([false, true])
  expect(planStage(3, box).at(-1)?.x).toBe(640)
})

test('a long name takes two lines and ends with a sign of being cut', () => {
  const measure = (text: string) => text.length
  expect(fitLines('Juno', 10, 2, measure)).toEqual(['Juno'])
  expect(fitLines('Vesper, a stranger from run 5', 18, 2, measure)).toEqual(['Vesper, a stranger', 'from run 5'])
  expect(fitLines('Vesper, a stranger from run 5, which has ended', 18, 2, measure)).toEqual([
    'Vesper, a stranger',
    'from run 5, which…',
  ])
  expect(fitLines('Unbrokenwithoutanyend', 8, 2, measure)).toEqual(['Unbroke…'])
  expect(fitLines('', 8, 2, measure)).toEqual([])
})

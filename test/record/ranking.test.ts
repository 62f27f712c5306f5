// Settings of the ranking composite: what would turn a component round, or bear a name that is not true, is refused.
import { describe, expect, test } from 'vitest'
import shipped from '../../src/measure/run/ranking.json' with { type: 'json' }
import { rankingSettingsSchema } from '../../src/record/index.ts'

const refusalsOf = (changed: object) =>
  rankingSettingsSchema
    .safeParse({ ...shipped, ...changed })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

test('the settings that are shipped are taken', () => {
  expect(refusalsOf({})).toEqual([])
})

describe('balance', () => {
  test.each([
    [24, 6],
    [6, 6],
    [12, 11.9],
  ])('free %d, drowned %d: refused', (free, drowned) => {
    const refused = refusalsOf({ balanceDecibels: { free, drowned } })
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBe(
      `balanceDecibels.drowned: expected more than \`free\` (${free}), since balance falls from 1 there to 0 at \`drowned\`, got ${drowned}; exchange them, or leave more between them`,
    )
  })

  test('free 0, drowned a little more: taken', () => {
    expect(refusalsOf({ balanceDecibels: { free: 0, drowned: 0.1 } })).toEqual([])
  })
})

describe('equal', () => {
  const weights = { ...shipped.weights, consonance: 5 }
  const own = { name: 'mine', weighting: 'chosen by hand' }

  test('unequal weights under that name are refused', () => {
    const [refused, ...more] = refusalsOf({ weights })
    expect(more).toEqual([])
    expect(refused).toMatch(
      /^weighting: expected equal weights, as "equal, not learned" of "equal-2" says, got consonance 5 and interlock 1; make them equal, or name/,
    )
    expect(refusalsOf({ ...own, weights, weighting: 'Equal' })).toHaveLength(1)
    expect(refusalsOf({ ...own, weights, name: 'equal-3' })).toHaveLength(1)
  })

  test('under their own name they are taken, and so are unequal ones', () => {
    expect(refusalsOf({ ...own, weights })).toEqual([])
    expect(refusalsOf({ ...own, weights, weighting: 'unequal, not learned' })).toEqual([])
  })

  test('equal at another height, or with some left out, is equal', () => {
    expect(refusalsOf({ weights: { consonance: 2, words: 2 } })).toEqual([])
    expect(refusalsOf({ weights: { ...shipped.weights, words: 0 } })).toEqual([])
  })
})

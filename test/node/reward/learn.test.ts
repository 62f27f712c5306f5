// Settings of the composite from simulated listeners: the weights they have, what is told of them, and that the file reads back.
import { expect, test } from 'vitest'
import { simulateTastes } from '../../../src/judging/index.ts'
import { learnSettings } from '../../../src/node/reward/learn.ts'
import { seededRandom } from '../../../src/random.ts'
import { rankingComponents, rankingSettingsSchema } from '../../../src/record/index.ts'

const sha256 = 'ab'.repeat(32)
const weights = Object.fromEntries(rankingComponents.map((name, k) => [name, k < 3 ? 1.5 : 0.3]))

/** Components of about .1 to .9, whose logarithms are what listeners weigh. */
function rate(judges: number) {
  const { items, votes } = simulateTastes(
    {
      items: 24,
      weights,
      nuisance: { loudness: 0.5, density: 0 },
      alongside: {},
      spread: 0.2,
      orderEffect: 0.1,
      tie: 0.7,
      judges,
      votesPerJudge: 40,
    },
    seededRandom(7),
  )
  const rated = items.map(({ item, group, measures, nuisance }) => ({
    item,
    group,
    components: Object.fromEntries(
      Object.entries(measures).map(([name, value]) => [name, Math.exp((value ?? 0) / 2 - 1.5)]),
    ),
    nuisance,
  }))
  return { items: rated, votes }
}

test('what listeners weigh more weighs more; the file says where it comes from', () => {
  const { items, votes } = rate(24)
  const settings = learnSettings({ items, votes, sha256, session: null, date: '2026-01-02', seed: 1 })
  expect(rankingSettingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  // The label follows from what was learned: it does not outlive it, and says nothing else.
  const { learned: _, ...bare } = settings
  for (const wrong of [
    bare,
    { ...bare, weighting: 'equal' },
    { ...bare, name: 'ours' },
    { ...settings, weighting: 'equal, not learned' },
  ])
    expect(rankingSettingsSchema.safeParse(wrong).error?.issues).toMatchObject([{ path: ['weighting'] }])
  expect(settings.name).toBe('learned-abababab')
  expect(settings.weighting).toBe('learned from 960 votes of 24 judges, 2026-01-02')
  const byName = settings.weights as Record<string, number>
  const told = rankingComponents.map((name) => byName[name] ?? 0)
  expect(told.reduce((sum, weight) => sum + weight, 0) / told.length).toBeCloseTo(1, 9)
  expect(Math.min(...told.slice(0, 3))).toBeGreaterThan(Math.max(...told.slice(3)))
  const { learned } = settings
  expect(learned.judges.train.length + learned.judges.audit.length).toBe(24)
  expect(learned.heldOut.learned.accuracy).toBeGreaterThan(learned.heldOut.nuisanceAlone.accuracy ?? 1)
})

test('a component that is the same everywhere weighs as the mean, with the reason', () => {
  const { items, votes } = rate(12)
  const flat = items.map((item) => ({ ...item, components: { ...item.components, words: null, balance: 1 } }))
  const settings = learnSettings({ items: flat, votes, sha256, session: 's', date: '2026-01-02', seed: 1 })
  const byName = settings.weights as Record<string, number>
  expect([byName['words'], byName['balance']]).toEqual([1, 1])
  expect(settings.learned.leftOut).toMatchObject({
    words: 'known of fewer than two items',
    balance: 'the same in all items',
  })
})

test('too little is refused with what would help', () => {
  const { items, votes } = rate(4)
  expect(() => learnSettings({ items, votes, sha256, session: null, date: '2026-01-02', seed: 1 })).toThrow(
    /6 judges or more.*Ask more people/,
  )
})

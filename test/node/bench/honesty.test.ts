// The audit's way of counting; whether p is even takes 200 runs: `hocket bench honesty`.
import { expect, test } from 'vitest'
import { measureHonesty } from '../../../src/node/bench/honesty.ts'

test('senseless text: every measure has its p in every run', async () => {
  const { runs, texts, smallest, adjusted } = await measureHonesty(2)
  expect(runs).toBe(2)
  expect(texts.map(({ text }) => text)).toEqual(['random words', 'shuffled words'])
  for (const { measures } of texts) {
    const paths = measures.map(({ path }) => path)
    for (const path of [
      'pairs.0.interlock.voice.score',
      'pairs.0.noteConsonance',
      'agents.0.vitality.order',
      'together.vitality.vitality',
    ])
      expect(paths).toContain(path)
    for (const { count } of measures) expect(count).toBe(2)
  }
  expect(smallest).toBeGreaterThan(0)
  expect(adjusted).toBeGreaterThanOrEqual(smallest)
})

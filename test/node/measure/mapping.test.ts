// hocket measure mapping: its consonance is what hocket measure consonance says of its notes.
import { expect, test } from 'vitest'
import { ask, askOne } from './ask.ts'

interface MappingAnswer {
  readonly semanticSimilarity: number | null
  readonly consonance: number | null
  readonly notesA: readonly number[]
  readonly notesB: readonly number[]
  readonly undefined?: Readonly<Record<string, string>>
}

const measure = async (a: string, b: string) => (await askOne('mapping', { a, b })) as unknown as MappingAnswer

test.each([
  ['drum', 'cymbal'],
  ['sea', 'parliament'],
  ['slow down', 'music'],
  ['xqzt', 'the'],
])('%s and %s: consonance can be recomputed from the notes', async (a, b) => {
  const { consonance, notesA, notesB } = await measure(a, b)
  const length = Math.max(notesA.length, notesB.length)
  const dyads = Array.from({ length }, (_, i) => ({ midi: [notesA[i % notesA.length], notesB[i % notesB.length]] }))
  const rated = (await ask('consonance', dyads)).map((answer) => answer['consonance'] as number)
  expect(consonance).toBeCloseTo(rated.reduce((sum, value) => sum + value, 0) / length, 9)
})

test('a word and itself are alike and sing the same; four notes a word at most; near words above far ones', async () => {
  const same = await measure('Thunder', 'thunder')
  expect(same.semanticSimilarity).toBe(1)
  expect(same.notesA).toEqual(same.notesB)
  expect(same.notesA.length).toBeLessThanOrEqual(4)
  const [near, far] = [await measure('car', 'automobile'), await measure('car', 'poetry')]
  expect(near.semanticSimilarity).toBeGreaterThan((far.semanticSimilarity ?? 1) + 0.3)
  expect(near.consonance).toBeGreaterThan(far.consonance ?? 1)
})

test('what cannot be said is null with its reason', async () => {
  const silent = await measure('…', 'drum')
  expect(silent).toMatchObject({ semanticSimilarity: null, consonance: null, notesA: [] })
  expect(Object.keys(silent.undefined ?? {})).toEqual(['semanticSimilarity', 'consonance'])
  const unknown = await measure('xqzt', 'drum')
  expect(unknown.semanticSimilarity).toBeNull()
  expect(unknown.consonance).not.toBeNull()
  expect((await askOne('mapping', { a: 'one' })).error).toBeDefined()
})

// The page's side of chance in the sound: asked for where it is missing, told while it comes, no more asked for when it does not.
import { expect, test } from 'vitest'
import type { Scores } from '../../src/record/index.ts'
import { type ChanceState, createChanceWatch } from '../../src/web/run/chance.ts'
import { createStored } from '../../src/web/run/stored.ts'
import { describeChance } from '../../src/web/view/moment.ts'

const scores = (series: Record<string, unknown>) => ({ twins: { series, undefined: {} } }) as unknown as Scores
const lacking = scores({ 'interlock.voice': {} })
const whole = scores({ 'consonance.together': {} })
const turn = () => new Promise((done) => setImmediate(done))

function open(answers: (ChanceState | Error)[]) {
  const seen: string[] = []
  const watch = createChanceWatch({
    async ask() {
      const answer = answers.shift() ?? 'coming'
      seen.push('asked')
      if (answer instanceof Error) throw answer
      return answer
    },
    onComing: (coming) => void seen.push(coming ? 'coming' : 'not coming'),
    onThere: () => void seen.push('there'),
  })
  const look = async (at: Scores | null) => {
    watch.look(at)
    watch.look(at) // one question at a time
    await turn()
    return seen.splice(0)
  }
  return look
}

test('asked until it is there; a server that does not answer is asked again', async () => {
  const look = open(['coming', new Error('gone'), 'coming', 'there'])
  expect(await look(null)).toEqual([])
  expect(await look(lacking)).toEqual(['asked', 'coming'])
  expect(await look(lacking)).toEqual(['asked'])
  expect(await look(lacking)).toEqual(['asked', 'coming'])
  expect(await look(lacking)).toEqual(['asked', 'not coming', 'there'])
  expect(await look(whole)).toEqual([])
})

test('not asked again where it will not come, nor for scores without twins', async () => {
  const look = open(['none'])
  expect(await look({} as Scores)).toEqual([])
  expect(await look(lacking)).toEqual(['asked', 'not coming'])
  expect(await look(lacking)).toEqual([])
})

test('scores that were written anew are fetched anew, and nothing is told twice', async () => {
  const kept: Scores[] = []
  const told: string[] = []
  const coming = [lacking, null, whole]
  const stored = createStored({
    fetchScores: async () => coming.shift() ?? null,
    onScores: (one) => void kept.push(one),
    onMeasured: (words) => void told.push(words),
  })
  stored.see({ id: '1', title: '', live: false, finished: true, files: ['scores.json'] })
  await turn()
  stored.compare({} as Parameters<typeof stored.compare>[0])
  stored.again() // not readable just now: what is here stays
  await turn()
  expect(stored.scores).toBe(lacking)
  stored.again()
  await turn()
  expect(stored.scores).toBe(whole)
  expect([kept.at(0), kept.at(-1)]).toEqual([lacking, whole])
  expect(told).toHaveLength(1)
})

test('meanwhile the words say so', () => {
  const series = { seconds: [], values: [] }
  const line = {
    name: 'together',
    heard: series,
    stored: null,
    chance: null,
    whyNoChance: 'the other runs were not heard',
  }
  expect(describeChance([line], 0.5, 1)).toBe(', no band: the other runs were not heard')
  expect(describeChance([{ ...line, isChanceComing: true }], 0.5, 1)).toBe(', chance is being measured')
})

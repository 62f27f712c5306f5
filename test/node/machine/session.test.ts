// A machine at a session, by the command: it gets sounds and nothing of what they are; its file stands beside the votes; what is missing is said.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { MachineResult } from '../../../src/record/index.ts'
import { runHocket } from '../hocket.ts'
import { writeSmallSession } from '../judge/small-session.ts'
import { startDouble } from '../models/double.ts'

const small = writeSmallSession({ judges: 2, sound: 'tones' })
afterAll(() => rmSync(small.folder, { recursive: true }))

test('hocket judge machine: blind, with the canaries of the session, in a file of its own', async () => {
  const double = await startDouble(() => ({ kind: 'answer', pieces: ['A'] }))
  const words = ['judge', 'machine', small.folder, '--kind', 'listens', '--model', `m@${double.url}`]
  const { code, stdout, stderr } = await runHocket([...words, '--checks', '1', '--pairs', '2', '--quiet', '--json'])
  await double.close()
  expect([code, stderr]).toEqual([0, ''])
  const result = JSON.parse(stdout) as MachineResult
  expect([result.kind, result.name, result.criterion]).toEqual(['listens', 'm', 'overall'])
  expect(result.conduct.pairs.map(({ verdict, flipped }) => [verdict, flipped])).toEqual([
    ['tie', true],
    ['tie', true],
  ])
  expect(result.conduct.canaries.map(({ kind, last }) => [kind, last])).toEqual(
    ['silence', 'noise', 'shuffled', 'detuned'].map((kind) => [kind, false]),
  )
  expect(result.agreement).toBeNull()
  expect(result.ceiling).toEqual({ sameJudge: null, otherJudges: null })
  expect(double.asked.length).toBe(2 * 2 + 1 + 2 + 2 * 4)
  const { clips, entries } = small.key
  const names = [
    ...clips.flatMap(({ name, run }) => [name, run]),
    ...entries.flatMap(({ entry, label }) => [entry, label]),
    small.folder,
  ]
  for (const { body } of double.asked) {
    const text = JSON.stringify(body)
    for (const name of names) expect(text).not.toContain(name)
  }
  expect(readdirSync(path.join(small.folder, 'machines'))).toEqual(['listens-overall-m.json'])
  expect(JSON.parse(readFileSync(path.join(small.folder, 'machines', 'listens-overall-m.json'), 'utf8'))).toEqual(
    result,
  )
})

test.each([
  [['--kind', 'reads'], /expected --model MODEL or MODEL@URL, got none/],
  [['--kind', 'reads', '--model', 'm@nowhere'], /--model: Expected a URL/],
])('%j is refused with what to do', async (words, said) => {
  const { code, stderr } = await runHocket(['judge', 'machine', small.folder, ...words])
  expect(code).not.toBe(0)
  expect(stderr).toMatch(said)
})

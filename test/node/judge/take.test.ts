// The last resort of a judge whose server stayed away: a file that the page saved, stored as if it had been sent.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { takeStatements } from '../../../src/node/judge/votes/take.ts'
import { readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import type { Judge } from '../../../src/record/index.ts'
import { consent, end } from './small-server.ts'
import { voteOn, writeSmallSession } from './small-session.ts'

test('a file that a page saved is taken like what it sends: once, and only from its judge', async () => {
  const session = writeSmallSession({ judges: 2 })
  const file = path.join(session.folder, 'answers.jsonl')
  const linesOf = (...statements: object[]) => statements.map((one) => `${JSON.stringify(one)}\n`).join('')
  writeFileSync(file, linesOf(consent(), voteOn(0), voteOn(1)))
  const take = (judge: string) =>
    takeStatements(openSession(session.folder), { judge, file, now: () => 1, say: () => {} })
  expect(await take('judge-0')).toEqual({ stored: 3, known: 0, refused: [] })
  expect(await take('judge-0')).toEqual({ stored: 0, known: 3, refused: [] })
  expect((await take('judge-1')).refused).toHaveLength(3)
  await expect(take('judge-9')).rejects.toThrow(/expected one of the 2 judges, judge-0 to judge-1/)
  writeFileSync(file, linesOf(voteOn(2), voteOn(999)))
  await expect(take('judge-0')).rejects.toThrow(/line 2: .*no such pair/)
  expect((await readVotes(session.folder, openSession(session.folder).root)).lines).toHaveLength(3)
  writeFileSync(file, linesOf(voteOn(2), end()))
  expect((await take('judge-0')).refused).toEqual([expect.stringMatching(/^line 2: The session ends when all pairs/)])
  const { trials } = session.key.judges[0] as Judge
  writeFileSync(
    file,
    linesOf(...[...trials.keys()].slice(3).map((trial) => voteOn(trial)), end(), voteOn(0, { revision: 1 })),
  )
  expect((await take('judge-0')).refused).toEqual([expect.stringMatching(/ended the session/)])
})

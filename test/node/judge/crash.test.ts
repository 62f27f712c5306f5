// Votes that survive a server killed in the middle: real processes, many judges at once.
import { expect, test } from 'vitest'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { freePort } from '../hocket.ts'
import { letCrowdVote, startServing } from './crowd.ts'
import { writeSmallSession } from './small-session.ts'

// HOCKET_JUDGES=200 for the full number.
const crowd = Number(process.env['HOCKET_JUDGES'] ?? 24)

test(`${crowd} judges vote at once, the server is killed twice in the middle: every acknowledged vote is there once`, async () => {
  const session = writeSmallSession({ judges: crowd })
  const port = await freePort()
  let kill = await startServing(session.folder, port)
  const votes = letCrowdVote(session, [port])
  for (const share of [0.25, 0.6]) {
    await votes.reach(share)
    await kill()
    kill = await startServing(session.folder, port)
  }
  await votes.ended
  await kill()
  const { lines, broken, torn } = await readVotes(session.folder, openSession(session.folder).root)
  expect({ broken, torn }).toEqual({ broken: null, torn: null })
  expect(lines.map(({ statement }) => statement.id).sort()).toEqual([...votes.acknowledged].sort())
  expect(lines).toHaveLength(votes.all)
})

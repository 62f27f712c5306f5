// Simulated judges who vote through a session's API, all at once, each as the page does: consent, headphone check, then every pair of its own.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { castVote, drawJudge, type Population } from '../../../src/judging/index.ts'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { drawOpaque, linksName, type OpenedSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { seededRandom } from '../../../src/random.ts'
import type { Judge, Statement, Trial, Vote } from '../../../src/record/index.ts'

/** Items of the population are entries. A spoilt clip loses, a clip beside itself is a tie. `hears`: share of ABX trials in which X is heard. */
export async function letVote(opened: OpenedSession, population: Population, seed: number, hears = 0): Promise<void> {
  const votes = await openVotes(opened.folder, opened.root, () => {})
  let now = 1e12
  const app = createJudgingApp({ opened, votes, names: [], log() {}, page: opened.folder, now: () => (now += 1000) })
  const tokens = new Map(
    readFileSync(path.join(opened.folder, linksName), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  )
  const send = async (judge: string, statement: Statement) => {
    const response = await app.request('http://localhost/api/judging/statements', {
      method: 'POST',
      headers: { host: 'localhost', authorization: `Bearer ${tokens.get(judge)}`, 'content-type': 'application/json' },
      body: JSON.stringify(statement),
    })
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  }
  const vote = async ({ judge, trials }: Judge) => {
    const random = seededRandom(`${seed}/${judge}`)
    const taste = drawJudge(population, judge, random)
    await send(judge, { id: drawOpaque(), kind: 'consent' })
    await send(judge, { id: drawOpaque(), kind: 'headphones', right: 6 })
    for (const [trial, shown] of trials.entries()) {
      const seconds = opened.session.clip.seconds
      const first = random() < 0.5 ? 'a' : 'b'
      const vote = (a: number, b: number) => castVote(population, taste, { a, b, aFirst: first === 'a' }, random).result
      const says: Partial<Vote> =
        shown.x === undefined
          ? { answers: { overall: answer(opened, shown, vote) } }
          : { answers: {}, x: random() < hears ? shown.x.is : random() < 0.5 ? 'a' : 'b' }
      await send(judge, {
        id: drawOpaque(),
        kind: 'vote',
        trial,
        revision: 0,
        answers: {},
        ...says,
        first,
        heardSeconds: { a: seconds, b: seconds, ...(shown.x === undefined ? {} : { x: seconds }) },
        elapsedSeconds: 2 * seconds + 5,
        switches: 2,
        notes: [],
      })
    }
  }
  await Promise.all(opened.key.judges.map(vote))
  await votes.close()
}

function answer({ key }: OpenedSession, { a, b }: Trial, vote: (a: number, b: number) => 'a' | 'tie' | 'b') {
  const [first, second] = [key.clips[a], key.clips[b]]
  if (a === b) return 'tie'
  if (first?.anchor != null) return 'b'
  if (second?.anchor != null) return 'a'
  const placeOf = (entry: string | undefined) => key.entries.findIndex((one) => one.entry === entry)
  return vote(placeOf(first?.entry), placeOf(second?.entry))
}

// Simulated judges who vote through a session's API, all at once, each as the page does: consent, headphone check, then every pair of its own.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { castVote, drawJudge, type Population } from '../../../src/judging/index.ts'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { drawOpaque, linksName, type OpenedSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { seededRandom } from '../../../src/random.ts'
import type { Judge, Statement, Trial, Vote } from '../../../src/record/index.ts'

/** What one simulated judge says of the own trials, in their order. */
export type Says = Pick<Vote, 'answers' | 'first'> & { readonly x?: 'a' | 'b' }

/** Items of the population are entries. A spoilt clip loses, a clip beside itself is a tie. `hears`: share of ABX trials in which X is heard. */
export interface Taste {
  readonly population: Population
  readonly seed: number
  readonly hears?: number
}

export function createVoter(opened: OpenedSession, judge: string, { population, seed, hears = 0 }: Taste) {
  const random = seededRandom(`${seed}/${judge}`)
  const taste = drawJudge(population, judge, random)
  return (shown: Trial): Says => {
    const first = random() < 0.5 ? 'a' : 'b'
    const vote = (a: number, b: number) => castVote(population, taste, { a, b, aFirst: first === 'a' }, random).result
    return shown.x === undefined
      ? { first, answers: { overall: answer(opened, shown, vote) } }
      : { first, answers: {}, x: random() < hears ? shown.x.is : random() < 0.5 ? 'a' : 'b' }
  }
}

export function readTokens(folder: string): Map<string, string> {
  const lines = readFileSync(path.join(folder, linksName), 'utf8').trim().split('\n')
  return new Map(lines.map((line) => line.split(' ') as [string, string]))
}

export async function letVote(opened: OpenedSession, judges: readonly Judge[], taste: Taste): Promise<void> {
  const votes = await openVotes(opened.folder, opened.root, () => {})
  let now = 1e12
  const app = createJudgingApp({ opened, votes, names: [], log() {}, page: opened.folder, now: () => (now += 1000) })
  const tokens = readTokens(opened.folder)
  const send = async (judge: string, statement: Statement) => {
    const response = await app.request('http://localhost/api/judging/statements', {
      method: 'POST',
      headers: { host: 'localhost', authorization: `Bearer ${tokens.get(judge)}`, 'content-type': 'application/json' },
      body: JSON.stringify(statement),
    })
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  }
  const { seconds } = opened.session.clip
  const vote = async ({ judge, trials }: Judge) => {
    const says = createVoter(opened, judge, taste)
    await send(judge, { id: drawOpaque(), kind: 'consent' })
    await send(judge, { id: drawOpaque(), kind: 'headphones', right: 6 })
    for (const [trial, shown] of trials.entries())
      await send(judge, {
        id: drawOpaque(),
        kind: 'vote',
        trial,
        revision: 0,
        ...says(shown),
        heardSeconds: { a: seconds, b: seconds, ...(shown.x === undefined ? {} : { x: seconds }) },
        elapsedSeconds: 2 * seconds + 5,
        switches: 2,
        notes: [],
      })
  }
  await Promise.all(judges.map(vote))
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

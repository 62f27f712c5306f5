// Blindness: a judge who inspects everything that is served guesses conditions as often as chance, and would find each leak that is planted here.
import { mkdirSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { chanceOfAtLeast } from '../../../src/judging/index.ts'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { seededRandom } from '../../../src/random.ts'
import type { JudgingKey } from '../../../src/record/index.ts'
import { type Climb, climbByEnd } from './inspect-end.ts'
import { type Finding, inspect } from './inspector.ts'
import { type Plant, plants } from './plants.ts'
import { lookAround, type Sighting } from './sighting.ts'
import { clipBytes, type SmallWish, writeSmallSession } from './small-session.ts'

interface Look {
  readonly sighting: Sighting
  readonly key: JudgingKey
}

/** All judges of so many sessions look around. */
async function lookAtSessions(
  wish: SmallWish,
  { sessions, sounds, plant = {} }: { sessions: number; sounds: 'fetched' | 'listed'; plant?: Plant },
): Promise<Look[]> {
  const looks: Look[] = []
  for (let seed = 1; seed <= sessions; seed++) {
    const small = writeSmallSession({ pairs: 6, abx: 4, ...wish, seed })
    const opened = openSession(small.folder)
    const key = plant.session?.(small.key, small.folder) ?? small.key
    const votes = await openVotes(small.folder, opened.root, () => {})
    let now = 1e12
    const page = path.join(small.folder, 'page')
    mkdirSync(page)
    const app = createJudgingApp({
      opened: { ...opened, key },
      votes,
      names: [],
      log() {},
      page,
      now: () => (now += 1000),
    })
    const ask = async (where: string, token: string) => {
      const answer = await app.request(`http://localhost${where}`, {
        headers: { host: 'localhost', authorization: `Bearer ${token}` },
      })
      const clip = clipOf(key, where.split('/').at(-1) ?? '')
      return clip === null || plant.answer === undefined ? answer : plant.answer(answer, clip, key)
    }
    for (const token of small.tokens) looks.push({ sighting: await lookAround(ask, token, sounds), key })
    await votes.close()
    rmSync(small.folder, { recursive: true })
  }
  return looks
}

function clipOf({ judges }: JudgingKey, name: string): number | null {
  for (const { trials } of judges)
    for (const { a, b, names } of trials) if (name === names.a || name === names.b) return name === names.a ? a : b
  return null
}

/** Fifty guesses at once are allowed a few lucky ones: chance alone says less than this once in 20,000 runs of the test. */
const suspicious = 1e-6
const found = (findings: readonly Finding[]) => findings.filter(({ p }) => p < suspicious)

test('places, rounds, names and numbers of judges say nothing: 12 sessions of 28 judges', async () => {
  const looks = await lookAtSessions({ judges: 28 }, { sessions: 12, sounds: 'listed' })
  const findings = inspect(looks)
  expect(findings.filter(({ of }) => of >= 200).length).toBeGreaterThan(20)
  expect(found(findings)).toEqual([])
}, 60_000)

test.each([1, 3])(
  'with %i kinds of anchors as well',
  async (anchors) => {
    const looks = await lookAtSessions({ judges: 14, anchors }, { sessions: 5, sounds: 'listed' })
    expect(found(inspect(looks))).toEqual([])
  },
  60_000,
)

test('what is served with the sounds says nothing: sizes, headers, first bytes, bytes that come again, order and length of answers', async () => {
  const looks = await lookAtSessions({ judges: 8 }, { sessions: 3, sounds: 'fetched' })
  // The files' own times differ, as they do where clips are made one after another.
  const sounds = looks.flatMap(({ sighting }) => sighting.trials.flatMap((trial) => trial.sounds))
  expect(new Set(sounds.map(({ headers }) => headers)).size).toBe(1)
  expect(new Set(sounds.map(({ bytes }) => bytes))).toEqual(new Set([clipBytes]))
  expect(sounds[0]?.headers).not.toMatch(/"(etag|last-modified|age|date|server-timing|content-disposition)"/i)
  expect(new Set(sounds.map(({ name }) => name)).size).toBe(sounds.length)
  expect(new Set(sounds.map(({ hash }) => hash)).size).toBe(sounds.length)
  expect(found(inspect(looks))).toEqual([])
}, 60_000)

// An inspector who finds nothing anywhere proves nothing: every leak is found, and by what it leaks through.
test.each(plants)(
  'a planted leak is found: %s',
  async (_, plant, by) => {
    const fetched = plant.answer !== undefined || by.by === 'size'
    const looks = await lookAtSessions(
      // Places are learned from half of the judges.
      { judges: by.by === 'place, learned' ? 20 : 10 },
      { sessions: fetched ? 2 : 4, sounds: fetched ? 'fetched' : 'listed', plant },
    )
    expect(found(inspect(looks))).toContainEqual(expect.objectContaining(by))
  },
  60_000,
)

test('times of files are not told: files of many ages, one answer', async () => {
  const looks = await lookAtSessions(
    { judges: 1 },
    {
      sessions: 1,
      sounds: 'fetched',
      plant: {
        session(key, folder) {
          for (const [k, { name }] of key.clips.entries())
            utimesSync(path.join(folder, 'clips', `${name}.wav`), 1e8 * k, 1e8 * k)
          return key
        },
      },
    },
  )
  const headers = looks.flatMap(({ sighting }) =>
    sighting.trials.flatMap(({ sounds }) => sounds.map((one) => one.headers)),
  )
  expect(new Set(headers).size).toBe(1)
})

// Whoever may think again after being told needs to hear nothing.
test.each([
  ['own', 'first'],
  ['own', 'last'],
  ['all', 'first'],
  ['all', 'last'],
] as const)('what the end tells cannot come back as votes: told to %s, ended %s', async (reveal, ends) => {
  const small = writeSmallSession({ judges: 12, pairs: 3, abx: 6, anchors: 4, reveal })
  const opened = openSession(small.folder)
  const votes = await openVotes(small.folder, opened.root, () => {})
  let now = 1e12
  const page = path.join(small.folder, 'page')
  mkdirSync(page)
  const app = createJudgingApp({ opened, votes, names: [], log() {}, page, now: () => (now += 1000) })
  const climbs: Climb[] = []
  for (const [k, judge] of small.key.judges.entries()) {
    const headers = { host: 'localhost', authorization: `Bearer ${small.tokens[k]}` }
    const ask = async (where: string, said?: object) =>
      app.request(`http://localhost/api/judging/${where}`, {
        headers,
        ...(said === undefined ? {} : { method: 'POST', body: JSON.stringify(said) }),
      })
    climbs.push(await climbByEnd(ask, { judge, key: small.key, random: seededRandom(`climb/${k}`), ends }))
  }
  const sum = (of: (climb: Climb) => number) => climbs.reduce((all, climb) => all + of(climb), 0)
  expect(sum((climb) => climb.of)).toBe(120)
  expect(sum((climb) => climb.taken) > 0).toBe(ends === 'last')
  expect(
    chanceOfAtLeast(
      sum((climb) => climb.right),
      120,
      0.5,
    ),
  ).toBeGreaterThan(1e-6)
  await votes.close()
})

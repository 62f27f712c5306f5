// A session over parties of different policies, voted by simulated judges with known tastes, three through the real page in Chromium and 27
// through the API: the known order comes out and the intervals hold what endlessly many such judges would say; our measures stand beside them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Population, truthOf } from '../../../src/judging/index.ts'
import { defaultRanking } from '../../../src/measure/index.ts'
import { exportResults } from '../../../src/node/judge/export.ts'
import { readMachines } from '../../../src/node/judge/machines.ts'
import { makeSession } from '../../../src/node/judge/make.ts'
import { resultsOf } from '../../../src/node/judge/results.ts'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { openSession, sessionName } from '../../../src/node/judge/session-files.ts'
import { openVotes, readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { keepMachine, sittingOf } from '../../../src/node/machine/session.ts'
import { sitWithMeasures } from '../../../src/node/machine/sit.ts'
import { anchorKinds } from '../../../src/record/index.ts'
import { letVoteOnPage } from '../../browser-e2e/page-voters.ts'
import { runHocket } from '../hocket.ts'
import { temporaryFolder } from '../records.ts'
import { inspect } from './inspector.ts'
import { lookAround } from './sighting.ts'
import { createVoter, letVote, type Taste } from './voters.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
/** Best first. */
const policies = ['listen', 'random', 'one-hit']
const session = path.join(folder, 'session')
const population: Population = {
  items: policies,
  strengths: [1.2, 0, -1.2],
  tie: 0.6,
  orderEffect: 0.2,
  spread: { strength: 0.6, tie: 0.3, order: 0.2 },
}
const taste: Taste = { population, seed: 1, hears: 0.6 }
/** Judges at the page; the others vote through the API. */
const atPage = 3

beforeAll(async () => {
  for (const policy of policies) {
    const seats = ['--dj-a', policy, '--dj-b', policy]
    const { code, stderr } = await runHocket([
      'party',
      ...seats,
      '--slots',
      '1',
      '--seed',
      '3',
      '--quiet',
      '--out',
      path.join(folder, policy),
    ])
    expect(code, stderr).toBe(0)
  }
  mkdirSync(session)
  await makeSession({
    runs: policies.map((policy) => path.join(folder, policy)),
    folder: session,
    judges: 30,
    criteria: ['overall'],
    by: 'run',
    seconds: 4,
    clips: 1,
    pairs: null,
    abx: 4,
    reveal: 'own',
    seed: 5,
    onStep() {},
  })
  // So that judges at the page need not sit through every clip.
  const file = path.join(session, sessionName)
  const made = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...made, rules: { ...made.rules, heardShare: 0.02 } }))
  const opened = openSession(session)
  await letVote(opened, opened.key.judges.slice(atPage), taste)
  await letVoteOnPage(session, atPage, taste)
}, 120_000)

test('the known order is recovered and every interval holds the truth', async () => {
  const opened = openSession(session)
  const { lines, broken } = await readVotes(session, opened.root)
  expect(broken).toBeNull()
  const { criteria, counted, judges } = resultsOf({ ...opened, said: lines })
  expect(judges.every(({ leftOut }) => leftOut === null)).toBe(true)
  expect(counted.length).toBe(30 * 3)
  const [overall] = criteria
  expect(overall?.entries.map(({ entry }) => entry)).toEqual(policies)
  // Everyone heard all three pairs.
  expect(overall?.concordance).toMatchObject({ judges: 30, of: 30, byChance: 1 / 30, undefined: null })
  expect(overall?.concordance.kendallW).toBeGreaterThan(0.2)
  expect(overall?.concordance.kendallW).toBeLessThan(1)
  const truth = truthOf(population, 'davidson')
  overall?.entries.forEach(({ strength, interval }, k) => {
    expect(strength).not.toBeNull()
    expect(interval?.[0]).toBeLessThan(truth[k] ?? Number.NaN)
    expect(interval?.[1]).toBeGreaterThan(truth[k] ?? Number.NaN)
  })
})

test('what judges say at the page is what is stored: answers, side heard first, X, each once, then the end', async () => {
  const { key, root } = openSession(session)
  const { lines } = await readVotes(session, root)
  for (const { judge, trials } of key.judges.slice(0, atPage)) {
    const says = createVoter(openSession(session), judge, taste)
    const statements = lines.flatMap((line) => (line.judge === judge ? [line.statement] : []))
    const votes = statements.flatMap((one) => (one.kind === 'vote' ? [one] : []))
    expect(votes.map(({ trial, revision }) => [trial, revision])).toEqual(trials.map((_, place) => [place, 0]))
    expect(votes.map(({ answers, first, x }) => ({ answers, first, ...(x && { x }) }))).toEqual(trials.map(says))
    expect(statements.at(-1)?.kind).toBe('end')
  }
})

test('ABX: judges who hear X in six of ten trials and guess in the others are told from guessing, in every file', async () => {
  const opened = openSession(session)
  const { lines } = await readVotes(session, opened.root)
  const given = { ...opened, said: lines }
  const { abx } = resultsOf(given)
  expect(abx?.all.of).toBe(30 * 4)
  expect(abx?.all.interval?.[0]).toBeGreaterThan(0.5)
  expect(abx?.all.interval?.[0]).toBeLessThan(0.8)
  expect(abx?.all.interval?.[1]).toBeGreaterThan(0.8)
  expect(abx?.all.p).toBeLessThan(1e-6)
  expect(abx?.judges.map(({ of }) => of)).toEqual(Array(30).fill(4))
  expect(abx?.pairs.map(({ of }) => of)).toEqual([40, 40, 40])
  expect(JSON.parse(exportResults(given, 'results.json')).abx).toEqual(JSON.parse(JSON.stringify(abx)))
  const report = exportResults(given, 'report.html')
  expect(report).toContain('Can the difference be heard?')
  expect(report).toMatch(/Kendall’s W.*?<td>0\.\d\d \(by chance 0\.03\), 30 of 30 judges, who compared every pair</s)
  expect(report).toMatch(new RegExp(`All who count.*?${abx?.all.right} of 120`, 's'))
  expect(report).toMatch(/exact binomial one, intervals are those of Clopper and Pearson/)
  const rows = exportResults(given, 'votes.csv')
    .split('\r\n')
    .map((row) => row.split(','))
  const column = (name: string) => rows[0]?.indexOf(name) ?? -1
  const trials = rows.filter((row) => row[column('pair')] === 'abx')
  expect(trials).toHaveLength(120)
  expect(trials.filter((row) => row[column('x_is')] === row[column('x_said')])).toHaveLength(abx?.all.right ?? -1)
  expect(new Set(trials.map((row) => row[column('reason')]))).toEqual(new Set(['check: ABX']))
})

test('clips of real runs, spoilt ones among them: nothing that is served with them tells which is which', async () => {
  const opened = openSession(session)
  const votes = await openVotes(session, opened.root, () => {})
  let now = 1e12
  const app = createJudgingApp({ opened, votes, names: [], log() {}, page: session, now: () => (now += 1000) })
  const ask = async (where: string, token: string) =>
    app.request(`http://localhost${where}`, { headers: { host: 'localhost', authorization: `Bearer ${token}` } })
  const tokens = readFileSync(path.join(session, 'links.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => line.match(/^judge-\d+ (.+)/)?.[1] ?? [])
  const looks = []
  for (const token of tokens.slice(0, 10))
    looks.push({ sighting: await lookAround(ask, token, 'fetched'), key: opened.key })
  await votes.close()
  const sounds = looks.flatMap(({ sighting }) => sighting.trials.flatMap((trial) => trial.sounds))
  expect(new Set(sounds.map(({ bytes, headers, opening }) => `${bytes} ${headers} ${opening}`)).size).toBe(1)
  const findings = inspect(looks)
  expect(findings.some(({ what }) => what === 'which side is spoilt')).toBe(true)
  expect(findings.filter(({ p }) => p < 1e-6)).toEqual([])
})

test('our measures stand beside them as one judge, in a file of their own', async () => {
  const opened = openSession(session)
  const before = await readVotes(session, opened.root)
  const sitting = sittingOf(opened, { checks: 2, pairs: null, seed: 1, onAnswer() {} })
  expect(sitting.pairs.length).toBe(3)
  const conduct = sitWithMeasures(sitting, defaultRanking)
  expect(conduct.same).toEqual({ count: 2, of: 2 })
  expect(conduct.gain.of).toBe(4)
  expect(conduct.canaries.map(({ kind }) => kind)).toEqual(['silence', 'noise', ...anchorKinds])
  expect(conduct.canaries[0]?.last).toBe(true)
  const { result, file } = await keepMachine(opened, 'overall', {
    kind: 'measures',
    name: defaultRanking.name,
    seed: 1,
    conduct,
  })
  expect(file).toBe(path.join(session, 'machines', `measures-overall-${defaultRanking.name}.json`))
  const other = await keepMachine(opened, 'order', { kind: 'measures', name: defaultRanking.name, seed: 1, conduct })
  expect([path.basename(other.file), JSON.parse(readFileSync(file, 'utf8')).criterion]).toEqual([
    `measures-order-${defaultRanking.name}.json`,
    'overall',
  ])
  rmSync(other.file)
  expect(new Set(Object.values(result.entries))).toEqual(new Set(policies))
  expect(result.conduct.pairs.every(({ verdict }) => verdict !== null)).toBe(true)
  expect(result.ceiling.sameJudge?.count).toBeGreaterThan(12)
  expect(result.ceiling.otherJudges?.share).toBeGreaterThan(0.5)
  const { lines, head } = await readVotes(session, opened.root)
  expect(head).toBe(before.head)

  const people = { ...opened, said: lines }
  const given = { ...people, machines: readMachines(session, people, () => {}) }
  expect(given.machines).toEqual([JSON.parse(JSON.stringify(result))])
  const [with_, without] = [given, people].map((one) => JSON.parse(exportResults(one, 'results.json')))
  expect(with_).toEqual({ ...without, machines: given.machines })
  expect(exportResults(given, 'report.html')).toMatch(
    /Machines beside the people.*None of them is in the ranking.*equal-2 measures/s,
  )
  expect(exportResults(people, 'report.html')).not.toContain('Machines beside the people')
  writeFileSync(file, '{}')
  expect(() => readMachines(session, people, () => {})).toThrow(
    /measures-overall-equal-2\.json: .*Delete it and ask again/,
  )
})

// From a session's votes to settings: runs with components, clips, simulated votes through the API, and the command.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fewestToLearn, type Population, planJudging } from '../../../src/judging/index.ts'
import { combineRanking, defaultRanking } from '../../../src/measure/index.ts'
import { nameSounds } from '../../../src/node/judge/make.ts'
import { drawOpaque, drawToken, hashToken, openSession, writeSession } from '../../../src/node/judge/session-files.ts'
import type { RatedItem } from '../../../src/node/reward/learn.ts'
import { rateClips } from '../../../src/node/reward/session.ts'
import { randomNormal, seededRandom } from '../../../src/random.ts'
import { type Clip, type Ranking, rankingComponents, rankingSettingsSchema } from '../../../src/record/index.ts'
import { runHere, runHocket } from '../hocket.ts'
import { letVote } from '../judge/voters.ts'
import { smallRecord, temporaryFolder, textOf, writeRun } from '../records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const session = path.join(folder, 'session')
const runs = 9
const judges = 12
/** Listeners here weigh vitality alone. */
const weights = { vitality: 4 }
let population: Population

beforeAll(async () => {
  const random = seededRandom(3)
  const strengths: number[] = []
  for (let k = 0; k < runs; k++) {
    const components = Object.fromEntries(
      rankingComponents.map((name) => [name, Math.min(1, 0.5 * Math.exp(0.4 * randomNormal(random)))]),
    )
    writeRun(path.join(folder, `run-${k}`), textOf(smallRecord(6 + 2 * k)))
    writeFileSync(
      path.join(folder, `run-${k}`, 'scores.json'),
      JSON.stringify({ ranking: { settings: 's', weighting: 'w', score: 0.5, components } }),
    )
    strengths.push(weights.vitality * Math.log(components['vitality'] ?? 1))
  }
  population = {
    items: strengths.map((_, k) => `run-${k}`),
    strengths,
    tie: 0.5,
    orderEffect: 0,
    spread: { strength: 0.3, tie: 0, order: 0 },
  }
  writeJudged(strengths.length)
  const opened = openSession(session)
  await letVote(opened, opened.key.judges, { population, seed: 2 })
}, 60_000)

function writeJudged(entries: number): void {
  const plan = planJudging({ entries, parts: 1, anchors: [], judges, pairs: 30, pairsPerRound: 60, seed: 1 })
  const clips = plan.clips.map(({ entry, part }) => ({
    name: drawOpaque(),
    entry: `run-${entry}`,
    part,
    anchor: null,
    run: path.join(folder, `run-${entry}`),
    startSeconds: 0,
    gainDecibels: 0,
    loudnessLufs: -20 + 0.01 * (entry % 2),
    truePeakDbtp: -3,
    sha256: 'c'.repeat(64),
  }))
  const id = drawOpaque()
  const tokens = plan.trials.map(drawToken)
  mkdirSync(session)
  writeSession(session, {
    session: {
      version: 1,
      id,
      hocket: 'test',
      seed: 1,
      criteria: ['overall'],
      clip: { seconds: 4, gridSeconds: 1, bytes: 100, loudnessLufs: -20 },
      rules: { headphonesLeast: 5, heardShare: 0.5, anchorsMost: 0.5, priorVariance: 2.25, reveal: 'own' },
    },
    key: {
      version: 1,
      session: id,
      organiserTokenHash: hashToken(drawToken()),
      entries: clips.map(({ entry, run }) => ({ entry, label: entry, runs: [run] })),
      clips,
      judges: plan.trials.map((trials, k) => ({
        judge: `judge-${k}`,
        kind: 'person',
        tokenHash: hashToken(tokens[k] as string),
        trials: trials.map(nameSounds),
      })),
      missingAnchors: {},
    },
    links: `${tokens.map((token, k) => `judge-${k} ${token}`).join('\n')}\n`,
  })
}

const whole = (components: RatedItem['components']) =>
  Object.fromEntries(rankingComponents.map((name) => [name, components[name] ?? null])) as Ranking['components']

test('clips: components of their runs; what was made equal is equal, density is counted from the notes', async () => {
  const items = await rateClips(openSession(session))
  expect(items.length).toBe(runs)
  expect(new Set(items.map(({ nuisance }) => `${nuisance['loudness']} ${nuisance['duration']}`))).toEqual(
    new Set(['0 4']),
  )
  for (const { nuisance } of items) expect(nuisance['density']).toBeGreaterThan(0)
})

test('judge fit: vitality weighs most, and the file puts runs in the order that listeners have', async () => {
  const out = path.join(folder, 'learned.json')
  const { code, stdout, stderr } = await runHocket(['judge', 'fit', session, '--out', out, '--date', '2026-01-02'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /unseen judges and runs \(two deals pooled: a vote may count in each\): [\d.]+ % of \d+ decided votes/,
  )
  expect(stdout).toMatch(/ceiling: the same judge again [\d.]+ % \(\d+ repeats\), two judges/)
  const settings = rankingSettingsSchema.parse(JSON.parse(readFileSync(out, 'utf8')))
  expect(settings.weighting).toMatch(/^learned from \d+ votes of 12 judges, 2026-01-02$/)
  const { vitality = 0, ...others } = settings.weights as Record<string, number>
  expect(vitality).toBeGreaterThan(Math.max(...Object.values(others)))
  expect(settings.learned?.leftOut).toMatchObject({
    loudness: 'the same in all items',
    duration: 'the same in all items',
  })
  const items = await rateClips(openSession(session))
  const wrong = (by: typeof settings) =>
    items.reduce(
      (sum, p, i) =>
        sum +
        items.slice(0, i).filter((q, j) => {
          const [one, other] = [
            combineRanking(whole(p.components), by) ?? 0,
            combineRanking(whole(q.components), by) ?? 0,
          ]
          return one > other !== (population.strengths[i] ?? 0) > (population.strengths[j] ?? 0)
        }).length,
      0,
    )
  expect(wrong(settings)).toBeLessThan(wrong(defaultRanking))
})

test('another run in the place of one that was judged is named, and nothing is learned', async () => {
  const opened = openSession(session)
  const [first, ...others] = opened.key.clips as [Clip, ...Clip[]]
  const record = createHash('sha256')
    .update(readFileSync(path.join(first.run, 'record.jsonl')))
    .digest('hex')
  const rate = (recordSha256: string) =>
    rateClips({ ...opened, key: { ...opened.key, clips: [{ ...first, recordSha256 }, ...others] } })
  expect(await rate(record)).toHaveLength(runs)
  await expect(rate('0'.repeat(64))).rejects.toThrow(`${first.run}: expected the run that the session was made of`)
})

test('a run that was moved away is to be put back, and not to be played anew', async () => {
  const [from, to] = [path.join(folder, 'run-2'), path.join(folder, 'moved')]
  renameSync(from, to)
  const answer = await runHere(['judge', 'fit', session, '--out', path.join(folder, 'none.json')])
  renameSync(to, from)
  expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining(`${from}: expected the run`) })
  expect(answer.stderr).toMatch(/Put the run back: nothing was learned\.\n$/)
})

test('the help says what it takes: as many judges and runs as the fit asks for', async () => {
  const { stdout } = await runHere(['judge', 'fit', '--help'])
  const { judges: people, groups } = fewestToLearn
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    `votes that count of ${people} judges on ${groups} runs with scores at least.`,
  )
})

test('without --out, without scores: said what to do', async () => {
  const none = await runHocket(['judge', 'fit', session])
  expect([none.code, none.stderr]).toEqual([expect.any(Number), expect.stringMatching(/expected --out FILE/)])
  expect(none.code).not.toBe(0)
  rmSync(path.join(folder, 'run-0', 'scores.json'))
  await expect(rateClips(openSession(session))).rejects.toThrow(
    /expected scores\.json with a ranking, got none\. Run `hocket score/,
  )
})

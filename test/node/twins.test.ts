// Other runs: played without a listener they are the parties that were heard; found, they are those of the same plan.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openModels } from '../../src/node/models/models.ts'
import { loadInstruments } from '../../src/node/run/instruments.ts'
import { playRun } from '../../src/node/run/play.ts'
import { drawSeeds, findSiblings, playRecord, whyNotPlayed } from '../../src/node/twins/index.ts'
import {
  type EmbeddedSpec,
  formatLine,
  type Policy,
  type RecordLine,
  type SessionLine,
  sessionOf,
} from '../../src/record/index.ts'
import { playShortParty } from '../party.ts'

const instruments = loadInstruments('party')
const without = (lines: readonly RecordLine[]) =>
  lines.flatMap((line) => (line.kind === 'percept' || line.kind === 'feedback' ? [] : [{ ...line, n: 0 }]))

/** The party's session with another policy at both decks. */
async function sessionWith(dj: Policy | EmbeddedSpec, seed: number): Promise<SessionLine> {
  const session = sessionOf(await playShortParty(2, seed))
  const spec = typeof dj === 'string' ? { kind: 'scripted' as const, policy: dj } : dj
  const agents = session.agents.map((agent) => ({ ...agent, dj: spec }))
  return { ...session, agents }
}

const embedded: EmbeddedSpec = {
  kind: 'embedded',
  policy: 'listen',
  model: 'hocket-ngram:mira',
  temperature: 1,
  answerTokens: 20,
}

test.each(['listen', 'tonal-emergence', 'score-seeker', embedded] as const)(
  'a party of %s that nobody hears is played move for move as one that is heard',
  async (dj) => {
    const session = await sessionWith(dj, 11)
    expect(whyNotPlayed(session)).toBeNull()
    const heard: RecordLine[] = []
    const { scenario, condition } = session
    if (scenario === null || condition === null) throw new Error('no party')
    await playRun(
      { scenario, condition, seed: 11, agents: session.agents, mapping: session.mapping },
      {
        instruments,
        folder: null,
        choice: { sound: false, notes: false, scores: false, report: false },
        writeLine: async (line) => void heard.push(line),
        onSlot: () => {},
        isStopped: () => false,
        models: openModels({ caps: { tokens: null, cost: null }, prices: null, cache: null }),
      },
    )
    expect(without(await playRecord(session, 11, instruments))).toEqual(without(heard))
  },
)

test('who cannot be played again', async () => {
  const session = await sessionWith('listen', 1)
  expect(whyNotPlayed(session)).toBeNull()
  expect(whyNotPlayed({ ...session, condition: 'explicit-score' })).toMatch(/read numbers/)
  const [first, second] = session.agents
  const server = { ...first, dj: { kind: 'server' } } as SessionLine['agents'][number]
  expect(whyNotPlayed({ ...session, agents: [server, second as typeof server] })).toMatch(/behind a server/)
  expect(whyNotPlayed({ ...session, scenario: null, condition: null })).toMatch(/transcript/)
})

test('seeds of others: never the own, none twice, told by the own', () => {
  const seeds = drawSeeds(5, 50)
  expect(new Set([5, ...seeds]).size).toBe(51)
  expect(drawSeeds(5, 10)).toEqual(seeds.slice(0, 10))
})

test('siblings are finished runs of the same plan with another seed', async () => {
  const runs = mkdtempSync(path.join(tmpdir(), 'hocket-siblings-'))
  onTestFinished(() => rmSync(runs, { recursive: true }))
  const store = (name: string, lines: readonly RecordLine[]) => {
    mkdirSync(path.join(runs, name))
    writeFileSync(path.join(runs, name, 'record.jsonl'), lines.map((line) => `${formatLine(line)}\n`).join(''))
  }
  const own = await playShortParty(2, 7)
  store('1', own)
  store('2', await playShortParty(2, 8))
  store('3', await playShortParty(3, 9)) // longer
  store('4', (await playShortParty(2, 10)).slice(0, -1)) // broke off
  store('5', await playShortParty(2, 8)) // the same again
  store('6', await playShortParty(2, 12, { order: 'simultaneous' }))
  const found = await findSiblings(runs, sessionOf(own), { most: 9, instruments })
  expect(found.map(({ run, seed }) => [run, seed])).toEqual([['2', 8]])
  expect(found[0]?.notes.length).toBeGreaterThan(100)
})

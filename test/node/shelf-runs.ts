// A shelf of many small runs for tests: conditions, DJs and masks by turns, scores with bands, and one of each state.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { defaultScenario } from '../../src/party/index.ts'
import type { RecordLine, SessionLine } from '../../src/record/index.ts'
import { session, smallRecord, textOf } from './records.ts'

const conditions = ['hearing', 'deaf', 'solo'] as const
const policies = ['listen', 'selfish', 'copycat'] as const

/** Run k of the shelf; every third is a transcript. */
export function shelfSession(k: number): SessionLine {
  if (k % 3 === 2) return { ...session, seed: k }
  const policy = policies[k % policies.length] ?? 'listen'
  const agents = session.agents.map((agent) => ({ ...agent, dj: { kind: 'scripted', policy } as const }))
  const bpm = defaultScenario.bpm
  return { ...session, seed: k, agents, bpm, scenario: defaultScenario, condition: conditions[k % 2] ?? 'deaf' }
}

/** Scores as far as a summary reads them; consonance k / 1000. */
export function shelfScores(k: number): object {
  const band = {
    twins: 'partners',
    count: 30,
    low: 0.2,
    high: 0.8,
    mean: 0.5,
    z: null,
    percentile: (k % 11) / 10,
    p: 1,
  }
  return {
    hashes: { record: '', kernel: '', features: '', stems: k % 5 === 4 ? {} : { 'a.voice': 'x' } },
    together: { consonance: k / 1000 },
    agents: [{ vitality: { vitality: 0.9 } }, { vitality: { vitality: 0.4 } }],
    pairs: [{ interlock: { voice: { score: (k % 7) / 7 } }, gain: null }],
    twins: {
      bands: { 'pairs.0.interlock.voice.score': band, 'agents.1.vitality.vitality': { ...band, percentile: 1 } },
    },
  }
}

/** Runs 1 to `count`, all ended and scored but for every seventh, which nobody measured. */
export function writeShelf(runs: string, count: number): void {
  for (let k = 1; k <= count; k++) {
    const [, ...rest] = smallRecord(2)
    writeOne(path.join(runs, String(k)), [shelfSession(k), ...rest], k % 7 === 0 ? null : shelfScores(k))
  }
}

function writeOne(folder: string, record: readonly RecordLine[], scores: object | null): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'record.jsonl'), textOf(record))
  if (scores !== null) writeFileSync(path.join(folder, 'scores.json'), JSON.stringify(scores))
}

/** One run for each way in which a record may stand, named after it. */
export function writeStates(runs: string): void {
  const record = smallRecord(3)
  const states: Record<string, string> = {
    'broken-off': textOf(record.slice(0, -1)),
    torn: textOf(record).slice(0, -9),
    stopped: textOf(record).replace('"finished"', '"stopped"'),
    unreadable: 'no record\n',
    playing: textOf(record.slice(0, 2)),
    hostile: textOf(record).replace('"Ada"', JSON.stringify('<img src=x onerror="document.title=1">\u202egnp')),
  }
  for (const [name, text] of Object.entries(states)) {
    mkdirSync(path.join(runs, name), { recursive: true })
    writeFileSync(path.join(runs, name, 'record.jsonl'), text)
  }
  writeFileSync(path.join(runs, 'playing', '.playing'), String(process.ppid))
  writeFileSync(path.join(runs, 'stopped', 'scores.json'), '{"hashes": [')
}

// What a session says, as files: votes.jsonl (as stored), votes.csv (a line a vote, with its reason where it does not count), results.json
// (everything, covariances included) and report.html. Persons make the ranking; every vote that does not count is listed.
import type { ChainedStatement, Clip, JudgingKey, Trial } from '../../record/index.ts'
import { renderJudgingReport } from './report/report.ts'
import { countReasons, resultsOf, type SaidSession, type SessionResults } from './results.ts'
import { chainText } from './votes/chain.ts'

export const resultFiles = ['report.html', 'results.json', 'votes.csv', 'votes.jsonl'] as const
export type ResultFile = (typeof resultFiles)[number]

/** `results` are those of the same session, so that several files need one computation; worked out where they are left out. */
export function exportResults(given: SaidSession, name: ResultFile, results?: SessionResults): string {
  switch (name) {
    case 'votes.jsonl':
      return given.said.map((line) => `${chainText(line)}\n`).join('')
    case 'votes.csv':
      return writeCsv(given, results ?? resultsOf(given))
    case 'results.json':
      return `${JSON.stringify(describeResults(given, results ?? resultsOf(given)))}\n`
    case 'report.html':
      return renderJudgingReport(given, results ?? resultsOf(given))
  }
}

export function describeResults({ session, key, machines = [] }: SaidSession, results: SessionResults) {
  const { criteria, abx, judges, excluded, counted, head, statements, votes } = results
  return {
    session,
    entries: key.entries,
    clips: key.clips,
    missingAnchors: key.missingAnchors,
    statements,
    votes,
    counted: counted.length,
    head,
    criteria,
    abx,
    judges,
    excluded,
    excludedByReason: Object.fromEntries(countReasons(results)),
    machines,
  }
}

const columns = [
  'line',
  'time',
  'judge',
  'kind',
  'trial',
  'pair',
  'round',
  'revision',
  'a',
  'a_clip',
  'a_anchor',
  'b',
  'b_clip',
  'b_anchor',
  'x_is',
  'x_said',
  'overall',
  'order',
  'interplay',
  'evolution',
  'heard_a_s',
  'heard_b_s',
  'heard_x_s',
  'elapsed_s',
  'switches',
  'notes',
  'counts',
  'reason',
]

function writeCsv({ key, said }: SaidSession, { excluded, counted }: SessionResults): string {
  const reasons = new Map(excluded.map(({ n, reason }) => [n, reason]))
  const counts = new Set(counted.map(({ n }) => n))
  const rows = said.flatMap((line) => {
    const row = rowOf(line, key)
    return row === null ? [] : [[...row, counts.has(line.n) ? 'yes' : 'no', reasons.get(line.n) ?? '']]
  })
  return [columns, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

function rowOf({ n, at, judge, statement: vote }: ChainedStatement, key: JudgingKey): (string | number)[] | null {
  if (vote.kind !== 'vote') return null
  const who = key.judges.find((one) => one.judge === judge)
  const trial: Trial | undefined = who?.trials[vote.trial]
  const side = (place: number | undefined) => sideOf(place === undefined ? undefined : key.clips[place])
  const { overall = '', order = '', interplay = '', evolution = '' } = vote.answers
  const notes = vote.notes.map(({ side: at, seconds, text }) => `${at} ${seconds.toFixed(1)} s: ${text}`).join(' | ')
  return [
    n,
    new Date(at).toISOString(),
    judge,
    who?.kind ?? '',
    vote.trial,
    trial?.kind ?? '',
    trial?.round ?? '',
    vote.revision,
    ...side(trial?.a),
    ...side(trial?.b),
    trial?.x?.is ?? '',
    vote.x ?? '',
    overall,
    order,
    interplay,
    evolution,
    vote.heardSeconds.a,
    vote.heardSeconds.b,
    vote.heardSeconds.x ?? '',
    vote.elapsedSeconds,
    vote.switches,
    notes,
  ]
}

const sideOf = (clip: Clip | undefined) => [clip?.entry ?? '', clip?.part ?? '', clip?.anchor ?? '']

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it: judges' words are data. */
function quote(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

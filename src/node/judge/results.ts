// What a session says, as files: votes.jsonl (as stored), votes.csv (a line a vote, with its reason where it does not count), results.json
// (everything, covariances included) and report.html. Persons make the ranking; every vote that does not count is listed.
import {
  type AbxResult,
  type Concordance,
  type CountedVotes,
  type CriterionResult,
  compareEntries,
  countVotes,
  measureAbx,
  measureConcordance,
  measureSplitPanel,
  rankCriterion,
  type SplitPanel,
} from '../../judging/index.ts'
import type { ChainedStatement, Clip, JudgingKey, MachineResult, Trial } from '../../record/index.ts'
import { renderJudgingReport } from './report/report.ts'
import type { OpenedSession } from './session-files.ts'
import { chainText } from './votes/chain.ts'

export const resultFiles = ['report.html', 'results.json', 'votes.csv', 'votes.jsonl'] as const
export type ResultFile = (typeof resultFiles)[number]

export interface SaidSession extends Pick<OpenedSession, 'session' | 'key' | 'root'> {
  readonly said: readonly ChainedStatement[]
  /** Beside the people; none when left out. */
  readonly machines?: readonly MachineResult[]
}

export interface SessionResults extends CountedVotes {
  readonly criteria: readonly (CriterionResult & {
    readonly splitPanel: SplitPanel
    readonly concordance: Concordance
  })[]
  /** null: the session has no ABX trials. */
  readonly abx: AbxResult | null
  /** Hash of the last line: who notes it can tell later that no line was cut off. */
  readonly head: string
  readonly statements: number
  readonly votes: number
}

export function resultsOf({ session, key, said, root }: SaidSession): SessionResults {
  const votes = countVotes(session, key, said)
  return {
    ...votes,
    criteria: session.criteria.map((criterion) => {
      const request = { session, key, counted: votes.counted, criterion }
      const items = key.entries.map(({ entry }) => entry)
      const { priorVariance } = session.rules
      const comparisons = compareEntries(request)
      const splitPanel = measureSplitPanel(items, comparisons, {
        priorVariance,
        seed: `${session.seed}/${criterion}`,
      })
      return { ...rankCriterion(request), splitPanel, concordance: measureConcordance(items, comparisons) }
    }),
    abx: measureAbx(session, key, { last: votes.last, conducts: votes.judges }),
    head: said.at(-1)?.hash ?? root,
    statements: said.length,
    votes: said.filter(({ statement }) => statement.kind === 'vote').length,
  }
}

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

/** How many votes fell out for which reason, most first. */
export function countReasons({ excluded }: Pick<SessionResults, 'excluded'>): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([, p], [, q]) => q - p)
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

// One run's summary: its session line, its last bytes, and its scores. Never more than that of a record is read.
import { type FileHandle, open, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { longestLine, type RunState, type RunSummary, type SummaryValue } from '../../record/index.ts'
import { isClaimed, recordName } from './run-folder.ts'
import { listRunFiles } from './shelf.ts'

/** `*` stands for one of several: of agents the one with the least value, of pairs the mean. In the order in which they are offered. */
export const summaryMeasures = [
  { path: 'together.consonance', name: 'Consonance together' },
  { path: 'pairs.*.noteConsonance', name: 'Consonance of the notes' },
  { path: 'pairs.*.smoothnessBetween', name: 'Smoothness between' },
  { path: 'pairs.*.roughnessBetween', name: 'Roughness between' },
  { path: 'pairs.*.gain', name: 'Gain by playing together' },
  { path: 'pairs.*.pitchCommonality', name: 'Pitch commonality' },
  { path: 'pairs.*.spectralPitchClassSimilarity', name: 'Pitch-class similarity' },
  { path: 'pairs.*.interlock.voice.score', name: 'Interlock of the voices' },
  { path: 'pairs.*.interlock.deck.score', name: 'Interlock of the decks' },
  { path: 'pairs.*.coupling.voice.aToB', name: 'Coupling of the voices, first to second' },
  { path: 'pairs.*.coupling.voice.bToA', name: 'Coupling of the voices, second to first' },
  { path: 'together.vitality.vitality', name: 'Vitality together' },
  { path: 'agents.*.vitality.vitality', name: 'Vitality of the least lively voice' },
  { path: 'agents.*.patternSurvival', name: 'Pattern survival, the lowest' },
  { path: 'agents.*.meanComfort', name: 'Comfort of the least comfortable' },
  { path: 'together.crowdEnergy', name: 'Energy of the floor' },
] as const

/** A larger scores.json is none of ours. */
const mostScoreBytes = 64 * 1024 * 1024
const longestText = 120

/** Throws only when the record cannot be read at all. */
export async function summariseRun(id: string, folder: string): Promise<RunSummary> {
  const record = path.join(folder, recordName)
  const { first, end, torn, changed } = await readEnds(record)
  const session = first?.['kind'] === 'session' ? first : null
  const state = stateOf(session, end, torn, folder)
  const scores = await readScores(path.join(folder, 'scores.json'))
  const agents = listOf(session?.['agents']).map(describeAgent)
  const scenario = objectOf(session?.['scenario'])
  return {
    id,
    state,
    scored: scores === null ? 'unscored' : scores === 'unreadable' ? 'unreadable' : heardOf(scores),
    agents: agents.slice(0, 4),
    agentCount: agents.length,
    scenario: textOf(scenario?.['name']),
    condition: textOf(session?.['condition']),
    seed: numberOf(session?.['seed']),
    bpm: numberOf(session?.['bpm']),
    seconds: numberOf(end?.['seconds']),
    changed,
    files: listRunFiles(folder),
    measures: scores === null || scores === 'unreadable' ? {} : readMeasures(scores),
  }
}

type Loose = Readonly<Record<string, unknown>>

interface Ends {
  readonly first: Loose | null
  /** The end line, null when the last line is another. */
  readonly end: Loose | null
  /** The file ends inside a line. */
  readonly torn: boolean
  readonly changed: number
}

async function readEnds(record: string): Promise<Ends> {
  const handle = await open(record, 'r')
  try {
    const { size, mtimeMs } = await handle.stat()
    const tail = await readBytes(handle, Math.max(0, size - (1 << 12)), Math.min(size, 1 << 12))
    const lines = tail.toString('utf8').split('\n')
    const last = parseObject(lines.at(-2) ?? '')
    const end = lines.at(-1) === '' && last?.['kind'] === 'end' ? last : null
    return { first: await readFirst(handle, size), end, torn: size > 0 && lines.at(-1) !== '', changed: mtimeMs }
  } finally {
    await handle.close()
  }
}

/** The first line may be long: under yoked-sham it tells a whole night. */
async function readFirst(handle: FileHandle, size: number): Promise<Loose | null> {
  for (let length = 1 << 14; ; length *= 8) {
    const bytes = await readBytes(handle, 0, Math.min(size, length, longestLine))
    const at = bytes.indexOf(10)
    if (at >= 0) return parseObject(bytes.toString('utf8', 0, at))
    if (length >= Math.min(size, longestLine)) return null
  }
}

async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function stateOf(session: Loose | null, end: Loose | null, torn: boolean, folder: string): RunState {
  if (session === null) return 'unreadable'
  if (end !== null) return end['reason'] === 'stopped' ? 'stopped' : 'ended'
  if (isClaimed(folder)) return 'playing'
  return torn ? 'torn' : 'broken-off'
}

async function readScores(file: string): Promise<Loose | 'unreadable' | null> {
  try {
    if ((await stat(file)).size > mostScoreBytes) return 'unreadable'
    return parseObject(await readFile(file, 'utf8')) ?? 'unreadable'
  } catch {
    return null
  }
}

/** Scores of notes alone have no stems. */
function heardOf(scores: Loose): 'heard' | 'notes' {
  return Object.keys(objectOf(at(scores, ['hashes', 'stems'])) ?? {}).length > 0 ? 'heard' : 'notes'
}

function readMeasures(scores: Loose): Record<string, SummaryValue> {
  const found: Record<string, SummaryValue> = {}
  for (const { path: where } of summaryMeasures) {
    const value = readMeasure(scores, where)
    if (value !== null) found[where] = value
  }
  return found
}

function readMeasure(scores: Loose, where: string): SummaryValue | null {
  const [list, rest] = where.split('.*.') as [string, string | undefined]
  if (rest === undefined) return valueAt(scores, where)
  const values = listOf(scores[list])
    .map((_, k) => valueAt(scores, `${list}.${k}.${rest}`))
    .filter((value) => value !== null)
  const [only] = values
  if (only === undefined || values.length === 1) return only ?? null
  if (list === 'agents') return values.reduce((least, one) => (one.value < least.value ? one : least))
  return { value: values.reduce((sum, one) => sum + one.value, 0) / values.length, band: null }
}

function valueAt(scores: Loose, where: string): SummaryValue | null {
  const value = numberOf(at(scores, where.split('.')))
  return value === null ? null : { value, band: bandOf(objectOf(at(scores, ['twins', 'bands', where]))) }
}

function bandOf(band: Loose | null): SummaryValue['band'] {
  const [low, high, count] = [numberOf(band?.['low']), numberOf(band?.['high']), numberOf(band?.['count'])]
  if (low === null || high === null || count === null || !Number.isInteger(count) || count < 1) return null
  return { low, high, count, percentile: numberOf(band?.['percentile']) }
}

function describeAgent(value: unknown): { title: string; dj: string; mask: string | null } {
  const agent = objectOf(value)
  const dj = objectOf(agent?.['dj'])
  return {
    title: textOf(agent?.['title']) ?? '?',
    dj: describeDj(dj),
    mask: textOf(objectOf(agent?.['mask'])?.['name']),
  }
}

function describeDj(dj: Loose | null): string {
  switch (dj?.['kind']) {
    case 'scripted':
      return textOf(dj['policy']) ?? 'scripted'
    case 'server':
    case 'embedded':
      return textOf(dj['model']) ?? 'model'
    case 'ghost':
      return 'ghost'
    case 'imported':
      return textOf(dj['from']) ?? 'imported'
    default:
      return 'unknown'
  }
}

function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((inside, name) => (inside as Loose | null | undefined)?.[name], value)
}

function parseObject(text: string): Loose | null {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return null
  }
}

const objectOf = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, longestText) : null)
const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)

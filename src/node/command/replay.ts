// hocket replay: recompute a run and say whether the record, the stems and the scores are what was stored.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import {
  InputError,
  rankingSchema,
  type Scores,
  type SessionLine,
  type Twins,
  twinsSchema,
} from '../../record/index.ts'
import { unreadable } from '../installation.ts'
import { readTurns, recordedModels } from '../models/models.ts'
import { hearRecord } from '../run/hear-record.ts'
import { compareInstruments, loadInstruments } from '../run/instruments.ts'
import { isReplayable, planOf, playRun } from '../run/play.ts'
import { hashWav } from '../sound/wav-reader.ts'
import { compareRecord, firstDifference, readRecord } from '../store/record-file.ts'
import { findRun, recordName } from '../store/run-folder.ts'
import type { TwinChoice } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { exitCodes } from './failure.ts'
import { createProgress } from './progress.ts'

export function addReplayCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('replay <run>')
    .description(
      'Recompute a run and compare record, stems and scores with what is stored; exit code 1 if any differs.',
    )
    .action((run: string, options: SharedOptions) => replay(run, options, context))
  addExamples(addSharedOptions(command), ['hocket replay 7', 'hocket replay runs/7 --json'])
}

/** What became of one thing that was compared. */
interface Finding {
  readonly what: 'record' | 'stems' | 'scores'
  readonly result: 'same' | 'differs' | 'not compared'
  readonly detail: string
}

async function replay(run: string, options: SharedOptions, context: CommandContext): Promise<void> {
  const folder = findRun(run)
  const record = path.join(folder, recordName)
  const reading = await readWhole(record, context)
  const { finding, scores } = isReplayable(reading.session)
    ? await playAgain(record, reading, options, context)
    : await hearAgain(record, reading, options, context)
  const findings = [finding]
  if (scores !== null) findings.push(compareStems(folder, scores), compareScores(folder, scores))
  const same = findings.every(({ result }) => result !== 'differs')
  if (options.json) context.print(`${JSON.stringify({ run: folder, same, findings })}\n`)
  else for (const { what, result, detail } of findings) context.print(`${what}: ${result} (${detail})\n`)
  if (!same) context.setExitCode(exitCodes.badInput)
}

interface Reading {
  readonly session: SessionLine
  readonly lines: number
  readonly ended: boolean
}

/** Reads and checks every line once, so that bad input is named before anything is computed. */
async function readWhole(record: string, context: CommandContext): Promise<Reading> {
  let session: SessionLine | undefined
  let lines = 0
  let ended = false
  for await (const { line } of readRecord(record, { onTorn: (message) => context.say(`${message}\n`) })) {
    if (line.kind === 'session') session = line
    if (line.kind === 'end') ended = true
    lines++
  }
  if (session === undefined) throw new InputError('no-session', `${record}: line 1: expected the session line first.`)
  return { session, lines, ended }
}

interface Replayed {
  readonly finding: Finding
  /** null: there is nothing to compare them with. */
  readonly scores: Scores | null
}

const nothingWritten = { sound: false, notes: false, scores: false, report: false }

async function playAgain(
  record: string,
  { session, lines, ended }: Reading,
  options: SharedOptions,
  context: CommandContext,
): Promise<Replayed> {
  const instruments = loadInstruments('party')
  const difference = compareInstruments(session, instruments)
  if (difference !== null) context.say(`${record}: ${difference}.\n`)
  const comparison = compareRecord(record)
  const plan = planOf(session, record)
  const progress = createProgress({
    label: 'replay',
    unit: 'slot',
    total: plan.scenario.slots,
    quiet: options.quiet === true,
  })
  const turns = await readTurns(record)
  const isOver = () => comparison.difference !== null || comparison.exhausted
  try {
    const scores = await playRun(plan, {
      instruments,
      models: recordedModels(session, turns, null),
      probe: [...new Set(turns.flatMap((line) => (line.kind === 'probe' ? [line.agent] : [])))],
      folder: null,
      choice: nothingWritten,
      twins: twinsToRepeat(path.dirname(record)),
      writeLine: (line) => comparison.compare(line),
      onSlot: progress.step,
      isStopped: isOver,
    })
    return { finding: describeComparison(comparison, lines), scores: ended && !isOver() ? scores : null }
  } catch (error) {
    if (!(error instanceof InputError && error.code === 'stopped')) throw error
    return { finding: describeComparison(comparison, lines), scores: null }
  } finally {
    progress.done()
    await comparison.close()
  }
}

function describeComparison(
  { difference, compared, exhausted }: ReturnType<typeof compareRecord>,
  lines: number,
): Finding {
  if (difference !== null) return { what: 'record', result: 'differs', detail: difference }
  if (compared < lines && !exhausted)
    return { what: 'record', result: 'differs', detail: `line ${compared + 1}: stored, but not played again` }
  const unfinished = exhausted ? '; the record is unfinished, so there are no stems or scores to compare' : ''
  return { what: 'record', result: 'same', detail: `${compared} lines played again${unfinished}` }
}

async function hearAgain(
  record: string,
  { lines }: Reading,
  options: SharedOptions,
  context: CommandContext,
): Promise<Replayed> {
  const progress = createProgress({ label: 'replay', unit: 'slot', total: 1, quiet: options.quiet === true })
  const scores = await hearRecord(readRecord(record), {
    where: record,
    folder: null,
    choice: nothingWritten,
    twins: twinsToRepeat(path.dirname(record)),
    onDifference: (message) => context.say(`${message}\n`),
    onSlot: progress.step,
  })
  progress.done()
  const detail = `${lines} lines read; who spoke in them is not ours to play again`
  return { finding: { what: 'record', result: 'not compared', detail }, scores }
}

function compareStems(folder: string, scores: Scores): Finding {
  const wanted = Object.entries(scores.hashes.stems)
  const stored = wanted.filter(([name]) => existsSync(stemFile(folder, name)))
  if (stored.length === 0) return { what: 'stems', result: 'not compared', detail: 'none stored' }
  for (const [name, hash] of stored) {
    const found = hashWav(stemFile(folder, name))
    if (found !== hash)
      return { what: 'stems', result: 'differs', detail: `stems/${name}.wav: stored ${found}, recomputed ${hash}` }
  }
  return { what: 'stems', result: 'same', detail: `${stored.length} of ${wanted.length} by SHA-256` }
}

const stemFile = (folder: string, name: string) => path.join(folder, 'stems', `${name}.wav`)

function compareScores(folder: string, scores: Scores): Finding {
  const file = path.join(folder, 'scores.json')
  if (!existsSync(file)) return { what: 'scores', result: 'not compared', detail: 'none stored' }
  const stored = readJson(file)
  const difference = firstDifference(comparable(stored, scores), JSON.parse(JSON.stringify(scores)), '')
  if (difference === null) {
    const weights = otherWeights(stored, scores)
    const but = [
      ...(scores.twins === undefined ? ['the twins'] : []),
      ...(weights === null ? [] : [`the ranking, whose settings are "${weights}"`]),
    ]
    return {
      what: 'scores',
      result: 'same',
      detail: `every number${but.length > 0 ? ` but ${but.join(' and ')}` : ''}`,
    }
  }
  const detail = `field "${difference.path}": stored ${JSON.stringify(difference.stored)}, recomputed ${JSON.stringify(difference.played)}`
  return { what: 'scores', result: 'differs', detail }
}

/** The twins that stand in the stored scores, if they can be drawn again: partners from other folders may be gone. */
function twinsToRepeat(folder: string): TwinChoice | undefined {
  const file = path.join(folder, 'scores.json')
  const stored = existsSync(file) ? twinsOf(readJson(file)) : undefined
  if (stored === undefined || stored.others.some(({ from }) => from === 'run')) return undefined
  const { draws, lifeDraws, heard } = stored
  return { folder: null, draws, lifeDraws, hear: heard === undefined ? undefined : () => {} }
}

function twinsOf(scores: unknown): Twins | undefined {
  const parsed = twinsSchema.safeParse((scores as { twins?: unknown } | null)?.twins)
  return parsed.success ? parsed.data : undefined
}

/** Stored scores as far as they can be computed again: not the twins where they were not drawn, nor a ranking by other weights. */
function comparable(stored: unknown, played: Scores): unknown {
  if (typeof stored !== 'object' || stored === null) return stored
  const { twins, ...rest } = stored as { twins?: unknown }
  const without = played.twins === undefined ? rest : stored
  return otherWeights(stored, played) === null ? without : { ...without, ranking: played.ranking }
}

/** Name of the settings that the stored ranking was made with, if they are not those of now. */
function otherWeights(stored: unknown, { ranking }: Scores): string | null {
  const parsed = rankingSchema.safeParse((stored as { ranking?: unknown } | null)?.ranking)
  return parsed.success && parsed.data.settings !== ranking.settings ? parsed.data.settings : null
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw unreadable(file, error)
    throw new InputError(
      'not-json',
      `${file}: expected JSON, got ${error.message}. Delete it and run \`hocket score\`.`,
    )
  }
}

// A machine judge at a judging session: the pairs that people were given, the session's own spoilt clips as canaries; its conduct and its
// agreement with people in a file of its own beside the votes, never among them.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  type Canary,
  type ClipPair,
  compareWithPeople,
  type MachineConduct,
  measureCeiling,
} from '../../judging/index.ts'
import {
  type Criterion,
  InputError,
  type JudgingKey,
  type MachineKind,
  type MachineResult,
  machineResultSchema,
  rankingSchema,
} from '../../record/index.ts'
import { loadInstalledKernel } from '../installation.ts'
import {
  checkClips,
  clipsFolder,
  comparisonsOf,
  machineFileName,
  machinesFolder,
  type OpenedSession,
} from '../judge/index.ts'
import type { ModelJudge } from './model-judge.ts'
import { type Sitting, sitWithModel } from './sit.ts'

export interface MachineWish {
  readonly checks: number
  /** Most pairs; null: all that people were given. */
  readonly pairs: number | null
  readonly seed: number
  onAnswer(done: number, total: number): void
}

/** Throws InputError where clips are missing or changed. */
export function sittingOf(opened: OpenedSession, wish: MachineWish): Sitting {
  checkClips(opened)
  const { folder, session, key } = opened
  const { checks, pairs, seed, onAnswer } = wish
  return {
    clips: new Map(key.clips.map(({ name }) => [name, path.join(folder, clipsFolder, `${name}.wav`)])),
    pairs: pairsOf(key).slice(0, pairs ?? undefined),
    canaries: canariesOf(key),
    checks,
    barSeconds: session.clip.gridSeconds,
    kernel: loadInstalledKernel().kernel,
    seed,
    onAnswer,
  }
}

/** Each pair of clips that any person was given to rank, once; those of the most people first. */
function pairsOf({ judges, clips }: JudgingKey): ClipPair[] {
  const pairs = new Map<string, { readonly pair: ClipPair; count: number }>()
  for (const { kind, trials } of judges)
    for (const trial of trials) {
      const [a, b] = [clips[Math.min(trial.a, trial.b)]?.name, clips[Math.max(trial.a, trial.b)]?.name]
      if (kind !== 'person' || trial.kind !== 'main' || a === undefined || b === undefined) continue
      const known = pairs.get(`${a} ${b}`) ?? { pair: { a, b }, count: 0 }
      known.count++
      pairs.set(`${a} ${b}`, known)
    }
  return [...pairs.values()].sort((p, q) => q.count - p.count).map(({ pair }) => pair)
}

function canariesOf({ clips }: JudgingKey): Canary[] {
  return clips.flatMap(({ name, entry, part, anchor }) => {
    const whole = clips.find((clip) => clip.entry === entry && clip.part === part && clip.anchor === null)
    return anchor === null || whole === undefined ? [] : [{ kind: anchor, clip: name, beside: whole.name }]
  })
}

export interface Seated {
  readonly kind: MachineKind
  readonly name: string
  readonly seed: number
}

export function sitSession(sitting: Sitting, kind: 'listens' | 'reads', judge: ModelJudge): Promise<MachineConduct> {
  return sitWithModel(sitting, judge, kind)
}

/** Of the stored scores of a run; null where there are none. */
export function componentsOf(run: string) {
  const file = path.join(run, 'scores.json')
  if (!existsSync(file)) return null
  try {
    const parsed = rankingSchema.safeParse((JSON.parse(readFileSync(file, 'utf8')) as { ranking?: unknown }).ranking)
    return parsed.success ? parsed.data.components : null
  } catch {
    return null
  }
}

/** Throws InputError where no question was answered: nothing is known then, and what was kept before stays. */
export function checkAnswered({ answers, pairs }: MachineConduct): void {
  if (answers.asked > answers.unavailable) return
  const reason = pairs.find((pair) => pair.reason !== null)?.reason ?? 'unavailable'
  throw new InputError(
    'no-answer',
    `judge machine: expected answers to ${answers.asked} questions, got none (${reason}). See that the server runs and knows the model, and what it may cost. Nothing was kept.`,
  )
}

/** Throws InputError for a criterion that people of this session are not asked. */
export function checkCriterion({ folder, session }: OpenedSession, criterion: Criterion): void {
  if (!session.criteria.includes(criterion))
    throw new InputError(
      'usage',
      `${folder}: --criterion: expected one that the session asks (${session.criteria.join(', ')}), got ${criterion}.`,
    )
}

/** Lays the machine beside the people, and keeps it. Returns the file's path, too. */
export async function keepMachine(
  opened: OpenedSession,
  criterion: Criterion,
  { kind, name, seed, conduct }: Seated & { readonly conduct: MachineConduct },
): Promise<{ readonly result: MachineResult; readonly file: string }> {
  const { counted, withRepeats } = await comparisonsOf(opened, criterion)
  const result: MachineResult = {
    version: 1,
    session: opened.session.id,
    kind,
    name,
    criterion,
    seed,
    conduct: machineResultSchema.shape.conduct.parse(conduct),
    entries: Object.fromEntries(opened.key.clips.map((clip) => [clip.name, clip.entry])),
    agreement: compareWithPeople(conduct.pairs, counted),
    ceiling: measureCeiling(withRepeats),
  }
  const folder = path.join(opened.folder, machinesFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, machineFileName(result))
  // It tells which clip is what.
  writeFileSync(`${file}.part`, `${JSON.stringify(result)}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
  return { result, file }
}

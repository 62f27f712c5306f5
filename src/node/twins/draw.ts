// The twins of a run at hand: other runs found or played, then scored beside it.
import path from 'node:path'
import type { UnhashedScores } from '../../measure/index.ts'
import { fewestOthers, othersFor } from '../../null/index.ts'
import { composeRecord, scoreTwins } from '../../pipeline.ts'
import type { Note, OtherRun, RecordLine, SessionLine, TokenLine, Twins } from '../../record/index.ts'
import type { LoadedInstruments } from '../run/instruments.ts'
import { hearTwins, othersHeard } from './hear-others.ts'
import { drawSeeds, playRecord, whyNotPlayed } from './play-others.ts'
import { findSiblings } from './siblings.ts'

/** Where partners come from: runs of a folder and, when those are too few, parties played for the purpose; or such parties only. */
export interface TwinChoice {
  /** null: only played ones, so that equal plans have equal twins whatever lies around. */
  readonly folder: string | null
  /** Most pseudo-dyads. */
  readonly draws: number
  /** Most twins of a vitality. */
  readonly lifeDraws: number
  /** What is taken of the other runs: their notes only, or their sound as well, told slot by slot. */
  readonly hear?: ((done: number, slots: number) => void) | undefined
}

/** The vitalities of one twin of a run of twelve minutes take about .1 s, a pair of strangers .02 s: hence fewer. */
const mostLifeDraws = 29
/** No fewer can tell anything. */
const mostLifeDrawsInPassing = 19

/** What a command that is about scores draws. */
export function thoroughTwins(folder: string | null, draws = 199): TwinChoice {
  return { folder, draws, lifeDraws: Math.min(draws, mostLifeDraws) }
}

/** What a party draws at its end, in some seconds. */
export const passingTwins: TwinChoice = { folder: null, draws: 30, lifeDraws: mostLifeDrawsInPassing }

export interface ScoredRun {
  readonly session: SessionLine
  readonly scores: UnhashedScores
  readonly notes: readonly Note[]
  readonly tokens: readonly TokenLine[]
  /** All but its percepts; null where it was not kept. */
  readonly record: readonly RecordLine[] | null
}

/** null when none are wanted. Throws InputError. */
export async function drawTwins(
  run: ScoredRun,
  choice: TwinChoice | undefined,
  instruments: LoadedInstruments,
): Promise<Twins | null> {
  if (choice === undefined) return null
  const { session, scores, notes, tokens } = run
  const wanted = session.agents.length < 2 ? 0 : othersFor(choice.draws)
  const found = await gatherOthers(session, { wanted, folder: choice.folder }, instruments)
  const { draws, lifeDraws } = choice
  const others = found.map((other) => other.notes)
  const drawn = scoreTwins(session, scores, { notes, tokens, others, draws, lifeDraws }, instruments)
  const twins = found.length < Math.min(wanted, fewestOthers) ? withReason(drawn, whyNotPlayed(session)) : drawn
  const told = { draws, lifeDraws, others: found.map(({ other }) => other) }
  if (choice.hear === undefined) return { ...told, ...twins }
  const records = found.map((other) => other.record)
  const heard = await hearTwins(twins, run, { records, instruments, onSlot: choice.hear })
  return { ...told, heard: Math.min(othersHeard, records.length), ...heard }
}

/** What lacks strangers says why none were played for it, and how to come by some. */
function withReason<Drawn extends Pick<Twins, 'undefined'>>(drawn: Drawn, why: string | null): Drawn {
  const told = ([path, reason]: [string, string]): [string, string] =>
    why !== null && reason.includes('other runs of the same')
      ? [path, `${reason} (${why}; run the plan with other seeds, then hocket score)`]
      : [path, reason]
  return { ...drawn, undefined: Object.fromEntries(Object.entries(drawn.undefined).map(told)) }
}

interface Found {
  readonly other: OtherRun
  readonly notes: readonly Note[]
  readonly record: readonly RecordLine[]
}

async function gatherOthers(
  session: SessionLine,
  { wanted, folder }: { readonly wanted: number; readonly folder: string | null },
  instruments: LoadedInstruments,
): Promise<Found[]> {
  const siblings = folder === null ? [] : await findSiblings(folder, session, { most: wanted, instruments })
  const found: Found[] = siblings.map(({ run, seed, ...made }) => ({ other: { from: 'run', run, seed }, ...made }))
  if (whyNotPlayed(session) !== null) return found
  const known = new Set(siblings.map(({ seed }) => seed))
  for (const seed of drawSeeds(session.seed, wanted + known.size)) {
    if (found.length >= wanted) break
    if (known.has(seed)) continue
    const record = await playRecord(session, seed, instruments)
    found.push({ other: { from: 'played', seed }, notes: composeRecord(record, instruments), record })
  }
  return found
}

/** Where a run's siblings lie unless told otherwise. */
export const besideRun = (folder: string) => path.dirname(path.resolve(folder))

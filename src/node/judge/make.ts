// Runs -> a judging session: clips are cut, anchors made of some, all matched in loudness and written under names of chance; who hears what
// is planned; key and links are written. What is drawn from the seed is the plan; names and tokens are drawn anew each time.
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Plan, type PlannedTrial, pairsPerRound, planJudging, usualPairs } from '../../judging/index.ts'
import { sampleRate } from '../../pipeline.ts'
import { seededRandom, shuffled } from '../../random.ts'
import {
  type AnchorKind,
  anchorKinds,
  type Clip,
  type Criterion,
  InputError,
  type JudgingKey,
  type JudgingRules,
  type JudgingSession,
  judgingVersion,
  type Trial,
} from '../../record/index.ts'
import { installedVersion, loadInstalledKernel } from '../installation.ts'
import { claimSessionFolder } from './claim.ts'
import { makeAnchor } from './clips/anchors.ts'
import { type Cuts, planCuts } from './clips/cut.ts'
import { type CutClip, type MatchedClip, matchClips, writeCut } from './clips/match.ts'
import { createOrchestra, hearMix, type JudgedRun, type Orchestra, openJudgedRun, renderStems } from './clips/run.ts'
import { findTwice, hashRecord } from './clips/same-run.ts'
import { clipsFolder, drawOpaque, drawToken, hashToken, writeSession } from './session-files.ts'

export interface SessionWish {
  readonly runs: readonly string[]
  /** New, empty, or left half-made. */
  readonly folder: string
  readonly judges: number
  readonly criteria: readonly Criterion[]
  /** What is ranked: each run, or all runs of one condition and the same DJs together. */
  readonly by: 'run' | 'plan'
  readonly seconds: number
  /** Clips of each run. */
  readonly clips: number
  /** Main pairs of each judge; null: every pair of entries once on each clip, as far as two rounds hold. */
  readonly pairs: number | null
  /** ABX trials of each judge, after the pairs. */
  readonly abx: number
  readonly reveal: JudgingRules['reveal']
  readonly seed: number
  onStep(what: string): void
}

/** Rules of thumb of the field, fixed in session.json before the first vote; docs/judging.md says where they come from. */
const usualRules = { headphonesLeast: 5, heardShare: 0.5, anchorsMost: 0.5, priorVariance: 2.25 }

interface Entry {
  readonly entry: string
  readonly label: string
  readonly runs: readonly number[]
}

/** Throws InputError; what was begun is then taken away. Killed, it leaves what the next one clears away. */
export async function makeSession(wish: SessionWish): Promise<void> {
  const place = claimSessionFolder(wish.folder)
  try {
    const runs: JudgedRun[] = []
    for (const run of wish.runs) runs.push(await openJudgedRun(run))
    const entries = gatherEntries(runs, wish.by)
    const twice = await findTwice(runs.map(({ folder }) => folder))
    if (twice !== null)
      throw new InputError(
        'usage',
        `judge: expected runs that differ, got one twice: ${twice.join(' and ')} have the same record and the same sound. Leave one out.`,
      )
    const cuts = planCuts(runs, { seconds: wish.seconds, parts: wish.clips })
    mkdirSync(path.join(wish.folder, clipsFolder))
    await fillSession(wish, { runs, entries, cuts, orchestra: createOrchestra() })
  } catch (error) {
    place.discard()
    throw error
  }
  place.keep()
}

interface Material {
  readonly orchestra: Orchestra
  readonly runs: readonly JudgedRun[]
  readonly entries: readonly Entry[]
  readonly cuts: Cuts
}

async function fillSession(wish: SessionWish, material: Material): Promise<void> {
  const { entries, cuts } = material
  const whole = await cutAll(wish, material)
  const { spoilt, missing } = await spoilSome(wish, material)
  wish.onStep('matching loudness')
  const all = [...whole, ...spoilt]
  const matched = matchClips(all, loadInstalledKernel().kernel)
  const parts = whole.length / entries.length
  const perRound = pairsPerRound(cuts.frames / sampleRate)
  const plan = planJudging({
    entries: entries.length,
    parts,
    anchors: spoilt.map(({ place: { entry, part, anchor } }) => ({ kind: anchor as AnchorKind, entry, part })),
    judges: wish.judges,
    pairs: wish.pairs ?? usualPairs({ entries: entries.length, parts, anchors: spoilt.length, perRound }),
    pairsPerRound: perRound,
    abx: wish.abx,
    seed: wish.seed,
  })
  const tokens = plan.trials.map(drawToken)
  const organiser = drawToken()
  const id = drawOpaque()
  const records = new Map<string, string | null>()
  for (const { folder } of material.runs) records.set(folder, await hashRecord(folder))
  const clips = all.map((clip, i) => describeClip(clip, matched[i] as MatchedClip, { ...material, records }))
  writeSession(wish.folder, {
    session: describeSession(wish, { id, cuts, bytes: sizeOf(all), loudnessLufs: matched[0]?.loudnessLufs ?? 0 }),
    key: describeKey({ id, organiser, entries, runs: material.runs, clips, plan, tokens, missing }),
    links: [...tokens.map((token, k) => `${judgeName(k)} ${token}`), `organiser ${organiser}`, ''].join('\n'),
  })
}

export const judgeName = (k: number): string => `judge-${String(k + 1).padStart(2, '0')}`

/** Throws InputError for fewer than two entries, or entries with different numbers of runs. */
function gatherEntries(runs: readonly JudgedRun[], by: SessionWish['by']): Entry[] {
  const groups = new Map<string, number[]>()
  runs.forEach(({ label, folder }, i) => {
    const name = by === 'run' ? path.basename(path.resolve(folder)) : label
    groups.set(name, [...(groups.get(name) ?? []), i])
  })
  const sizes = new Set([...groups.values()].map(({ length }) => length))
  if (groups.size < 2 || sizes.size > 1 || (by === 'run' && !sizes.has(1)))
    throw new InputError(
      'usage',
      `judge: expected ${by === 'run' ? 'two runs or more, each once and with a folder name of its own' : 'two plans or more with equally many runs each'}, got ${[...groups].map(([name, { length }]) => `${name} (${length})`).join(', ')}.`,
    )
  return [...groups].map(([entry, own]) => ({ entry, label: runs[own[0] ?? 0]?.label ?? entry, runs: own }))
}

interface PlacedClip extends CutClip {
  readonly place: { readonly entry: number; readonly part: number; readonly anchor: AnchorKind | null }
  readonly run: number
  readonly from: number
}

/** Entry by entry; the parts of an entry are the clips of its runs. */
async function cutAll(wish: SessionWish, { runs, entries, cuts, orchestra }: Material): Promise<PlacedClip[]> {
  const clips: PlacedClip[] = []
  for (const [entry, { runs: own }] of entries.entries()) {
    const parts = own.flatMap((run) => (cuts.stretches[run] ?? []).map((stretch) => ({ run, stretch })))
    for (const [part, { run, stretch }] of parts.entries()) {
      const source = runs[run] as JudgedRun
      wish.onStep(`cutting ${source.folder}`)
      const what = `${source.folder}, from ${(stretch.from / sampleRate).toFixed(1)} s`
      const cut = writeCut(
        { file: newClipFile(wish.folder), what },
        await hearMix(source, stretch, orchestra),
        sampleRate,
      )
      clips.push({ ...cut, place: { entry, part, anchor: null }, run, from: stretch.from })
    }
  }
  return clips
}

const newClipFile = (folder: string) => path.join(folder, clipsFolder, `${drawOpaque()}.wav`)

/** One anchor of each kind, of different entries as far as there are. */
async function spoilSome(wish: SessionWish, { runs, entries, cuts, orchestra }: Material) {
  const order = shuffled(seededRandom(`${wish.seed}/anchors`), [...entries.keys()])
  const spoilt: PlacedClip[] = []
  const missing: Partial<Record<AnchorKind, string>> = {}
  const known = new Map<number, Float32Array[]>()
  for (const [k, kind] of anchorKinds.entries()) {
    for (let tried = 0; tried < order.length; tried++) {
      const entry = order[(k + tried) % order.length] as number
      const number = entries[entry]?.runs[0] ?? 0
      const run = runs[number] as JudgedRun
      const stretch = cuts.stretches[number]?.[0] ?? { from: 0, count: 0 }
      wish.onStep(`anchor ${kind}`)
      const stems = known.get(number) ?? (await renderStems(run, stretch, orchestra))
      known.set(number, stems)
      const sound = await makeAnchor({ run, stretch, kind, sampleRate, seed: `${wish.seed}`, orchestra, stems })
      if (typeof sound === 'string') {
        missing[kind] = sound
        continue
      }
      delete missing[kind]
      const cut = writeCut(
        { file: newClipFile(wish.folder), what: `anchor ${kind} of ${run.folder}` },
        sound,
        sampleRate,
      )
      spoilt.push({ ...cut, place: { entry, part: 0, anchor: kind }, run: number, from: stretch.from })
      break
    }
  }
  return { spoilt, missing }
}

/** Bytes of every file. Throws when they differ, which would tell them apart. */
function sizeOf(clips: readonly PlacedClip[]): number {
  const sizes = new Set(clips.map(({ file }) => statSync(file).size))
  const [size] = sizes
  if (sizes.size !== 1 || size === undefined) throw new Error(`clips: expected one size, got ${[...sizes].join(', ')}`)
  return size
}

function describeClip(
  clip: PlacedClip,
  matched: MatchedClip,
  { runs, entries, records }: Material & { readonly records: ReadonlyMap<string, string | null> },
): Clip {
  const { entry, part, anchor } = clip.place
  const run = runs[clip.run]?.folder ?? ''
  const recordSha256 = records.get(run) ?? null
  return {
    name: path.basename(clip.file, '.wav'),
    entry: entries[entry]?.entry ?? '',
    part,
    anchor,
    run,
    ...(recordSha256 === null ? {} : { recordSha256 }),
    startSeconds: clip.from / sampleRate,
    ...matched,
  }
}

function describeSession(
  { criteria, seed, reveal }: SessionWish,
  { id, cuts, bytes, loudnessLufs }: { id: string; cuts: Cuts; bytes: number; loudnessLufs: number },
): JudgingSession {
  return {
    version: judgingVersion,
    id,
    hocket: installedVersion,
    seed,
    criteria: [...criteria],
    clip: { seconds: cuts.frames / sampleRate, gridSeconds: cuts.gridSeconds, bytes, loudnessLufs },
    rules: { ...usualRules, reveal },
  }
}

/** Every sound of every trial under a name of its own. */
export function nameSounds({ x, ...trial }: PlannedTrial): Trial {
  const names = { a: drawOpaque(), b: drawOpaque() }
  return x === undefined ? { ...trial, names } : { ...trial, names, x: { is: x, name: drawOpaque() } }
}

function describeKey(made: {
  readonly id: string
  readonly organiser: string
  readonly entries: readonly Entry[]
  readonly runs: readonly JudgedRun[]
  readonly clips: Clip[]
  readonly plan: Plan
  readonly tokens: readonly string[]
  readonly missing: Partial<Record<AnchorKind, string>>
}): JudgingKey {
  return {
    version: judgingVersion,
    session: made.id,
    organiserTokenHash: hashToken(made.organiser),
    entries: made.entries.map(({ entry, label, runs }) => ({
      entry,
      label,
      runs: runs.map((run) => made.runs[run]?.folder ?? ''),
    })),
    clips: made.clips,
    judges: made.plan.trials.map((trials, k) => ({
      judge: judgeName(k),
      kind: 'person',
      tokenHash: hashToken(made.tokens[k] as string),
      trials: trials.map(nameSounds),
    })),
    missingAnchors: made.missing,
  }
}

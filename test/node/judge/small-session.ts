// A judging session on disk without a party: four entries, silent clips, as many judges as wanted.
import { createHash } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { planJudging } from '../../../src/judging/index.ts'
import { nameSounds } from '../../../src/node/judge/make.ts'
import { drawOpaque, drawToken, hashToken, openSession, writeSession } from '../../../src/node/judge/session-files.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import {
  anchorKinds,
  type ChainedStatement,
  type Criterion,
  type JudgingKey,
  judgingVersion,
  type Statement,
  type Vote,
} from '../../../src/record/index.ts'
import { temporaryFolder } from '../records.ts'

/** A header and whole samples. */
export const clipBytes = 44 + 3 * 1350

export interface SmallSession {
  readonly folder: string
  readonly tokens: readonly string[]
  readonly organiser: string
  readonly key: JudgingKey
}

export interface SmallWish {
  readonly judges: number
  readonly pairs?: number
  readonly seed?: number
  /** Kinds of anchors, two when left out. */
  readonly anchors?: number
  /** ABX trials of each judge. */
  readonly abx?: number
  readonly criteria?: readonly Criterion[]
  readonly reveal?: 'own' | 'all'
  readonly heardShare?: number
  /** Clips that sound, of two seconds, instead of bytes alone. */
  readonly sound?: 'tones'
  /** The run that all clips are said to be of, 6 dB down from the first second on; left out: runs that are not there. */
  readonly run?: string
  /** Of that run's record. */
  readonly recordSha256?: string
}

export function writeSmallSession({
  judges,
  pairs = 6,
  abx = 0,
  seed = 9,
  anchors = 2,
  criteria = ['overall'],
  reveal = 'own',
  heardShare = 0.5,
  sound,
  run,
  recordSha256,
}: SmallWish): SmallSession {
  const folder = temporaryFolder()
  const plan = planJudging({
    entries: 4,
    parts: 1,
    anchors: anchorKinds.slice(0, anchors).map((kind, entry) => ({ kind, entry, part: 0 })),
    judges,
    pairs,
    pairsPerRound: 20,
    abx,
    seed,
  })
  const tokens = plan.trials.map(drawToken)
  const organiser = drawToken()
  const id = drawOpaque()
  mkdirSync(path.join(folder, 'clips'))
  const write = (name: string, k: number) => {
    const file = path.join(folder, 'clips', `${name}.wav`)
    return sound === 'tones' ? writeTone(file, 220 * (k + 1)) : writeBytes(file, k)
  }
  const names = plan.clips.map(drawOpaque)
  const hashes = names.map(write)
  const clips = plan.clips.map(({ entry, part, anchor }, k) => ({
    name: names[k] as string,
    entry: `entry-${entry}`,
    part,
    anchor,
    run: run ?? `runs/${entry}`,
    ...(recordSha256 === undefined ? {} : { recordSha256 }),
    startSeconds: run === undefined ? 0 : 1,
    gainDecibels: run === undefined ? 0 : -6,
    loudnessLufs: -20,
    truePeakDbtp: -3,
    sha256: hashes[k] as string,
  }))
  writeSession(folder, {
    session: {
      version: judgingVersion,
      id,
      hocket: 'test',
      seed,
      criteria: [...criteria],
      clip: {
        seconds: sound === 'tones' ? 2 : 10,
        gridSeconds: sound === 'tones' ? 0.5 : 2,
        bytes: statSync(path.join(folder, 'clips', `${clips[0]?.name}.wav`)).size,
        loudnessLufs: -20,
      },
      rules: { headphonesLeast: 5, heardShare, anchorsMost: 0.5, priorVariance: 2.25, reveal },
    },
    key: {
      version: judgingVersion,
      session: id,
      organiserTokenHash: hashToken(organiser),
      entries: [0, 1, 2, 3].map((k) => ({ entry: `entry-${k}`, label: `condition ${k}`, runs: [`runs/${k}`] })),
      clips,
      judges: plan.trials.map((trials, k) => ({
        judge: `judge-${k}`,
        kind: 'person',
        tokenHash: hashToken(tokens[k] as string),
        trials: trials.map(nameSounds),
      })),
      missingAnchors: {},
    },
    links: `${tokens.map((token, k) => `judge-${k} ${token}`).join('\n')}\norganiser ${organiser}\n`,
  })
  return { folder, tokens, organiser, key: openSession(folder).key }
}

/** A header that says how much there is, and one byte all along. Returns the SHA-256 of what follows the header. */
function writeBytes(file: string, byte: number): string {
  const [header, samples] = [Buffer.alloc(44), Buffer.alloc(clipBytes - 44, byte)]
  header.writeUInt32LE(samples.length, 40)
  writeFileSync(file, Buffer.concat([header, samples]))
  return createHash('sha256').update(samples).digest('hex')
}

function writeTone(file: string, hertz: number): string {
  const writer = createWavWriter(file, { sampleRate: 48_000, channels: 2 })
  const tone = Float32Array.from({ length: 96_000 }, (_, i) => 0.2 * Math.sin((2 * Math.PI * hertz * i) / 48_000))
  writer.write([tone, tone])
  return writer.finish().sha256
}

export function voteOn(trial: number, change: Partial<Vote> = {}): Vote {
  return {
    id: drawOpaque(),
    kind: 'vote',
    trial,
    revision: 0,
    answers: { overall: 'a' },
    first: 'a',
    heardSeconds: { a: 9, b: 8 },
    elapsedSeconds: 25,
    switches: 3,
    notes: [],
    ...change,
  }
}

/** Statements as they would lie in votes.jsonl, but for their hashes. */
export function said(judge: string, statements: readonly Statement[], first = 0): ChainedStatement[] {
  return statements.map((statement, k) => ({ n: first + k, at: 1000 + k, judge, statement, previous: '', hash: '' }))
}

/** An answer to the question of an ABX trial. */
export const sayX = (trial: number, x: 'a' | 'b', change: Partial<Vote> = {}): Vote =>
  voteOn(trial, { answers: {}, x, heardSeconds: { a: 9, b: 8, x: 7 }, ...change })

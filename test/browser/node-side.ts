// Before the browser tests: a party played, rendered and heard in Node, its hashes handed to the browser to compare with its own.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import type { HeardFrame } from '../../src/hear/index.ts'
import { createFeatureHash } from '../../src/node/run/feature-hash.ts'
import { decodeSample, sampleNamesOf } from '../../src/node/sound/samples.ts'
import { scoreRecord } from '../../src/pipeline.ts'
import { formatLine, type RecordLine, sessionOf, stemsOf } from '../../src/record/index.ts'
import { hearSawtooths } from '../hear/sawtooths.ts'
import { freshKernel } from '../kernel.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

export interface NodeSide {
  /** The record, line by line. */
  readonly lines: readonly string[]
  /** SHA-256 of each stem's float samples, by its name. */
  readonly stems: Readonly<Record<string, string>>
  /** SHA-256 of all frames' numbers, and how many frames there are. */
  readonly features: string
  readonly frames: number
  /** SHA-256 of the frames of two sawtooth chords, alone and together, notes and all. */
  readonly notes: string
  /** The scores as JSON. */
  readonly scores: string
  /** Where the dev server has the recordings that tracks use, as float samples. */
  readonly samplesUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    nodeSide: NodeSide
  }
}

/** Eight slots are two minutes of music; HOCKET_TEST_SLOTS=48 makes it the default party whole. */
const slots = Number(process.env['HOCKET_TEST_SLOTS'] ?? 8)
const samplesFolder = new URL('../../dist/test-samples/', import.meta.url)

export default async function setup(project: TestProject): Promise<void> {
  const record = await playShortParty(slots)
  project.provide('nodeSide', { ...(await hearInNode(record)), lines: record.map(formatLine) })
}

async function hearInNode(record: readonly RecordLine[]): Promise<Omit<NodeSide, 'lines'>> {
  const library = shippedLibrary()
  const recordings = new Map<string, Float32Array>()
  for (const name of sampleNamesOf(library.tracks)) recordings.set(name, await decodeSample(name))
  mkdirSync(samplesFolder, { recursive: true })
  for (const [name, { buffer, byteOffset, byteLength }] of recordings)
    writeFileSync(new URL(`${name}.pcm`, samplesFolder), new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
  const names = stemsOf(sessionOf(record)).map(({ name }) => name)
  const stems = names.map(() => createHash('sha256'))
  const features = createFeatureHash()
  let frames = 0
  const hashFrames = (heard: readonly HeardFrame[]) => {
    for (const frame of heard) features.add(frame)
    frames += heard.length
  }
  const instruments = {
    kernel: freshKernel(),
    library,
    lexicon: shippedLexicon(),
    samples: (name: string) => recordings.get(name),
  }
  const { frames: last, scores } = scoreRecord(record, instruments, (heard) => {
    heard.stems.forEach(({ buffer, byteOffset, byteLength }, k) => {
      stems[k]?.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    })
    hashFrames(heard.frames)
  })
  hashFrames(last)
  return {
    stems: Object.fromEntries(names.map((name, k) => [name, stems[k]?.digest('hex') ?? ''])),
    features: features.digest(),
    frames,
    notes: hashNotes(),
    scores: JSON.stringify(scores),
    samplesUrl: '/dist/test-samples/{name}.pcm',
  }
}

function hashNotes(): string {
  const features = createFeatureHash()
  for (const frame of hearSawtooths(freshKernel())) features.add(frame)
  return features.digest()
}

// The recorded loops and one-shots (supersonic-scsynth-samples, CC0): FLAC -> mono Float32 at 48 kHz.
// Decoded once, here: the page is served the same PCM, so both hear the same bits.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type FLACDecodedAudio, FLACDecoder } from '@wasm-audio-decoders/flac'
import { sampleRate } from '../../pipeline.ts'
import { InputError, type Track } from '../../record/index.ts'
import { resample } from './resample.ts'

/** The package's FLAC files, or those of the folder that HOCKET_SAMPLES names. */
export const samplesFolder: string =
  process.env['HOCKET_SAMPLES'] ??
  path.join(path.dirname(createRequire(import.meta.url).resolve('supersonic-scsynth-samples')), 'samples')

/** Names of the recordings that tracks use, in alphabetical order. */
export function sampleNamesOf(tracks: Iterable<Track>): string[] {
  const names = new Set<string>()
  for (const track of tracks)
    for (const parts of [track.parts, ...track.sections.map((section) => section.parts ?? {})])
      for (const pattern of Object.values(parts)) for (const use of pattern.samples) names.add(use.sample)
  return [...names].sort()
}

/** The decoder is made once, when first needed; only one whose wasm is there can decode. */
let decoder: Promise<FLACDecoder> | undefined

async function openDecoder(): Promise<FLACDecoder> {
  const made = new FLACDecoder()
  await made.ready
  return made
}

/** One recording, mono at 48 kHz: channels averaged, then resampled. Throws InputError when it is missing or broken. */
export async function decodeSample(name: string, folder: string = samplesFolder): Promise<Float32Array> {
  const bytes = await readSample(name, folder)
  decoder ??= openDecoder()
  const { channelData, sampleRate: rate, errors } = await decodeNext(await decoder, bytes)
  if (errors.length > 0 || channelData.length === 0)
    throw new InputError(
      'bad-sample',
      `sample "${name}": expected FLAC, got a file that does not decode. Run \`npm ci\` again.`,
    )
  return resample(mixDown(channelData), rate, sampleRate)
}

/** One decoder takes one file at a time: each waits for the one before. */
let turn: Promise<unknown> = Promise.resolve()

function decodeNext(ready: FLACDecoder, bytes: Uint8Array): Promise<FLACDecodedAudio> {
  const result = turn.then(async () => {
    const decoded = await ready.decodeFile(bytes)
    await ready.reset()
    return decoded
  })
  turn = result.catch(() => undefined)
  return result
}

/** Recordings as tracks ask for them: checked to exist at once, decoded only when a track that plays needs them. */
export interface SampleLoader {
  /** What is decoded so far. */
  bank(name: string): Float32Array | undefined
  /** Decodes what these tracks use and is not there yet. Throws InputError. */
  prepare(tracks: Iterable<Track>): Promise<void>
}

/** Throws InputError naming the first recording that is missing. */
export function createSampleLoader(tracks: Iterable<Track>, folder: string = samplesFolder): SampleLoader {
  for (const name of sampleNamesOf(tracks)) if (!existsSync(sampleFile(name, folder))) throw missingSample(name, folder)
  const loaded = new Map<string, Float32Array>()
  return {
    bank: (name) => loaded.get(name),
    async prepare(needed) {
      for (const name of sampleNamesOf(needed))
        if (!loaded.has(name)) loaded.set(name, await decodeSample(name, folder))
    },
  }
}

async function readSample(name: string, folder: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(sampleFile(name, folder)))
  } catch (error) {
    throw error instanceof InputError ? error : missingSample(name, folder)
  }
}

/** Names are plain words, so that none leads out of the folder. */
function sampleFile(name: string, folder: string): string {
  if (!/^[a-z0-9_]{1,60}$/.test(name)) throw missingSample(name, folder)
  return path.join(folder, `${name}.flac`)
}

function missingSample(name: string, folder: string): InputError {
  return new InputError(
    'missing-sample',
    `sample "${name}": expected ${name}.flac in ${folder}, found nothing. Correct the name in the library, or run \`npm ci\` again.`,
  )
}

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels as [Float32Array, ...Float32Array[]]
  if (others.length === 0) return first
  const mono = new Float32Array(first.length)
  for (let i = 0; i < mono.length; i++) {
    let sum = first[i] as number
    for (const channel of others) sum += channel[i] as number
    mono[i] = sum / channels.length
  }
  return mono
}

// The recorded loops and one-shots (supersonic-scsynth-samples, CC0): FLAC -> mono Float32 at 48 kHz.
// Decoded once, here: the page is served the same PCM, so both hear the same bits.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { InputError, type Track } from '../../record/index.ts'
import { resample } from './resample.ts'

export const sampleRate = 48000

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

/** One recording, mono at 48 kHz: channels averaged, then resampled. Throws InputError when it is missing or broken. */
export async function decodeSample(name: string, folder: string = samplesFolder): Promise<Float32Array> {
  const decoder = await openDecoder()
  try {
    return await decodeWith(decoder, name, folder)
  } finally {
    decoder.free()
  }
}

/** What rendering these tracks needs: all their recordings, decoded. Throws InputError naming the first that is missing. */
export async function loadSamples(
  tracks: Iterable<Track>,
  folder: string = samplesFolder,
): Promise<ReadonlyMap<string, Float32Array>> {
  const decoder = await openDecoder()
  const loaded = new Map<string, Float32Array>()
  try {
    for (const name of sampleNamesOf(tracks)) loaded.set(name, await decodeWith(decoder, name, folder))
    return loaded
  } finally {
    decoder.free()
  }
}

/** A decoder whose wasm is there; only such a one can be freed. */
async function openDecoder(): Promise<FLACDecoder> {
  const decoder = new FLACDecoder()
  await decoder.ready
  return decoder
}

async function decodeWith(decoder: FLACDecoder, name: string, folder: string): Promise<Float32Array> {
  const bytes = await readSample(name, folder)
  const { channelData, sampleRate: rate, errors } = await decoder.decodeFile(bytes)
  await decoder.reset()
  if (errors.length > 0 || channelData.length === 0)
    throw new InputError(
      'bad-sample',
      `sample "${name}": expected FLAC, got a file that does not decode. Run \`npm ci\` again.`,
    )
  return resample(mixDown(channelData), rate, sampleRate)
}

async function readSample(name: string, folder: string): Promise<Uint8Array> {
  const missing = () =>
    new InputError(
      'missing-sample',
      `sample "${name}": expected ${name}.flac in ${folder}, found nothing. Correct the name in the library, or run \`npm ci\` again.`,
    )
  if (!/^[a-z0-9_]{1,60}$/.test(name)) throw missing()
  try {
    return new Uint8Array(await readFile(path.join(folder, `${name}.flac`)))
  } catch {
    throw missing()
  }
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

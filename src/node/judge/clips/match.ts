// Clips of one loudness: each is turned down to the quietest (and as far as keeps every true peak at -1 dBTP or below), written, and measured
// again as written. Loudness after ITU-R BS.1770 (src/measure/loudness.ts). What is silent, shorter than 400 ms or hardly audible is refused.
import { renameSync, rmSync } from 'node:fs'
import { createLoudnessMeter } from '../../../hear/index.ts'
import type { Kernel } from '../../../kernel/index.ts'
import { measureLoudness } from '../../../measure/index.ts'
import { InputError } from '../../../record/index.ts'
import { amplitudeOfDecibels, type Decibels } from '../../../units.ts'
import { openWav } from '../../sound/wav-reader.ts'
import { createWavWriter } from '../../sound/wav-writer.ts'
import { faded } from './anchors.ts'
import type { Stereo } from './run.ts'

/** EBU R 128's highest true peak. */
const mostPeakDbtp = -1
export const mostSpreadLu = 0.1
/** Quieter than this a clip would drag all others below what a usual playback chain can bring back. */
const quietestLufs = -50
const edgeSeconds = 0.005
const corrections = 4

/** A clip on its way: its file holds the sound as it was cut. */
export interface CutClip {
  readonly file: string
  /** Named in complaints. */
  readonly what: string
  /** How far it was turned down to fit the file. */
  readonly gainDecibels: Decibels
}

export interface MatchedClip {
  readonly gainDecibels: Decibels
  readonly loudnessLufs: number
  readonly truePeakDbtp: number
  readonly sha256: string
}

interface Level {
  readonly lufs: number
  readonly peak: number
}

/** Writes a clip with faded edges, turned down where it would clip. */
export function writeCut(clip: Omit<CutClip, 'gainDecibels'>, sound: Stereo, sampleRate: number): CutClip {
  const most = Math.max(...sound.map((channel) => channel.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)))
  const gain = most > 0.9 ? 0.9 / most : 1
  const writer = createWavWriter(clip.file, { sampleRate, channels: 2 })
  const fade = Math.round(edgeSeconds * sampleRate)
  writer.write(
    sound.map((channel) =>
      faded(
        channel.map((x) => x * gain),
        fade,
      ),
    ),
  )
  writer.finish()
  return { ...clip, gainDecibels: 20 * Math.log10(gain) }
}

/** Matches all clips in place. Throws InputError. */
export function matchClips(clips: readonly CutClip[], kernel: Kernel): MatchedClip[] {
  const before = clips.map(({ file, what }) => measureLevel(file, what, kernel))
  let gains = gainsFor(before)
  for (let round = 0; round < corrections; round++) {
    const done = clips.map(({ file, what }, i) => writeMatched(file, what, gains[i] ?? 0, kernel))
    const levels = done.map(({ lufs }) => lufs)
    const lowest = Math.min(...levels)
    if (Math.max(...levels) - lowest <= mostSpreadLu && done.every(({ peak }) => peak <= mostPeakDbtp)) {
      for (const { file } of clips) renameSync(matchedName(file), file)
      return done.map(({ lufs, peak, sha256 }, i) => ({
        gainDecibels: (clips[i]?.gainDecibels ?? 0) + (gains[i] ?? 0),
        loudnessLufs: lufs,
        truePeakDbtp: peak,
        sha256,
      }))
    }
    // Gates let more or less through at another level; what that changed is taken off.
    gains = gains.map((gain, i) => gain - ((levels[i] ?? lowest) - lowest))
  }
  for (const { file } of clips) rmSync(matchedName(file), { force: true })
  throw new InputError(
    'unmatched',
    `clips: expected loudness within ${mostSpreadLu} LU after ${corrections} rounds, got more. Choose clips with fewer near-silent stretches.`,
  )
}

const matchedName = (file: string) => `${file}.matched.part`

/** Down to the quietest, and further if some true peak asks for it. */
export function gainsFor(levels: readonly Level[]): Decibels[] {
  const target = Math.min(
    ...levels.map(({ lufs }) => lufs),
    ...levels.map(({ lufs, peak }) => lufs + mostPeakDbtp - peak),
  )
  return levels.map(({ lufs }) => target - lufs)
}

function writeMatched(file: string, what: string, gain: Decibels, kernel: Kernel): Level & { sha256: string } {
  const source = openWav(file)
  const factor = amplitudeOfDecibels(gain)
  try {
    const writer = createWavWriter(matchedName(file), source)
    for (const block of source.blocks(0, source.frames)) writer.write(block.map((part) => part.map((x) => x * factor)))
    const { sha256 } = writer.finish()
    return { ...measureLevel(matchedName(file), what, kernel), sha256 }
  } finally {
    source.close()
  }
}

export function measureLevel(file: string, what: string, kernel: Kernel): Level {
  const wav = openWav(file)
  const meter = createLoudnessMeter(kernel, { sampleRate: wav.sampleRate, weights: [1, 1] })
  try {
    for (const block of wav.blocks(0, wav.frames)) meter.push(block)
    const { integratedLufs, truePeakDbtp, undefined: reasons } = measureLoudness(meter.trace())
    if (integratedLufs === null || truePeakDbtp === null || integratedLufs < quietestLufs)
      throw new InputError(
        'unheard-clip',
        `${what}: expected a clip that can be heard, got ${integratedLufs === null ? reasons['integratedLufs'] : `${integratedLufs.toFixed(1)} LUFS`}. Leave that run out, or cut elsewhere with --clips or --seconds.`,
      )
    return { lufs: integratedLufs, peak: truePeakDbtp }
  } finally {
    meter.dispose()
    wav.close()
  }
}

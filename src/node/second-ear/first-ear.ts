// The first ear: what our own kernel and measures hear in one sound, as the second ear's is asked about it. One pass, piece by piece.
import { createAnalyser, createLoudnessMeter, type HeardFrame, type HeardOnset } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import {
  consonanceOfSound,
  type HeardKey,
  lufsOfPower,
  measureHarmonicity,
  measureKey,
  measureLoudness,
  measureTempo,
  pitchClassTonesOfPartials,
} from '../../measure/index.ts'
import type { Seconds } from '../../units.ts'
import type { SoundSource } from './source.ts'

export interface FirstHearing {
  readonly seconds: Seconds
  readonly loudnessLufs: number | null
  /** Expected rating of the sound of each frame, 0..1, mean over the frames that sound. */
  readonly consonance: number | null
  /** `hutchinsonKnopoff1978` of each frame's partials, mean over the same. */
  readonly roughness: number | null
  readonly key: HeardKey | null
  readonly tempoBpm: number | null
  /** Why a field is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Frames quieter than this do not count: the absolute gate of BS.1770. */
const gateLufs = -70

/** Hears the whole sound; channels as one. `onMono` is given its samples as they pass, channels averaged. */
export function hearOurselves(
  kernel: Kernel,
  source: SoundSource,
  onMono: (samples: Float32Array) => void = () => {},
): FirstHearing {
  const { sampleRate, weights, frames: length } = source
  const meter = createLoudnessMeter(kernel, { sampleRate, weights })
  const analyser = createAnalyser(kernel, { sampleRate, stems: 1 })
  const frames: HeardFrame[] = []
  const onsets: HeardOnset[] = []
  const keep = [(frame: HeardFrame) => void frames.push(frame), (onset: HeardOnset) => void onsets.push(onset)] as const
  try {
    for (const channels of source.blocks()) {
      const mono = mixDown(channels)
      meter.push(channels)
      analyser.push([mono], ...keep)
      onMono(mono)
    }
    analyser.finish(...keep)
    return summarise({ frames, onsets, seconds: length / sampleRate, loudness: measureLoudness(meter.trace()) })
  } finally {
    analyser.dispose()
    meter.dispose()
  }
}

function summarise({
  frames,
  onsets,
  seconds,
  loudness,
}: {
  readonly frames: readonly HeardFrame[]
  readonly onsets: readonly HeardOnset[]
  readonly seconds: Seconds
  readonly loudness: ReturnType<typeof measureLoudness>
}): FirstHearing {
  const { key, undefined: noKey } = measureKey(frames, [0])
  const { bpm, undefined: noTempo } = measureTempo(onsets, seconds)
  const rated = frames.map(rateFrame).filter((rating) => rating !== null)
  const quiet = rated.length === 0 ? 'silence, or sound without tones' : undefined
  return {
    seconds,
    loudnessLufs: loudness.integratedLufs,
    consonance: quiet === undefined ? mean(rated.map(({ consonance }) => consonance)) : null,
    roughness: quiet === undefined ? mean(rated.map(({ roughness }) => roughness)) : null,
    key,
    tempoBpm: bpm,
    undefined: {
      ...reason('loudnessLufs', loudness.undefined['integratedLufs']),
      ...reason('consonance', quiet),
      ...reason('roughness', quiet),
      ...reason('key', noKey['key']),
      ...reason('tempoBpm', noTempo['bpm']),
    },
  }
}

function reason(field: string, why: string | undefined): Record<string, string> {
  return why === undefined ? {} : { [field]: why }
}

/** One moment of the sound; null when it is silent or has no tones. */
function rateFrame(frame: HeardFrame): { readonly roughness: number; readonly consonance: number } | null {
  const stem = frame.stems[0]
  const power = frame.partialPower[0] ?? 0
  const lufs = lufsOfPower(stem?.weightedPower ?? 0)
  if (stem === undefined || power === 0 || lufs === null || lufs <= gateLufs) return null
  const partials = Array.from(stem.partialsHz, (hertz, i) => ({ hertz, amplitude: stem.amplitudes[i] ?? 0 }))
  const heard = measureHarmonicity(pitchClassTonesOfPartials(partials))
  if (heard === null) return null
  const roughness = (frame.roughnessSums[0] ?? 0) / power
  return { roughness, consonance: consonanceOfSound({ roughness, harmonicity: heard.harrison2018 }) }
}

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels
  if (others.length === 0) return first
  return first.map(
    (sample, i) => others.reduce((sum, channel) => sum + (channel[i] as number), sample) / channels.length,
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

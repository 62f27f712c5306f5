// The first ear: what our own kernel and measures hear in one sound, as the second ear's is asked about it. One pass, piece by piece.
import {
  createAnalyser,
  createLoudnessMeter,
  type HeardFrame,
  type HeardOnset,
  longWindowSeconds,
} from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import {
  type HeardKey,
  hearSound,
  type Loudness,
  measureHeard,
  measureKey,
  measureLoudness,
  measureTempo,
} from '../../measure/index.ts'
import type { Hertz, Seconds } from '../../units.ts'
import type { SoundSource } from './source.ts'

export interface FirstHearing {
  readonly seconds: Seconds
  readonly loudnessLufs: number | null
  /** The rating that people are expected to give, 0..1, mean over the moments that count (`measureHeard`). */
  readonly consonance: number | null
  /** `hutchinsonKnopoff1978`, mean over the same. */
  readonly roughness: number | null
  readonly key: HeardKey | null
  readonly tempoBpm: number | null
  /** Why a field is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/**
 * Hears the whole sound. Tones are heard in every channel and joined, since some cancel in a sum; attacks in the average of the channels,
 * whose samples `onMono` is given as they pass.
 */
export function hearOurselves(
  kernel: Kernel,
  source: SoundSource,
  onMono: (samples: Float32Array) => void = () => {},
): FirstHearing {
  const { sampleRate, weights, frames: length } = source
  const channels = weights.map((_, channel) => channel)
  const average = channels.length === 1 ? 0 : channels.length
  const meter = createLoudnessMeter(kernel, { sampleRate, weights })
  const analyser = createAnalyser(kernel, { sampleRate, stems: average + 1, mixtures: [channels] })
  const frames: HeardFrame[] = []
  const onsets: HeardOnset[] = []
  const keepFrame = (frame: HeardFrame) => frames.push(frame)
  const keepOnset = (onset: HeardOnset) => onset.stem === average && onsets.push(onset)
  try {
    for (const block of source.blocks()) {
      const mono = mixDown(block)
      meter.push(block)
      analyser.push(average === 0 ? block : [...block, mono], keepFrame, keepOnset)
      onMono(mono)
    }
    analyser.finish(keepFrame, keepOnset)
    const loudness = measureLoudness(meter.trace())
    return summarise({ frames, onsets, channels, seconds: length / sampleRate, sampleRate, loudness })
  } finally {
    analyser.dispose()
    meter.dispose()
  }
}

interface Gathered {
  readonly frames: readonly HeardFrame[]
  readonly onsets: readonly HeardOnset[]
  /** The stems of the frames that are channels. */
  readonly channels: readonly number[]
  readonly seconds: Seconds
  readonly sampleRate: Hertz
  readonly loudness: Loudness
}

function summarise({ frames, onsets, channels, seconds, sampleRate, loudness }: Gathered): FirstHearing {
  const windowSeconds = longWindowSeconds(sampleRate)
  const heard = measureHeard(hearSound({ frames, mixture: 0, seconds, windowSeconds }))
  const { key, undefined: noKey } = measureKey(frames, channels)
  const { bpm, undefined: noTempo } = measureTempo(onsets, seconds)
  const reasons = {
    loudnessLufs: loudness.undefined['integratedLufs'],
    consonance: heard.undefined['consonance'],
    roughness: heard.undefined['roughness.hutchinsonKnopoff1978'],
    key: noKey['key'],
    tempoBpm: noTempo['bpm'],
  }
  return {
    seconds,
    loudnessLufs: loudness.integratedLufs,
    consonance: heard.consonance,
    roughness: heard.roughness.hutchinsonKnopoff1978,
    key,
    tempoBpm: bpm,
    undefined: Object.fromEntries(Object.entries(reasons).filter((entry): entry is [string, string] => !!entry[1])),
  }
}

function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels
  if (others.length === 0) return first
  return first.map(
    (sample, i) => others.reduce((sum, channel) => sum + (channel[i] as number), sample) / channels.length,
  )
}

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
    const loudness = measureLoudness(meter.trace())
    return summarise({ frames, onsets, seconds: length / sampleRate, sampleRate, loudness })
  } finally {
    analyser.dispose()
    meter.dispose()
  }
}

interface Gathered {
  readonly frames: readonly HeardFrame[]
  readonly onsets: readonly HeardOnset[]
  readonly seconds: Seconds
  readonly sampleRate: Hertz
  readonly loudness: Loudness
}

function summarise({ frames, onsets, seconds, sampleRate, loudness }: Gathered): FirstHearing {
  const windowSeconds = longWindowSeconds(sampleRate)
  const heard = measureHeard(hearSound({ frames, mixture: 0, seconds, windowSeconds }))
  const { key, undefined: noKey } = measureKey(frames, [0])
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

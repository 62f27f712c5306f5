// Clips as a machine judge gets them: one channel, as long as it is; softer where it is asked; 16-bit WAV at 24 kHz for who listens (24 kHz is what
// audio models take in). And the two canaries that need no music: silence, and white noise as strong as the clip that it is laid beside.
import type { Canary } from '../../judging/index.ts'
import { randomNormal, seededRandom } from '../../random.ts'
import { InputError } from '../../record/index.ts'
import { encodeWav } from '../sound/encode-wav.ts'
import { resample } from '../sound/resample.ts'
import { readWav } from '../sound/wav-reader.ts'

export interface MonoSound {
  readonly samples: Float32Array
  readonly sampleRate: number
}

export const sentRate = 24_000

/** The average of the channels. Throws InputError. */
export function loadMono(file: string): MonoSound {
  const { sampleRate, channels } = readWav(file)
  const [first] = channels
  if (first === undefined || first.length === 0)
    throw new InputError('no-sound', `${file}: expected a clip with sound in it, got an empty one.`)
  const samples = first.map(
    (_, i) => channels.reduce((sum, channel) => sum + (channel[i] as number), 0) / channels.length,
  )
  return { samples, sampleRate }
}

export function soften({ samples, sampleRate }: MonoSound, gainDecibels: number): MonoSound {
  if (gainDecibels === 0) return { samples, sampleRate }
  const factor = 10 ** (gainDecibels / 20)
  return { samples: samples.map((sample) => sample * factor), sampleRate }
}

/** As long as `beside`; noise has its root mean square, and no sample above 1. */
export function makeCanary(
  kind: Extract<Canary['kind'], 'silence' | 'noise'>,
  beside: MonoSound,
  seed: number,
): MonoSound {
  const { samples, sampleRate } = beside
  if (kind === 'silence') return { samples: new Float32Array(samples.length), sampleRate }
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const random = seededRandom(`${seed}/noise`)
  const level = Math.sqrt(power)
  const noise = samples.map(() => Math.min(1, Math.max(-1, level * randomNormal(random))))
  return { samples: noise, sampleRate }
}

/** A whole WAV file, 16-bit PCM at `sentRate`. */
export const encodeForSending = ({ samples, sampleRate }: MonoSound): Uint8Array =>
  encodeWav([resample(samples, sampleRate, sentRate)], sentRate)

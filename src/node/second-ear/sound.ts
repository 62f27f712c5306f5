// A sound as the second ear takes it: mono at 44.1 kHz, which its beat trackers assume, and only what it can bear: essentia.js never returns
// from NaN or overflow, hears hundreds of beats a minute in silence, and holds a whole sound at once.
import type { Hertz, Seconds } from '../../units.ts'
import { resample } from '../sound/resample.ts'

export const secondRate = 44_100
/** Below -100 dBFS everywhere a sound is silence. */
const silence = 1e-5
/** As in the kernel: what is larger is no sound. */
const loudest = 1e4
/** Two copies of the samples exist at a time, one of them in the library's memory. */
export const longestSeconds = 1800

export type SecondSound =
  | { readonly samples: Float32Array; readonly seconds: Seconds }
  | { readonly samples: null; readonly reason: string }

export const tooLong: SecondSound = {
  samples: null,
  reason: `longer than ${longestSeconds / 60} minutes, more than essentia.js is given at once`,
}

/** Samples of any rate, brought to 44.1 kHz, or why the second ear must not hear them. */
export function prepareSound(samples: Float32Array, sampleRate: Hertz): SecondSound {
  const seconds = samples.length / sampleRate
  if (samples.length === 0) return { samples: null, reason: 'no sound' }
  if (seconds > longestSeconds) return tooLong
  let peak = 0
  for (const sample of samples) {
    const size = Math.abs(sample)
    if (!(size <= loudest)) return { samples: null, reason: `some samples are no numbers, or above ${loudest}` }
    if (size > peak) peak = size
  }
  if (peak < silence) return { samples: null, reason: 'silence' }
  return { samples: resample(samples, sampleRate, secondRate), seconds }
}

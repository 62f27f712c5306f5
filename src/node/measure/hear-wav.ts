// The part of a WAV that a line asks for -> what is heard in it: read in blocks, heard by one analyser.
// Channels are stems of one mixture: their partials are joined, not their samples, since tones cancel in the sum of two microphones.
import { createAnalyser, type HeardFrame, longWindowSeconds } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { type HeardSound, hearSound } from '../../measure/index.ts'
import type { Hertz } from '../../units.ts'
import { openWavPart, type WavPart, type WavPlace } from './wav-part.ts'

export interface HeardWav {
  readonly sound: HeardSound
  readonly sampleRate: Hertz
}

/** Throws InputError for a file or a part that cannot be heard. */
export function hearWav(place: WavPlace, kernel: Kernel): HeardWav {
  const part = openWavPart(place)
  try {
    const { sampleRate, samples } = part
    const stretch = { seconds: samples / sampleRate, windowSeconds: longWindowSeconds(sampleRate) }
    return { sampleRate, sound: hearSound({ ...stretch, frames: hearFrames(part, kernel), mixture: 0 }) }
  } finally {
    part.close()
  }
}

function hearFrames(part: WavPart, kernel: Kernel): HeardFrame[] {
  const { sampleRate, channels: stems } = part
  const mixtures = [Array.from({ length: stems }, (_, s) => s)]
  const analyser = createAnalyser(kernel, { sampleRate, stems, mixtures, onsets: 'ignored' })
  const frames: HeardFrame[] = []
  const keep = (frame: HeardFrame) => frames.push(frame)
  try {
    for (const block of part.blocks()) analyser.push(block, keep)
    analyser.finish(keep)
    return frames
  } finally {
    analyser.dispose()
  }
}

// Chords of plain arithmetic, so that Node and Chromium hear the same samples: no host's sine is in them.
import { createAnalyser, type HeardFrame } from '../../src/hear/index.ts'
import type { Kernel } from '../../src/kernel/index.ts'

/** Sum of sawtooths, each with a period of so many samples. */
function sawtooths(periods: readonly number[], length: number): Float32Array {
  return new Float32Array(length).map((_, n) =>
    periods.reduce((sum, period) => sum + ((n % period) / period - 0.5) / 8, 0),
  )
}

/** Frames of two chords at 48 kHz, each alone and both together, with notes: A and C sharp, C and E. */
export function hearSawtooths(kernel: Kernel): HeardFrame[] {
  const stems = [sawtooths([218, 173], 72_000), sawtooths([146, 184], 72_000)]
  const analyser = createAnalyser(kernel, { sampleRate: 48000, stems: 2, mixtures: [[0], [1], [0, 1]] })
  const frames: HeardFrame[] = []
  const keep = (frame: HeardFrame) => frames.push(frame)
  analyser.push(stems, keep)
  analyser.finish(keep)
  analyser.dispose()
  return frames
}

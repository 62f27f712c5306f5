// Whole sounds through the analyser, for tests.
import { createAnalyser, type HeardFrame, type HeardOnset } from '../../src/hear/index.ts'
import { freshKernel } from '../kernel.ts'

export const kernel = freshKernel()

interface Hearing {
  readonly sampleRate?: number
  /** Lengths of the blocks pushed, in turn; default: whole. */
  readonly cuts?: readonly number[]
  readonly onsets?: 'heard' | 'ignored'
  readonly mixtures?: readonly (readonly number[])[]
  readonly notesOf?: readonly number[]
}

/** Frames and onsets of stems side by side. */
export function hear(stems: readonly Float32Array[], { sampleRate = 48000, cuts = [], ...rest }: Hearing = {}) {
  const analyser = createAnalyser(kernel, { sampleRate, stems: stems.length, ...rest })
  const frames: HeardFrame[] = []
  const onsets: HeardOnset[] = []
  const keepFrame = (frame: HeardFrame) => frames.push(frame)
  const keepOnset = (onset: HeardOnset) => onsets.push(onset)
  const length = stems[0]?.length ?? 0
  for (let at = 0, n = 0; at < length; n++) {
    const to = Math.min(length, at + (cuts[n % cuts.length] ?? length))
    const blocks = stems.map((stem) => stem.subarray(at, to))
    analyser.push(blocks, keepFrame, keepOnset)
    at = to
  }
  analyser.finish(keepFrame, keepOnset)
  analyser.dispose()
  return { frames, onsets }
}

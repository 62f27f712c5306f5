// Whole sounds through the analyser, for tests.
import { createAnalyser, type HeardFrame, type HeardOnset } from '../../src/hear/index.ts'
import { freshKernel } from '../kernel.ts'

export const kernel = freshKernel()

/** Frames and onsets of stems side by side, pushed in blocks of the given lengths in turn (default: whole). */
export function hear(stems: readonly Float32Array[], sampleRate = 48000, cuts: readonly number[] = []) {
  const analyser = createAnalyser(kernel, { sampleRate, stems: stems.length })
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

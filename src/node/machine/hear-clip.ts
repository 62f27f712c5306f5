// A clip through our ear: frames and attacks of one channel.
import { createAnalyser, type HeardFrame, type HeardOnset } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import type { MonoSound } from './sounds.ts'

export interface HeardClip {
  readonly frames: readonly HeardFrame[]
  readonly onsets: readonly HeardOnset[]
  readonly seconds: number
  readonly sampleRate: number
}

export function hearClip({ samples, sampleRate }: MonoSound, kernel: Kernel): HeardClip {
  const frames: HeardFrame[] = []
  const onsets: HeardOnset[] = []
  const analyser = createAnalyser(kernel, { sampleRate, stems: 1, mixtures: [[0]] })
  const [keepFrame, keepOnset] = [(frame: HeardFrame) => frames.push(frame), (onset: HeardOnset) => onsets.push(onset)]
  try {
    analyser.push([samples], keepFrame, keepOnset)
    analyser.finish(keepFrame, keepOnset)
    return { frames, onsets, seconds: samples.length / sampleRate, sampleRate }
  } finally {
    analyser.dispose()
  }
}

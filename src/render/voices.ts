// Notes -> one stem: mono PCM from the kernel's polyphonic instrument. The same notes give the same bits in any blocks, in Node and in browsers.
import type { Kernel } from '../kernel/index.ts'
import { type Note, timbreSchema } from '../record/index.ts'
import { type Hertz, samplesOfSeconds } from '../units.ts'
import { createOutput } from './output.ts'

/** Number of each timbre inside the kernel: its place in the schema. */
export const timbreNumbers = new Map(timbreSchema.options.map((timbre, index) => [timbre, index]))

export interface VoiceRenderer {
  /** Notes by absolute onset, in any order; one that is already past starts at once. Percussion keeps its own length. */
  schedule(notes: readonly Note[]): void
  /** The next samples, counted from 0. Allocates nothing. */
  render(into: Float32Array): void
  dispose(): void
}

/** An instrument for one agent's voice. `sampleRate` in Hz, at least 16000. */
export function createVoiceRenderer(kernel: Kernel, { sampleRate }: { sampleRate: Hertz }): VoiceRenderer {
  const voices = kernel.createVoices(sampleRate, 1)
  const output = createOutput(kernel)
  const renderTo = (address: number, samples: number) => kernel.renderVoices(voices, address, samples)
  return {
    schedule(notes) {
      for (const note of notes) {
        const onset = samplesOfSeconds(note.onsetSeconds, sampleRate)
        const duration = samplesOfSeconds(note.durationSeconds, sampleRate)
        kernel.scheduleVoice(voices, onset, duration, note.midi, note.velocity, timbreNumbers.get(note.timbre) ?? 0)
      }
    },
    render: (into) => output.fill(into, renderTo),
    dispose() {
      kernel.disposeVoices(voices)
      output.dispose()
    },
  }
}

// The tempo that a run sounds at: a grid of slots in samples, and notes laid on it. At a run's own tempo everything passes unchanged.
import { sampleRate } from '../../pipeline.ts'
import { beatsPerSlot, type Note } from '../../record/index.ts'
import { type Samples, type Seconds, samplesOfSeconds, secondsOfBeats } from '../../units.ts'

export interface Tempo {
  /** Of the run whose grid it is. */
  readonly bpm: number
  /** Factor on that: .5 is half as fast. */
  readonly speed: number
}

export const bpmOf = ({ bpm, speed }: Tempo): number => bpm * speed

/** Where a slot lies when it sounds; the same rounding as the pipeline's. */
export function slotOnGrid(tempo: Tempo, slot: number): { startSample: Samples; lengthSamples: Samples } {
  const at = (k: number) => samplesOfSeconds(secondsOfBeats(k * beatsPerSlot, bpmOf(tempo)), sampleRate)
  return { startSample: at(slot), lengthSamples: at(slot + 1) - at(slot) }
}

/** The sample that sounds at a second of the run. */
export function sampleAt({ speed }: Tempo, seconds: Seconds): Samples {
  return samplesOfSeconds(seconds / speed, sampleRate)
}

/** Notes made at one tempo, at another: places and lengths in beats stay. */
export function retimeNotes(notes: readonly Note[], fromBpm: number, toBpm: number): readonly Note[] {
  if (fromBpm === toBpm) return notes
  const ratio = fromBpm / toBpm
  return notes.map((note) => ({
    ...note,
    onsetSeconds: note.onsetSeconds * ratio,
    durationSeconds: note.durationSeconds * ratio,
  }))
}

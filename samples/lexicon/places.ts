// How consonant two places of a motif are: steps of one key collection sounded together, rated like any other dyad. Voices put a step
// within six semitones of their register, so a step may lie above or below another; the mean over the twelve registers of an octave serves all.
import { measureSound, soundOfNotes } from '../../src/measure/index.ts'
import { defaultKey, pitchOfStep, stepsInKey } from '../../src/sonify/index.ts'

/** Steps x steps, row by row, 0..1. */
export function consonanceOfPlaces(): Float64Array {
  const kernel = new Float64Array(stepsInKey * stepsInKey)
  for (let registerMidi = 60; registerMidi < 72; registerMidi++)
    for (let a = 0; a < stepsInKey; a++)
      for (let b = 0; b < stepsInKey; b++) {
        const midi = [a, b].map((step) => pitchOfStep(step, { key: defaultKey, registerMidi }))
        const { consonance } = measureSound(soundOfNotes(midi))
        if (consonance === null) throw new RangeError(`places ${a} and ${b}: a dyad without consonance`)
        kernel[a * stepsInKey + b] = (kernel[a * stepsInKey + b] as number) + consonance / 12
      }
  return kernel
}

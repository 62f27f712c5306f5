// What worklets/kernel/voices.ts exports: a polyphonic instrument. Times in samples from 0; addresses point into kernel memory.

export interface VoiceExports {
  /** A silent instrument; `ratio` multiplies every frequency. */
  createVoices(sampleRate: number, ratio: number): number
  disposeVoices(voices: number): void
  /** `timbre` counts in the order of the record's timbreSchema; `midi` may be fractional. */
  scheduleVoice(voices: number, onset: number, duration: number, midi: number, velocity: number, timbre: number): void
  /** Writes the next `samples` as f32 to `out`. Allocates nothing. */
  renderVoices(voices: number, out: number, samples: number): void
  /** Voices sounding plus notes waiting. */
  busyVoices(voices: number): number
  /** Notes left out because all 64 voices were taken within 5 ms. */
  droppedVoices(voices: number): number
}

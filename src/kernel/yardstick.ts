// What worklets/kernel/yardstick.ts exports: the plain spectral work of other libraries, to be timed like for like.

export interface YardstickExports {
  /** 0 unless 16000 <= sampleRate <= 192000. */
  createYardstick(sampleRate: number): number
  disposeYardstick(yardstick: number): void
  /** 2048 floats at `samples` -> partials in list 0 or 1, at most 32; returns how many. */
  yardstickPartials(yardstick: number, samples: number, list: number): number
  /** 32 floats, ascending as far as they count. */
  yardstickHertz(yardstick: number, list: number): number
  /** 32 floats, 0 beyond the count; a sine of amplitude 1 gives 512. */
  yardstickAmplitudes(yardstick: number, list: number): number
  /** After Sethares, between the two lists. */
  yardstickRoughness(yardstick: number): number
  /** The same within list 0. */
  yardstickWithin(yardstick: number): number
  /** Twelve floats: energy per pitch class of list 0, C first, sum 1 or all 0. */
  yardstickChroma(yardstick: number): number
}

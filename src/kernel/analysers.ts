// The hearing half of kernel.wasm: exports of worklets/kernel/ear.ts, analysers.ts, loudness.ts, fourier.ts and fft.ts. Pointers are numbers, 0 is "no".

export interface AnalyserExports {
  /** 0 unless 8000 <= sampleRate <= 192000, 1 <= stems <= 64 and 0 <= mixtures <= 256. */
  createAnalyser(sampleRate: number, stems: number, mixtures: number): number
  disposeAnalyser(analyser: number): void
  /** To be said before the first quantum: no onsets are sought, and nothing is spent on them. */
  ignoreOnsets(analyser: number): void
  /** Room for 2048 floats: 16 quanta of 128. */
  analyserInput(analyser: number, stem: number): number
  /** Mixtures x (stems + 1) 32-bit integers to fill before the first quantum: 1 where the stem belongs to the mixture, and last where its notes are wanted. */
  analyserMembers(analyser: number): number
  /** Samples from frame to frame. */
  analyserHop(analyser: number): number
  /** Takes in `count` of the 16 quanta, from number `first` on; they must then be analysed before more are taken. */
  takeQuanta(analyser: number, first: number, count: number): void
  /** Hears the next quantum taken in: 1 if a frame became complete, plus twice the number of onsets found. */
  analyseQuantum(analyser: number): number
  /**
   * Doubles. A row of 136 per stem: count, K-weighted power, power, tonal share, 12 of chroma, 60 hertz, 60 amplitudes;
   * then roughness sums (stems x stems), then sums of a^2 (stems). A row of 147 per mixture: count of partials, harmonicity (-1 without any),
   * count of notes (-1: not wanted), 12 MIDI numbers, 12 saliences, 60 hertz, 60 amplitudes; then similarities (mixtures x mixtures).
   */
  analyserFrame(analyser: number): number
  /** Computes all that lies between two stems or two mixtures of the latest frame once more, to be timed; returns the number of pairs of stems. */
  analyserBetween(analyser: number): number
  /** Three doubles per onset: stem, sample, strength. */
  analyserOnsets(analyser: number): number

  /** Loudness meter of one channel; 0 for sample rates outside 8000 to 192000. */
  createMeter(sampleRate: number): number
  disposeMeter(meter: number): void
  /** Room for 4096 floats. */
  meterInput(meter: number): number
  /** Takes so many samples (at most 4096); returns how many cells of 10 ms became complete. */
  meterSamples(meter: number, count: number): number
  /** The completed cells: mean squares after K-weighting, doubles. */
  meterCells(meter: number): number
  /** Linear, if silence follows. The input is written over. */
  meterTruePeak(meter: number): number

  /** A plain complex transform of 16 to 65536 points (powers of two); 0 for other sizes. */
  createFourier(points: number): number
  disposeFourier(fourier: number): void
  /** Floats, real and imaginary parts, input before and output after. Ask again after every transform. */
  fourierRe(fourier: number): number
  fourierIm(fourier: number): number
  transformFourier(fourier: number): void
  /** Complex points that this kernel has transformed so far, for whatever purpose; wraps around like an i32. */
  transformedPoints(): number
}

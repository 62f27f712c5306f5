// Recorded loops of supersonic-scsynth-samples (CC0) that are drums without a clear pitch and whose attacks fall on a sixteenth grid.
// `bars` was found by measuring the phase of their attacks against every division of their length; the length itself is checked by test/samples.

export interface RecordedLoop {
  readonly sample: string
  readonly bars: 1 | 2 | 4
  /** Length of the file: with `bars` bars of four beats it gives the tempo at which the loop was played. */
  readonly seconds: number
}

export const recordedLoops = {
  amen: { sample: 'loop_amen', bars: 1, seconds: 1.753 }, // 136.9 bpm
  amenFull: { sample: 'loop_amen_full', bars: 4, seconds: 6.857 }, // 140.0
  breakbeat: { sample: 'loop_breakbeat', bars: 1, seconds: 1.905 }, // 126.0
  garzul: { sample: 'loop_garzul', bars: 4, seconds: 8 }, // 120.0
  mika: { sample: 'loop_mika', bars: 4, seconds: 8 }, // 120.0
  safari: { sample: 'loop_safari', bars: 4, seconds: 8.005 }, // 119.9
  arovaneC: { sample: 'arovane_beat_c', bars: 4, seconds: 7.386 }, // 130.0
  hiss: { sample: 'vinyl_hiss', bars: 4, seconds: 8 }, // noise, no beat
  woosh: { sample: 'ambi_lunar_land', bars: 4, seconds: 7.394 }, // noise, no beat
} as const satisfies Record<string, RecordedLoop>

export type LoopName = keyof typeof recordedLoops

/** Tempo of a loop as recorded. */
export function bpmOfLoop(loop: RecordedLoop): number {
  return (loop.bars * 4 * 60) / loop.seconds
}

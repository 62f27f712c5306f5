// The face of kernel.wasm as plain rooms see it: numbers in, numbers out, one memory.
// Edges instantiate it (src/node/kernel.ts, the worklet) and pass it in.
import type { AnalyserExports } from './analysers.ts'
import type { DeckExports } from './decks.ts'
import type { VoiceExports } from './voices.ts'
import type { YardstickExports } from './yardstick.ts'

export type { AnalyserExports } from './analysers.ts'
export type { DeckExports } from './decks.ts'
export type { VoiceExports } from './voices.ts'
export type { YardstickExports } from './yardstick.ts'

/** Blocks of kernel memory, in bytes. `memory.buffer` is replaced whenever memory grows: make views anew after any call. */
export interface KernelMemory {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** A zeroed block of so many bytes. */
  allocate(bytes: number): number
  release(block: number): void
}

export interface Kernel extends KernelMemory, VoiceExports, DeckExports, AnalyserExports, YardstickExports {}

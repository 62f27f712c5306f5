// Numbers as they stand in a line: their ranges, said in the message when they are left.
import { z } from 'zod'

/** Sane ends only; every MIDI number that a note can have lies inside. */
export const midi = z.number().min(0).max(127)
/** From below what can be heard to far above it. */
export const hertz = z.number().min(1).max(200_000)
/** Linear. */
export const amplitude = z.number().min(0).max(1e9)
/** Up to thirty years. */
export const seconds = z.number().min(0).max(1e9)
/** A WAV file, as this process finds it. */
export const wavPath = z.string().min(1)

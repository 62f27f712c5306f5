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
/** Lists of numbers may have a million entries: looked at one by one, and by zod only to say what is wrong with them. */
function numbersWithin(lowest: number, highest: number) {
  const list = z.array(z.number().min(lowest).max(highest))
  const isWithin = (value: unknown): value is number[] => {
    if (!Array.isArray(value)) return false
    for (let i = 0; i < value.length; i++) {
      const entry: unknown = value[i]
      if (!(typeof entry === 'number' && entry >= lowest && entry <= highest)) return false
    }
    return true
  }
  return z.unknown().transform((value, context): number[] => {
    if (isWithin(value)) return value
    const parsed = list.safeParse(value)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue)
    return z.NEVER
  })
}

/** Times in seconds, in any order. */
export const secondsList = numbersWithin(0, 1e9)
/** Times in any unit. */
export const timesList = numbersWithin(-1e12, 1e12)
/** A WAV file, as this process finds it. */
export const wavPath = z.string().min(1)

// A note: the smallest thing that sounds. Both layers are made of notes: an agent's voice (its tokens) and its deck (a track's parts).
import { z } from 'zod'

export const timbreSchema = z.enum(['harmonic', 'hollow', 'bell', 'pluck', 'breath', 'percussion'])
export type Timbre = z.infer<typeof timbreSchema>

export const roleSchema = z.enum(['speech', 'action', 'number', 'quoted'])
export type Role = z.infer<typeof roleSchema>

export const layerSchema = z.enum(['voice', 'deck'])
export type Layer = z.infer<typeof layerSchema>

export const noteSchema = z.strictObject({
  agent: z.string(),
  layer: layerSchema,
  onsetSeconds: z.number().min(0),
  durationSeconds: z.number().positive(),
  /** Fractions allowed. For `percussion` it chooses the drum after General MIDI (36 kick, 38 snare, 42 closed hat ...). */
  midi: z.number().min(0).max(127),
  velocity: z.number().min(0).max(1),
  timbre: timbreSchema,
  role: roleSchema.optional(),
  /** What kind of event this is to a rhythm measure: any string, equal strings are the same kind. */
  mark: z.string(),
  /** Line number of the token that sounds here. */
  token: z.int().min(0).optional(),
})
export type Note = z.infer<typeof noteSchema>

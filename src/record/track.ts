// Tracks and crates: what a deck can play, as data.
import { z } from 'zod'
import { timbreSchema } from './note.ts'

/** The six styles; every style vector and taste vector follows this order. */
export const styleNames = ['house', 'disco', 'techno', 'breaks', 'dub', 'ambient'] as const
export const styleVectorSchema = z.array(z.number().min(0).max(1)).length(styleNames.length)

export const sectionNameSchema = z.enum(['intro', 'build', 'drop', 'break', 'outro'])
export type SectionName = z.infer<typeof sectionNameSchema>
export const sectionNames = sectionNameSchema.options

export const partNameSchema = z.enum(['drums', 'bass', 'chords', 'lead'])
export type PartName = z.infer<typeof partNameSchema>

/** One event of a part. Steps are sixteenth notes from the start of the pattern. */
export const patternNoteSchema = z.strictObject({
  step: z.number().min(0),
  steps: z.number().positive(),
  midi: z.number().min(0).max(127),
  velocity: z.number().min(0).max(1),
})

/** A recording laid under the pattern: a one-shot at certain steps, or a loop stretched to a number of bars (varispeed). */
export const sampleUseSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('one-shot'),
    sample: z.string(),
    gain: z.number().min(0).max(2),
    hits: z.array(z.strictObject({ step: z.number().min(0), velocity: z.number().min(0).max(1) })),
  }),
  z.strictObject({
    kind: z.literal('loop'),
    sample: z.string(),
    gain: z.number().min(0).max(2),
    bars: z.int().min(1).max(8),
  }),
])

export const patternSchema = z.strictObject({
  bars: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(8)]),
  timbre: timbreSchema,
  gain: z.number().min(0).max(2),
  notes: z.array(patternNoteSchema),
  samples: z.array(sampleUseSchema).default([]),
})
export type Pattern = z.infer<typeof patternSchema>

export const sectionSchema = z.strictObject({
  name: sectionNameSchema,
  /** Level of each part in this section of eight bars; 0 rests. */
  levels: z.record(partNameSchema, z.number().min(0).max(1)),
  /** What a part plays here instead of the track's own pattern: lighter drums in an intro, held chords in a break. */
  parts: z.partialRecord(partNameSchema, patternSchema).optional(),
})
export type Section = z.infer<typeof sectionSchema>

export const trackSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,24}$/),
  title: z.string(),
  bpm: z.number().min(60).max(200),
  key: z.strictObject({ tonic: z.int().min(0).max(11), mode: z.enum(['major', 'minor']) }),
  energy: z.number().min(0).max(1),
  style: styleVectorSchema,
  tags: z.array(z.string()),
  sections: z.array(sectionSchema).min(1),
  parts: z.record(partNameSchema, patternSchema),
})
export type Track = z.infer<typeof trackSchema>

/** The pattern that a part plays in a section: the section's own, else the track's. */
export function patternOf(track: Track, section: Section, part: PartName): Pattern {
  return section.parts?.[part] ?? track.parts[part]
}

/** Every track that crates can be dealt from. */
export const librarySchema = z.strictObject({ version: z.literal(1), tracks: z.array(trackSchema).min(1) })
export type Library = z.infer<typeof librarySchema>

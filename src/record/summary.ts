// A run in a line of a list: what it is, how it stands, and what was measured of it, each value beside what chance reaches.
// Made from a record's first and last line and its scores; sent to the page that lists runs.
import { z } from 'zod'

export const runStates = ['playing', 'ended', 'stopped', 'broken-off', 'torn', 'unreadable'] as const
/** Broken off: no end line and nobody writes; torn: the last line, too, is not whole. */
const runStateSchema = z.enum(runStates)
export type RunState = z.infer<typeof runStateSchema>

/** Whether its sound was heard, only its notes were, nobody measured it yet, or its scores cannot be read. */
const scoredSchema = z.enum(['heard', 'notes', 'unscored', 'unreadable'])

const bandSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** Twins that the band was drawn from. */
  count: z.int().min(1),
  /** Share of twins below the value, 0..1; null when the value is not defined. */
  percentile: z.number().nullable(),
})

export const summaryValueSchema = z.object({
  value: z.number(),
  /** null: no twins were drawn, or the measure has none. */
  band: bandSchema.nullable(),
})
export type SummaryValue = z.infer<typeof summaryValueSchema>

export const runSummarySchema = z.object({
  id: z.string().min(1),
  state: runStateSchema,
  scored: scoredSchema,
  /** At most four; `agentCount` tells how many there are. */
  agents: z.array(z.object({ title: z.string(), dj: z.string(), mask: z.string().nullable() })),
  agentCount: z.int().min(0),
  /** null: a transcript from elsewhere. */
  scenario: z.string().nullable(),
  condition: z.string().nullable(),
  seed: z.number().nullable(),
  bpm: z.number().nullable(),
  /** Length of the run; null while it plays. */
  seconds: z.number().nullable(),
  /** Unix time of the record's last change, milliseconds. */
  changed: z.number(),
  /** Paths inside the run that can be downloaded. */
  files: z.array(z.string()),
  /** Path of a measure -> its value; a measure that is not defined is left out. */
  measures: z.record(z.string(), summaryValueSchema),
})
export type RunSummary = z.infer<typeof runSummarySchema>

const facetSchema = z.array(z.object({ name: z.string(), count: z.int() }))

/** Part of a shelf: the runs that were asked for, and what else may be asked for. */
export const shelfPageSchema = z.object({
  /** Runs on the shelf. */
  total: z.int().min(0),
  /** Runs that fit. */
  matched: z.int().min(0),
  /** Place of the first run given, among those that fit. */
  from: z.int().min(0),
  runs: z.array(runSummarySchema),
  measures: z.array(z.object({ path: z.string(), name: z.string() })),
  /** Values that occur anywhere on the shelf, with the number of runs. */
  facets: z.object({
    condition: facetSchema,
    scenario: facetSchema,
    dj: facetSchema,
    mask: facetSchema,
    state: facetSchema,
  }),
})
export type ShelfPage = z.infer<typeof shelfPageSchema>

// The ranking composite: one number to put runs in order by, with what it is made of; and its settings, as data with a version.
import { z } from 'zod'

export const rankingComponents = [
  'consonance',
  'interlock',
  'patterned',
  'alive',
  'vitality',
  'words',
  'own',
  'takenUp',
  'balance',
  'goingOn',
] as const
export type RankingComponent = (typeof rankingComponents)[number]
/** Only weights beside each other count: more would be a slip, or leave none of the others. */
const mostWeight = 1000
/** What an older file does not name weighs nothing, and was not measured. */
const weight = z.number().min(0).max(mostWeight).default(0)

const predictionSchema = z.strictObject({
  votes: z.number().min(0),
  brier: z.number().min(0).max(1),
  logLoss: z.number().min(0),
  /** Of decided votes. */
  accuracy: z.number().min(0).max(1).nullable(),
  decided: z.number().min(0),
  table: z.array(
    z.strictObject({ from: z.number(), to: z.number(), votes: z.number(), told: z.number(), came: z.number() }),
  ),
})
const shareSchema = z.strictObject({ share: z.number().min(0).max(1), count: z.int().min(1) }).nullable()

/** Where learned weights come from, and how well they tell votes that they were not learned from. */
export const learnedSchema = z.strictObject({
  /** Of the fit, as told by who asked for it. */
  date: z.iso.date(),
  session: z.string().max(64).nullable(),
  votes: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), count: z.int().min(1) }),
  judges: z.strictObject({ train: z.array(z.string()), audit: z.array(z.string()) }),
  /** Log-odds of preference per unit; of a component per unit of its natural logarithm. */
  weights: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['measure', 'nuisance']),
      unit: z.number().positive(),
      weight: z.number(),
      /** Without a ridge, with the 95 % interval over judges. */
      free: z
        .strictObject({ value: z.number(), low: z.number(), high: z.number(), freedoms: z.number().positive() })
        .nullable(),
      unknown: z.string().nullable(),
    }),
  ),
  /** What could not be learned -> why. */
  leftOut: z.record(z.string(), z.string()),
  penalty: z.number().positive(),
  chosenPenalty: z.number().positive(),
  stoppedAt: z.number().positive().nullable(),
  path: z.array(z.strictObject({ penalty: z.number(), proxy: z.number(), audit: z.number() })),
  heldOut: z.strictObject({
    learned: predictionSchema,
    nuisanceAlone: predictionSchema,
    unlearned: predictionSchema,
  }),
  audit: predictionSchema,
  ceiling: z.strictObject({ sameJudge: shareSchema, otherJudges: shareSchema }),
})
export type Learned = z.infer<typeof learnedSchema>

const settingsSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(60),
  /** How the weights came about: told wherever the ranking is. */
  weighting: z.string().min(1).max(60),
  /** 0 leaves a component out. */
  weights: z
    .record(z.enum(rankingComponents), weight)
    .refine((weights) => Object.values(weights).some((value) => value > 0), 'expected one weight above 0 at least'),
  /** Share of an agent's surprise that is its own, from which on it counts as no copy. */
  ownFrom: z.number().positive().max(1),
  /** Order in the news of the voices from which on it is no blind draw. */
  takenUpFrom: z.number().positive().max(1).default(0.1),
  /** Difference of loudness that is no matter, and that at which one drowns the other. */
  balanceDecibels: z.strictObject({ free: z.number().min(0), drowned: z.number().positive() }),
  /** Left out where weights were not learned. */
  learned: learnedSchema.optional(),
})

/** How learned weights are told. */
export function tellLearned({ votes, judges, date }: LearnedFrom): string {
  return `learned from ${votes.count} votes of ${judges.train.length + judges.audit.length} judges, ${date}`
}

interface LearnedFrom {
  readonly date: string
  readonly votes: { readonly count: number }
  readonly judges: { readonly train: readonly string[]; readonly audit: readonly string[] }
}

/** Whether weights were learned is told by the part that says from what, and whether they are equal by themselves, not by a name alone. */
export const rankingSettingsSchema = settingsSchema.superRefine((settings, context) => {
  const { free, drowned } = settings.balanceDecibels
  if (!(drowned > free))
    context.addIssue({
      code: 'custom',
      path: ['balanceDecibels', 'drowned'],
      message: `expected more than \`free\` (${free}), since balance falls from 1 there to 0 at \`drowned\`, got ${drowned}; exchange them, or leave more between them`,
    })
  const misnamed = findMisnaming(settings)
  if (misnamed !== null) context.addIssue({ code: 'custom', path: ['weighting'], message: misnamed })
})
export type RankingSettings = z.infer<typeof rankingSettingsSchema>

/** null: name and weighting say how the weights came about. */
function findMisnaming({ name, weighting, learned, weights }: RankingSettings): string | null {
  if (learned === undefined && (/\blearned from\b/i.test(weighting) || /^learned-/i.test(name)))
    return `expected \`learned\` beside "${weighting}" of "${name}", to say from what, got none`
  if (learned !== undefined && weighting !== tellLearned(learned))
    return `expected "${tellLearned(learned)}", as \`learned\` says, got "${weighting}"`
  const counted = Object.entries(weights).filter(([, value]) => value > 0)
  const [first, other] = [counted[0], counted.find(([, value]) => value !== counted[0]?.[1])]
  if (other === undefined || !/^\s*equal\b/im.test(`${weighting}\n${name}`)) return null
  return `expected equal weights, as "${weighting}" of "${name}" says, got ${first?.join(' ')} and ${other.join(' ')}; make them equal, or name them otherwise, as "mine" and "chosen by hand"`
}

export const rankingSchema = z.strictObject({
  settings: z.string(),
  weighting: z.string(),
  /** For putting runs in order only, 0..1. */
  score: z.number().nullable(),
  components: z.record(z.enum(rankingComponents), z.number().nullable().default(null)),
})
export type Ranking = z.infer<typeof rankingSchema>

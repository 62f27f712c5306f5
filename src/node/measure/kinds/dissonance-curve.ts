// dissonance-curve: how smooth each interval between two tones of a timbre is, and which intervals it likes
// (src/measure/consonance/dissonance-curve.ts).
import { z } from 'zod'
import { curveLimits, dissonanceCurve } from '../../../measure/index.ts'
import { exactlyOne, id, type MeasureKind } from '../kind.ts'
import { partials, timbre } from '../sound-fields.ts'
import { midi } from '../units.ts'

const semitones = z.number().min(-120).max(120)
const { points: mostPoints, step: finestStep, smoothingSteps } = curveLimits

const schema = z
  .strictObject({
    id,
    timbre: timbre
      .optional()
      .describe(
        'the moving tone: {harmonics: 11, rolloff: 1, octaveRatio: 2, decibelsPerOctave?}, every field optional',
      ),
    partials: partials.optional().describe('or its partials, a list of {hz, amplitude} as it sounds at baseMidi'),
    baseTimbre: timbre.optional().describe('the tone that stays (default: the same)'),
    basePartials: partials.optional().describe('or its partials'),
    baseMidi: midi.default(60).describe('where it stays (default 60)'),
    fromSemitones: semitones.default(0).describe('first interval above it (default 0)'),
    toSemitones: semitones.default(15).describe('last interval (default 15)'),
    stepSemitones: z
      .number()
      .min(finestStep)
      .max(120)
      .default(0.05)
      .describe(`default 0.05; at most ${mostPoints} intervals`),
    smoothingSemitones: z
      .number()
      .min(0)
      .max(12)
      .default(0.2)
      .describe(`standard deviation of the smoothing (default 0.2, 0 for none); at most ${smoothingSteps} steps`),
  })
  .superRefine(exactlyOne(['timbre', 'partials']))
  .superRefine((request, context) => {
    const { baseTimbre, basePartials, fromSemitones, toSemitones, stepSemitones } = request
    const widest = smoothingSteps * stepSemitones
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (baseTimbre && basePartials) complain('basePartials', 'expected it or baseTimbre, got both')
    if (toSemitones < fromSemitones)
      complain('toSemitones', `expected at least ${fromSemitones} (fromSemitones), got ${toSemitones}`)
    else if ((toSemitones - fromSemitones) / stepSemitones >= mostPoints)
      complain('stepSemitones', `expected at most ${mostPoints} intervals, got a step of ${stepSemitones}`)
    if (request.smoothingSemitones > widest)
      complain(
        'smoothingSemitones',
        `expected at most ${widest} (${smoothingSteps} steps), got ${request.smoothingSemitones}; 0 is none`,
      )
    for (const field of ['partials', 'basePartials'] as const)
      if (request[field]?.every((partial) => partial.amplitude === 0))
        complain(field, 'expected a partial with an amplitude above 0, got silence')
  })

export const curve: MeasureKind<typeof schema> = {
  name: 'dissonance-curve',
  summary: 'Which intervals a timbre likes: smoothness over intervals, and its peaks',
  schema,
  answers:
    'semitones, consonance (0 to 1: the rating that people are expected to give for the roughness) and peaks, in semitones',
  examples: [
    '{"id": "stretched", "timbre": {"harmonics": 10, "decibelsPerOctave": 3, "octaveRatio": 2.1}}',
    '{"id": "bell", "partials": [{"hz": 262, "amplitude": 1}, {"hz": 722, "amplitude": 0.5}], "stepSemitones": 0.5}',
  ],
  measure({ timbre, partials, baseTimbre, basePartials, ...grid }) {
    const tone = timbre ?? partials ?? []
    return dissonanceCurve({ ...grid, tone, baseTone: baseTimbre ?? basePartials ?? tone })
  },
}

// vitality: does a stream keep a pattern, and keep doing something with it? (src/measure/vitality)
import { z } from 'zod'
import { measureVitality, symbolsOfNotes } from '../../../measure/index.ts'
import { exactlyOne, id, type MeasureKind } from '../kind.ts'
import { midi, seconds } from '../units.ts'

const symbol = z.union([z.string(), z.number()], { error: 'expected a text or a number' })
const note = z.strictObject({ onset: seconds, duration: seconds, midi })

const schema = z
  .strictObject({
    id,
    symbols: z.array(symbol).optional().describe('list of texts or numbers; their names carry no meaning'),
    notes: z
      .array(note)
      .optional()
      .describe('list of {onset, duration, midi}: seconds from 0, MIDI note number, in any order; instead of symbols'),
  })
  .superRefine(exactlyOne(['symbols', 'notes']))

export const vitality: MeasureKind<typeof schema> = {
  name: 'vitality',
  summary: 'Is a stream of symbols or notes stable, patterned, yet evolving (0 to 1)?',
  schema,
  answers:
    'vitality, order and evolution (0 to 1), surpriseBits (per symbol), collapse: {repeating, fromIndex}; all null below 64 symbols',
  examples: [
    '{"id": "loop", "symbols": ["a", "b", "c", "a"]}',
    '{"id": "n", "notes": [{"onset": 0, "duration": 0.5, "midi": 60}]}',
  ],
  measure({ symbols, notes = [] }) {
    if (symbols !== undefined) return measureVitality(symbols.map((name) => JSON.stringify(name)))
    return measureVitality(symbolsOfNotes(notes.map(({ onset, midi }) => ({ onsetSeconds: onset, midi }))))
  },
}

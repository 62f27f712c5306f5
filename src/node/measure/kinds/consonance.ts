// consonance: how consonant a sound is, after our own fit and after every published model (src/measure/consonance); with voices also how
// consonant they are with each other.
import { z } from 'zod'
import { measureSound, measureVoices, type Sound, soundOfNotes, soundOfTones } from '../../../measure/index.ts'
import { exactlyOne, id, type MeasureKind } from '../kind.ts'
import { requirePartner, type SoundRequest, sound, soundFields, soundNames } from '../sound-fields.ts'

const mostVoices = 64

const schema = z
  .strictObject({
    id,
    ...soundFields,
    voices: z
      .array(sound)
      .min(1)
      .max(mostVoices)
      .optional()
      .describe(
        'several at once, each an object of the fields above; timbre is then theirs who have none of their own',
      ),
  })
  .superRefine(exactlyOne([...soundNames, 'voices']))
  .superRefine(requirePartner)

export const consonance: MeasureKind<typeof schema> = {
  name: 'consonance',
  summary: 'How consonant notes, frequencies, partials or several voices are (0 to 1), and what every model says',
  schema,
  answers:
    'consonance (0 to 1), roughness, harmonicity, familiarity, intervals, composites, each an object of models; with voices also within and between',
  examples: [
    '{"id": "C major", "midi": [60, 64, 67]}',
    '{"id": "bells", "frequenciesHz": [220, 311], "timbre": {"harmonics": 6, "octaveRatio": 2.1}}',
    '{"id": "two agents", "voices": [{"midi": [60, 64]}, {"partials": [{"hz": 392, "amplitude": 0.5}]}]}',
  ],
  measure({ voices, ...alone }) {
    if (voices === undefined) return measureSound(soundOf(alone))
    return measureVoices(voices.map((voice) => soundOf({ ...voice, timbre: voice.timbre ?? alone.timbre })))
  },
}

function soundOf({ midi, frequenciesHz, partials = [], timbre }: SoundRequest): Sound {
  if (midi !== undefined) return soundOfNotes(midi, timbre)
  if (frequenciesHz !== undefined) return soundOfTones(frequenciesHz, timbre)
  return { partials, notes: null, profile: 'partials' }
}

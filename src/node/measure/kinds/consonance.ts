// consonance: how consonant a sound is, after our own fit and after every published model (src/measure/consonance); with voices also how
// consonant they are with each other.
import { z } from 'zod'
import type { Kernel } from '../../../kernel/index.ts'
import {
  measureHeard,
  measureHeardVoices,
  measureSound,
  type Sound,
  soundOfNotes,
  soundOfTones,
} from '../../../measure/index.ts'
import { InputError } from '../../../record/index.ts'
import { hearWav } from '../hear-wav.ts'
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
  summary:
    'How consonant notes, frequencies, partials, a WAV or several voices are (0 to 1), and what every model says',
  schema,
  answers:
    'consonance (0 to 1), roughness, harmonicity, familiarity, intervals, composites, each an object of models; of a wav also notes, as estimated; with voices also within and between',
  examples: [
    '{"id": "C major", "midi": [60, 64, 67]}',
    '{"id": "bells", "frequenciesHz": [220, 311], "timbre": {"harmonics": 6, "octaveRatio": 2.1}}',
    '{"id": "the first second", "wav": "chord.wav", "durationSeconds": 1}',
    '{"id": "two agents", "voices": [{"midi": [60, 64]}, {"partials": [{"hz": 392, "amplitude": 0.5}]}]}',
  ],
  measure({ voices, ...alone }, { kernel }) {
    if (voices !== undefined) return measureTogether(voices, alone.timbre, kernel)
    if (alone.wav === undefined) return measureSound(soundOf(alone))
    const { sound } = hearWav({ ...alone, wav: alone.wav }, kernel())
    return { ...measureHeard(sound), notes: sound.notes }
  },
}

/** Recordings are heard moment by moment, so their moments must fall together. */
function measureTogether(voices: readonly SoundRequest[], timbre: SoundRequest['timbre'], kernel: () => Kernel) {
  const rates = new Map<number, number>()
  const sounds = voices.map((voice, i) => {
    if (voice.wav === undefined) return soundOf({ ...voice, timbre: voice.timbre ?? timbre })
    const { sound, sampleRate } = hearWav({ ...voice, wav: voice.wav }, kernel())
    rates.set(sampleRate, i)
    return sound
  })
  const [[first] = [], [other, odd] = []] = rates
  if (other === undefined) return measureHeardVoices(sounds)
  const got = `field "voices.${odd}.wav": expected ${first} Hz as in the other voices, got ${other} Hz`
  throw new InputError('wav-rate', `${got}. Resample one of them.`)
}

function soundOf({ midi, frequenciesHz, partials = [], timbre }: SoundRequest): Sound {
  if (midi !== undefined) return soundOfNotes(midi, timbre)
  if (frequenciesHz !== undefined) return soundOfTones(frequenciesHz, timbre)
  return { partials, notes: null, profile: 'partials' }
}

// The ways a sound can stand in a line: notes, frequencies, partials or a WAV; and the timbre that notes and frequencies sound in.
import { z } from 'zod'
import { defaultTimbre, type Timbre } from '../../measure/index.ts'
import { exactlyOne } from './kind.ts'
import { amplitude, hertz, midi, seconds, wavPath } from './units.ts'

/** More would be no chord, and take its time. */
const mostNotes = 128
const mostPartials = 10_000
const mostHarmonics = 128

export const timbre = z
  .strictObject({
    harmonics: z.int().min(1).max(mostHarmonics).default(defaultTimbre.harmonics),
    rolloff: z.number().min(-10).max(10).default(defaultTimbre.rolloff),
    octaveRatio: z.number().min(1.1).max(10).default(defaultTimbre.octaveRatio),
    decibelsPerOctave: z.number().min(-60).max(60).optional(),
  })
  .transform(
    ({ decibelsPerOctave, ...shape }): Timbre =>
      decibelsPerOctave === undefined ? shape : { ...shape, decibelsPerOctave },
  )

/** `{"hz", "amplitude"}` as the measures have it. */
const partial = z
  .strictObject({ hz: hertz, amplitude })
  .transform((tone) => ({ hertz: tone.hz, amplitude: tone.amplitude }))

export const partials = z.array(partial).min(1).max(mostPartials)

export const soundFields = {
  midi: z.array(midi).min(1).max(mostNotes).optional().describe('list of MIDI note numbers, fractions allowed'),
  frequenciesHz: z.array(hertz).min(1).max(mostNotes).optional().describe('list of fundamentals in hertz'),
  partials: partials
    .optional()
    .describe('list of {hz, amplitude}: the spectrum itself, amplitudes linear, in any order'),
  wav: wavPath
    .optional()
    .describe('path of a WAV file: 16- or 24-bit PCM or 32-bit float, 8 to 192 kHz; all channels are heard'),
  startSeconds: seconds.optional().describe('with wav: where the part to hear begins (default 0)'),
  durationSeconds: seconds.optional().describe('with wav: how long it is (default: to the end)'),
  timbre: timbre
    .optional()
    .describe(
      'with midi and frequenciesHz: {harmonics: 11, rolloff: 1, octaveRatio: 2, decibelsPerOctave?}; partial n at f0 octaveRatio^log2(n), amplitude n^-rolloff or so many dB less an octave',
    ),
}

export const soundNames = ['midi', 'frequenciesHz', 'partials', 'wav'] as const

/** One sound, without an id: a voice. */
export const sound = z.strictObject(soundFields).superRefine(exactlyOne(soundNames)).superRefine(requirePartner)

export type SoundRequest = z.infer<typeof sound>

/** For `superRefine`: fields that mean something only beside another. */
export function requirePartner(
  request: Partial<SoundRequest> & { readonly voices?: readonly SoundRequest[] | undefined },
  context: z.core.$RefinementCtx,
): void {
  const alone = (name: keyof SoundRequest, partners: readonly (keyof typeof request)[]) => {
    if (request[name] === undefined || partners.some((partner) => request[partner] !== undefined)) return
    const message = `expected only beside ${partners.join(' or ')}, got it alone`
    context.addIssue({ code: 'custom', path: [name], message })
  }
  alone('startSeconds', ['wav'])
  alone('durationSeconds', ['wav'])
  alone('timbre', ['midi', 'frequenciesHz', 'voices'])
}

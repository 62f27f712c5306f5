// Several voices at once: the measures of all they sound together, of each alone (`within`), and what is between them.
//   roughness   joint hutchinsonKnopoff1978 less each voice's own pair sum over the joint power: own and cross parts add up to the whole
//   spectralPitchClassSimilarity   cosine of the smoothed pitch-class spectra (harrison-2018.ts), mean over the pairs of voices
//   pitchCommonality               correlation of the pitch saliences (parncutt-1994.ts), mean over the pairs of voices
//   gain        consonance(together) - mean(consonance(each alone)): above 0 the voices please more together than apart
import { spectralPitchClassSimilarity } from './harmonicity/harrison-2018.ts'
import { analysePitches, pitchCommonality } from './harmonicity/parncutt-1994.ts'
import {
  measureConsonance,
  measureSound,
  pitchClassTonesOf,
  type Sound,
  type SoundMeasures,
  tuningOf,
} from './measure-sound.ts'
import { mergePartials, type PartialTone, type Timbre } from './partials.ts'
import { hutchinsonKnopoff1978 } from './roughness/hutchinson-knopoff-1978.ts'

export interface VoicesMeasures extends SoundMeasures {
  /** `consonance` of each voice alone; reasons under `within.0` ... */
  readonly within: readonly (number | null)[]
  readonly between: {
    /** 0 upwards, the part of the joint roughness that no voice makes alone. */
    readonly roughness: number | null
    /** 0..1. */
    readonly spectralPitchClassSimilarity: number | null
    /** -1..1. */
    readonly pitchCommonality: number | null
    /** -1..1. */
    readonly gain: number | null
  }
}

/** Measures of voices that sound together. RangeError without voices, or for a partial or a note that is none. */
export function measureVoices(voices: readonly Sound[]): VoicesMeasures {
  if (voices.length === 0) throw new RangeError('voices: expected at least one, got none')
  const joint = joinSounds(voices)
  const together = measureSound(joint)
  const within = voices.map(measureConsonance)
  const reasons: Record<string, string> = { ...together.undefined }
  within.forEach((value, i) => {
    if (value === null) reasons[`within.${i}`] = 'no partial sounds'
  })
  const missing = voices.length < 2 ? 'one voice has no other' : reasonOfSilence(within)
  const define = (path: string, value: () => number | null, reason = '') => {
    const found = missing === null ? value() : null
    if (found === null) reasons[`between.${path}`] = missing ?? reason
    return found
  }
  const tuning = tuningOf(joint.notes)
  const between = {
    roughness: define('roughness', () => roughnessBetween(voices)),
    spectralPitchClassSimilarity: define(
      'spectralPitchClassSimilarity',
      () => meanOfPairs(voices.map(pitchClassTonesOf), spectralPitchClassSimilarity),
      'a voice has no pitch class',
    ),
    pitchCommonality: define(
      'pitchCommonality',
      () =>
        meanOfPairs(
          voices.map((voice) => saliencesOf(voice, tuning)),
          pitchCommonality,
        ),
      'a voice has no audible pitch',
    ),
    gain: define('gain', () => gainOf(together.consonance, within), 'the voices together have no consonance'),
  }
  return { ...together, within, between, undefined: reasons }
}

/** What voices sound together: all partials; notes when each voice's are known; the timbre when all share one. */
function joinSounds(voices: readonly Sound[]): Sound {
  const notes = voices.map((voice) => voice.notes)
  const known = notes.every((list) => list !== null)
  const timbre = known ? sharedTimbre(voices) : null
  return {
    partials: voices.flatMap((voice) => voice.partials),
    notes: known ? notes.flat() : null,
    profile: timbre ?? 'partials',
  }
}

function sharedTimbre(voices: readonly Sound[]): Timbre | null {
  const [first, ...others] = voices.map((voice) => voice.profile)
  if (first === undefined || first === 'partials') return null
  const same = (profile: Sound['profile']) =>
    profile !== 'partials' &&
    profile.harmonics === first.harmonics &&
    profile.rolloff === first.rolloff &&
    profile.octaveRatio === first.octaveRatio &&
    profile.decibelsPerOctave === first.decibelsPerOctave
  return others.every(same) ? first : null
}

function reasonOfSilence(within: readonly (number | null)[]): string | null {
  const silent = within.indexOf(null)
  return silent < 0 ? null : `no partial of voice ${silent + 1} sounds`
}

/** Joint roughness less what each voice makes alone, all over the joint power. Coincident partials add their powers, so powers add too. */
function roughnessBetween(voices: readonly Sound[]): number | null {
  const scaled = scaleAlike(voices).map((partials) => mergePartials(partials, 'incoherent'))
  const powers = scaled.map((partials) => partials.reduce((sum, { amplitude }) => sum + amplitude * amplitude, 0))
  const own = scaled.map((partials, i) => (hutchinsonKnopoff1978(partials) ?? 0) * (powers[i] as number))
  const joint = hutchinsonKnopoff1978(mergePartials(scaled.flat(), 'incoherent'))
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  // Partials that coincide never rub less together than apart (Cauchy and Schwarz), so below 0 is rounding.
  return joint === null ? null : Math.max(0, joint - total(own) / total(powers))
}

/** The voices' partials, all divided by the strongest of any voice. */
function scaleAlike(voices: readonly Sound[]): PartialTone[][] {
  let strongest = 0
  for (const { partials } of voices) for (const { amplitude } of partials) strongest = Math.max(strongest, amplitude)
  return voices.map(({ partials }) =>
    partials.map(({ hertz, amplitude }) => ({ hertz, amplitude: amplitude / strongest })),
  )
}

function gainOf(together: number | null, within: readonly (number | null)[]): number | null {
  const sum = within.reduce((total: number, value) => total + (value ?? NaN), 0)
  return together === null ? null : together - sum / within.length
}

function saliencesOf({ partials }: Sound, tuning: number): Float64Array {
  return analysePitches(mergePartials(partials, 'incoherent'), tuning)?.saliences ?? new Float64Array(0)
}

/** Mean over the unordered pairs; null when any is. */
function meanOfPairs<T>(items: readonly T[], compare: (a: T, b: T) => number | null): number | null {
  let sum = 0
  let count = 0
  for (const [i, a] of items.entries())
    for (const b of items.slice(i + 1)) {
      const value = compare(a, b)
      if (value === null) return null
      sum += value
      count++
    }
  return count === 0 ? null : sum / count
}

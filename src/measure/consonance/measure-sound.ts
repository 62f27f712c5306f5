// All measures of one sound: its consonance, and every published model's view of it. What cannot be defined is null, with its reason.
import { type Hertz, hertzOfMidi, type Midi, midiOfHertz } from '../../units.ts'
import { consonanceOfChord, consonanceOfSound } from './composite.ts'
import { harrisonPearce2020 } from './composites/harrison-pearce-2020.ts'
import { billboard } from './familiarity/billboard.ts'
import { gill2009 } from './harmonicity/gill-2009.ts'
import {
  measureHarmonicity,
  type PitchClassTone,
  pitchClassTonesOfNotes,
  pitchClassTonesOfPartials,
} from './harmonicity/harrison-2018.ts'
import { parncutt1988 } from './harmonicity/parncutt-1988.ts'
import { analysePitches } from './harmonicity/parncutt-1994.ts'
import { stolzenburg2015 } from './harmonicity/stolzenburg-2015.ts'
import { tenneyMean } from './harmonicity/tenney-mean.ts'
import { hall2025Sum, hall2025Type } from './intervals/hall-2025.ts'
import { huron1994 } from './intervals/huron-1994.ts'
import { johnsonLaird2012 } from './intervals/johnson-laird-2012.ts'
import { nameNotes } from './note-names.ts'
import { defaultTimbre, mergePartials, type PartialTone, requirePartials, soundTones, type Timbre } from './partials.ts'
import { hutchinsonKnopoff1978 } from './roughness/hutchinson-knopoff-1978.ts'
import { hutchinsonKnopoffRevised } from './roughness/hutchinson-knopoff-revised.ts'
import { sethares1993 } from './roughness/sethares-1993.ts'
import { vassilakis2001 } from './roughness/vassilakis-2001.ts'

/** One sound, whoever makes it. */
export interface Sound {
  /** In any order; coincident ones merge incoherently. */
  readonly partials: readonly PartialTone[]
  /** Fractional, in any order; null when they are not known. */
  readonly notes: readonly Midi[] | null
  /** Where harrison2018 and milne2013 take their tones from: the heard partials, or the notes' pitch classes in a timbre. */
  readonly profile: 'partials' | Timbre
}

export interface SoundMeasures {
  /** The rating people are expected to give, 0..1. */
  readonly consonance: number | null
  readonly roughness: Readonly<Record<RoughnessModel, number | null>>
  readonly harmonicity: Readonly<Record<HarmonicityModel, number | null>> & {
    readonly parncutt1994: Readonly<Record<'pure' | 'complex' | 'multiplicity', number | null>>
  }
  readonly familiarity: { readonly billboard: number | null }
  readonly intervals: Readonly<Record<IntervalModel, number | null>>
  readonly composites: { readonly harrisonPearce2020: number | null }
  /** Why a null is null, by dotted path: `intervals.hall2025Type`. */
  readonly undefined: Readonly<Record<string, string>>
}

type RoughnessModel = 'hutchinsonKnopoff1978' | 'hutchinsonKnopoffRevised' | 'sethares1993' | 'vassilakis2001'
type HarmonicityModel = 'harrison2018' | 'milne2013' | 'gill2009' | 'stolzenburg2015' | 'tenneyMean' | 'parncutt1988'
type IntervalModel = 'huron1994' | 'johnsonLaird2012' | 'hall2025Sum' | 'hall2025Type'

/** Notes as a sound: each a tone of the timbre. RangeError for a note or a timbre that is none. */
export function soundOfNotes(midi: readonly Midi[], timbre: Timbre = defaultTimbre): Sound {
  return { partials: soundTones(midi.map(hertzOfMidi), timbre, 'incoherent'), notes: midi, profile: timbre }
}

/** As `soundOfNotes`, of tones in hertz. */
export function soundOfTones(tonesHz: readonly Hertz[], timbre: Timbre = defaultTimbre): Sound {
  return { partials: soundTones(tonesHz, timbre, 'incoherent'), notes: tonesHz.map(midiOfHertz), profile: timbre }
}

/** Every measure of a sound; no value is ever NaN. RangeError for a partial or a note that is none. */
export function measureSound(sound: Sound): SoundMeasures {
  requirePartials(sound.partials)
  const merged = { ...sound, partials: mergePartials(sound.partials, 'incoherent') }
  const names = sound.notes && nameNotes(sound.notes)
  const reasons: Record<string, string> = {}
  const define: Define = (path, value, reason) => {
    if (value !== null && Number.isFinite(value)) return value
    reasons[path] = value === null ? reason : 'beyond the range of numbers'
    return null
  }
  const harmonicity = measureHarmonicityOf(merged, names, define)
  const roughness = measureRoughness(merged.partials, define)
  const byName = (path: string, model: (names: readonly number[]) => number | null) =>
    define(path, names && model(names), reasonWithout(names))
  const familiarity = { billboard: byName('familiarity.billboard', billboard) }
  return {
    consonance: define('consonance', rate(merged, roughness.hutchinsonKnopoff1978, harmonicity.harrison2018), silence),
    roughness,
    harmonicity,
    familiarity,
    intervals: {
      huron1994: byName('intervals.huron1994', huron1994),
      johnsonLaird2012: byName('intervals.johnsonLaird2012', johnsonLaird2012),
      hall2025Sum: byName('intervals.hall2025Sum', hall2025Sum),
      hall2025Type: byName('intervals.hall2025Type', hall2025Type),
    },
    composites: {
      harrisonPearce2020: define(
        'composites.harrisonPearce2020',
        harrisonPearce2020(roughness.hutchinsonKnopoff1978, harmonicity.harrison2018, familiarity.billboard),
        merged.partials.length === 0 ? silence : reasonWithout(names),
      ),
    },
    undefined: reasons,
  }
}

/** Consonance of a sound alone, 0..1, as `measureSound` has it; null in silence. */
export function measureConsonance({ partials, notes, profile }: Sound): number | null {
  requirePartials(partials)
  const merged = mergePartials(partials, 'incoherent')
  const harmonicity = harmonicityOf({ partials: merged, notes, profile })
  return rate({ notes, profile }, hutchinsonKnopoff1978(merged), harmonicity?.harrison2018 ?? null)
}

/** The tones by which a sound's harmonicity is measured, and sounds are compared. */
export function pitchClassTonesOf({ partials, notes, profile }: Sound): PitchClassTone[] {
  return profile === 'partials' || notes === null
    ? pitchClassTonesOfPartials(partials)
    : pitchClassTonesOfNotes(notes, profile)
}

/** What brings notes to their names: semitones from the lowest to its name; 0 without notes. */
export function tuningOf(notes: readonly Midi[] | null): number {
  if (notes === null || notes.length === 0) return 0
  const lowest = Math.min(...notes)
  return Math.round(lowest) - lowest
}

/** A value under its path, or null with the reason given for null. */
type Define = (path: string, value: number | null, reason: string) => number | null

const silence = 'no partial sounds'

function reasonWithout(names: readonly number[] | null): string {
  if (names === null) return 'the notes are not known'
  return names.length === 0 ? 'there are no notes' : 'one note makes no interval'
}

function rate(
  { notes, profile }: Pick<Sound, 'notes' | 'profile'>,
  roughness: number | null,
  harmonicity: number | null,
): number | null {
  if (roughness === null || harmonicity === null) return null
  if (notes === null || notes.length === 0) return consonanceOfSound({ roughness, harmonicity })
  return consonanceOfChord({ roughness, harmonicity, names: nameNotes(inSemitonesOf(profile, notes)) })
}

/**
 * Notes in twelfths of their timbre's own octave: to tones with octaves of 2.1 an interval of 12.8 is the octave that people hear (Marjieh et al.
 * 2024), and not a minor ninth. Published models keep the names of the keyboard.
 */
function inSemitonesOf(profile: Sound['profile'], notes: readonly Midi[]): readonly Midi[] {
  if (profile === 'partials' || profile.octaveRatio === 2) return notes
  const lowest = Math.min(...notes)
  const octaves = Math.log2(profile.octaveRatio)
  return notes.map((note) => lowest + (note - lowest) / octaves)
}

function harmonicityOf(sound: Sound) {
  return measureHarmonicity(pitchClassTonesOf(sound), sound.profile === 'partials' ? defaultTimbre : sound.profile)
}

function measureRoughness(partials: readonly PartialTone[], define: Define): SoundMeasures['roughness'] {
  const soft = partials.length === 0 ? silence : 'every partial is softer than 0.00001'
  return {
    hutchinsonKnopoff1978: define('roughness.hutchinsonKnopoff1978', hutchinsonKnopoff1978(partials), silence),
    hutchinsonKnopoffRevised: define('roughness.hutchinsonKnopoffRevised', hutchinsonKnopoffRevised(partials), silence),
    sethares1993: define('roughness.sethares1993', sethares1993(partials), silence),
    vassilakis2001: define('roughness.vassilakis2001', vassilakis2001(partials), soft),
  }
}

function measureHarmonicityOf(
  sound: Sound,
  names: readonly number[] | null,
  define: Define,
): SoundMeasures['harmonicity'] {
  const profile = harmonicityOf(sound)
  const pitches = analysePitches(sound.partials, tuningOf(sound.notes))
  const byName = (name: string, model: (names: readonly number[]) => number | null) =>
    define(`harmonicity.${name}`, names && model(names), reasonWithout(names))
  const pitch = (name: 'pure' | 'complex' | 'multiplicity') =>
    define(`harmonicity.parncutt1994.${name}`, pitches?.[name] ?? null, silence)
  return {
    harrison2018: define('harmonicity.harrison2018', profile?.harrison2018 ?? null, silence),
    milne2013: define('harmonicity.milne2013', profile?.milne2013 ?? null, silence),
    gill2009: byName('gill2009', gill2009),
    stolzenburg2015: byName('stolzenburg2015', stolzenburg2015),
    tenneyMean: byName('tenneyMean', tenneyMean),
    parncutt1988: byName('parncutt1988', parncutt1988),
    parncutt1994: { pure: pitch('pure'), complex: pitch('complex'), multiplicity: pitch('multiplicity') },
  }
}

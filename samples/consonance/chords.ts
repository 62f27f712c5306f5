// Chords that people rated, with everything that a fit may make use of. A chord is described twice: as it was tuned, and in equal temperament.
import { readFileSync } from 'node:fs'
import {
  billboard,
  hutchinsonKnopoff1978,
  meanHuron1994,
  measureHarmonicity,
  nameNotes,
  outsideScale,
  partialsOfMidi,
  pitchClassTonesOfNotes,
  stolzenburg2015,
  tenneyMean,
} from '../../src/measure/consonance/index.ts'
import { defaultTimbre } from '../../src/measure/consonance/partials.ts'
import { midiOfHertz } from '../../src/units.ts'

/** Numbers of one sound, tones of 11 harmonics 1/n. */
export interface Features {
  readonly size: number
  readonly roughness: number
  readonly harmonicity: number
  readonly stolzenburg: number
  readonly tenney: number
  readonly billboard: number
  readonly outsideScale: number
  readonly meanHuron: number
}

export interface RatedChord {
  readonly id: string
  readonly name: string
  readonly names: readonly number[]
  /** As tuned. */
  readonly midi: readonly number[]
  /** Higher = more consonant; 0..1 for Bowling's scale, else on the set's own scale. */
  readonly liking: number
  /** Standard error of `liking`, if known. */
  readonly standardError: number | null
  readonly asTuned: Features
  readonly tempered: Features
}

interface Row {
  readonly id: string
  readonly name?: string
  readonly midi: number[]
  readonly frequenciesHz?: number[]
  readonly rating?: number
  readonly ratingSe?: number
  readonly dissonanceRating?: number
  readonly dissonanceRank?: number
}

const file = new URL('../../test/outside/consonance/human-ratings.json', import.meta.url)

/** The sets of ratings at hand, by name; Bowling's 1..4 laid on 0..1. */
export function loadRatings(): Record<string, RatedChord[]> {
  const sets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
  return Object.fromEntries(
    sets
      .filter((entry): entry is [string, Row[]] => entry[0] !== 'sources' && Array.isArray(entry[1]))
      .map(([name, rows]) => [name, rows.map((row) => describeChord(row, name === 'bowling2018' ? 3 : null))]),
  )
}

function describeChord(row: Row, scale: number | null): RatedChord {
  const midi = row.frequenciesHz?.map(midiOfHertz) ?? row.midi
  const names = nameNotes(midi)
  const liking = row.rating ?? -(row.dissonanceRating ?? row.dissonanceRank ?? Number.NaN)
  return {
    id: row.id,
    name: row.name === undefined || row.name === 'NA' ? '' : row.name,
    names,
    midi,
    liking: scale === null ? liking : (liking - 1) / scale,
    standardError: row.ratingSe === undefined ? null : row.ratingSe / (scale ?? 1),
    asTuned: describeNotes(midi),
    tempered: describeNotes(names),
  }
}

/** Features of notes, fractions allowed. */
export function describeNotes(midi: readonly number[]): Features {
  const names = nameNotes(midi)
  return {
    size: names.length,
    roughness: hutchinsonKnopoff1978(partialsOfMidi(midi)) ?? 0,
    harmonicity: measureHarmonicity(pitchClassTonesOfNotes(midi, defaultTimbre))?.harrison2018 ?? 0,
    stolzenburg: stolzenburg2015(names) ?? 0,
    tenney: tenneyMean(names) ?? 0,
    billboard: billboard(names) ?? 0,
    outsideScale: outsideScale(names) ?? 0,
    meanHuron: meanHuron1994(names) ?? 0,
  }
}

/** harrison2018 of one tone of 11 harmonics 1/n, bits: no sound counts as more harmonic than that, however few its partials. */
export const oneTone = describeNotes([60]).harmonicity

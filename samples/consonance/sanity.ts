// What no set of ratings says: known ends, register, clashes in chords of any size, sounds without notes.

import {
  consonanceOfChord,
  consonanceOfRoughness,
  harmonicPartials,
  hutchinsonKnopoff1978,
  measureHarmonicity,
  nameNotes,
  type PartialTone,
  pitchClassTonesOfPartials,
  soundOfNotes,
} from '../../src/measure/consonance/index.ts'
import { measureConsonance } from '../../src/measure/consonance/measure-sound.ts'
import { defaultTimbre, type Timbre } from '../../src/measure/consonance/partials.ts'
import { seededRandom } from '../../src/random.ts'
import { hertzOfMidi } from '../../src/units.ts'
import { describeNotes, type RatedChord } from './chords.ts'
import { predictSound, type SoundFit } from './partials-fits.ts'
import { tellTable } from './report.ts'
import { correlation, mean } from './statistics.ts'

/** Consonance of MIDI notes, tones of 11 harmonics. */
export function rateNotes(midi: readonly number[]): number {
  const { roughness, harmonicity } = describeNotes(midi)
  return consonanceOfChord({ roughness, harmonicity, names: nameNotes(midi) })
}

export function tellEnds(): void {
  console.log('Chords that everybody knows, in equal temperament')
  const chords: Record<string, number[]> = {
    'a tone': [60],
    octave: [60, 72],
    fifth: [60, 67],
    fourth: [60, 65],
    'major third': [60, 64],
    'minor third': [60, 63],
    tritone: [60, 66],
    'whole tone': [60, 62],
    'major seventh': [60, 71],
    semitone: [60, 61],
    'major triad': [60, 64, 67],
    'minor triad': [60, 63, 67],
    'diminished triad': [60, 63, 66],
    'augmented triad': [60, 64, 68],
    'dominant seventh': [60, 64, 67, 70],
    'major seventh chord': [60, 64, 67, 71],
    'major ninth chord, spread': [48, 55, 64, 71, 74],
    'major triad over three octaves': [36, 48, 55, 60, 64, 67, 72],
    'all white keys': [60, 62, 64, 65, 67, 69, 71],
    'three semitones': [60, 61, 62],
    'four semitones': [60, 61, 62, 63],
    'all twelve': Array.from({ length: 12 }, (_, i) => 60 + i),
  }
  const rows = Object.entries(chords).map(([name, midi]) => [
    name,
    ...[-12, 0, 12].map((by) => rateNotes(midi.map((note) => note + by)).toFixed(2)),
  ])
  tellTable(['', 'octave lower', 'on middle C', 'octave higher'], rows)
}

/** Adds a note a semitone from one of a random chord's: what it does, by size. */
export function tellClashes(): void {
  console.log('A note a semitone from one of the notes is added to random chords (500 of each size, notes 40 to 84)')
  const random = seededRandom('consonance/clashes')
  const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((size) => {
    const trials = Array.from({ length: 500 }, () => {
      const notes = new Set<number>()
      while (notes.size < size) notes.add(40 + Math.floor(random() * 45))
      const chord = [...notes]
      const near = (chord[0] as number) + (random() < 0.5 ? 1 : -1)
      return { before: rateNotes(chord), after: rateNotes([...chord, near]) }
    })
    const moves = trials.map(({ before, after }) => after - before)
    const before = trials.map((trial) => trial.before)
    return [`${size}`, mean(before).toFixed(2), mean(moves).toFixed(3), Math.max(...moves).toFixed(3)]
  })
  tellTable(['notes', 'mean consonance', 'mean change', 'largest rise'], rows)
}

/** The same chords in other timbres: r with ratings of piano chords, and the mean, with and without notes. */
export function tellTimbres(chords: readonly RatedChord[]): void {
  console.log(
    `Other timbres: r with ratings and mean consonance (people's mean ${mean(chords.map((c) => c.liking)).toFixed(2)})`,
  )
  const timbres: Timbre[] = [
    defaultTimbre,
    { harmonics: 6, rolloff: 2, octaveRatio: 2 },
    { harmonics: 20, rolloff: 0.5, octaveRatio: 2 },
    { harmonics: 3, rolloff: 1, octaveRatio: 2 },
    { harmonics: 1, rolloff: 1, octaveRatio: 2 },
  ]
  const liking = chords.map((chord) => chord.liking)
  const rows = timbres.map((timbre) => {
    const sounds = chords.map(({ midi }) => soundOfNotes(midi, timbre))
    const named = sounds.map((sound) => measureConsonance(sound) ?? Number.NaN)
    const heard = sounds.map(
      ({ partials }) => measureConsonance({ partials, notes: null, profile: 'partials' }) ?? Number.NaN,
    )
    return [
      `${timbre.harmonics} harmonics n^-${timbre.rolloff}`,
      ...[named, heard].flatMap((values) => [correlation(values, liking).toFixed(3), mean(values).toFixed(2)]),
    ]
  })
  tellTable(['', 'notes known: r', 'mean', 'partials alone: r', 'mean'], rows)
}

/** Sounds known by their partials: the three shapes side by side. */
export function tellSounds(fits: readonly SoundFit[]): void {
  console.log('Sounds known by their partials alone, in three shapes of the fit')
  const random = seededRandom('consonance/partials')
  const noise = (count: number) =>
    Array.from({ length: count }, () => ({ hertz: 100 * 2 ** (5 * random()), amplitude: 0.1 + random() }))
  const tones = (midi: readonly number[], harmonics: number) => harmonicPartials(midi.map(hertzOfMidi), harmonics)
  const sounds: Record<string, PartialTone[]> = {
    'one tone': tones([60], 11),
    'one pure tone': tones([60], 1),
    'two pure tones, fifth': tones([60, 67], 1),
    'two pure tones, semitone': tones([60, 61], 1),
    'four pure tones, semitones': tones([60, 61, 62, 63], 1),
    'semitone, 3 harmonics': tones([60, 61], 3),
    semitone: tones([60, 61], 11),
    'major triad': tones([60, 64, 67], 11),
    'minor triad over two octaves, 8 tones': tones([45, 52, 57, 60, 64, 67, 72, 76], 11),
    'all white keys': tones([60, 62, 64, 65, 67, 69, 71], 11),
    'all twelve': tones(
      Array.from({ length: 12 }, (_, i) => 60 + i),
      11,
    ),
    '10 partials anywhere': noise(10),
    '30 partials anywhere': noise(30),
    '60 partials anywhere': noise(60),
  }
  const rows = Object.entries(sounds).map(([name, partials]) => {
    const roughness = hutchinsonKnopoff1978(partials) ?? 0
    const harmonicity = measureHarmonicity(pitchClassTonesOfPartials(partials))?.harrison2018 ?? 0
    return [
      name,
      roughness.toFixed(3),
      harmonicity.toFixed(3),
      ...fits.map((fit) => predictSound(fit, { roughness, harmonicity }).toFixed(2)),
      consonanceOfRoughness(roughness).toFixed(2),
    ]
  })
  tellTable(['', 'roughness', 'harmonicity', ...fits.map(({ shape }) => shape), 'smoothness'], rows)
}

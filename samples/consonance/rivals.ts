// Other measures of the same chords, each turned so that high = consonant: published models, and two of biotuner's (Bellemare-Pepin & Jerbi), as its
// documentation defines them on frequencies:
//   harmonic similarity   mean over pairs of (p + q - 1) / (p q)      Tenney height   mean over pairs of log2(p q)
// p/q = the ratio of two frequencies as the nearest fraction with a denominator of at most 1000.
import {
  billboard,
  gill2009,
  hall2025Sum,
  hall2025Type,
  harrisonPearce2020,
  huron1994,
  hutchinsonKnopoff1978,
  hutchinsonKnopoffRevised,
  johnsonLaird2012,
  parncutt1988,
  partialsOfMidi,
  sethares1993,
  stolzenburg2015,
  tenneyMean,
  vassilakis2001,
} from '../../src/measure/consonance/index.ts'
import { hertzOfMidi } from '../../src/units.ts'
import type { RatedChord } from './chords.ts'

const partials = ({ midi }: RatedChord) => partialsOfMidi(midi)
const defined = (value: number | null) => value ?? Number.NaN

/** By name; values in the units of the model, high = consonant. */
export const rivals: Readonly<Record<string, (chord: RatedChord) => number>> = {
  harrisonPearce2020: ({ names, asTuned }) =>
    defined(harrisonPearce2020(asTuned.roughness, asTuned.harmonicity, billboard(names))),
  hall2025Type: ({ names }) => defined(hall2025Type(names)),
  hall2025Sum: ({ names }) => defined(hall2025Sum(names)),
  tenneyMean: ({ names }) => -defined(tenneyMean(names)),
  stolzenburg2015: ({ names }) => -defined(stolzenburg2015(names)),
  hutchinsonKnopoff1978: (chord) => -defined(hutchinsonKnopoff1978(partials(chord))),
  hutchinsonKnopoffRevised: (chord) => -defined(hutchinsonKnopoffRevised(partials(chord))),
  sethares1993: (chord) => -defined(sethares1993(partials(chord))),
  vassilakis2001: (chord) => -defined(vassilakis2001(partials(chord))),
  harrison2018: ({ asTuned }) => asTuned.harmonicity,
  gill2009: ({ names }) => defined(gill2009(names)),
  parncutt1988: ({ names }) => -defined(parncutt1988(names)),
  huron1994: ({ names }) => defined(huron1994(names)),
  johnsonLaird2012: ({ names }) => -defined(johnsonLaird2012(names)),
  billboard: ({ names }) => -defined(billboard(names)),
  'biotuner harmonic similarity': (chord) => meanOfFractions(chord, (p, q) => (p + q - 1) / (p * q)),
  'biotuner Tenney height': (chord) => -meanOfFractions(chord, (p, q) => Math.log2(p * q)),
}

function meanOfFractions({ midi }: RatedChord, measure: (p: number, q: number) => number): number {
  const hertz = midi.map((note) => Math.round(hertzOfMidi(note) * 1e6) / 1e6).sort((a, b) => a - b)
  let sum = 0
  let pairs = 0
  hertz.forEach((low, i) => {
    for (const high of hertz.slice(i + 1)) {
      const { p, q } = nearestFraction(high / low, 1000)
      sum += measure(p, q)
      pairs++
    }
  })
  return sum / pairs
}

/** The fraction nearest to a value above 0 whose denominator is at most `most` (continued fraction, last step shortened). */
export function nearestFraction(value: number, most: number): { p: number; q: number } {
  let [p0, q0, p1, q1] = [0, 1, 1, 0]
  let rest = value
  for (;;) {
    const whole = Math.floor(rest)
    const [p2, q2] = [p0 + whole * p1, q0 + whole * q1]
    if (q2 > most) break
    ;[p0, q0, p1, q1] = [p1, q1, p2, q2]
    if (Math.abs(rest - whole) < 1e-12) return { p: p1, q: q1 }
    rest = 1 / (rest - whole)
  }
  const steps = Math.floor((most - q0) / q1)
  const [p, q] = [p0 + steps * p1, q0 + steps * q1]
  return Math.abs(p1 / q1 - value) <= Math.abs(p / q - value) ? { p: p1, q: q1 } : { p, q }
}

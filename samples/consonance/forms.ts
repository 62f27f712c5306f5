// What a fit may choose between: which terms, in which shape, through which curve, estimated how. A form is one choice of each; all of them
// are named here, so that it can be told what was tried.
import { describeNotes, type Features, oneTone } from './chords.ts'

export interface Term {
  readonly name: string
  /** The sign that its weight may have: the sense of the published model. */
  readonly sign: 1 | -1
  readonly value: (features: Features) => number
  /** Largest weight allowed, if any. */
  readonly most?: number
}

export interface Form {
  readonly terms: readonly Term[]
  /** y = u, or y = 1 / (1 + e^-u). */
  readonly curve: 'line' | 'logistic'
  /** Chords of two, three and four notes were rated in sessions of their own: offsets of each while weights are estimated, left out of predictions. */
  readonly sizes: 'offset' | 'ignored'
  /** Strength of a penalty on squared standardised weights, per chord. */
  readonly ridge: number
  readonly weighting: 'equal' | 'standard errors' | 'equal sizes'
  /** Features of the chords as they were tuned, or also in equal temperament (each half). */
  readonly tuning: 'as tuned' | 'both'
}

/** One thing to be chosen, and its levels; the first is where the search starts. */
export type Dimension = readonly [name: string, levels: readonly string[]]
export type Choice = Readonly<Record<string, string>>

const perPair = ({ roughness, size }: Features) => roughness / Math.max(1, size - 1)
const roughnessTerms: Record<string, Term> = {
  R: { name: 'roughness', sign: -1, value: ({ roughness }) => roughness },
  'root R': { name: 'roughness', sign: -1, value: ({ roughness }) => Math.sqrt(roughness) },
  'R per pair': { name: 'roughnessOfPairs', sign: -1, value: perPair },
  'root R per pair': { name: 'roughnessOfPairs', sign: -1, value: (features) => Math.sqrt(perPair(features)) },
}
const periodicityTerms: Record<string, Term> = {
  stolzenburg: { name: 'periodicity', sign: -1, value: ({ stolzenburg }) => stolzenburg },
  'log stolzenburg': { name: 'periodicity', sign: -1, value: ({ stolzenburg }) => Math.log2(1 + stolzenburg) },
  tenney: { name: 'periodicity', sign: -1, value: ({ tenney }) => tenney },
}
const harmonicity: Term = {
  name: 'harmonicity',
  sign: 1,
  value: (features) => Math.min(features.harmonicity, oneTone),
}
const unfamiliarity: Term = { name: 'unfamiliarity', sign: -1, value: ({ billboard }) => billboard }
const scale: Term = { name: 'outsideScale', sign: -1, value: ({ outsideScale }) => outsideScale }
const intervals: Term = { name: 'intervals', sign: 1, value: ({ meanHuron }) => meanHuron }

/** Choices for a chord whose notes are known. */
export const chordDimensions: readonly Dimension[] = [
  ['roughness', ['R', 'root R', 'root R per pair', 'R per pair']],
  ['periodicity', ['log stolzenburg', 'stolzenburg', 'tenney', 'none']],
  ['scale', ['without', 'with']],
  ['intervals', ['without', 'with']],
  ['curve', ['logistic', 'line']],
  ['sizes', ['offset', 'ignored']],
  ['ridge', ['0.003', '0', '0.01']],
  ['weighting', ['equal', 'standard errors', 'equal sizes']],
  ['tuning', ['both', 'as tuned']],
]

export function chordForm(choice: Choice): Form {
  const periodicity = periodicityTerms[choice['periodicity'] as string]
  return {
    ...estimationOf(choice),
    terms: [
      boundByRegister(roughnessTerms[choice['roughness'] as string] as Term, choice),
      harmonicity,
      ...(periodicity === undefined ? [] : [periodicity]),
      unfamiliarity,
      ...(choice['scale'] === 'with' ? [scale] : []),
      ...(choice['intervals'] === 'with' ? [intervals] : []),
    ],
  }
}

/** The number of notes as a term, to show what it would do. */
export const sizeTerm: Term = { name: 'size', sign: 1, value: ({ size }) => size }

/** The published composite's three terms, to be fitted to the same chords as ours. */
export const publishedForm: Form = {
  terms: [roughnessTerms['R'] as Term, harmonicity, unfamiliarity],
  curve: 'line',
  sizes: 'ignored',
  ridge: 0,
  weighting: 'equal',
  tuning: 'as tuned',
}

function estimationOf(choice: Choice): Omit<Form, 'terms'> {
  return {
    curve: choice['curve'] as Form['curve'],
    sizes: choice['sizes'] as Form['sizes'],
    ridge: Number(choice['ridge']),
    weighting: choice['weighting'] as Form['weighting'],
    tuning: choice['tuning'] as Form['tuning'],
  }
}

/** The same chord an octave lower or higher may at most lose or gain this much. Bowling's chords lie all around middle C and cannot say it. */
const mostByOctave = 0.09
const movedByOctave = new Map<string, number>()

/** Bounds the weight of roughness so that no chord of two to four notes within an octave on middle C moves by more than `mostByOctave`. */
function boundByRegister(term: Term, { roughness, curve }: Choice): Term {
  const key = roughness as string
  const moved = movedByOctave.get(key) ?? Math.max(...smallChords().map((chord) => moveByOctave(term, chord)))
  movedByOctave.set(key, moved)
  return { ...term, most: mostByOctave / moved / (curve === 'logistic' ? 1 / 4 : 1) }
}

function moveByOctave(term: Term, chord: readonly number[]): number {
  const [low, here, high] = [-12, 0, 12].map((by) => term.value(describeNotes(chord.map((note) => note + by))))
  return Math.max(Math.abs((low as number) - (here as number)), Math.abs((high as number) - (here as number)))
}

/** Every chord of two to four notes within an octave above middle C. */
function smallChords(): number[][] {
  const chords: number[][] = []
  for (let i = 1; i <= 12; i++) {
    chords.push([60, 60 + i])
    for (let j = i + 1; j <= 12; j++) {
      chords.push([60, 60 + i, 60 + j])
      for (let k = j + 1; k <= 12; k++) chords.push([60, 60 + i, 60 + j, 60 + k])
    }
  }
  return chords
}

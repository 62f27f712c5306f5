// Gives every word a motif, a place for each of its notes, so that the consonance of two motifs sounded note against note follows the
// likeness of the two words. Coordinate descent: word after word, note after note, the place with the least squared error
//   e(p) = sum over other words j of (mean over notes of kernel[place of the word][place of j] - wish(likeness to j))^2
// over the word's neighbours and as many strangers as asked for, drawn anew in every round so that errors do not settle.
// Common words are placed first, among themselves; the others then against them, so that rare words never push common ones about.
import { type Random, randomIndex } from '../../src/random.ts'

export interface PlacementTask {
  readonly words: number
  /** The first so many words; neighbours and strangers are all among them. */
  readonly common: number
  readonly notes: number
  readonly places: number
  /** Consonance of two places sounded together, row by row. */
  readonly kernel: Float64Array
  /** `near` numbers of words for each word. */
  readonly neighbours: Int32Array
  readonly near: number
  readonly strangers: number
  readonly likeness: (a: number, b: number) => number
  /** The consonance that a likeness should have. */
  readonly wish: (likeness: number) => number
  /** Rounds over the common words, and over each of the others. */
  readonly rounds: { readonly common: number; readonly others: number }
  readonly random: Random
  readonly onRound?: (round: number, error: number) => void
}

/** Words x notes places. */
export function placeWords(task: PlacementTask): Uint8Array {
  const { words, common, notes, places, random, rounds } = task
  const motifs = Uint8Array.from({ length: words * notes }, () => randomIndex(random, places))
  const placeWord = createPlacer(task, motifs)
  for (let round = 0; round < rounds.common; round++) {
    let error = 0
    for (let i = 0; i < common; i++) error += placeWord(i)
    task.onRound?.(round, error / common)
  }
  for (let i = common; i < words; i++) for (let round = 0; round < rounds.others; round++) placeWord(i)
  return motifs
}

/** A function that places one word anew, each of its notes once, and returns the mean squared error left. */
function createPlacer(task: PlacementTask, motifs: Uint8Array): (word: number) => number {
  const { notes, places, kernel } = task
  const company = createCompany(task)
  const { others, wished } = company
  const rest = new Float64Array(others.length)
  const consonance = (word: number, other: number, note: number) =>
    kernel[(motifs[word * notes + note] as number) * places + (motifs[other * notes + note] as number)] as number
  const errorOf = (place: number, note: number) => {
    let sum = 0
    for (let k = 0; k < others.length; k++) {
      const other = motifs[(others[k] as number) * notes + note] as number
      const error = (rest[k] as number) + (kernel[place * places + other] as number) / notes
      sum += error * error
    }
    return sum
  }
  const placeNote = (word: number, note: number) => {
    for (let k = 0; k < others.length; k++) {
      let sum = 0
      for (let n = 0; n < notes; n++) if (n !== note) sum += consonance(word, others[k] as number, n)
      rest[k] = sum / notes - (wished[k] as number)
    }
    let least = Number.POSITIVE_INFINITY
    for (let place = 0; place < places; place++) {
      const error = errorOf(place, note)
      if (error >= least) continue
      least = error
      motifs[word * notes + note] = place
    }
    return least
  }
  return (word) => {
    company.gather(word)
    let error = 0
    for (let note = 0; note < notes; note++) error = placeNote(word, note)
    return error / others.length
  }
}

/** Whom a word is compared with: its neighbours, then strangers. */
function createCompany(task: PlacementTask) {
  const { common, neighbours, near, strangers, random } = task
  const others = new Int32Array(near + strangers)
  const wished = new Float64Array(near + strangers)
  const gather = (word: number) => {
    for (let k = 0; k < others.length; k++) {
      const other = k < near ? (neighbours[word * near + k] as number) : randomIndex(random, common)
      others[k] = other === word ? (other + 1) % common : other
      wished[k] = task.wish(task.likeness(word, others[k] as number))
    }
  }
  return { others, wished, gather }
}

// Slow, clear twin of worklets/kernel/notes.ts: which notes partials make, by greedy harmonic matching.
// Notes that are no multiple of another's fundamental are taken in order of salience, and each one's envelope is taken away from what is left;
// multiples (octave, twelfth ...) hide in the lower note's harmonics, so they need evidence: partials that stand out of its envelope.
import { midiOfHertz } from '../../src/units.ts'

export interface TwinNote {
  readonly midi: number
  /** Against the most salient note's, 0..1. */
  readonly salience: number
}

interface Tones {
  readonly hertz: readonly number[]
  readonly amplitudes: readonly number[]
}

interface Found {
  readonly at: number
  readonly salience: number
}

const mostNotes = 12
const harmonics = 20
const highestFundamental = 2200
const leastAmplitude = 0.03
const leastSalience = 0.12
const leastMultiple = 0.1
const leastSupport = 0.15
const leastLonely = 0.3
const lowestLonely = 100
const mostOfFundamental = 3
const tolerance = 2 ** (22 / 1200)
const nearMultiple = 2 ** (40 / 1200)
const stiffest = 1.5e-3
const decibels = (size: number) => (size / 20) * Math.LN10
/** An upper note's partials stand out by so many nepers, over so many of its harmonics. */
const leastExcess = (harmonic: number) => decibels(harmonic === 2 ? 4 : 6)
const comparedHarmonics = 6
const farthestExcess = decibels(8)

/** Ascending. */
export function estimateNotes(tones: Tones): TwinNote[] {
  const { hertz, amplitudes } = tones
  const strongest = Math.max(0, ...amplitudes)
  const candidates = hertz.flatMap((f, i) =>
    f < highestFundamental && (amplitudes[i] as number) >= leastAmplitude * strongest ? [i] : [],
  )
  const series = new Map(candidates.map((i) => [i, matchHarmonics(hertz, i)]))
  const seriesOf = (i: number) => series.get(i) as number[]
  const owns = (owner: number, i: number) => seriesOf(owner).includes(i)
  const left = [...amplitudes]
  const notes: Found[] = []
  const multiples: Found[] = []
  const isThump = (i: number) =>
    (hertz[i] as number) < lowestLonely && isLonely(salienceOf(seriesOf(i), amplitudes), amplitudes[i] as number)
  const pitched = candidates.filter((i) => !isThump(i))
  let open = pitched.length > 0 ? pitched : candidates
  while (open.length > 0 && notes.length < mostNotes) {
    const saliences = open.map((i) => salienceOf(seriesOf(i), left))
    const salience = Math.max(...saliences)
    const at = open[saliences.indexOf(salience)] as number
    const first = notes[0]?.salience ?? 0
    if (salience <= 0 || salience < leastMultiple * first) break
    open = open.filter((i) => i !== at)
    if (notes.some((note) => owns(note.at, at) || isNearMultiple(hertz[at] as number, hertz[note.at] as number)))
      multiples.push({ at, salience })
    else if (first === 0 || salience >= leastOf(hertz[at] as number, salience, left[at] as number) * first) {
      notes.push({ at, salience })
      takeAway(seriesOf(at), left)
    }
  }
  const first = notes[0]?.salience ?? 1
  const hidden = notes.filter((note) => notes.some((other) => other.at < note.at && owns(other.at, note.at)))
  const kept = notes.filter((note) => !hidden.includes(note)).map(({ at }) => at)
  const found = new Map([...notes, ...multiples].map(({ at, salience }) => [at, salience / first]))
  for (const { at } of [...hidden, ...multiples].sort((a, b) => a.at - b.at)) {
    const below = kept.filter((note) => note < at && owns(note, at)).map((note) => seriesOf(note).indexOf(at) + 1)
    if (kept.length < mostNotes && excessOf(at, kept, seriesOf, amplitudes) > leastExcess(Math.min(...below)))
      kept.push(at)
  }
  return kept
    .sort((a, b) => a - b)
    .map((at) => ({ midi: midiOfHertz(hertz[at] as number), salience: found.get(at) as number }))
}

/** Index of the partial at each harmonic of partial `first`, -1 where there is none; stiff strings' stretch (h sqrt(1 + B h^2)) is followed. */
function matchHarmonics(hertz: readonly number[], first: number): number[] {
  const fundamental = hertz[first] as number
  const found = [first]
  let stiffness = 0
  let last = first
  for (let h = 2; h <= harmonics; h++) {
    const wanted = h * fundamental * Math.sqrt((1 + stiffness * h * h) / (1 + stiffness))
    const distances = hertz.map((f) => Math.abs(f - wanted))
    const at = distances.indexOf(Math.min(...distances))
    const off = (hertz[at] as number) / wanted
    if (at <= last || off > tolerance || off < 1 / tolerance) {
      found.push(-1)
      continue
    }
    found.push(at)
    last = at
    if (h === 2) continue
    const stretch = ((hertz[at] as number) / (h * fundamental)) ** 2
    const heard = (stretch - 1) / (h * h - stretch)
    stiffness = Math.min(stiffest, Math.max(0, (stiffness + heard) / 2))
  }
  return found
}

/** A fundamental without harmonics to speak of must be more salient. */
function leastOf(hertz: number, salience: number, fundamental: number): number {
  if (!isLonely(salience, fundamental)) return leastSalience
  return hertz < lowestLonely ? Infinity : leastLonely
}

function isLonely(salience: number, fundamental: number): boolean {
  return salience < (1 + leastSupport) * fundamental ** 0.75
}

function isNearMultiple(hertz: number, fundamental: number): boolean {
  return [2, 3, 4].some((h) => {
    const off = hertz / (h * fundamental)
    return off < nearMultiple && off > 1 / nearMultiple
  })
}

/** Sum of amplitudes^.75, harmonic h counting 1 / (1 + .08 (h - 1)) and up to three times its fundamental. */
function salienceOf(series: readonly number[], left: readonly number[]): number {
  const most = mostOfFundamental * (left[series[0] as number] as number)
  const size = (i: number, h: number) => Math.min(most, left[i] as number) ** 0.75 / (1 + 0.08 * h)
  return series.reduce((sum, i, h) => (i < 0 ? sum : sum + size(i, h)), 0)
}

/** The fundamental goes whole, a harmonic up to the mean of itself and its neighbours. */
function takeAway(series: readonly number[], left: number[]): void {
  const before = series.map((i) => (i < 0 ? null : (left[i] as number)))
  series.forEach((i, h) => {
    if (i < 0) return
    const near = [before[h - 1], before[h], before[h + 1]].filter((a) => typeof a === 'number')
    const mean = near.reduce((sum, a) => sum + a, 0) / near.length
    left[i] = h === 0 ? 0 : Math.max(0, (before[h] as number) - mean)
  })
}

/** How far a candidate's partials stand out of the notes' envelopes, in nepers, mean over its harmonics with weights k^-.5. */
function excessOf(
  candidate: number,
  notes: readonly number[],
  seriesOf: (i: number) => readonly number[],
  amplitudes: readonly number[],
): number {
  const own = seriesOf(candidate)
  const owners = (i: number) => notes.filter((note) => seriesOf(note).includes(i)).length
  let sum = 0
  let weights = 0
  own.slice(0, comparedHarmonics).forEach((i, k) => {
    const weight = 1 / Math.sqrt(k + 1)
    const expected = notes.map((note) => {
      const h = i < 0 ? -1 : seriesOf(note).indexOf(i)
      return h < 0 ? 0 : envelopeAt(seriesOf(note), h, own, owners, amplitudes)
    })
    const size = Math.hypot(...expected)
    if (i >= 0 && size === 0) return
    const out = i < 0 ? -farthestExcess : Math.log((amplitudes[i] as number) / size)
    sum += weight * Math.max(-farthestExcess, Math.min(farthestExcess, out))
    weights += weight
  })
  return weights > 0 ? sum / weights : 0
}

/** A note's amplitude at harmonic h + 1, between the nearest harmonics that are not the candidate's and, if possible, no other note's. */
function envelopeAt(
  series: readonly number[],
  h: number,
  candidate: readonly number[],
  owners: (i: number) => number,
  amplitudes: readonly number[],
): number {
  const pick = (step: number) => {
    const near = [1, 2, 3, 4].map((n) => h + n * step).filter((g) => (series[g] ?? -1) >= 0)
    const free = near.filter((g) => !candidate.includes(series[g] as number))
    return free.find((g) => owners(series[g] as number) === 1) ?? free[0]
  }
  const [low, high] = [pick(-1), pick(1)]
  const size = (g: number) => amplitudes[series[g] as number] as number
  if (low === undefined && high === undefined) return 1e-9
  if (low === undefined) return (size(high as number) * ((high as number) + 1)) / (h + 1)
  if (high === undefined) return (size(low) * (low + 1)) / (h + 1)
  const t = Math.log((h + 1) / (low + 1)) / Math.log((high + 1) / (low + 1))
  return size(low) ** (1 - t) * size(high) ** t
}

// Partials -> notes, by greedy harmonic matching with envelopes taken away (the idea of Klapuri 2006, "Multiple fundamental frequency estimation by
// summing harmonic amplitudes", on partials instead of bins). Notes that are no multiple of another's fundamental come first, in order of salience;
// multiples (octave, twelfth ...) hide in the lower note's harmonics and need evidence: partials that stand out of its envelope.
// The clear twin is test/reference/notes.ts, the figures are in docs/hearing.md.
import {
  NoteFinder,
  at,
  countNote,
  enter,
  harmonicOf,
  harmonics,
  isMultiple,
  isNote,
  isOpen,
  matchHarmonics,
  mostNotes,
  none,
  owns,
  put,
  stateOf,
} from './candidates'
import { excessOf } from './multiples'
import { Partials } from './peaks'

const highestFundamental: f64 = 2200
/** Against the strongest partial. */
const leastAmplitude: f64 = 0.03
/** Against the most salient note: of a note, and of what may be a multiple of one. */
const leastSalience: f64 = 0.12
const leastMultiple: f64 = 0.1
/** A fundamental whose harmonics add less than this share is lonely (a drum's ring, a stray peak) and must itself be this salient. */
const leastSupport: f64 = 0.15
const leastLonely: f64 = 0.3
/** Below this a lonely fundamental is a thump, not a note: pure tones so low have hardly a pitch, and kicks ring there. */
const lowestLonely: f64 = 100
/** A harmonic counts up to three times its fundamental (^.75): hum below a chord matches many partials by chance. */
const mostOfFundamental: f64 = 2.279507056954778
/** Partials within 40 cents of the second to fourth harmonic of a note are not notes by themselves: vibrato moves them. */
const nearMultiple: f64 = 1.023374
const nearHarmonics: i32 = 4
/** A multiple's partials stand out by so many nepers: an octave's by 4 dB, a twelfth's or another's by 6. */
const leastExcessOctave: f64 = 0.460517
const leastExcess: f64 = 0.6907755

/** Finds the notes of at most 60 ascending partials. */
export function findNotes(finder: NoteFinder, partials: Partials): void {
  finder.count = partials.count
  finder.hertz = partials.hertz
  finder.amplitudes = partials.amplitudes
  finder.found = 0
  if (partials.count == 0) return
  prepare(finder)
  const first = takeNotes(finder)
  judgeMultiples(finder)
  for (let i = 0; i < finder.count; i++) {
    if (stateOf(finder, i) != isNote) continue
    put(finder.midi, finder.found, 69 + 12 * Math.log2(at(finder.hertz, i) / 440))
    put(finder.strengths, finder.found, at(finder.saliences, i) / first)
    finder.found++
  }
}

/** Candidates are opened, their harmonics looked up. */
function prepare(finder: NoteFinder): void {
  finder.notes = 0
  memory.fill(finder.owners, 0, <usize>finder.count)
  let strongest: f64 = 0
  for (let i = 0; i < finder.count; i++) {
    const amplitude = at(finder.amplitudes, i)
    strongest = Math.max(strongest, amplitude)
    leave(finder, i, amplitude)
  }
  for (let i = 0; i < finder.count; i++) {
    const may = at(finder.hertz, i) < highestFundamental && at(finder.amplitudes, i) >= leastAmplitude * strongest
    enter(finder, i, may ? isOpen : 0)
    if (may) matchHarmonics(finder, i)
  }
}

@inline
function leave(finder: NoteFinder, i: i32, amplitude: f64): void {
  const root = Math.sqrt(amplitude)
  put(finder.left, i, amplitude)
  put(finder.compressed, i, root * Math.sqrt(root))
}

/** Takes note after note, the most salient first, until the rest is faint; returns the first one's salience. */
function takeNotes(finder: NoteFinder): f64 {
  let first: f64 = 0
  let taken = 0
  weigh(finder, u64.MAX_VALUE)
  dropThumps(finder)
  while (taken < mostNotes) {
    const best = mostSalient(finder)
    if (best < 0) break
    const salience = at(finder.saliences, best)
    if (salience < leastMultiple * first) break
    if (load<u8>(finder.owners + <usize>best) > 0 || isNearMultiple(finder, best)) enter(finder, best, isMultiple)
    else if (taken > 0 && salience < leastOf(finder, best) * first) enter(finder, best, 0)
    else {
      enter(finder, best, isNote)
      countNote(finder, best, 1)
      if (taken == 0) first = salience
      taken++
      takeAway(finder, best)
      weigh(finder, load<u64>(finder.members + (<usize>best << 3)))
    }
  }
  return first
}

/** How salient a candidate must be against the first note. */
function leastOf(finder: NoteFinder, i: i32): f64 {
  if (!isLonely(finder, i)) return leastSalience
  return at(finder.hertz, i) < lowestLonely ? Infinity : leastLonely
}

@inline
function isLonely(finder: NoteFinder, i: i32): bool {
  return at(finder.saliences, i) < (1 + leastSupport) * at(finder.compressed, i)
}

/** Thumps are no candidates, unless there is nothing else. */
function dropThumps(finder: NoteFinder): void {
  let thumps: u64 = 0
  let others = 0
  for (let i = 0; i < finder.count; i++) {
    if (stateOf(finder, i) != isOpen) continue
    if (at(finder.hertz, i) < lowestLonely && isLonely(finder, i)) thumps |= <u64>1 << <u64>i
    else others++
  }
  if (others == 0) return
  for (let rest = thumps; rest != 0; rest &= rest - 1) enter(finder, <i32>ctz(rest), 0)
}

function mostSalient(finder: NoteFinder): i32 {
  let best = -1
  let salience: f64 = 0
  for (let i = 0; i < finder.count; i++) {
    if (stateOf(finder, i) != isOpen || at(finder.saliences, i) <= salience) continue
    salience = at(finder.saliences, i)
    best = i
  }
  return best
}

/** Which harmonic (2 ...) of a note below it partial i is, the lowest number of all such notes; 0 if of none. */
function lowestHarmonic(finder: NoteFinder, i: i32): i32 {
  let lowest = 0
  const below = (<u64>1 << <u64>i) - 1
  for (let rest = finder.notes & below; rest != 0; rest &= rest - 1) {
    const note = <i32>ctz(rest)
    if (!owns(finder, note, i)) continue
    let h = 1
    while (harmonicOf(finder, note, h) != i) h++
    if (lowest == 0 || h + 1 < lowest) lowest = h + 1
  }
  return lowest
}

function isNearMultiple(finder: NoteFinder, i: i32): bool {
  const hertz = at(finder.hertz, i)
  for (let rest = finder.notes; rest != 0; rest &= rest - 1) {
    const note = <i32>ctz(rest)
    for (let h = 2; h <= nearHarmonics; h++) {
      const off = hertz / (<f64>h * at(finder.hertz, note))
      if (off < nearMultiple && off > 1 / nearMultiple) return true
    }
  }
  return false
}

/**
 * Salience of the open candidates that have any of the `changed` partials as a harmonic: sum of amplitudes^.75 left, harmonic h counting
 * 1 / (1 + .08 (h - 1)) and up to three times its fundamental.
 */
function weigh(finder: NoteFinder, changed: u64): void {
  for (let i = 0; i < finder.count; i++) {
    if (stateOf(finder, i) != isOpen || (load<u64>(finder.members + (<usize>i << 3)) & changed) == 0) continue
    const most = mostOfFundamental * at(finder.compressed, i)
    let sum: f64 = 0
    for (let h = 0; h < harmonics; h++) {
      const partial = harmonicOf(finder, i, h)
      if (partial != none) sum += Math.min(most, at(finder.compressed, partial)) * at(finder.weights, h)
    }
    put(finder.saliences, i, sum)
  }
}

/** The fundamental goes whole, a harmonic up to the mean of itself and its neighbours. */
function takeAway(finder: NoteFinder, note: i32): void {
  let below: f64 = -1
  for (let h = 0; h < harmonics; h++) {
    const partial = harmonicOf(finder, note, h)
    const own = partial == none ? -1 : at(finder.left, partial)
    const next = h + 1 < harmonics ? harmonicOf(finder, note, h + 1) : none
    if (partial != none) {
      let sum = own
      let count: f64 = 1
      if (below >= 0) {
        sum += below
        count++
      }
      if (next != none) {
        sum += at(finder.left, next)
        count++
      }
      leave(finder, partial, h == 0 ? 0 : Math.max(0, own - sum / count))
    }
    below = own
  }
}

/** Notes above a note whose harmonic they are, and candidates set aside for the same reason: only those that stand out stay, from the lowest up. */
function judgeMultiples(finder: NoteFinder): void {
  for (let i = finder.count - 1; i >= 0; i--) {
    put(finder.logarithms, i, Math.log(at(finder.amplitudes, i)))
    if (stateOf(finder, i) != isNote || lowestHarmonic(finder, i) == 0) continue
    enter(finder, i, isMultiple)
    countNote(finder, i, -1)
  }
  for (let i = 0; i < finder.count && <i32>popcnt(finder.notes) < mostNotes; i++) {
    if (stateOf(finder, i) != isMultiple) continue
    const least = lowestHarmonic(finder, i) == 2 ? leastExcessOctave : leastExcess
    if (excessOf(finder, i) <= least) continue
    enter(finder, i, isNote)
    countNote(finder, i, 1)
  }
}

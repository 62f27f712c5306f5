// Whether a partial that is a harmonic of a lower note is a note as well (an octave, a twelfth ... above it): its own harmonics then stand out of the
// lower notes' envelopes, which are read off the harmonics that cannot be its own.
import { NoteFinder, at, harmonicOf, harmonics, none, owns } from './candidates'

/** Over so many of its harmonics; what one counts at most, in nepers (8 dB): one strong harmonic is no octave. One that lacks counts as much against it. */
const comparedHarmonics: i32 = 6
const farthestExcess: f64 = 0.9210340

/** How far a candidate's partials stand out of the notes' envelopes: nepers, mean over its harmonics k with weights k^-.5. */
export function excessOf(finder: NoteFinder, candidate: i32): f64 {
  let sum: f64 = 0
  let weights: f64 = 0
  for (let k = 0; k < comparedHarmonics; k++) {
    const partial = harmonicOf(finder, candidate, k)
    const expected = partial == none ? 0 : expectedAt(finder, candidate, partial)
    if (partial != none && expected == 0) continue
    const out = partial == none ? -farthestExcess : at(finder.logarithms, partial) - 0.5 * Math.log(expected)
    const weight = 1 / Math.sqrt(<f64>(k + 1))
    sum += weight * Math.max(-farthestExcess, Math.min(farthestExcess, out))
    weights += weight
  }
  return weights > 0 ? sum / weights : 0
}

/** Power that the notes alone should give a partial; 0 when it is none's. */
function expectedAt(finder: NoteFinder, candidate: i32, partial: i32): f64 {
  let power: f64 = 0
  for (let rest = finder.notes; rest != 0; rest &= rest - 1) {
    const note = <i32>ctz(rest)
    if (!owns(finder, note, partial)) continue
    let h = 0
    while (harmonicOf(finder, note, h) != partial) h++
    power += Math.exp(2 * envelopeAt(finder, note, h, candidate))
  }
  return power
}

/** Log amplitude of a note at harmonic h + 1, on a line over log h between the nearest harmonics that are not the candidate's. */
function envelopeAt(finder: NoteFinder, note: i32, h: i32, candidate: i32): f64 {
  const low = freeHarmonic(finder, note, h, -1, candidate)
  const high = freeHarmonic(finder, note, h, 1, candidate)
  if (low < 0 && high < 0) return -20
  const place = Math.log(<f64>(h + 1))
  if (low < 0) return at(finder.logarithms, harmonicOf(finder, note, high)) + Math.log(<f64>(high + 1)) - place
  const lower = at(finder.logarithms, harmonicOf(finder, note, low))
  const lowPlace = Math.log(<f64>(low + 1))
  if (high < 0) return lower + lowPlace - place
  const upper = at(finder.logarithms, harmonicOf(finder, note, high))
  return lower + ((upper - lower) * (place - lowPlace)) / (Math.log(<f64>(high + 1)) - lowPlace)
}

/** The nearest of four harmonics below or above h that is not the candidate's, if possible no other note's either; -1 without any. */
function freeHarmonic(finder: NoteFinder, note: i32, h: i32, step: i32, candidate: i32): i32 {
  let shared = -1
  for (let n = 1, g = h + step; n <= 4 && g >= 0 && g < harmonics; n++, g += step) {
    const partial = harmonicOf(finder, note, g)
    if (partial == none || owns(finder, candidate, partial)) continue
    if (load<u8>(finder.owners + <usize>partial) == 1) return g
    if (shared < 0) shared = g
  }
  return shared
}

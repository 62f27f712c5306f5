// Stems heard as one sound: their partials joined into one list as an ear would have them, then how harmonic they are, how like other mixtures,
// and which notes they make. Two jobs a mixture, each far below a transform; without mixtures nothing is done.
import { Arena, claim } from './arena'
import { NoteFinder, createNoteFinder, mostNotes } from './candidates'
import { Spectrum, createSpectrum, fillSpectrum, harmonicityOf, productOf } from './harmonicity'
import { findNotes } from './notes'
import { Partials, createPartials, mostPartials, thin } from './peaks'

/** Doubles per mixture in a frame: count of partials, harmonicity (-1 without any), count of notes (-1: not wanted), MIDI numbers, saliences, hertz, amplitudes. */
export const mixtureRow: i32 = 3 + 2 * mostNotes + 2 * mostPartials
export const jobsPerMixture: i32 = 2

@unmanaged
export class Mixtures {
  count: i32
  stems: i32
  /** count x (stems + 1), i32: 1 where the stem belongs to the mixture, and last where its notes are wanted. The host fills it. */
  members: usize
  /** Partials pointers, one per stem, and while joining the next of each that was not taken (i32). */
  lists: usize
  cursors: usize
  /** Partials of the mixture that is worked on. */
  joined: Partials
  /** Spectrum pointers. */
  spectra: usize
  finder: NoteFinder
  /** A row per mixture, then similarities count x count; f64. */
  results: usize
}

export function createMixtures(arena: Arena, count: i32, stems: i32): Mixtures {
  const mixtures = changetype<Mixtures>(claim(arena, offsetof<Mixtures>()))
  mixtures.count = count
  mixtures.stems = stems
  mixtures.lists = claim(arena, <usize>stems * sizeof<usize>())
  if (count == 0) return mixtures
  mixtures.cursors = claim(arena, <usize>stems << 2)
  mixtures.members = claim(arena, <usize>(count * (stems + 1)) << 2)
  mixtures.joined = createPartials(arena, stems * mostPartials)
  mixtures.spectra = claim(arena, <usize>count * sizeof<usize>())
  for (let m = 0; m < count; m++) {
    const spectrum = createSpectrum(arena, mostPartials)
    store<usize>(mixtures.spectra + <usize>m * sizeof<usize>(), changetype<usize>(spectrum))
  }
  mixtures.finder = createNoteFinder(arena)
  mixtures.results = claim(arena, <usize>resultsLength(mixtures) << 3)
  return mixtures
}

export function resultsLength(mixtures: Mixtures): i32 {
  return mixtures.count * (mixtureRow + mixtures.count)
}

/** Where the stem's partials of the latest frame are found. */
export function addStem(mixtures: Mixtures, stem: i32, partials: Partials): void {
  store<usize>(mixtures.lists + <usize>stem * sizeof<usize>(), changetype<usize>(partials))
}

@inline
function listOf(mixtures: Mixtures, stem: i32): Partials {
  return changetype<Partials>(load<usize>(mixtures.lists + <usize>stem * sizeof<usize>()))
}

@inline
function spectrumOf(mixtures: Mixtures, index: i32): Spectrum {
  return changetype<Spectrum>(load<usize>(mixtures.spectra + <usize>index * sizeof<usize>()))
}

@inline
function membersOf(mixtures: Mixtures, index: i32): usize {
  return mixtures.members + (<usize>(index * (mixtures.stems + 1)) << 2)
}

/** One job of a frame, in order: 2 m is mixture m's sound, 2 m + 1 its notes. */
export function hearMixture(mixtures: Mixtures, job: i32): void {
  const index = job / jobsPerMixture
  const row = mixtures.results + (<usize>(index * mixtureRow) << 3)
  if (job % jobsPerMixture == 0) {
    join(mixtures, index)
    const spectrum = spectrumOf(mixtures, index)
    fillSpectrum(spectrum, mixtures.joined)
    store<f64>(row, <f64>spectrum.count)
    store<f64>(row, spectrum.count > 0 ? harmonicityOf(spectrum) : -1, 8)
    compare(mixtures, index)
    const tones = row + (<usize>(3 + 2 * mostNotes) << 3)
    memory.copy(tones, mixtures.joined.hertz, <usize>mostPartials << 3)
    memory.copy(tones + (<usize>mostPartials << 3), mixtures.joined.amplitudes, <usize>mostPartials << 3)
    return
  }
  if (load<i32>(membersOf(mixtures, index) + (<usize>mixtures.stems << 2)) == 0) {
    store<f64>(row, -1, 16)
    return
  }
  const finder = mixtures.finder
  findNotes(finder, mixtures.joined)
  store<f64>(row, <f64>finder.found, 16)
  memory.copy(row + 24, finder.midi, <usize>mostNotes << 3)
  memory.copy(row + 24 + (<usize>mostNotes << 3), finder.strengths, <usize>mostNotes << 3)
}

/** Two partials this near cannot be told apart by the windows of their range: they are heard as one. */
function blurAt(hertz: f64): f64 {
  return hertz < 600 ? 1.5 : hertz < 2400 ? 3 : 6
}

/** Partials of the mixture's stems, ascending; those of different stems that fall together become one of both powers. Then thinned as a stem's are. */
function join(mixtures: Mixtures, index: i32): void {
  const joined = mixtures.joined
  memory.fill(mixtures.cursors, 0, <usize>mixtures.stems << 2)
  joined.count = 0
  let latest = -1
  for (let stem = nextStem(mixtures, index); stem >= 0; stem = nextStem(mixtures, index)) {
    const partials = listOf(mixtures, stem)
    const cursor = mixtures.cursors + (<usize>stem << 2)
    const at = <usize>load<i32>(cursor) << 3
    const hertz = load<f64>(partials.hertz + at)
    const amplitude = load<f64>(partials.amplitudes + at)
    store<i32>(cursor, load<i32>(cursor) + 1)
    const before = <usize>(joined.count - 1) << 3
    const apart = joined.count > 0 && stem != latest ? hertz - load<f64>(joined.hertz + before) : Infinity
    if (apart < blurAt(hertz)) merge(joined, before, apart, amplitude)
    else {
      store<f64>(joined.hertz + before, hertz, 8)
      store<f64>(joined.amplitudes + before, amplitude, 8)
      joined.count++
    }
    latest = stem
  }
  thin(joined)
}

/** Which of the mixture's stems has the lowest partial not taken yet, of equal ones the first; -1 when all are. */
function nextStem(mixtures: Mixtures, index: i32): i32 {
  const members = membersOf(mixtures, index)
  let next = -1
  let lowest: f64 = Infinity
  for (let stem = 0; stem < mixtures.stems; stem++) {
    if (load<i32>(members + (<usize>stem << 2)) == 0) continue
    const partials = listOf(mixtures, stem)
    const cursor = load<i32>(mixtures.cursors + (<usize>stem << 2))
    if (cursor == partials.count) continue
    const hertz = load<f64>(partials.hertz + (<usize>cursor << 3))
    if (hertz >= lowest) continue
    lowest = hertz
    next = stem
  }
  return next
}

/** The partial at `before` takes in another `apart` hertz above it: both powers, at their centre. */
function merge(joined: Partials, before: usize, apart: f64, amplitude: f64): void {
  const own = load<f64>(joined.amplitudes + before)
  const power = own * own + amplitude * amplitude
  store<f64>(joined.hertz + before, load<f64>(joined.hertz + before) + (apart * amplitude * amplitude) / power)
  store<f64>(joined.amplitudes + before, Math.sqrt(power))
}

/** All cosines once more, of the spectra as they are. */
export function compareAll(mixtures: Mixtures): void {
  for (let index = 0; index < mixtures.count; index++) compare(mixtures, index)
}

/** Cosines of this mixture's spectrum with those heard before it, 0 where either is empty. */
function compare(mixtures: Mixtures, index: i32): void {
  const own = spectrumOf(mixtures, index)
  const count = mixtures.count
  const table = mixtures.results + (<usize>(count * mixtureRow) << 3)
  for (let other = 0; other <= index; other++) {
    const that = spectrumOf(mixtures, other)
    let cosine: f64 = 0
    if (own.count > 0 && that.count > 0)
      cosine = other == index ? 1 : Math.min(1, productOf(that, own) / Math.sqrt(own.power * that.power))
    store<f64>(table + (<usize>(index * count + other) << 3), cosine)
    store<f64>(table + (<usize>(other * count + index) << 3), cosine)
  }
}

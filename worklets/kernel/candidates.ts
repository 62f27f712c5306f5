// Partials as fundamentals: which partials are whose harmonics, and what is known of each so far. What findNotes works on.
import { Arena, claim } from './arena'
import { mostPartials } from './peaks'

/** Most notes of one sound. */
export const mostNotes: i32 = 12
export const harmonics: i32 = 20
/** 22 cents as a ratio. */
const tolerance: f64 = 1.012789
/** Largest B of a stiff string's partials h f sqrt(1 + B h^2): high notes of a small piano. */
const stiffest: f64 = 1.5e-3

/** No partial is this harmonic. */
export const none: i32 = 255
export const isOpen: u8 = 1
export const isNote: u8 = 2
export const isMultiple: u8 = 3

@unmanaged
export class NoteFinder {
  /** Partials looked at, ascending: hertz and amplitudes as f64. */
  count: i32
  hertz: usize
  amplitudes: usize
  /** What the notes found so far leave, and that to the power of .75. */
  left: usize
  compressed: usize
  logarithms: usize
  /** Per partial as a fundamental: which partial is harmonic h (bytes, 255 none), all of them as bits, how salient, and what it is by now (bytes). */
  series: usize
  members: usize
  saliences: usize
  states: usize
  /** What harmonic h counts. */
  weights: usize
  /** The notes found so far, as bits, and how many of them have a partial as a harmonic (bytes). */
  notes: u64
  owners: usize
  /** What was found, ascending: fractional MIDI numbers and saliences 0..1. */
  found: i32
  midi: usize
  strengths: usize
}

export function createNoteFinder(arena: Arena): NoteFinder {
  const finder = changetype<NoteFinder>(claim(arena, offsetof<NoteFinder>()))
  const bytes = <usize>(mostPartials + 4) << 3
  finder.left = claim(arena, bytes)
  finder.compressed = claim(arena, bytes)
  finder.logarithms = claim(arena, bytes)
  finder.series = claim(arena, <usize>(mostPartials * harmonics))
  finder.members = claim(arena, bytes)
  finder.saliences = claim(arena, bytes)
  finder.states = claim(arena, <usize>mostPartials)
  finder.weights = claim(arena, <usize>harmonics << 3)
  for (let h = 0; h < harmonics; h++) put(finder.weights, h, 1 / (1 + 0.08 * <f64>h))
  finder.owners = claim(arena, <usize>mostPartials)
  finder.midi = claim(arena, <usize>mostNotes << 3)
  finder.strengths = claim(arena, <usize>mostNotes << 3)
  return finder
}

@inline
export function at(list: usize, i: i32): f64 {
  return load<f64>(list + (<usize>i << 3))
}

@inline
export function put(list: usize, i: i32, value: f64): void {
  store<f64>(list + (<usize>i << 3), value)
}

@inline
export function stateOf(finder: NoteFinder, i: i32): u8 {
  return load<u8>(finder.states + <usize>i)
}

@inline
export function enter(finder: NoteFinder, i: i32, state: u8): void {
  store<u8>(finder.states + <usize>i, state)
}

@inline
export function harmonicOf(finder: NoteFinder, i: i32, h: i32): i32 {
  return <i32>load<u8>(finder.series + <usize>(i * harmonics + h))
}

/** Whether partial `i` is a harmonic of partial `owner`. */
@inline
export function owns(finder: NoteFinder, owner: i32, i: i32): bool {
  return ((load<u64>(finder.members + (<usize>owner << 3)) >> <u64>i) & 1) != 0
}

/** Partial i becomes a note, or none any more: `change` 1 or -1. */
export function countNote(finder: NoteFinder, i: i32, change: i32): void {
  finder.notes ^= <u64>1 << <u64>i
  for (let rest = load<u64>(finder.members + (<usize>i << 3)); rest != 0; rest &= rest - 1) {
    const owners = finder.owners + <usize>ctz(rest)
    store<u8>(owners, <u8>(<i32>load<u8>(owners) + change))
  }
}

/** Which partial is harmonic h of partial `first`: the nearest within 22 cents of h f sqrt((1 + B h^2) / (1 + B)), B followed on the way up. */
export function matchHarmonics(finder: NoteFinder, first: i32): void {
  const row = finder.series + <usize>(first * harmonics)
  memory.fill(row, <u8>none, harmonics)
  store<u8>(row, <u8>first)
  let members: u64 = <u64>1 << <u64>first
  const fundamental = at(finder.hertz, first)
  let stiffness: f64 = 0
  const end = tolerance * at(finder.hertz, finder.count - 1)
  let last = first
  let above = first + 1
  for (let h = 2; h <= harmonics; h++) {
    const number = <f64>h
    const wanted = number * fundamental * Math.sqrt((1 + stiffness * number * number) / (1 + stiffness))
    if (wanted > end) break
    while (above < finder.count && at(finder.hertz, above) < wanted) above++
    const belowIsNearer =
      above == finder.count || wanted - at(finder.hertz, above - 1) <= at(finder.hertz, above) - wanted
    const near = belowIsNearer ? above - 1 : above
    const off = at(finder.hertz, near) / wanted
    if (near <= last || off > tolerance || off < 1 / tolerance) continue
    store<u8>(row + <usize>(h - 1), <u8>near)
    members |= <u64>1 << <u64>near
    last = near
    if (h == 2) continue
    const ratio = at(finder.hertz, near) / (number * fundamental)
    const heard = (ratio * ratio - 1) / (number * number - ratio * ratio)
    stiffness = Math.min(stiffest, Math.max(0, (stiffness + heard) / 2))
  }
  store<u64>(finder.members + (<usize>first << 3), members)
}

// A deck's state: its clock, the ring of slots it holds, and where its fader and bands stand.
import { Crossover } from './crossover'
import { DeckPart } from './deck-source'

/** Slots held at once: the former one, the present one and two to come. */
export const HELD: i32 = 4

@unmanaged
export class Deck {
  rate: f64
  capacity: i32
  fade: i32
  turn: i32
  wet: i32
  tail: i32
  now: i64
  /** Index into the ring of the present part, how many wait after it, and whether there is a present and a former one. */
  index: i32
  waiting: i32
  hasPresent: i32
  hasFormer: i32
  /** The clock at which the present part began to sound (its own start, unless it came late). */
  since: i64
  /** What the fader and the bands stood at when the present part began. */
  heldFader: f64
  heldLow: f64
  heldMid: f64
  heldHigh: f64
  /** Samples of the equaliser's way in, 0..wet, and of silence under the needle so far. */
  wetAt: i32
  silentFor: i32
  /** The fader's turning vector, when `overSamples` is above 0. */
  turnSin: f64
  turnCos: f64
  stepSin: f64
  stepCos: f64
  crossover: Crossover
  parts: usize
  blocks: usize
  source: usize
  former: usize
}

@inline
export function part(d: Deck, index: i32): DeckPart {
  return changetype<DeckPart>(d.parts + (index & (HELD - 1)) * offsetof<DeckPart>())
}

@inline
export function present(d: Deck): DeckPart {
  return part(d, d.index)
}

@inline
export function next(d: Deck): DeckPart {
  return part(d, d.index + 1)
}

// What follows the needle: the three-band equaliser, mixed in only while it is needed, and the fader.
import { clearCrossover, equalise } from './crossover'
import { DeckPart } from './deck-source'
import { Deck, present } from './deck-state'
import { scale, smooth } from './shapes'

@inline
export function isFlat(p: DeckPart): bool {
  return p.low == 1.0 && p.mid == 1.0 && p.high == 1.0
}

/** Equal power: the gain is the sine of the fader's share of a quarter turn. */
export function faderOf(d: Deck): f64 {
  const p = present(d)
  return d.now - p.start < p.overSamples ? d.turnSin : Math.sin(p.faderTo * 0.5 * Math.PI)
}

/** The equaliser, mixed in while any band is off 1 and out of the way otherwise. */
export function applyBands(d: Deck, n: i32): void {
  const t = <i32>min(d.now - d.since, <i64>d.turn)
  const heldFlat = d.heldLow == 1.0 && d.heldMid == 1.0 && d.heldHigh == 1.0
  const flat = d.hasPresent ? isFlat(present(d)) && (heldFlat || t >= d.turn) : heldFlat
  for (let i = 0; i < n; i++) {
    const wanted = !flat
    if (!wanted && d.wetAt == 0) {
      clearCrossover(d.crossover)
      return
    }
    const at = d.source + (<usize>i << 2)
    const x: f64 = load<f32>(at)
    const w: f64 = d.hasPresent ? <f64>min(t + i, d.turn) / <f64>d.turn : 0
    const low = d.hasPresent ? d.heldLow + w * (present(d).low - d.heldLow) : d.heldLow
    const mid = d.hasPresent ? d.heldMid + w * (present(d).mid - d.heldMid) : d.heldMid
    const high = d.hasPresent ? d.heldHigh + w * (present(d).high - d.heldHigh) : d.heldHigh
    const y = equalise(d.crossover, x, low, mid, high)
    store<f32>(at, <f32>(x + smooth(d.wetAt, d.wet) * (y - x)))
    d.wetAt = wanted ? min(d.wetAt + 1, d.wet) : d.wetAt - 1
  }
}

export function applyFader(d: Deck, out: usize, n: i32): void {
  const p = present(d)
  const t = <i32>min(d.now - d.since, <i64>d.fade)
  const moving = d.hasPresent && d.now - p.start < p.overSamples
  if (!moving && (t >= d.fade || !d.hasPresent)) {
    scale(d.source, out, n, <f32>(d.hasPresent ? Math.sin(p.faderTo * 0.5 * Math.PI) : d.heldFader))
    return
  }
  const rest = Math.sin(p.faderTo * 0.5 * Math.PI)
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2
    const own = moving ? d.turnSin : rest
    const gain = d.heldFader + smooth(t + i, d.fade) * (own - d.heldFader)
    store<f32>(out + at, load<f32>(d.source + at) * <f32>gain)
    if (moving) turnFader(d)
  }
}

@inline
function turnFader(d: Deck): void {
  const sin = d.turnSin * d.stepCos + d.turnCos * d.stepSin
  d.turnCos = d.turnCos * d.stepCos - d.turnSin * d.stepSin
  d.turnSin = sin
}

/** The fader moves on in silence. */
export function skipFader(d: Deck, n: i32): void {
  if (!d.hasPresent || d.now - present(d).start >= present(d).overSamples) return
  for (let i = 0; i < n; i++) turnFader(d)
}

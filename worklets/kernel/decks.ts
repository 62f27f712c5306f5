// A deck: sections under a needle -> crossfades at every jump -> three-band equaliser -> fader -> mono samples.
// Slots are given ahead of time; each starts on its own sample. With speed 1 and a flat equaliser the section comes through bit by bit.
// Rendering allocates nothing; stretches are cut at events and filters move sample by sample, so block size changes no bit.
import { Crossover, clearCrossover, createCrossover, disposeCrossover, equalise } from './crossover'
import { DeckPart, readPart, smooth } from './deck-source'
import { buildInterpolator } from './interpolator'
import { bend } from './voices'

/** Crossfade at every jump, start, stop and change of section; also the shortest fader move. */
const FADE_SECONDS: f64 = 0.005
/** Time that a band takes to its new gain, and that the equaliser takes to come in or go out. */
const TURN_SECONDS: f64 = 0.1
const WET_SECONDS: f64 = 0.02
/** After this much silence under the needle the filters hold nothing above -300 dB and are cleared. */
const TAIL_SECONDS: f64 = 0.1
/** Sections stay below KNEE; only raised bands come near CEILING. */
const KNEE: f32 = 0.501
const CEILING: f32 = 0.6
/** Slots held at once: the last one, the present one and two to come. */
const HELD: i32 = 4
const STRETCH: i32 = 4096

@unmanaged
class Deck {
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

/** A silent deck at time 0 for sections of at most `capacity` samples. */
export function createDeck(rate: f64, capacity: i32): usize {
  buildInterpolator()
  const d = changetype<Deck>(heap.alloc(offsetof<Deck>()))
  memory.fill(changetype<usize>(d), 0, offsetof<Deck>())
  d.rate = rate
  d.capacity = capacity
  d.fade = <i32>(FADE_SECONDS * rate)
  d.turn = <i32>(TURN_SECONDS * rate)
  d.wet = <i32>(WET_SECONDS * rate)
  d.tail = <i32>(TAIL_SECONDS * rate)
  d.silentFor = d.tail
  d.heldLow = d.heldMid = d.heldHigh = 1
  d.crossover = createCrossover(rate)
  d.parts = heap.alloc(HELD * offsetof<DeckPart>())
  memory.fill(d.parts, 0, HELD * offsetof<DeckPart>())
  d.blocks = heap.alloc(HELD * capacity * 4)
  for (let i = 0; i < HELD; i++) part(d, i).pcm = d.blocks + i * capacity * 4
  d.source = heap.alloc(STRETCH * 4)
  d.former = heap.alloc(STRETCH * 4)
  return changetype<usize>(d)
}

export function disposeDeck(deck: usize): void {
  const d = changetype<Deck>(deck)
  disposeCrossover(d.crossover)
  heap.free(d.parts)
  heap.free(d.blocks)
  heap.free(d.source)
  heap.free(d.former)
  heap.free(deck)
}

/**
 * Announces the next slot and gives the block to write its section to, or 0 when as many wait as the deck holds.
 * `loopSamples` 0: no loop. `pcmLength` 0: the deck rests.
 */
export function scheduleDeck(deck: usize, start: f64, length: i32, pcmLength: i32, rate: f64, loopSamples: f64): usize {
  const d = changetype<Deck>(deck)
  if (d.waiting >= HELD - 2) return 0 // one block is the present slot's, one the former's
  d.waiting++
  const p = part(d, d.index + d.waiting)
  p.start = <i64>start
  p.length = length
  p.playing = pcmLength > 0 ? 1 : 0
  p.pcmLength = max(1, min(pcmLength, d.capacity))
  p.rate = rate
  p.loopSamples = loopSamples
  return p.pcm
}

/** Fader and bands of the slot announced last. */
export function setDeckGains(deck: usize, from: f64, to: f64, over: i32, low: f64, mid: f64, high: f64): void {
  const d = changetype<Deck>(deck)
  const p = part(d, d.index + d.waiting)
  p.faderFrom = from
  p.faderTo = to
  p.overSamples = over
  p.low = low
  p.mid = mid
  p.high = high
}

/** Writes the next n samples, as f32, to `out`. */
export function renderDeck(deck: usize, out: usize, n: i32): void {
  const d = changetype<Deck>(deck)
  let done = 0
  while (done < n) {
    if (isNextDue(d)) beginNext(d)
    if (d.hasPresent && d.now >= present(d).start + present(d).length) endPresent(d)
    const stretch = min(min(n - done, STRETCH), untilEvent(d))
    renderStretch(d, out + (done << 2), stretch)
    d.now += stretch
    done += stretch
  }
}

@inline
function part(d: Deck, index: i32): DeckPart {
  return changetype<DeckPart>(d.parts + (index & (HELD - 1)) * offsetof<DeckPart>())
}

@inline
function present(d: Deck): DeckPart {
  return part(d, d.index)
}

@inline
function next(d: Deck): DeckPart {
  return part(d, d.index + 1)
}

/** A jump waits until the crossfade before it is over, so that none is ever cut short. */
function isNextDue(d: Deck): bool {
  return d.waiting > 0 && next(d).start <= d.now && (!d.hasFormer || d.now - d.since >= d.fade)
}

/** Samples until the present slot ends, the next begins, or a crossfade, turn or fader move is over. */
function untilEvent(d: Deck): i32 {
  let until: i64 = STRETCH
  const t = d.now - d.since
  if (d.hasPresent) until = min(until, present(d).start + present(d).length - d.now)
  if (d.waiting > 0 && next(d).start > d.now) until = min(until, next(d).start - d.now)
  if (d.silentFor < d.tail) until = min(until, <i64>(d.tail - d.silentFor))
  if (t < d.fade) until = min(until, d.fade - t)
  if (t < d.turn) until = min(until, d.turn - t)
  if (d.hasPresent && d.now - present(d).start < present(d).overSamples) {
    until = min(until, present(d).overSamples - (d.now - present(d).start))
  }
  return <i32>until
}

function holdGains(d: Deck): void {
  if (!d.hasPresent) return
  const t = d.now - d.since
  d.heldFader += smooth(<i32>min(t, <i64>d.fade), d.fade) * (faderOf(d) - d.heldFader)
  const w: f64 = <f64>min(t, <i64>d.turn) / <f64>d.turn
  d.heldLow += w * (present(d).low - d.heldLow)
  d.heldMid += w * (present(d).mid - d.heldMid)
  d.heldHigh += w * (present(d).high - d.heldHigh)
}

function beginNext(d: Deck): void {
  holdGains(d)
  d.hasFormer = d.hasPresent
  d.hasPresent = 1
  d.index++
  d.waiting--
  const p = present(d)
  d.since = d.now
  if (p.overSamples > 0) {
    const begin = p.faderFrom * 0.5 * Math.PI
    const step = ((p.faderTo - p.faderFrom) * 0.5 * Math.PI) / p.overSamples
    const late: f64 = min(<f64>(d.now - p.start), <f64>p.overSamples)
    d.turnSin = Math.sin(begin + late * step)
    d.turnCos = Math.cos(begin + late * step)
    d.stepSin = Math.sin(step)
    d.stepCos = Math.cos(step)
  }
  if (d.silentFor >= d.tail) {
    d.heldFader = faderOf(d)
    d.heldLow = p.low
    d.heldMid = p.mid
    d.heldHigh = p.high
    d.wetAt = isFlat(p) ? 0 : d.wet
  }
}

/** Nobody announced what follows: the deck fades out and keeps its fader. */
function endPresent(d: Deck): void {
  holdGains(d)
  d.hasPresent = 0
  d.hasFormer = 1
  d.since = d.now
}

@inline
function isFlat(p: DeckPart): bool {
  return p.low == 1.0 && p.mid == 1.0 && p.high == 1.0
}

/** Equal power: the gain is the sine of the fader's share of a quarter turn. */
function faderOf(d: Deck): f64 {
  const p = present(d)
  return d.now - p.start < p.overSamples ? d.turnSin : Math.sin(p.faderTo * 0.5 * Math.PI)
}

function renderStretch(d: Deck, out: usize, n: i32): void {
  const sounds = readSource(d, n)
  if (sounds) d.silentFor = 0
  else if (d.silentFor >= d.tail) {
    memory.fill(out, 0, n << 2)
    d.wetAt = 0
    clearCrossover(d.crossover)
    skipFader(d, n)
    return
  }
  applyBands(d, n)
  applyFader(d, out, n)
  bend(out, n, KNEE, CEILING)
  if (!sounds) d.silentFor += n
}

/** Fills `source`; false when nothing lies under the needle. */
function readSource(d: Deck, n: i32): bool {
  const t = <i32>min(d.now - d.since, <i64>d.fade)
  const fading = t < d.fade && d.hasFormer
  const former = part(d, d.hasPresent ? d.index - 1 : d.index)
  const playing = d.hasPresent && present(d).playing
  if (!playing && !(fading && former.playing)) {
    memory.fill(d.source, 0, n << 2)
    return false
  }
  if (playing) readPart(present(d), <i32>(d.now - present(d).start), n, d.source, d.fade)
  else memory.fill(d.source, 0, n << 2)
  if (t < d.fade) {
    if (fading) readPart(former, <i32>(d.now - former.start), n, d.former, d.fade)
    else memory.fill(d.former, 0, n << 2)
    for (let i = 0; i < n; i++) {
      const at = <usize>i << 2
      const before = load<f32>(d.former + at)
      store<f32>(d.source + at, before + <f32>smooth(t + i, d.fade) * (load<f32>(d.source + at) - before))
    }
  }
  return true
}

/** The equaliser, mixed in while any band is off 1 and out of the way otherwise. */
function applyBands(d: Deck, n: i32): void {
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

function applyFader(d: Deck, out: usize, n: i32): void {
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
function skipFader(d: Deck, n: i32): void {
  if (!d.hasPresent || d.now - present(d).start >= present(d).overSamples) return
  for (let i = 0; i < n; i++) turnFader(d)
}

function scale(from: usize, out: usize, n: i32, gain: f32): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2
    store<f32>(out + at, load<f32>(from + at) * gain)
  }
}

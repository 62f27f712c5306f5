// A deck: sections under a needle -> crossfades at every jump -> three-band equaliser -> fader -> mono samples.
// Slots are given ahead of time; each starts on its own sample. With speed 1 and a flat equaliser the section comes through bit by bit.
// Rendering allocates nothing; stretches are cut at events and filters move sample by sample, so block size changes no bit.
import { clearCrossover, createCrossover, disposeCrossover } from './crossover'
import { applyBands, applyFader, faderOf, isFlat, skipFader } from './deck-output'
import { DeckPart, readPart } from './deck-source'
import { Deck, HELD, next, part, present } from './deck-state'
import { buildInterpolator } from './interpolator'
import { bend, smooth } from './shapes'

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
const STRETCH: i32 = 4096

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

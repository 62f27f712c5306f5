// What lies under the needle: one slot's section read at its speed, with its loop. Stateless: sample t of the slot is a function of t.
import { readBetween } from './interpolator'

@unmanaged
export class DeckPart {
  /** First sample of the slot on the deck's clock, and its length. */
  start: i64
  length: i32
  playing: i32
  pcm: usize
  pcmLength: i32
  overSamples: i32
  rate: f64
  /** 0: no loop. */
  loopSamples: f64
  faderFrom: f64
  faderTo: f64
  low: f64
  mid: f64
  high: f64
}

/** Writes samples t .. t + n - 1 of the slot's own time; `fade` is the length in samples of the crossfade at each loop jump. */
export function readPart(p: DeckPart, t: i32, n: i32, out: usize, fade: i32): void {
  if (!p.playing) memory.fill(out, 0, n << 2)
  else if (p.rate == 1.0 && p.loopSamples == 0) copyRound(p, t, n, out)
  else for (let i = 0; i < n; i++) store<f32>(out + (i << 2), readLooped(p, t + i, fade))
}

function copyRound(p: DeckPart, t: i32, n: i32, out: usize): void {
  let at = t % p.pcmLength
  for (let done = 0; done < n; ) {
    const run = min(n - done, p.pcmLength - at)
    memory.copy(out + (done << 2), p.pcm + (at << 2), run << 2)
    done += run
    at = 0
  }
}

/** Loop j starts at round(j L), so that at speed 1 only whole samples are read. */
function readLooped(p: DeckPart, t: i32, fade: i32): f32 {
  const at: f64 = <f64>t * p.rate
  if (p.loopSamples == 0) return readAt(p, at)
  let j = Math.floor(at / p.loopSamples)
  if (Math.round((j + 1) * p.loopSamples) <= at) j += 1
  if (Math.round(j * p.loopSamples) > at) j -= 1
  const begin = Math.round(j * p.loopSamples)
  const inside = at - begin
  const y = readAt(p, inside)
  if (j < 1 || inside >= <f64>fade) return y
  const before = readAt(p, at - Math.round((j - 1) * p.loopSamples))
  const x = inside / <f64>fade
  return before + <f32>(x * x * (3.0 - 2.0 * x)) * (y - before)
}

@inline
function readAt(p: DeckPart, position: f64): f32 {
  const length: f64 = p.pcmLength
  const at = position - Math.floor(position / length) * length
  if (p.rate == 1.0) return load<f32>(p.pcm + (<i32>at << 2))
  return readBetween(p.pcm, p.pcmLength, at)
}

// How loud a part is, and keeping a section's peaks down. Loudness after ITU-R BS.1770-5: two filters, blocks, gates.

import { createArena, releaseArena } from './arena'
import { createWeighting, weighSamples } from './weighting'

/** Blocks of 100 ms without overlap: enough for setting levels (measures use the full method). */
const BLOCK_SECONDS: f64 = 0.1
const ABSOLUTE_GATE: f64 = 1.17e-7 // -70 LUFS as a mean square
const RELATIVE_GATE: f64 = 0.1 // -10 LU
const MOST_BLOCKS: i32 = 256

/** Gated mean square of the K-weighted buffer; 0 in silence. At most 25.6 s are read. */
export function weightedLevel(buffer: usize, n: i32, rate: f64): f64 {
  const block = <i32>(BLOCK_SECONDS * rate)
  const blocks = min(MOST_BLOCKS, n / block)
  const powers = heap.alloc(MOST_BLOCKS * 8)
  const arena = createArena()
  const weighting = createWeighting(arena, rate)
  for (let i = 0; i < blocks; i++) {
    store<f64>(powers + (i << 3), weighSamples(weighting, buffer + ((i * block) << 2), block) / block)
  }
  releaseArena(arena)
  const loud = meanAbove(powers, blocks, ABSOLUTE_GATE)
  const level = loud > 0 ? meanAbove(powers, blocks, max(ABSOLUTE_GATE, loud * RELATIVE_GATE)) : 0
  heap.free(powers)
  return level
}

function meanAbove(powers: usize, blocks: i32, gate: f64): f64 {
  let sum: f64 = 0
  let count = 0
  for (let i = 0; i < blocks; i++) {
    const power = load<f64>(powers + (i << 3))
    if (power <= gate) continue
    sum += power
    count++
  }
  return count > 0 ? sum / count : 0
}

/** Largest |x|. */
function peakOf(buffer: usize, n: i32): f32 {
  let four = f32x4.splat(0)
  let i: usize = 0
  for (const end = <usize>(n & ~3) << 2; i < end; i += 16) four = f32x4.pmax(four, f32x4.abs(v128.load(buffer + i)))
  let most = max(
    max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
    max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
  )
  for (const end = <usize>n << 2; i < end; i += 4) most = max(most, abs(load<f32>(buffer + i)))
  return most
}

const LIMIT_STEP: i32 = 64
/** Steps over which a reduction spreads to either side: about 10 ms before and after. */
const LIMIT_REACH: i32 = 8
const LIMIT_WIDTH: f32 = 17 // 2 LIMIT_REACH + 1

/** Turns the level down round every peak above `ceiling`, smoothly and round the loop; a section below it stays as it is. */
export function limitPeaks(buffer: usize, n: i32, ceiling: f32): void {
  const steps = (n + LIMIT_STEP - 1) / LIMIT_STEP
  const needed = heap.alloc(steps * 4)
  const held = heap.alloc(steps * 4)
  if (findReductions(buffer, n, ceiling, steps, needed)) {
    spreadReductions(needed, held, steps)
    smoothReductions(held, needed, steps)
    applyReductions(buffer, n, steps, needed, ceiling)
  }
  heap.free(needed)
  heap.free(held)
}

function findReductions(buffer: usize, n: i32, ceiling: f32, steps: i32, needed: usize): bool {
  let any = false
  for (let s = 0; s < steps; s++) {
    let most: f32 = 0
    const begin = s * LIMIT_STEP
    most = peakOf(buffer + (begin << 2), min(LIMIT_STEP, n - begin))
    any = any || most > ceiling
    store<f32>(needed + (s << 2), most > ceiling ? ceiling / most : 1)
  }
  return any
}

/** The least gain of the neighbourhood, twice as wide as the smoothing that follows, so that smoothing never lets a peak through. */
function spreadReductions(needed: usize, held: usize, steps: i32): void {
  for (let s = 0; s < steps; s++) {
    let least: f32 = 1
    for (let d = -LIMIT_REACH - 1; d <= LIMIT_REACH + 1; d++) least = min(least, load<f32>(needed + (((s + d + steps) % steps) << 2)))
    store<f32>(held + (s << 2), least)
  }
}

function smoothReductions(held: usize, smoothed: usize, steps: i32): void {
  for (let s = 0; s < steps; s++) {
    let sum: f32 = 0
    for (let d = -LIMIT_REACH; d <= LIMIT_REACH; d++) sum += load<f32>(held + (((s + d + steps) % steps) << 2))
    store<f32>(smoothed + (s << 2), sum / LIMIT_WIDTH)
  }
}

/** Straight lines between the middles of steps; where nothing is needed, nothing is touched. */
function applyReductions(buffer: usize, n: i32, steps: i32, gains: usize, ceiling: f32): void {
  for (let s = -1; s < steps; s++) {
    const a = load<f32>(gains + (((s + steps) % steps) << 2))
    const b = load<f32>(gains + (((s + 1) % steps) << 2))
    if (a == 1 && b == 1) continue
    const middle = s * LIMIT_STEP + LIMIT_STEP / 2
    const end = min(n, middle + LIMIT_STEP)
    for (let i = max(0, middle); i < end; i++) {
      const at = buffer + (i << 2)
      const y = load<f32>(at) * (a + (b - a) * (<f32>(i - middle) / <f32>LIMIT_STEP))
      store<f32>(at, max(-ceiling, min(ceiling, y)))
    }
  }
}

// What loudness and true peak are made of, for one channel: K-weighted energy per cell of 10 ms, and the largest value between the samples.
// True peak after ITU-R BS.1770-5 annex 2: four times oversampled by its 48-tap interpolating filter (twice from 96 kHz on, none from 192 kHz).
import { Arena, claim, createArena, releaseArena } from './arena'
import { Weighting, createWeighting, settle, weighSamples } from './weighting'

/** Most samples taken at once. */
const mostSamples: i32 = 4096
const taps: i32 = 12
/** Largest sum of absolute taps of a phase: nothing between the samples can exceed the loudest sample by more. */
const most: f32 = 2.05

/** BS.1770-5 annex 2, table of coefficients, phases 0 and 1; phases 3 and 2 are the same backwards. */
const phase0: StaticArray<f32> = [0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125]
const phase1: StaticArray<f32> = [-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375]

@unmanaged
export class Meter {
  arena: Arena
  weighting: Weighting
  input: usize
  /** The twelve samples before the input, kept in front of it. */
  samples: usize
  cells: usize
  /** Samples in 10 ms, no whole number at some rates. */
  cellSamples: f64
  cellsDone: f64
  /** Of the present cell. */
  cellSize: i32
  cellFilled: i32
  cellSum: f64
  phases: i32
  truePeak: f32
}

/** For 8000 to 192000 Hz; 0 for other rates. */
export function createMeter(sampleRate: f64): usize {
  if (!(sampleRate >= 8000 && sampleRate <= 192000)) return 0
  const arena = createArena()
  const m = changetype<Meter>(claim(arena, offsetof<Meter>()))
  m.arena = arena
  m.weighting = createWeighting(arena, sampleRate)
  m.samples = claim(arena, <usize>(mostSamples + 16) << 2)
  m.input = m.samples + 48
  m.cellSamples = sampleRate / 100
  m.cellSize = nextCellSize(m)
  m.cells = claim(arena, <usize>(mostSamples / m.cellSize + 2) << 3)
  m.phases = sampleRate >= 192000 ? 1 : sampleRate >= 96000 ? 2 : 4
  return changetype<usize>(m)
}

export function disposeMeter(pointer: usize): void {
  const arena = changetype<Meter>(pointer).arena
  releaseArena(arena)
}

/** Where the host puts up to 4096 samples. */
export function meterInput(pointer: usize): usize {
  return changetype<Meter>(pointer).input
}

/** Energies (mean squares after weighting) of the cells that the last call completed, f64 each. */
export function meterCells(pointer: usize): usize {
  return changetype<Meter>(pointer).cells
}

/** Each cell ends with the last sample inside its 10 ms, so that sizes differ by one where they have to, and no cell drifts. */
function nextCellSize(m: Meter): i32 {
  return <i32>(Math.floor((m.cellsDone + 1) * m.cellSamples) - Math.floor(m.cellsDone * m.cellSamples))
}

/** Largest magnitude so far, between samples too, if silence follows; linear. The input is written over; what follows is heard as if not asked. */
export function meterTruePeak(pointer: usize): f64 {
  const m = changetype<Meter>(pointer)
  memory.fill(m.input, 0, <usize>(taps - 1) << 2)
  return <f64>max(m.truePeak, peakBetween(m, m.input, taps - 1))
}

/** Takes `count` samples from the input. Returns how many cells became complete. */
export function meterSamples(pointer: usize, count: i32): i32 {
  const m = changetype<Meter>(pointer)
  let done = 0
  let at = 0
  while (at < count) {
    const length = min(count - at, m.cellSize - m.cellFilled)
    const from = m.input + (<usize>at << 2)
    m.cellSum = weighSamples(m.weighting, from, length, m.cellSum)
    m.cellFilled += length
    if (m.cellFilled == m.cellSize) {
      store<f64>(m.cells + (<usize>done << 3), m.cellSum / <f64>m.cellSize)
      done++
      m.cellsDone += 1
      m.cellSize = nextCellSize(m)
      m.cellSum = 0
      m.cellFilled = 0
      settle(m.weighting)
    }
    followPeak(m, from, length)
    at += length
  }
  memory.copy(m.samples, m.samples + (<usize>count << 2), 48)
  return done
}

function followPeak(m: Meter, from: usize, count: i32): void {
  for (let n = 0; n < count; n++) m.truePeak = max(m.truePeak, abs(load<f32>(from + (<usize>n << 2))))
  m.truePeak = max(m.truePeak, peakBetween(m, from, count))
}

/** Largest magnitude that the filter finds with these samples its newest. 0 where none could exceed what was found before; the answer is the same. */
function peakBetween(m: Meter, from: usize, count: i32): f32 {
  let peak: f32 = 0
  for (let n = 1 - taps; n < count; n++) peak = max(peak, abs(load<f32>(from + (<usize>n << 2))))
  if (m.phases == 1 || peak * most <= m.truePeak) return 0
  peak = 0
  for (let n = 0; n < count; n++) {
    const newest = from + (<usize>n << 2)
    let a: f32 = 0
    let b: f32 = 0
    let c: f32 = 0
    let d: f32 = 0
    for (let k = 0; k < taps; k++) {
      const x = load<f32>(newest - (<usize>k << 2))
      a += x * phase0[k]
      b += x * phase1[k]
      c += x * phase1[taps - 1 - k]
      d += x * phase0[taps - 1 - k]
    }
    const even = max(abs(a), abs(c))
    peak = max(peak, m.phases == 4 ? max(even, max(abs(b), abs(d))) : even)
  }
  return peak
}

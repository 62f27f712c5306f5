// One stem's ear: its samples at falling rates, its powers, its partials and onsets. Fed quantum by quantum; allocates only at birth.
import { Arena, claim } from './arena'
import { fillCells } from './attacks'
import { Halver, createHalver, halve } from './decimate'
import { OnsetFinder, createOnsetFinder } from './onsets'
import { Partials, createPartials, mostCandidates } from './peaks'
import { Weighting, createWeighting, settle, weighPair, weighSamples } from './weighting'

/** Samples taken at a time; all schedules count in these. */
export const quantum: i32 = 128
/** Quanta that the host may lay out at once. */
export const feedQuanta: i32 = 16
/** Hops whose powers are kept until their frame is due; a power of two. */
const keptHops: i32 = 8

@unmanaged
export class Stem {
  /** Where the host lays out samples, and the quantum of them that is being taken. */
  feed: usize
  input: usize
  /** Output of each halving, and the halvers, by level 1..levels (index 0 is not used: it is the input). */
  blocks: usize
  halvers: usize
  /** Rings per level and their lengths (i32, powers of two), written twice their length apart so that any stretch is contiguous; 0 where not needed. */
  rings: usize
  ringLengths: usize
  levels: i32
  written: i32
  weighting: Weighting
  /** Sum of squares of the quantum at hand after weighting. */
  weightedSum: f64
  /** Sums of squares per hop: plain, weighted; rings of f64. */
  plainSums: usize
  weightedSums: usize
  partials: Partials
  onsets: OnsetFinder
  chroma: usize
}

/** `ringLengths`: how many samples of each level are to be kept. */
export function createStem(arena: Arena, sampleRate: f64, levels: i32, ringLengths: usize): Stem {
  const stem = changetype<Stem>(claim(arena, offsetof<Stem>()))
  stem.levels = levels
  stem.blocks = claim(arena, <usize>(levels + 1) * sizeof<usize>())
  stem.halvers = claim(arena, <usize>(levels + 1) * sizeof<usize>())
  stem.ringLengths = ringLengths
  stem.rings = claim(arena, <usize>(levels + 1) * sizeof<usize>())
  for (let level = 0; level <= levels; level++) {
    const at = <usize>level * sizeof<usize>()
    if (level > 0) {
      store<usize>(stem.blocks + at, claim(arena, <usize>(quantum >> level) << 2))
      const halver = createHalver(arena, tapsOf(level, levels), quantum >> (level - 1))
      store<usize>(stem.halvers + at, changetype<usize>(halver))
    }
    const length = load<i32>(ringLengths + (<usize>level << 2))
    if (length > 0) store<usize>(stem.rings + at, claim(arena, <usize>length << 3))
  }
  stem.feed = claim(arena, <usize>(feedQuanta * quantum) << 2)
  stem.input = stem.feed
  stem.weighting = createWeighting(arena, sampleRate)
  stem.plainSums = claim(arena, <usize>keptHops << 3)
  stem.weightedSums = claim(arena, <usize>keptHops << 3)
  stem.partials = createPartials(arena, mostCandidates)
  stem.onsets = createOnsetFinder(arena)
  stem.chroma = claim(arena, 12 << 3)
  return stem
}

/** The two lowest rates carry the partials almost up to their edge; above them a gentle filter does. */
export function tapsOf(level: i32, levels: i32): i32 {
  return level > levels - 2 ? 24 : 12
}

/** Cleans and weighs the quanta in the inputs of two stems (of one, when both are the same). */
export function weighQuanta(a: Stem, b: Stem): void {
  sanitise(a.input)
  if (a == b) {
    a.weightedSum = weighSamples(a.weighting, a.input, quantum, 0)
  } else {
    sanitise(b.input)
    const sums = weighPair(a.weighting, b.weighting, a.input, b.input, quantum)
    a.weightedSum = f64x2.extract_lane(sums, 0)
    b.weightedSum = f64x2.extract_lane(sums, 1)
    settle(b.weighting)
  }
  settle(a.weighting)
}

/** Takes the quantum in `input` once it is weighed: summed, halved, stored. `hop` is the hop it belongs to, `first` whether it opens it; without `cellSize` no energies are kept for onsets. */
export function takeQuantum(stem: Stem, hop: i32, first: bool, cellSize: i32): void {
  const at = <usize>(hop & (keptHops - 1)) << 3
  const weighted = stem.weightedSum
  const plain = sumSquares(stem.input)
  store<f64>(stem.plainSums + at, plain + (first ? 0 : load<f64>(stem.plainSums + at)))
  store<f64>(stem.weightedSums + at, weighted + (first ? 0 : load<f64>(stem.weightedSums + at)))
  if (cellSize > 0) fillCells(stem.onsets.cells, stem.input, quantum, cellSize)
  let block = stem.input
  for (let level = 0; level <= stem.levels; level++) {
    const slot = <usize>level * sizeof<usize>()
    if (level > 0) {
      const halved = load<usize>(stem.blocks + slot)
      halve(changetype<Halver>(load<usize>(stem.halvers + slot)), block, quantum >> (level - 1), halved)
      block = halved
    }
    const ring = load<usize>(stem.rings + slot)
    const length = load<i32>(stem.ringLengths + (<usize>level << 2))
    if (ring != 0) remember(ring, length, block, stem.written >> level, quantum >> level)
  }
  stem.written += quantum
}

/** Not a number, infinite or above 1e4 counts as 0, and so does what is below 1e-15 (denormal numbers are slow and inaudible). */
function sanitise(samples: usize): void {
  const least = f32x4.splat(1e-15)
  const most = f32x4.splat(1e4)
  for (let at: usize = 0; at < <usize>quantum << 2; at += 16) {
    const x = v128.load(samples + at)
    const size = f32x4.abs(x)
    v128.store(samples + at, v128.and(x, v128.and(f32x4.ge(size, least), f32x4.le(size, most))))
  }
}

function sumSquares(samples: usize): f64 {
  let sum = f64x2.splat(0)
  for (let at: usize = 0; at < <usize>quantum << 2; at += 8) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(samples + at))
    sum = f64x2.add(sum, f64x2.mul(x, x))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

function remember(ring: usize, length: i32, block: usize, position: i32, count: i32): void {
  const at = ring + (<usize>(position & (length - 1)) << 2)
  memory.copy(at, block, <usize>count << 2)
  memory.copy(at + (<usize>length << 2), block, <usize>count << 2)
}

/** Address of the stretch of a level's samples from `position` on; 0 before the stream began is silence (the ring starts zeroed). */
export function stretchAt(stem: Stem, level: i32, position: i32): usize {
  const length = load<i32>(stem.ringLengths + (<usize>level << 2))
  return load<usize>(stem.rings + <usize>level * sizeof<usize>()) + (<usize>(position & (length - 1)) << 2)
}

/** Mean square of a hop of `samples` samples. */
export function hopPower(sums: usize, hop: i32, samples: i32): f64 {
  return load<f64>(sums + (<usize>(hop & (keptHops - 1)) << 3)) / <f64>samples
}

/** Energy per pitch class, each partial shared by the two nearest classes by its distance; sum 1, or all 0. */
export function fillChroma(stem: Stem): void {
  memory.fill(stem.chroma, 0, 12 << 3)
  const partials = stem.partials
  let total: f64 = 0
  for (let i = 0; i < partials.count; i++) {
    const hertz = load<f64>(partials.hertz + (<usize>i << 3))
    const amplitude = load<f64>(partials.amplitudes + (<usize>i << 3))
    const power = amplitude * amplitude
    const midi = 69 + 12 * Math.log2(hertz / 440)
    const below = Math.floor(midi)
    const upper = midi - below
    const low = stem.chroma + (<usize>(<i32>below % 12) << 3)
    const high = stem.chroma + (<usize>((<i32>below + 1) % 12) << 3)
    store<f64>(low, load<f64>(low) + power * (1 - upper))
    store<f64>(high, load<f64>(high) + power * upper)
    total += power
  }
  if (total == 0) return
  for (let c: usize = 0; c < 12 << 3; c += 8) store<f64>(stem.chroma + c, load<f64>(stem.chroma + c) / total)
}

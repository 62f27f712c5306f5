// Roughness after Hutchinson & Knopoff 1978 in Mashinter's form (2006): sums of a_i a_j g(y) over pairs of partials, y = |f_i - f_j| / CBW,
// CBW = 1.72 ((f_i + f_j) / 2)^.65 Hz, g(y) = ((y / .25) e^(1 - y / .25))^2, 0 beyond y = 1.2. The slow twin is test/reference/roughness.ts.
import { Arena, claim } from './arena'
import { Partials, mostPartials } from './peaks'

/** Partials of all stems in one ascending list, and the sums. */
@unmanaged
export class Roughness {
  stems: i32
  hertz: usize
  amplitudes: usize
  owners: usize
  /** Next unread partial per stem while merging, i32. */
  cursors: usize
  /** stems x stems sums, f64, row-major, symmetric. */
  sums: usize
  /** Sum of a^2 per stem, f64. */
  powers: usize
}

export function createRoughness(arena: Arena, stems: i32): Roughness {
  const roughness = changetype<Roughness>(claim(arena, offsetof<Roughness>()))
  roughness.stems = stems
  const most = <usize>(stems * mostPartials)
  roughness.hertz = claim(arena, most << 3)
  roughness.amplitudes = claim(arena, most << 3)
  roughness.owners = claim(arena, most << 2)
  roughness.cursors = claim(arena, <usize>stems << 2)
  roughness.sums = claim(arena, <usize>(stems * stems) << 3)
  roughness.powers = claim(arena, <usize>stems << 3)
  return roughness
}

/** Sums over all pairs within and between stems; `lists` holds a pointer to the Partials of each stem. */
export function sumRoughness(roughness: Roughness, lists: usize): void {
  const stems = roughness.stems
  memory.fill(roughness.sums, 0, <usize>(stems * stems) << 3)
  memory.fill(roughness.powers, 0, <usize>stems << 3)
  const count = merge(roughness, lists)
  for (let i = 0; i < count; i++) {
    const low = load<f64>(roughness.hertz + (<usize>i << 3))
    const amplitude = load<f64>(roughness.amplitudes + (<usize>i << 3))
    const row = load<i32>(roughness.owners + (<usize>i << 2))
    const power = roughness.powers + (<usize>row << 3)
    store<f64>(power, load<f64>(power) + amplitude * amplitude)
    for (let j = i + 1; j < count; j++) {
      const high = load<f64>(roughness.hertz + (<usize>j << 3))
      const y = (high - low) / (1.72 * Math.exp(0.65 * Math.log(0.5 * (low + high))))
      if (y > 1.2) break // y grows with the upper frequency
      const x = 4 * y * Math.exp(1 - 4 * y)
      const column = load<i32>(roughness.owners + (<usize>j << 2))
      const sum = roughness.sums + (<usize>(row * stems + column) << 3)
      store<f64>(sum, load<f64>(sum) + amplitude * load<f64>(roughness.amplitudes + (<usize>j << 3)) * x * x)
    }
  }
  mirror(roughness)
}

/** Pairs came as (lower, higher): both orders of two stems are one sum. */
function mirror(roughness: Roughness): void {
  const stems = roughness.stems
  for (let k = 0; k < stems; k++) {
    for (let l = k + 1; l < stems; l++) {
      const upper = roughness.sums + (<usize>(k * stems + l) << 3)
      const lower = roughness.sums + (<usize>(l * stems + k) << 3)
      const both = load<f64>(upper) + load<f64>(lower)
      store<f64>(upper, both)
      store<f64>(lower, both)
    }
  }
}

/** Ascending lists into one ascending list; of equal frequencies the earlier stem comes first. Returns its length. */
function merge(roughness: Roughness, lists: usize): i32 {
  memory.fill(roughness.cursors, 0, <usize>roughness.stems << 2)
  let count = 0
  while (true) {
    let owner = -1
    let lowest: f64 = Infinity
    for (let stem = 0; stem < roughness.stems; stem++) {
      const partials = changetype<Partials>(load<usize>(lists + <usize>stem * sizeof<usize>()))
      const cursor = load<i32>(roughness.cursors + (<usize>stem << 2))
      if (cursor == partials.count) continue
      const hertz = load<f64>(partials.hertz + (<usize>cursor << 3))
      if (hertz < lowest) {
        lowest = hertz
        owner = stem
      }
    }
    if (owner < 0) return count
    const cursor = load<i32>(roughness.cursors + (<usize>owner << 2))
    const partials = changetype<Partials>(load<usize>(lists + <usize>owner * sizeof<usize>()))
    store<f64>(roughness.hertz + (<usize>count << 3), lowest)
    store<f64>(roughness.amplitudes + (<usize>count << 3), load<f64>(partials.amplitudes + (<usize>cursor << 3)))
    store<i32>(roughness.owners + (<usize>count << 2), owner)
    store<i32>(roughness.cursors + (<usize>owner << 2), cursor + 1)
    count++
  }
}

// Wavetables of the voices: one period per waveform and number of partials, so that no partial ever lies above the limit.
// Table k of a waveform holds partials 1..k; it is table k - 1 plus one sine. All partials begin as sines: for spectra that fall
// like these the peaks are then lowest (crest factors 1.1 to 1.7; Schroeder's phases gave 1.3 to 2.0), and a tone begins at 0.

/** Points of one period, a power of two; one more follows so that interpolation needs no wrap. */
export const TABLE_BITS: u32 = 11
const SIZE: i32 = 1 << TABLE_BITS
const STRIDE: i32 = (SIZE + 4) * 4
export const MOST_PARTIALS: i32 = 64
const DULL_PARTIALS: i32 = 16

export const HARMONIC: i32 = 0
export const HOLLOW: i32 = 1
export const PLUCK: i32 = 2
export const BREATH: i32 = 3
const WAVES: i32 = 4

let sine: usize = 0
let bright: usize = 0
let dull: usize = 0

/** Builds every table once per kernel; about 20 ms. */
export function buildTables(): void {
  if (sine != 0) return
  sine = heap.alloc(STRIDE)
  for (let i = 0; i <= SIZE; i++) store<f32>(sine + i * 4, <f32>Math.sin((2.0 * Math.PI * i) / SIZE))
  bright = heap.alloc(STRIDE * WAVES * MOST_PARTIALS)
  dull = heap.alloc(STRIDE * WAVES * DULL_PARTIALS)
  for (let wave = 0; wave < WAVES; wave++) {
    buildWave(bright + wave * MOST_PARTIALS * STRIDE, wave, MOST_PARTIALS, true)
    buildWave(dull + wave * DULL_PARTIALS * STRIDE, wave, DULL_PARTIALS, false)
  }
}

/** One period of a sine as f32. */
export function sineTable(): usize {
  return sine
}

/** The waveform with `partials` partials at its brightest; partials must be at least 1. */
export function brightTable(wave: i32, partials: i32): usize {
  return bright + (wave * MOST_PARTIALS + min(partials, MOST_PARTIALS) - 1) * STRIDE
}

/** The same partials as they are once the tone has mellowed. */
export function dullTable(wave: i32, partials: i32): usize {
  return dull + (wave * DULL_PARTIALS + min(partials, DULL_PARTIALS) - 1) * STRIDE
}

function buildWave(first: usize, wave: i32, partials: i32, isBright: bool): void {
  let power: f64 = 0
  for (let n = 1; n <= partials; n++) power += 0.5 * square(amplitudeOf(wave, n, isBright))
  const scale = 1.0 / Math.sqrt(power) // every full table has a root mean square of 1
  for (let n = 1; n <= partials; n++) {
    const table = first + (n - 1) * STRIDE
    const below = table - STRIDE
    const amplitude = scale * amplitudeOf(wave, n, isBright)
    for (let i = 0; i <= SIZE; i++) {
      const lower: f64 = n > 1 ? load<f32>(below + i * 4) : 0
      const partial: f64 = amplitude * load<f32>(sine + (((n * i) & (SIZE - 1)) << 2))
      store<f32>(table + i * 4, <f32>(lower + partial))
    }
  }
}

/** Linear amplitude of partial n before scaling. */
function amplitudeOf(wave: i32, n: i32, isBright: bool): f64 {
  const x: f64 = n
  if (wave == HARMONIC) return isBright ? fall(x, 1.0, 22) : fall(x, 1.25, 8)
  if (wave == HOLLOW) {
    if ((n & 1) == 0) return 0
    return isBright ? fall(x, 1.05, 22) : fall(x, 1.35, 9)
  }
  // A string plucked at .17 of its length lacks partials near multiples of 6 (Fletcher & Rossing, The Physics of Musical Instruments, 2.8).
  if (wave == PLUCK) return isBright ? fall(x, 0.85, 26) * (0.25 + Math.abs(Math.sin(Math.PI * 0.17 * x))) : fall(x, 1.6, 5)
  return isBright ? fall(x, 1.35, 8) : fall(x, 1.8, 3)
}

/** Partials that fall by a power and, beyond `bend`, faster. */
@inline
function fall(n: f64, power: f64, bend: f64): f64 {
  return Math.exp(-n / bend) / Math.pow(n, power)
}

@inline
function square(x: f64): f64 {
  return x * x
}

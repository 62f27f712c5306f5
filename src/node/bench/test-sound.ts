// Sound to measure speed with, the same on every machine: notes of twelve harmonics that walk through a chord over a drone, and noise 40 dB below,
// so that every spectrum has more maxima than can be kept.
import { seededRandom } from '../../random.ts'
import type { Hertz, Seconds } from '../../units.ts'

export const benchRate: Hertz = 48_000

interface TestSound {
  readonly baseHz: Hertz
  /** Notes over the base, one after another. */
  readonly ratios: readonly number[]
  readonly noteSeconds: Seconds
}

const sounds: readonly TestSound[] = [
  { baseHz: 196, ratios: [1, 5 / 4, 3 / 2, 15 / 8], noteSeconds: 0.25 },
  { baseHz: 262, ratios: [1, 6 / 5, 3 / 2, 9 / 5], noteSeconds: 0.1875 },
  { baseHz: 139, ratios: [2, 3, 2.5, 4], noteSeconds: 0.3 },
  { baseHz: 349, ratios: [1, 4 / 3, 3 / 2, 2], noteSeconds: 0.15 },
]

/** Test stem number `index` (they repeat after four, with other noise), mono at 48 kHz, below full scale. */
export function makeTestStem(index: number, seconds: Seconds): Float32Array {
  const { baseHz, ratios, noteSeconds } = sounds[index % sounds.length] as TestSound
  const random = seededRandom(`bench/${index}`)
  return Float32Array.from({ length: Math.round(seconds * benchRate) }, (_, n) => {
    const time = n / benchRate
    const note = Math.floor(time / noteSeconds)
    const hertz = baseHz * (ratios[note % ratios.length] as number)
    const struck = Math.exp(-3 * (time - note * noteSeconds)) * tone(hertz * time)
    return 0.2 * (struck + 0.3 * tone((baseHz / 2) * time)) + 0.01 * (2 * random() - 1)
  })
}

const period = 4096
/** sum sin(2 pi h x) / h for h = 1 to 12, one period. */
const wave = Float64Array.from({ length: period }, (_, n) =>
  Array.from({ length: 12 }, (_, h) => Math.sin((2 * Math.PI * (h + 1) * n) / period) / (h + 1)).reduce(
    (a, b) => a + b,
  ),
)

function tone(turns: number): number {
  return wave[Math.floor((turns - Math.floor(turns)) * period)] as number
}

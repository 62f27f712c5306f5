// Slow, clear twin of the kernel's partials at 48 kHz: windows laid on the undecimated sound, three sizes, one rule for peaks.
// (The kernel gets the same bins from sound at a lower rate.)
import { fourier } from './fourier.ts'

export interface TwinPartial {
  readonly hertz: number
  readonly amplitude: number
  /** Power over the lower quartile around it, and likeness to a steady sine: what the kernel judges by. */
  readonly prominence: number
  readonly likeness: number
}

const bands = [
  { size: 32768, fromHertz: 40, toHertz: 600 },
  { size: 16384, fromHertz: 600, toHertz: 2400 },
  { size: 8192, fromHertz: 2400, toHertz: 5000 },
]

/** All local maxima of the spectrum around `centre` (a sample of `sound` at 48 kHz), judged but not thinned. */
export function partialsAt(sound: Float32Array, centre: number): TwinPartial[] {
  return bands.flatMap(({ size, fromHertz, toHertz }) => {
    const binHertz = 48000 / size
    const spectrum = spectrumAt(sound, centre, size)
    const power = spectrum.re.map((re, k) => re * re + (spectrum.im[k] as number) ** 2)
    const at = (k: number) => power[k] as number
    const found: TwinPartial[] = []
    const first = Math.ceil(fromHertz / binHertz) - 1
    for (let k = first; k <= toHertz / binHertz + 1; k++) {
      if (at(k) <= at(k - 1) || at(k) < at(k + 1)) continue
      const ratio = Math.sqrt(Math.max(at(k - 1), at(k + 1)) / at(k))
      const distance = Math.max(0, (2 * ratio - 1) / (ratio + 1))
      const offset = at(k + 1) >= at(k - 1) ? distance : -distance
      const hertz = (k + offset) * binHertz
      if (hertz < fromHertz || hertz >= toHertz) continue
      const from = k - ((k - first) % 32)
      const quartile = [...power.slice(from, from + 32)].sort((a, b) => a - b)[7] as number
      found.push({
        hertz,
        amplitude: Math.sqrt(at(k)) / hannLobe(offset),
        prominence: at(k) / quartile,
        likeness: likenessAt(spectrum, k, offset),
      })
    }
    return found
  })
}

/** Hann-windowed spectrum, scaled so that a sine of amplitude 1 on a bin gives 1. */
function spectrumAt(sound: Float32Array, centre: number, size: number) {
  const re = new Float64Array(size)
  for (let n = 0; n < size; n++)
    re[n] = ((sound[centre - size / 2 + n] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size)) * 4) / size
  return fourier({ re, im: new Float64Array(size) })
}

/** Correlation of five bins with the window's main lobe, whose neighbours alternate in sign. */
function likenessAt(spectrum: { re: Float64Array; im: Float64Array }, k: number, offset: number): number {
  let [re, im, power, lobes] = [0, 0, 0, 0]
  for (let m = -2; m <= 2; m++) {
    const lobe = hannLobe(m - offset) * (m % 2 === 0 ? 1 : -1)
    const [r, i] = [spectrum.re[k + m] as number, spectrum.im[k + m] as number]
    re += r * lobe
    im += i * lobe
    power += r * r + i * i
    lobes += lobe * lobe
  }
  return (re * re + im * im) / (power * lobes)
}

function hannLobe(x: number): number {
  if (x === 0) return 1
  if (Math.abs(x) === 1) return 0.5
  return Math.sin(Math.PI * x) / (Math.PI * x * (1 - x * x))
}

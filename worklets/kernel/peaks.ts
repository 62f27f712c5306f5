// Spectrum -> partials: local maxima that look like steady sines, with frequency and amplitude between the bins.
// A peak counts as tonal when (1) it stands well above its surroundings (percussion fills them, Fitzgerald 2010's idea within one frame)
// and (2) its bins have the window's own main lobe, phases included (sinusoidal likeness, Rodet 1997). docs/hearing.md has the figures.
import { Arena, claim } from './arena'
import { Fft } from './fft'
import { lowerQuartile } from './quartile'

/** Most partials reported per stem and frame. */
export const mostPartials: i32 = 60
/** Room for what is gathered before the strongest are kept. */
export const mostCandidates: i32 = 1024
/** Power ratio of -40 dB: weaker than this against the frame's strongest is not reported. */
const faintest: f64 = 1e-4
/** Amplitudes below -100 dBFS are not heard at all: beneath them lie rounding errors of loud sound out of range. */
const inaudible: f64 = 1e-5
/** Bins per stretch whose lower quartile stands for the noise there. */
const stretch: i32 = 32
/** A tonal peak's power over that quartile, chosen by experiment (docs/hearing.md). */
const prominence: f32 = 32
/** Least likeness to a sine, 0 to 1, chosen by experiment (docs/hearing.md). */
const leastLikeness: f64 = 0.7

/** Partials of one stem, ascending. */
@unmanaged
export class Partials {
  count: i32
  /** Candidates are gathered here, then thinned; f64 each. */
  hertz: usize
  amplitudes: usize
  scratch: usize
  /** Sum of power of all peaks looked at, and of those found tonal. */
  allPower: f64
  tonalPower: f64
}

export function createPartials(arena: Arena, most: i32): Partials {
  const partials = changetype<Partials>(claim(arena, offsetof<Partials>()))
  partials.hertz = claim(arena, <usize>most << 3)
  partials.amplitudes = claim(arena, <usize>most << 3)
  partials.scratch = claim(arena, <usize>most << 3)
  return partials
}

/** One resolution of the spectrum: peaks between `fromHertz` and `toHertz`. */
@unmanaged
export class Band {
  fft: Fft
  window: usize
  /** Hertz from bin to bin. */
  binHertz: f64
  fromHertz: f64
  toHertz: f64
  /** Powers of the bins, f32. */
  powers: usize
}

@inline
function powerAt(powers: usize, k: i32): f32 {
  return load<f32>(powers + (<usize>k << 2))
}

/** Appends the band's tonal peaks; the unfolded spectrum stands in the transform's work arrays. */
export function pickPeaks(band: Band, partials: Partials): void {
  const first = <i32>Math.ceil(band.fromHertz / band.binHertz) - 1
  const last = <i32>Math.floor(band.toHertz / band.binHertz) + 1
  const loudest = fillPowers(band, first, last)
  const least = <f32>Math.max(<f64>loudest * faintest * 0.5, inaudible * inaudible * 0.5)
  for (let from = first; from <= last; from += stretch) pickFrom(band, partials, from, min(from + stretch - 1, last), least)
}

/** The same for one stretch of bins, which share their noise. */
function pickFrom(band: Band, partials: Partials, first: i32, last: i32, least: f32): void {
  const leasts = f32x4.splat(least)
  let noise: f32 = -1
  for (let from = first; from <= last; from += 4) {
    const at = band.powers + (<usize>from << 2)
    const power = v128.load(at)
    const risen = v128.and(f32x4.ge(power, leasts), f32x4.gt(power, v128.load(at - 4)))
    let maxima = i32x4.bitmask(v128.and(risen, f32x4.ge(power, v128.load(at, 4))))
    for (; maxima != 0; maxima &= maxima - 1) {
      const k = from + ctz<i32>(maxima)
      if (k > last) return
      if (noise < 0) noise = lowerQuartile(band.powers + (<usize>first << 2))
      judge(band, partials, k, noise)
    }
  }
}

/** Counts a maximum, and keeps it if it is tonal. */
function judge(band: Band, partials: Partials, k: i32, noise: f32): void {
  const power = powerAt(band.powers, k)
  const inside = isInside(band, k)
  if (inside) partials.allPower += <f64>power
  if (power < prominence * noise) return
  if (append(band, partials, k) && inside) partials.tonalPower += <f64>power
}

/** Whether the bin itself lies within the band: so each peak is counted in one band only. */
@inline
function isInside(band: Band, k: i32): bool {
  const hertz = <f64>k * band.binHertz
  return hertz >= band.fromHertz && hertz < band.toHertz
}

/** Powers of bins `first` - 4 to `last` + a stretch; returns the largest within first..last. */
function fillPowers(band: Band, first: i32, last: i32): f32 {
  const re = band.fft.workRe
  const im = band.fft.workIm
  const powers = band.powers
  let loudest = f32x4.splat(0)
  for (let k = (first - 4) & ~3; k <= last + stretch; k += 4) {
    const at = <usize>k << 2
    const r = v128.load(re + at)
    const i = v128.load(im + at)
    const power = f32x4.add(f32x4.mul(r, r), f32x4.mul(i, i))
    v128.store(powers + at, power)
    if (k >= first && k <= last) loudest = f32x4.max(loudest, power)
  }
  return max(
    max(f32x4.extract_lane(loudest, 0), f32x4.extract_lane(loudest, 1)),
    max(f32x4.extract_lane(loudest, 2), f32x4.extract_lane(loudest, 3)),
  )
}

/** Interpolates the peak at bin k and keeps it if it is within the band and looks like a sine; true when kept. */
function append(band: Band, partials: Partials, k: i32): bool {
  if (partials.count == mostCandidates) return false
  const powers = band.powers
  // Between the bins: Hann's main lobe falls so that with r = |X[k+-1]| / |X[k]| (the larger neighbour) the sine lies (2 r - 1) / (r + 1)
  // bins towards that neighbour (Grandke 1983), exactly; a parabola through log magnitudes would be up to 3 % off in amplitude.
  const height = Math.sqrt(<f64>powerAt(powers, k))
  const below = powerAt(powers, k - 1)
  const above = powerAt(powers, k + 1)
  const ratio = Math.sqrt(<f64>max(below, above)) / height
  const distance = Math.max(0, (2 * ratio - 1) / (ratio + 1))
  const offset = above >= below ? distance : -distance
  const hertz = (<f64>k + offset) * band.binHertz
  // Neighbouring bands overlap by a fifth of a bin, so that none of their common edge is lost; nothing enters twice.
  const margin = 0.1 * band.binHertz
  if (hertz < band.fromHertz - margin || hertz > band.toHertz + margin) return false
  if (likeness(band.fft, k, offset) < leastLikeness) return false
  const amplitude = height / hannLobe(offset)
  const n = partials.count
  if (n > 0) {
    const before = load<f64>(partials.hertz + (<usize>(n - 1) << 3))
    if (hertz < before + 0.5 * band.binHertz) return false
  }
  store<f64>(partials.hertz + (<usize>n << 3), hertz)
  store<f64>(partials.amplitudes + (<usize>n << 3), amplitude)
  partials.count = n + 1
  return true
}

/** |sum X[k+m] L(m - offset)|^2 / (sum |X|^2 sum L^2) for m = -2..2 with L the main lobe of Hann's window: 1 for a lone steady sine. */
function likeness(fft: Fft, k: i32, offset: f64): f64 {
  let re: f64 = 0
  let im: f64 = 0
  let power: f64 = 0
  let lobes: f64 = 0
  for (let m = -2; m <= 2; m++) {
    const x = <f64>m - offset
    // Neighbouring bins of a windowed sine alternate in sign.
    const lobe = m & 1 ? -hannLobe(x) : hannLobe(x)
    const r = <f64>load<f32>(fft.workRe + (<usize>(k + m) << 2))
    const i = <f64>load<f32>(fft.workIm + (<usize>(k + m) << 2))
    re += r * lobe
    im += i * lobe
    power += r * r + i * i
    lobes += lobe * lobe
  }
  return (re * re + im * im) / (power * lobes + 1e-300)
}

/** sin(pi x) / (pi x (1 - x^2)), Hann's transform in bins from its centre, 1 at 0. */
function hannLobe(x: f64): f64 {
  const y = Math.abs(x)
  if (y < 1e-4) return 1
  if (Math.abs(y - 1) < 1e-4) return 0.5
  return Math.sin(Math.PI * y) / (Math.PI * y * (1 - y * y))
}

/** Drops what is 40 dB below the strongest, then the weakest until at most `mostPartials` remain. Order is kept. */
export function thin(partials: Partials): void {
  let strongest: f64 = 0
  for (let i = 0; i < partials.count; i++)
    strongest = Math.max(strongest, load<f64>(partials.amplitudes + (<usize>i << 3)))
  keepFrom(partials, Math.max(strongest * 0.01, inaudible))
  if (partials.count > mostPartials) keepFrom(partials, nthLargest(partials, mostPartials))
  if (partials.count > mostPartials) partials.count = mostPartials
}

function keepFrom(partials: Partials, least: f64): void {
  let kept = 0
  for (let i = 0; i < partials.count; i++) {
    const amplitude = load<f64>(partials.amplitudes + (<usize>i << 3))
    if (amplitude < least) continue
    store<f64>(partials.amplitudes + (<usize>kept << 3), amplitude)
    store<f64>(partials.hertz + (<usize>kept << 3), load<f64>(partials.hertz + (<usize>i << 3)))
    kept++
  }
  partials.count = kept
}

/** The n-th largest amplitude (Hoare's selection on a copy). */
function nthLargest(partials: Partials, n: i32): f64 {
  const list = partials.scratch
  memory.copy(list, partials.amplitudes, <usize>partials.count << 3)
  let low = 0
  let high = partials.count - 1
  const wanted = n - 1
  while (low < high) {
    const pivot = load<f64>(list + (<usize>((low + high) >> 1) << 3))
    let i = low
    let j = high
    while (i <= j) {
      while (load<f64>(list + (<usize>i << 3)) > pivot) i++
      while (load<f64>(list + (<usize>j << 3)) < pivot) j--
      if (i <= j) {
        const held = load<f64>(list + (<usize>i << 3))
        store<f64>(list + (<usize>i << 3), load<f64>(list + (<usize>j << 3)))
        store<f64>(list + (<usize>j << 3), held)
        i++
        j--
      }
    }
    if (wanted <= j) high = j
    else if (wanted >= i) low = i
    else break
  }
  return load<f64>(list + (<usize>wanted << 3))
}

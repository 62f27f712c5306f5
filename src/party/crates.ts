// Crates: which tracks of the library each DJ carries. Two dials: how much the tastes overlap (cosine) and which share of a crate both have.
import { type Random, randomNormal, seededRandom } from '../random.ts'
import { InputError, type Library, type Track } from '../record/index.ts'

export interface CrateDials {
  /** One taste per agent, in the order of styleNames. */
  readonly tastes: readonly (readonly number[])[]
  /** Tracks in each crate. */
  readonly size: number
  /** Share of each crate that all agents have, 0..1. */
  readonly sharedFraction: number
}

/**
 * Deals one crate per agent: the shared part first, by the agents' mean taste, then each agent's own part by its own taste,
 * all by weighted chance without putting back. Crates are sorted by id. Throws InputError when the library is too small.
 */
export function dealCrates(library: Library, dials: CrateDials, seed: number | string): Track[][] {
  const agents = dials.tastes.length
  const shared = agents > 1 ? Math.round(dials.size * dials.sharedFraction) : 0
  const needed = shared + agents * (dials.size - shared)
  if (library.tracks.length < needed)
    throw new InputError(
      'library-too-small',
      `crates: expected at least ${needed} tracks for ${agents} crates of ${dials.size} with ${shared} shared, got ${library.tracks.length}. Make the crates smaller or share more.`,
    )
  const random = seededRandom(`${seed}/crates`)
  const mean = dials.tastes[0]?.map((_, s) => dials.tastes.reduce((sum, taste) => sum + (taste[s] ?? 0), 0) / agents)
  const common = drawTracks(library.tracks, mean ?? [], shared, random)
  let left = library.tracks.filter((track) => !common.includes(track))
  return dials.tastes.map((taste) => {
    const own = drawTracks(left, taste, dials.size - shared, random)
    left = left.filter((track) => !own.includes(track))
    return [...common, ...own].sort((a, b) => (a.id < b.id ? -1 : 1))
  })
}

/** How strongly liking decides over chance: standard deviation of the noise on liking (0..1), chosen by trial. */
const drawNoise = 0.25

function drawTracks(tracks: readonly Track[], taste: readonly number[], count: number, random: Random): Track[] {
  return tracks
    .map((track) => ({ track, rank: likingOf(track, taste) + drawNoise * randomNormal(random) }))
    .sort((a, b) => b.rank - a.rank || (a.track.id < b.track.id ? -1 : 1))
    .slice(0, count)
    .map(({ track }) => track)
}

/** Taste of a track: mean taste over its styles, 0..1. */
function likingOf(track: Track, taste: readonly number[]): number {
  const whole = track.style.reduce((sum, part) => sum + part, 0)
  if (whole === 0) return 0
  return track.style.reduce((sum, part, s) => sum + part * (taste[s] ?? 0), 0) / whole
}

/** Cosine of two taste vectors, 0..1; 0 when either is empty. */
export function tasteOverlap(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, s) => sum + value * (y[s] ?? 0), 0)
  const norm = Math.sqrt(dot(a, a) * dot(b, b))
  return norm > 0 ? dot(a, b) / norm : 0
}

/**
 * Moves two tastes towards (or away from) each other until their cosine is `overlap`, 0..1, by bisection; null leaves them.
 * Largest value stays 1. Tastes that are already equal or disjoint may not reach every overlap; the nearest is taken.
 */
export function setTasteOverlap(
  tastes: readonly (readonly number[])[],
  overlap: number | null,
): readonly (readonly number[])[] {
  const [a, b] = tastes
  if (overlap === null || a === undefined || b === undefined) return tastes
  let low = -1
  let high = 1
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (tasteOverlap(lean(a, b, middle), lean(b, a, middle)) < overlap) low = middle
    else high = middle
  }
  return [lean(a, b, (low + high) / 2), lean(b, a, (low + high) / 2), ...tastes.slice(2)]
}

/** `towards` 1 = both alike, 0 = as it is, -1 = what only this one likes. Rounded so that it can be told in words. */
function lean(own: readonly number[], other: readonly number[], towards: number): number[] {
  const moved = own.map((value, s) => Math.max(0, value + towards * (other[s] ?? 0)))
  const most = Math.max(...moved)
  return moved.map((value) => (most > 0 ? Math.round((1000 * value) / most) / 1000 : 0))
}

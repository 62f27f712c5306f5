// Sioros & Guedes: an onset is syncopated as far as its weak place stands out from its neighbours, on every level from its own down.
//   syncopation of an onset in cell i at level h = (1 - 2^-h) * min over levels l >= h of (.8 d(i, before) + d(i, after)) / 1.8
//   before, after = the nearest cells at level l or above, round the bar
//   d(i, j) = (x_i - x_j) * min(1, .5 + .5 |h_i - h_j| / 4),  x = 1 in a cell that sounds, 0 in one that does not
// Sioros & Guedes 2011 (CMMR), parameters and round bar as in SynPy. The sum over onsets; 0 = none. A bar is always heard as a loop.
import type { Bar } from './bar.ts'
import { type LeveledBar, levelBar } from './weights.ts'

/** 0 or more; undefined without onsets, or when no level of the meter has the cells of the pattern's shortest form. */
export function siorosGuedes(bar: Bar): number | undefined {
  const leveled = levelBar(bar)
  if (leveled === undefined || bar.onsets.length === 0) return undefined
  const sounds = new Uint8Array(leveled.bar.cells)
  for (const onset of leveled.bar.onsets) sounds[onset] = 1
  return leveled.bar.onsets.reduce((sum, onset) => sum + standOut(leveled, sounds, onset), 0)
}

function standOut({ levels, lowest }: LeveledBar, sounds: Uint8Array, cell: number): number {
  const { length } = levels
  const own = levels[cell] as number
  const neighbour = (level: number, step: number) => {
    let other = (cell + step + length) % length
    while ((levels[other] as number) > level) other = (other + step + length) % length
    return other
  }
  const difference = (other: number) => {
    const apart = Math.abs(own - (levels[other] as number))
    return ((sounds[cell] as number) - (sounds[other] as number)) * Math.min(1, 0.5 + (0.5 * apart) / 4)
  }
  let least = Number.POSITIVE_INFINITY
  for (let level = own; level <= lowest; level++)
    least = Math.min(least, (0.8 * difference(neighbour(level, -1)) + difference(neighbour(level, 1))) / 1.8)
  return least * (1 - 2 ** -own)
}

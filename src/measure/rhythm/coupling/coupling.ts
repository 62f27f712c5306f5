// Coupling: does one stream answer the other, beyond what each does by itself? Two event streams in; for either direction a size in bits
// and a p out. Ours. It is not interlock and never part of it: two loops that share a clock and ignore each other interlock perfectly.
// Two channels, each with the target's own past taken out:
//   pattern  departures from the own refrain after the other's departures, 1 to 4 cells later (departures.ts, pattern.ts)
//   timing   lateness against the own pulse after the other's last lateness (lateness.ts, timing.ts)
//   p = min(1, channels * smallest p of a channel) among up to 199 circular shifts (shifts.ts)
//   bits = -1/2 log2(1 - r^2) of the channel with the smaller p (reading.ts)
// A size means nothing without its p: chance alone reaches .01 to .02 bits in half a minute.
// 0 sounds like two records on two turntables, however well they fit; large like an echo, a shadow, a player on another's beat.
import { type Attacks, type EventStream, fewestAttacks, type Pair, type RhythmSpan, readPair } from '../events.ts'
import { type Grid, layGrid } from '../grid.ts'
import { occupy } from '../refrain.ts'
import { findDepartures } from './departures.ts'
import { type Beats, findLateness } from './lateness.ts'
import { comparePatterns, type Departing } from './pattern.ts'
import { type CouplingChannel, type CouplingReading, type Direction, nothingKnown, tellDirections } from './reading.ts'
import type { Correlation } from './shifts.ts'
import { compareTimings, type Lateness } from './timing.ts'
import { shareCells, type Together } from './together.ts'

/** Phase consistency up to which interlock hears no pulse either (interlock.ts); lateness against none means nothing. */
const noPulse = 0.1

/**
 * Coupling of two streams over a span, on the estimated pulse or a known clock. Blind to marks; a and b swapped swap the directions; the
 * same streams give the same answer. Under six attacks in a stream, too short a time together, two equal streams, or machines that
 * depart from nothing: nulls with reasons. Of more than 16,384 cells together the first are looked at. Throws InputError as
 * `measureInterlock` does.
 */
export function measureCoupling(a: EventStream, b: EventStream, span: RhythmSpan = {}): CouplingReading {
  return couplingOf(readPair(a, b, span))
}

/** As `measureCoupling`, of a pair that is cut already, on its grid (default: laid here). */
export function couplingOf(pair: Pair, laid?: Grid): CouplingReading {
  const silent = whyNothing(pair)
  if (silent !== undefined) return nothingKnown(silent)
  const grid = laid ?? layGrid(pair)
  const together = shareCells(grid)
  if (typeof together === 'string') return nothingKnown(together)
  const a = readPlayer(cutBeats(pair.a, grid.a, grid.even.a, together), together.periods.a, together)
  const b = readPlayer(cutBeats(pair.b, grid.b, grid.even.b, together), together.periods.b, together)
  const keepTime = Math.min(grid.consistency.a, grid.consistency.b) > noPulse
  const follow = (target: Player, source: Player) =>
    weighChannels({
      pattern: comparePatterns(target.departing, source.departing, together.shifts),
      timing: keepTime ? compareTimings(target.lateness, source.lateness, together.cells, together.shifts) : null,
    })
  const machine = 'one of the two departs neither from its refrain nor from its pulse'
  return tellDirections(follow(b, a), follow(a, b), machine)
}

function whyNothing({ a, b }: Pair): string | undefined {
  const fewest = Math.min(a.times.length, b.times.length)
  if (fewest < fewestAttacks) return `a stream has ${fewest} attacks, a rhythm needs ${fewestAttacks}`
  const equal = a.times.length === b.times.length && a.times.every((time, i) => time === b.times[i])
  return equal ? 'both streams are the same: nothing in the one is news to the other' : undefined
}

interface Player {
  readonly departing: Departing
  readonly lateness: Lateness
}

/** The first attack of every shared cell; cells counted from the first that is shared. */
function cutBeats({ times }: Attacks, cells: Int32Array, even: Int32Array, { from, cells: count }: Together): Beats {
  const kept: number[] = []
  for (let i = 0; i < cells.length; i++) {
    const cell = (cells[i] as number) - from
    if (cell >= 0 && cell < count && cells[i] !== cells[i - 1]) kept.push(i)
  }
  return {
    times: Float64Array.from(kept, (i) => times[i] as number),
    cells: Int32Array.from(kept, (i) => (cells[i] as number) - from),
    even: Int32Array.from(kept, (i) => even[i] as number),
  }
}

function readPlayer(beats: Beats, period: number, { cells }: Together): Player {
  const departures = findDepartures(occupy(beats.cells, cells), period)
  return { departing: { departures, period }, lateness: { cells: beats.cells, late: findLateness(beats) } }
}

/** The channel that chance reaches least, its p for having been chosen among several. null: no channel can be asked. */
function weighChannels(found: Partial<Record<CouplingChannel, Correlation | null>>): Direction | null {
  const asked = Object.entries(found).flatMap(([channel, value]) =>
    value === null || value === undefined ? [] : [{ channel: channel as CouplingChannel, ...value }],
  )
  const [best] = asked.toSorted((x, y) => x.p - y.p || y.r - x.r)
  return best === undefined ? null : { ...best, p: Math.min(1, asked.length * best.p) }
}

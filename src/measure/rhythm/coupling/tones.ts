// The tones channel: when one who takes turns changes its tones, does it turn to those that the other had in the turn before?
// In: for each of two the tones of every turn (twelve pitch classes, counts of notes); out: coupling both ways.
//   value = sum over the target's changes t of <y_t, x_(t-1)>,   y, x = shares of the pitch classes (y's of all turns until the next
//           change) less their means over the own turns that have tones, of length 1; a change has tones unlike those of the own turn
//           before (cosine below .9): what stays, its own past tells
//   r = value / changes, a mean cosine, and 0 bits if it turns away from them
//   z = (value - mean) / SD over no shift and all shifts;   p = share of shifts (that of none counted) at which the larger z of both
//           directions reaches it (Westfall & Young 1993, single step): two that ignore each other have a p of .05 in either
//           direction in 5 of 100
// Shifts are circular, by whole turns, at least 4 either way, since a change is answered for some turns. Turns alike in both for the
// clock's sake come back under them; what two have in common because they are alike (one taste, one plan) does not, and passes for answering.
import { type CouplingReading, type Direction, nothingKnown, tellDirections } from './reading.ts'

/** Notes per pitch class, C first: 12 counts; all 0 in a turn without tones. */
export type TurnTones = Float64Array

const leastShiftTurns = 4
/** Fewest shifts that can tell p = .05. */
const fewestShifts = 19
const fewestTurns = fewestShifts + 2 * leastShiftTurns - 1
const fewestChanges = 4
const sameTones = 0.9

/** Coupling by tones of two who take turns at the same times; turn k of a is turn k of b. a and b swapped swap the directions. */
export function measureToneCoupling(a: readonly TurnTones[], b: readonly TurnTones[]): CouplingReading {
  const turns = Math.min(a.length, b.length)
  if (turns < fewestTurns) return nothingKnown(`${turns} turns, a test needs ${fewestTurns}`)
  const [first, second] = [readLine(a.slice(0, turns)), readLine(b.slice(0, turns))]
  const ways = [followOverShifts(second, first), followOverShifts(first, second, -1)] as const
  const [aToB, bToA] = ways.map((way) => way && rankWay(way, ways)) as [Direction | null, Direction | null]
  return tellDirections(
    aToB,
    bToA,
    `the two have tones at once in too few turns, or change them in fewer than ${fewestChanges}`,
  )
}

interface Line {
  /** Shares of the pitch classes less their means; null without tones. */
  readonly shares: readonly (Float64Array | null)[]
  /** Turns with other tones than the turn before, and the shares, less those means, of what stays until the next change. */
  readonly changes: readonly { readonly turn: number; readonly stay: Float64Array }[]
}

function readLine(turns: readonly TurnTones[]): Line {
  const raw = turns.map(shareOut)
  const heard = raw.filter((shares) => shares !== null)
  const means = Float64Array.from(
    { length: 12 },
    (_, c) => heard.reduce((sum, s) => sum + (s[c] as number), 0) / heard.length,
  )
  const changed = raw.flatMap((shares, t) =>
    t > 0 && shares !== null && !isAlike(shares, raw[t - 1] ?? null) ? [t] : [],
  )
  return {
    shares: raw.map((shares) => shares && directionFrom(means, shares)),
    changes: changed.map((turn, i) => {
      const whole = shareOut(addUp(turns.slice(turn, changed[i + 1])))
      return { turn, stay: directionFrom(means, whole ?? means) }
    }),
  }
}

function shareOut(tones: TurnTones): Float64Array | null {
  const notes = tones.reduce((sum, count) => sum + count, 0)
  return notes === 0 ? null : tones.map((count) => count / notes)
}

function addUp(turns: readonly TurnTones[]): TurnTones {
  return Float64Array.from({ length: 12 }, (_, c) => turns.reduce((sum, tones) => sum + (tones[c] as number), 0))
}

/** Of length 1; all 0 where the shares are the mean. */
function directionFrom(means: Float64Array, shares: Float64Array): Float64Array {
  const rest = shares.map((share, c) => share - (means[c] as number))
  const length = Math.sqrt(dot(rest, rest))
  return length > rounding ? rest.map((value) => value / length) : rest.fill(0)
}

const isAlike = (x: Float64Array, y: Float64Array | null) =>
  y !== null && dot(x, y) >= sameTones * Math.sqrt(dot(x, x) * dot(y, y))

/** What is found without a shift, then at every shift; null where too few changes meet tones. */
interface Way {
  readonly r: number
  readonly z: readonly (number | null)[]
}

/** `sign` turns the shifts round, so that both ways meet the same pairs of turns at the same place of the list. */
function followOverShifts(target: Line, source: Line, sign: 1 | -1 = 1): Way | null {
  const turns = target.shares.length
  const shifts = Array.from({ length: turns - 2 * leastShiftTurns + 1 }, (_, i) => leastShiftTurns + i)
  const found = [0, ...shifts].map((shift) => follow(target, source, sign * shift))
  const [here] = found
  const values = found.flatMap((pair) => (pair === null ? [] : [pair.value]))
  if (here === null || here === undefined || values.length <= fewestShifts) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  if (!(deviation > rounding)) return null
  return { r: here.r, z: found.map((pair) => pair && (pair.value - mean) / deviation) }
}

const rounding = 1e-12

function follow(target: Line, source: Line, shift: number): { value: number; r: number } | null {
  const turns = target.shares.length
  let [value, count] = [0, 0]
  for (const { turn, stay } of target.changes) {
    const x = source.shares[(((turn - 1 - shift) % turns) + turns) % turns] ?? null
    if (x === null) continue
    value += dot(stay, x)
    count++
  }
  return count < fewestChanges ? null : { value, r: Math.min(1, Math.max(0, value / count)) }
}

function rankWay(way: Way, ways: readonly (Way | null)[]): Direction {
  const here = way.z[0] as number
  const asked = way.z.flatMap((z, i) => (z === null ? [] : [i]))
  const reached = asked.filter((i) =>
    ways.some((other) => (other?.z[i] ?? Number.NEGATIVE_INFINITY) >= here - rounding),
  )
  return { channel: 'tones', r: way.r, p: reached.length / asked.length }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let c = 0; c < x.length; c++) sum += (x[c] as number) * (y[c] as number)
  return sum
}

// Interlock: how far two rhythms weave into one line while each keeps its own. Two event streams in, 0..1 out. Ours; there is no
// published scalar of it, so it is checked on canonical pairs (docs/measures/interlock.md), never asserted.
//   score = sqrt(min(c) * geometric mean(c))   over c = presence, pulse, space, evenness, refrain, variety, each 0..1
//   pulse = clip((tau - .074) / .012) clip((min(PPC_A, PPC_B, X) - .1) / .25)
//           [clip((coverage - .5) / .4) if the shared pulse is a division of what each keeps alone]
//           Cells faster than 80-100 ms are not heard as a pulse (Polak 2017); true alternation fills the cells of a division,
//           two players merely out of step do not. coverage = share of cells in which either sounds.
//   refrain = .12 + .88 min(strength_A, strength_B): softened, since players improvise. See refrain.ts; the others: weave.ts.
// 0 sounds like unison, flood, silence or two tempi; 1 like a hocket, a kotekan, a clave under a bell.
import type { InterlockScore } from '../../record/index.ts'
import { type EventStream, fewestAttacks, type Pair, type RhythmSpan, readPair } from './events.ts'
import { type Grid, layGrid } from './grid.ts'
import type { Consistency } from './pulse.ts'
import { drawShuffles, findRefrain, occupy } from './refrain.ts'
import { clip, measureEvenness, measurePresence, measureSpace, measureVariety } from './weave.ts'

export interface InterlockReading extends InterlockScore {
  readonly score: number
  /** Mean length of a cell of the shared grid, seconds. */
  readonly tatumSeconds: number | null
  /** Why a null is null: field -> reason. */
  readonly undefined: Readonly<Record<string, string>>
}

/** With a known clock `estimatedTatumSeconds` is what estimation finds without it: a check, and nothing else. */
export interface CheckedInterlock extends InterlockReading {
  readonly estimatedTatumSeconds: number | null
}

/**
 * Interlock of two streams over a span (default: 0 to the last onset), or against a known clock (`clock`; its sixteenth is the tatum,
 * and the streams may lie beside it, together). Fewer than six attacks in a stream: score 0, parts and tatum null with reasons. Symmetric in a and b, blind to the names of marks.
 * Throws InputError for onsets that are unsorted, negative or not finite, for a wrong count of marks, for a span that runs back.
 */
export function measureInterlock(a: EventStream, b: EventStream, span: RhythmSpan = {}): CheckedInterlock {
  const pair = readPair(a, b, span)
  const reading = interlockOf(pair)
  const silent = reading.tatumSeconds === null
  const estimatedTatumSeconds = silent ? null : pair.clock ? estimateTatum(pair) : reading.tatumSeconds
  const reasons = silent ? { estimatedTatumSeconds: reading.undefined['tatumSeconds'] as string } : {}
  return { ...reading, estimatedTatumSeconds, undefined: { ...reading.undefined, ...reasons } }
}

const estimateTatum = (pair: Pair) => layGrid({ ...pair, clock: undefined }).tatumSeconds

/** As `measureInterlock`, of a pair that is cut already, on its grid (default: laid here). */
export function interlockOf(pair: Pair, laid?: Grid): InterlockReading {
  const silent = whyNothing(pair)
  if (silent !== undefined) return nothingWeaves(silent)
  const grid = laid ?? layGrid(pair)
  const parts = {
    presence: measurePresence(pair),
    pulse: measurePulse(grid),
    space: measureSpace(grid),
    evenness: measureEvenness(pair.a, pair.b, grid.tatumSeconds),
    refrain: measureRefrain(grid),
    variety: measureVariety(grid.a, grid.b, pair),
  }
  return { score: scoreOfParts(Object.values(parts)), ...parts, tatumSeconds: grid.tatumSeconds, undefined: {} }
}

/** From the six parts, each 0..1. */
export function scoreOfParts(parts: readonly number[]): number {
  const product = parts.reduce((p, part) => p * part, 1)
  return Math.sqrt(Math.min(...parts) * product ** (1 / parts.length))
}

/** Why two streams cannot weave; undefined when they can. */
export function whyNothing({ a, b }: Pick<Pair, 'a' | 'b'>): string | undefined {
  const few = [a, b].map(({ times }) => times.length).filter((count) => count < fewestAttacks)
  if (few.length === 0) return undefined
  return `a stream has ${Math.min(...few)} attacks, a rhythm needs ${fewestAttacks}`
}

/** The reading of streams that cannot weave. */
export function nothingWeaves(reason: string): InterlockReading {
  const fields = ['presence', 'pulse', 'space', 'evenness', 'refrain', 'variety', 'tatumSeconds'] as const
  const parts = { presence: null, pulse: null, space: null, evenness: null, refrain: null, variety: null }
  return { score: 0, ...parts, tatumSeconds: null, undefined: Object.fromEntries(fields.map((f) => [f, reason])) }
}

function measurePulse({ a, b, cells, tatumSeconds, consistency, division }: Grid): number {
  const [own, other] = [occupy(a, cells), occupy(b, cells)]
  const coverage = own.reduce((sum, sounds, i) => sum + (sounds | (other[i] as number)), 0) / cells
  const filled = division === 1 ? 1 : clip((coverage - 0.5) / 0.4)
  return pulseOf(consistency, tatumSeconds) * filled
}

/** How surely a pulse is kept by both and together, if its cells are slow enough to be heard. */
export function pulseOf({ a, b, cross }: Consistency, tatumSeconds: number): number {
  return clip((tatumSeconds - 0.074) / 0.012) * clip((Math.min(a, b, cross) - 0.1) / 0.25)
}

function measureRefrain({ a, b, cells }: Grid): number {
  const orders = drawShuffles(cells)
  const strength = Math.min(...[a, b].map((own) => findRefrain(occupy(own, cells), orders).strength))
  return softened(strength)
}

/** Players improvise: without a refrain something is left. */
export const softened = (strength: number) => 0.12 + 0.88 * strength

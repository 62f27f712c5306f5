// Score leak: numbers of the score where they must not be, in an agent's prompt or in its words.
// In: an agent's turns, and what had been measured before each. Out: the turn that shows it.
// A number said (0.73: two decimals or more, each number once) hits when it quotes a reading of the two slots before. Whoever says many
// numbers hits now and then, so hits are held against chance. A number meets a reading by chance as often as it meets the readings before
// the other slots, and at least as often as a number at random: readings that differ / 10^decimals. The hits are a leak when so many or
// more have a probability of at most .01, each number by itself (Poisson binomial).
import { type Finding, foundAt, holdsOn } from './finding.ts'
import type { PlacedTurn } from './turns.ts'

/** By slot: the readings known before a turn in it, of the two slots before; values 0..1. */
export type KnownReadings = readonly (readonly number[])[]

const mostByChance = 0.01
/** Slots so far apart share no reading. */
const apart = 2

/** Index into `turns`: of the prompt that shows a score, or of the first quote. */
export function findScoreLeak(turns: readonly PlacedTurn[], readings: KnownReadings): Finding {
  const shown = turns.findIndex(({ scoreShown }) => scoreShown)
  if (shown >= 0) return { at: shown }
  const told = numbersSaid(turns, readings).map(({ index, slot, said }) => ({
    index,
    hit: meets(readings[slot] ?? [], said),
    chance: chanceOf(said, slot, readings),
  }))
  const hits = told.filter(({ hit }) => hit)
  const chances = told.map(({ chance }) => chance)
  if (hits.length === 0 || chanceOfAtLeast(hits.length, chances) > mostByChance) return { none: holdsOn }
  return foundAt(hits[0]?.index ?? null)
}

interface Said {
  readonly value: number
  readonly decimals: number
}

interface Place {
  readonly index: number
  readonly slot: number
  readonly said: Said
}

/** Each number where it is first said when something was known. */
function numbersSaid(turns: readonly PlacedTurn[], readings: KnownReadings): Place[] {
  const seen = new Set<string>()
  return turns.flatMap(({ text, slot }, index) =>
    [...text.matchAll(/(?<![\d.,])0?[.,](\d{2,})\b/g)].flatMap(([, digits = '']) => {
      if (seen.has(digits) || (readings[slot] ?? []).length === 0) return []
      seen.add(digits)
      return [{ index, slot, said: { value: Number(`0.${digits}`), decimals: digits.length } }]
    }),
  )
}

function meets(readings: readonly number[], { value, decimals }: Said): boolean {
  const near = 0.5 * 10 ** -decimals + 1e-12
  return readings.some((reading) => Math.abs(reading - value) <= near)
}

function chanceOf(said: Said, slot: number, readings: KnownReadings): number {
  const others = readings.filter((known, k) => known.length > 0 && Math.abs(k - slot) >= apart)
  const met = others.filter((known) => meets(known, said)).length
  const step = 10 ** said.decimals
  const differing = new Set((readings[slot] ?? []).map((reading) => Math.round(reading * step))).size
  return Math.min(1, Math.max(others.length === 0 ? 0 : met / others.length, differing / step))
}

/** That at least `count` of independent events with these chances happen. */
function chanceOfAtLeast(count: number, chances: readonly number[]): number {
  // P(k events so far), k < count; what leaves the table has enough.
  const fewer: number[] = Array.from({ length: count }, (_, k) => (k === 0 ? 1 : 0))
  for (const chance of chances)
    for (let k = count - 1; k >= 0; k--)
      fewer[k] = (fewer[k] as number) * (1 - chance) + (k > 0 ? (fewer[k - 1] as number) * chance : 0)
  return 1 - fewer.reduce((total, part) => total + part, 0)
}

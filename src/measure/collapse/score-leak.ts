// Score leak: numbers of the score where they must not be, in an agent's prompt or in its words.
// In: an agent's turns, and what had been measured before each. Out: the turn that shows it.
// Words leak when they quote a reading of the last two slots: to three decimals once, or to two decimals twice in the run
// (a decimal number at random would meet one of a dozen readings once in ten times, twice hardly ever).
import type { PlacedTurn } from './turns.ts'

/** Readings known before a turn in slot k, of the two slots before it; values 0..1. */
export type ReadingsBefore = (slot: number) => readonly number[]

/** Index into `turns`. */
export function findScoreLeak(turns: readonly PlacedTurn[], readingsBefore: ReadingsBefore): number | null {
  let quotes = 0
  for (const [i, turn] of turns.entries()) {
    if (turn.scoreShown) return i
    for (const [number, decimals = ''] of turn.text.matchAll(/(?<![\d.,])0?[.,](\d{2,})\b/g)) {
      const value = Number(number.replace(',', '.'))
      const near = 0.5 * 10 ** -decimals.length
      if (!readingsBefore(turn.slot).some((reading) => Math.abs(reading - value) <= near)) continue
      if (decimals.length >= 3 || ++quotes >= 2) return i
    }
  }
  return null
}

// Streams of symbols with known make-up, for the tests of vitality.
import { randomChoice, randomIndex, seededRandom } from '../../src/random.ts'

export const fill = (length: number, symbolAt: (i: number) => number): string[] =>
  Array.from({ length }, (_, i) => String(symbolAt(i)))
export const loopOf = (bar: readonly number[], length: number): string[] =>
  fill(length, (i) => bar[i % bar.length] ?? 0)
export const round = [0, 4, 7, 4, 9, 7, 4, 2]

export function noise(kinds: number, length: number, seed: string): string[] {
  const random = seededRandom(seed)
  return fill(length, () => randomIndex(random, kinds))
}

/** Four phrases; each leads to the next with chance .7, else anywhere. */
export function grammar(length: number, seed: string): string[] {
  const phrases = [
    [0, 4, 7, 4],
    [9, 7, 4, 2],
    [5, 9, 0, 9],
    [7, 11, 2, 7],
  ]
  const random = seededRandom(seed)
  const out: number[] = []
  for (let at = 0; out.length < length; at = random() < 0.7 ? (at + 1) % 4 : randomIndex(random, 4))
    out.push(...(phrases[at] ?? []))
  return out.slice(0, length).map(String)
}

/** The loop, one of its notes changed for good after so many turns. */
export function evolvingLoop(turns: number, length: number, seed: string): string[] {
  const random = seededRandom(seed)
  let bar = round.slice()
  const out: number[] = []
  while (out.length < length) {
    for (let t = 0; t < turns; t++) out.push(...bar)
    bar = bar.slice()
    bar[randomIndex(random, bar.length)] = randomChoice(random, [0, 2, 4, 5, 7, 9])
  }
  return out.slice(0, length).map(String)
}

/** Bars of eight: the same bar again with this chance, else eight notes drawn blindly. */
export function repetition(chance: number, length: number, seed: string): string[] {
  const random = seededRandom(seed)
  const out: number[] = []
  while (out.length < length)
    out.push(...(random() < chance ? round : Array.from({ length: 8 }, () => randomIndex(random, 12))))
  return out.slice(0, length).map(String)
}

// What the degenerate cases of notes are made of: a voice that lives by itself, and everything that may be done to it or instead of it.
import { type Random, randomIndex, seededRandom } from '../random.ts'
import type { Midi } from '../units.ts'
import { anyOf, cellCount, growLines, moveOnset, noteCase, pentatonic, playLine, stroke, varyPitch } from './hands.ts'
import type { Case, Part, Performance, Stroke } from './performance.ts'

export const dead = (name: string, title: string, why: string, perform: (random: Random) => Performance): Case => ({
  name,
  title,
  kind: 'degenerate',
  why,
  perform: (seed) => perform(seededRandom(`gauntlet/${name}/${seed}`)),
})

export type Line = readonly (Midi | null)[]
export const part = (timbre: Part['timbre'], strokes: readonly Stroke[]): Part => ({ timbre, strokes })
export const loop = (line: Line) => playLine(() => line)
export const cells = Array.from({ length: cellCount }, (_, i) => i)
export const shift = (strokes: readonly Stroke[], by: number): Stroke[] =>
  strokes.map((one) => ({ ...one, cell: one.cell + by }))
export const silent = part('pluck', [])

/** A voice that lives by itself: what the copies copy and the others ride on. */
export function livelyLine(random: Random): Stroke[] {
  const first: Line = [60, null, 64, null, null, 67, null, 69, null, 67, null, null, 64, null, 62, null]
  const lines = growLines(first, cellCount / 16, (line, turn) =>
    turn % 2 === 0 ? moveOnset(varyPitch(line, pentatonic, random), random) : line,
  )
  return playLine((turn) => lines[turn] as Line)
}

/** A blind draw in each cell: sounds with this chance, any tone of the scale. */
export const tosses = (random: Random, chance: number, scale: readonly Midi[]): Stroke[] =>
  cells.flatMap((cell) => (random() < chance ? [stroke(cell, anyOf(scale, random))] : []))
export const scatter = (random: Random, rate: number): Stroke[] =>
  Array.from({ length: Math.round(rate * 96) }, () => stroke(random() * cellCount, 40 + 45 * random())).sort(
    (p, q) => p.cell - q.cell,
  )

export const hocketA: Line = [60, null, null, 67, null, null, 64, null, 62, null, null, 69, null, 64, null, null]
export const hocketB: Line = [null, 52, 55, null, 57, null, null, 60, null, 55, 52, null, 50, null, 57, 48]

/** A hocket that would live, if its players kept one time. */
export function detuned(random: Random, stretch: number): Performance {
  const grow = (line: Line) =>
    growLines(line, cellCount / 16, (now, turn) => (turn % 2 === 0 ? varyPitch(now, pentatonic, random) : now))
  const [a, b] = [grow(hocketA), grow(hocketB)]
  const play = (lines: Line[]) => playLine((turn) => lines[turn] as Line)
  return noteCase(part('pluck', play(a)), { ...part('hollow', play(b)), stretch })
}

export function slowMutation(random: Random, turnsAlike: number): Performance {
  const grow = (line: Line) =>
    growLines(line, cellCount / 16, (now, turn) => (turn % turnsAlike === 0 ? varyPitch(now, pentatonic, random) : now))
  const [a, b] = [grow(hocketA), grow(hocketB)]
  return noteCase(
    part(
      'pluck',
      playLine((k) => a[k] as Line),
    ),
    part(
      'hollow',
      playLine((k) => b[k] as Line),
    ),
  )
}

/** A random walk along the scale, a note in each of its own cells. */
export function walk(random: Random, parity: number): Stroke[] {
  let at = randomIndex(random, pentatonic.length)
  return cells
    .filter((cell) => cell % 2 === parity)
    .map((cell) => {
      at = Math.max(0, Math.min(pentatonic.length - 1, at + randomIndex(random, 3) - 1))
      return stroke(cell, pentatonic[at] as Midi)
    })
}

export const chord = (from: number, length: number) => [48, 55, 60, 64].map((midi) => stroke(from, midi, length, 0.6))
export const bars = Array.from({ length: cellCount / 16 }, (_, bar) => 16 * bar)

/** Repeated chords that grow louder and denser to the end, on both sides. */
export const war = (by: number): Stroke[] =>
  cells
    .filter((cell) => cell % (cell < cellCount / 2 ? 2 : 1) === 0)
    .map((cell) => stroke(cell, 48 + by, 1, 0.3 + (0.7 * cell) / cellCount))

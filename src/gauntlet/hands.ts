// Players' tools for the cases: patterns to strokes, scales, small changes, and strokes to notes with a hand's jitter.
import { type Random, randomChoice, randomIndex, randomNormal, seededRandom } from '../random.ts'
import type { Note } from '../record/index.ts'
import type { Midi } from '../units.ts'
import type { Part, Performance, Stroke } from './performance.ts'

/** Sixteenths of a note case, at 120 beats a minute. */
export const cellSeconds = 0.125
/** 96 seconds: six slots at 120. */
export const cellCount = 768
const handJitter = 0.004

/** A minor pentatonic, over three octaves. */
export const pentatonic = [45, 48, 50, 52, 55, 57, 60, 62, 64, 67, 69, 72, 74, 76, 79, 81]
/** C major, from G3 up. */
export const major = [55, 57, 59, 60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79]

export const stroke = (cell: number, midi: Midi, cells = 1, velocity = 0.7): Stroke => ({ cell, midi, cells, velocity })

/** A line of pitches by cell, null rests, played round and round; `at` may give another line for each turn. */
export function playLine(lineOf: (turn: number) => readonly (Midi | null)[], cells = cellCount): Stroke[] {
  const strokes: Stroke[] = []
  for (let from = 0, turn = 0; from < cells; turn++) {
    const line = lineOf(turn)
    line.forEach((midi, i) => {
      if (midi !== null && from + i < cells) strokes.push(stroke(from + i, midi))
    })
    from += line.length
  }
  return strokes
}

/** The lines of successive turns, each made from the one before; drawn once, so that two players may share them. */
export function growLines<Line>(first: Line, turns: number, change: (line: Line, turn: number) => Line): Line[] {
  const lines = [first]
  while (lines.length < turns) lines.push(change(lines.at(-1) as Line, lines.length))
  return lines
}

/** The line with one of its sounding places moved to a neighbouring step of the scale. */
export function varyPitch(line: readonly (Midi | null)[], scale: readonly Midi[], random: Random): (Midi | null)[] {
  const sounding = line.flatMap((midi, i) => (midi === null ? [] : [i]))
  const place = randomChoice(random, sounding)
  const step = scale.indexOf(line[place] as Midi)
  const moved = step + randomChoice(random, [-2, -1, 1, 2])
  return line.map((midi, i) => (i === place ? (scale[Math.max(0, Math.min(scale.length - 1, moved))] ?? midi) : midi))
}

/** The line with one place silenced and another, where it rested, sounding. */
export function moveOnset(line: readonly (Midi | null)[], random: Random): (Midi | null)[] {
  const full = line.flatMap((midi, i) => (midi === null ? [] : [i]))
  const free = line.flatMap((midi, i) => (midi === null ? [i] : []))
  if (free.length === 0 || full.length < 2) return [...line]
  const [from, to] = [randomChoice(random, full), randomChoice(random, free)]
  return line.map((midi, i) => (i === to ? (line[from] ?? null) : i === from ? null : midi))
}

export const readCells = (pattern: string, midi: Midi): (Midi | null)[] =>
  [...pattern].map((c) => (c === '.' ? null : midi))

export const noteCase = (a: Part, b: Part, more: { jitter?: number; cell?: number } = {}): Performance => ({
  kind: 'notes',
  seconds: cellSeconds * cellCount,
  cellSeconds: more.cell ?? cellSeconds,
  jitterSeconds: more.jitter ?? handJitter,
  parts: [a, b],
})

/** Notes of agents a and b in order of onset, those that begin before the end. */
export function notesOfPerformance(performance: Extract<Performance, { kind: 'notes' }>, seed: number): Note[] {
  const { seconds, jitterSeconds } = performance
  const notes = performance.parts.flatMap(({ timbre, strokes, stretch = 1 }, k) => {
    const random = seededRandom(`gauntlet/hand/${seed}/${k}`)
    const cell = performance.cellSeconds * stretch
    return strokes.map(({ cell: at, cells, midi, velocity }): Note => {
      const onsetSeconds = Math.max(0, 0.05 + at * cell + randomNormal(random) * jitterSeconds)
      const mark = timbre === 'percussion' ? String(midi) : String(((Math.round(midi) % 12) + 12) % 12)
      const durationSeconds = Math.max(0.03, 0.9 * cells * cell)
      return { agent: 'ab'[k] as string, layer: 'voice', onsetSeconds, durationSeconds, midi, velocity, timbre, mark }
    })
  })
  return notes.filter((note) => note.onsetSeconds < seconds).sort((p, q) => p.onsetSeconds - q.onsetSeconds)
}

export const anyOf = (scale: readonly Midi[], random: Random): Midi => scale[randomIndex(random, scale.length)] as Midi

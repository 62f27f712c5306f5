// Cases in disguise: copies that take another bar each time or turn it round, loops with blind slips. And what lies on the way from there to life.
import { type Random, randomChoice, randomIndex } from '../random.ts'
import type { Midi } from '../units.ts'
import { dead, hocketA, hocketB, type Line, livelyLine, loop, part, shift, slowMutation } from './dead-hands.ts'
import { anyOf, cellCount, noteCase, pentatonic, playLine } from './hands.ts'
import type { Case, Performance, Stroke } from './performance.ts'

const barCells = 16
const barOf = ({ cell }: Stroke) => Math.floor(cell / barCells)

/** The second makes its bars from the first's: which one bar `bar` is made of, and where in a bar a cell goes. */
function copyBars(random: Random, sourceOf: (bar: number) => number, cellOf: (cell: number) => number): Performance {
  const line = livelyLine(random)
  const copy = Array.from({ length: cellCount / barCells - 1 }, (_, i) => i + 1).flatMap((bar) => {
    const source = sourceOf(bar)
    return line
      .filter((one) => barOf(one) === source)
      .map((one) => ({ ...one, cell: bar * barCells + cellOf(one.cell % barCells), midi: one.midi - 12 }))
  })
  return noteCase(
    part('pluck', line),
    part(
      'hollow',
      copy.sort((p, q) => p.cell - q.cell),
    ),
  )
}

/** A hocket for ever, whose every note is, with this chance, something else. */
function slip(random: Random, chance: number, other: () => Midi | null): Performance {
  const slipping = (line: Line) =>
    playLine(() => line.map((midi) => (midi !== null && random() < chance ? other() : midi)))
  return noteCase(part('pluck', slipping(hocketA)), part('hollow', slipping(hocketB)))
}

export const disguisedNotes: readonly Case[] = [
  dead(
    'copy-any-bar',
    'Copy of any bar',
    'Each bar is some earlier bar of the first, one to eight back, a cell late and an octave lower.',
    (random) =>
      copyBars(
        random,
        (bar) => bar - 1 - randomIndex(random, Math.min(bar, 8)),
        (cell) => (cell + 1) % barCells,
      ),
  ),
  dead('copy-backwards', 'Copy, every bar backwards', 'Each bar is the bar before of the first, reversed.', (random) =>
    copyBars(
      random,
      (bar) => bar - 1,
      (cell) => barCells - 1 - cell,
    ),
  ),
  ...[5, 10, 20].map((percent) =>
    dead(
      `wedding-slips-${percent}`,
      `Wedding party, ${percent} % of slips`,
      'The same hit for ever, with notes blindly replaced now and then.',
      (random) => slip(random, percent / 100, () => anyOf(pentatonic, random)),
    ),
  ),
]

const shown = (name: string, title: string, why: string, perform: (random: Random) => Performance): Case => ({
  ...dead(name, title, why, perform),
  kind: 'control',
})

export const disguisedControls: readonly Case[] = [
  shown(
    'copy-with-slips',
    'Copy with slips',
    'Three cells late, and every fifth note blindly drawn: the more is drawn, the less is copied.',
    (random) => {
      const line = livelyLine(random)
      const copy = shift(line, 3).map((one) =>
        random() < 0.2 ? { ...one, midi: randomChoice(random, pentatonic) } : one,
      )
      return noteCase(part('pluck', line), part('hollow', copy))
    },
  ),
  shown(
    'wedding-gaps',
    'Wedding party, with gaps',
    'The same hit for ever, every tenth note left out blindly: mechanical, and not told from a change of rhythm.',
    (random) => slip(random, 0.1, () => null),
  ),
  shown(
    'mutation-every-eighth',
    'A loop, one note changed every eighth turn',
    'Half way between the slow spam and the control: slow for life, and its changes stay.',
    (random) => slowMutation(random, 8),
  ),
  shown(
    'living-beside-loop',
    'One lives over one loop',
    'A bar that never changes under a living line: what a clave is under a cascara, so by definition it lives.',
    (random) => noteCase(part('pluck', livelyLine(random)), part('hollow', loop(hocketB))),
  ),
]

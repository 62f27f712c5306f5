// Degenerate cases played as notes: whatever reaches for one measure and leaves music behind.
import { randomNormal, seededRandom } from '../random.ts'
import {
  bars,
  cells,
  chord,
  dead,
  detuned,
  hocketA,
  hocketB,
  type Line,
  livelyLine,
  loop,
  part,
  scatter,
  shift,
  silent,
  slowMutation,
  tosses,
  walk,
  war,
} from './dead-hands.ts'
import { anyOf, cellCount, noteCase, pentatonic, playLine, readCells, stroke } from './hands.ts'
import { playKotekan } from './living-notes.ts'
import type { Case, Part } from './performance.ts'

export const deadNotes: readonly Case[] = [
  dead('silence', 'Silence', 'Nobody plays.', () => noteCase(silent, silent)),
  dead('one-silent', 'One is silent', 'One lives, the other says nothing.', (random) =>
    noteCase(part('pluck', livelyLine(random)), silent),
  ),
  dead('noise', 'Noise', 'Notes at any time, of any pitch.', (random) =>
    noteCase(part('pluck', scatter(random, 5)), part('hollow', scatter(random, 5))),
  ),
  dead('coin-tosses', 'Coin tosses', 'On the grid, but every cell and every tone is a toss.', (random) =>
    noteCase(part('pluck', tosses(random, 0.4, pentatonic)), part('hollow', tosses(random, 0.4, pentatonic))),
  ),
  dead('coin-drums', 'Coin tosses on drums', 'The same without pitch.', (random) =>
    noteCase(part('percussion', tosses(random, 0.4, [37])), part('percussion', tosses(random, 0.4, [56]))),
  ),
  dead(
    'filled-tosses',
    'Tosses, filled in',
    'One tosses coins, the other fills every gap: even, spacious, and blind.',
    (random) => {
      const own = tosses(random, 0.5, pentatonic)
      const taken = new Set(own.map(({ cell }) => cell))
      return noteCase(
        part('pluck', own),
        part(
          'hollow',
          cells.filter((cell) => !taken.has(cell)).map((cell) => stroke(cell, anyOf(pentatonic, random))),
        ),
      )
    },
  ),
  dead(
    'rhythm-loop-random-tones',
    'A loop of rhythm, random tones',
    'A hocket in rhythm, blind draws in pitch.',
    (random) => {
      const blind = (line: Line) =>
        playLine(() => line.map((midi) => (midi === null ? null : anyOf(pentatonic, random))))
      return noteCase(part('pluck', blind(hocketA)), part('hollow', blind(hocketB)))
    },
  ),
  dead('one-key', 'Everything in one chord', 'Any tone, so it be of one triad: consonance without music.', (random) =>
    noteCase(
      part('harmonic', tosses(random, 0.4, [48, 52, 55, 60, 64, 67, 72])),
      part('harmonic', tosses(random, 0.4, [60, 64, 67, 72, 76, 79])),
    ),
  ),
  dead('unison', 'Unison', 'Both play the same living line.', (random) => {
    const line = livelyLine(random)
    return noteCase(part('pluck', line), part('hollow', line))
  }),
  dead('octaves', 'Octaves', 'Both play the same living line, an octave apart.', (random) => {
    const line = livelyLine(random)
    return noteCase(
      part('pluck', line),
      part(
        'hollow',
        line.map((one) => ({ ...one, midi: one.midi - 12 })),
      ),
    )
  }),
  ...[1, 5, 16, 67].map((lag) =>
    dead(
      `copy-${lag}`,
      `Copy, ${lag} cells late`,
      'The second plays whatever the first played, a while ago.',
      (random) => {
        const line = livelyLine(random)
        return noteCase(part('pluck', line), part('hollow', shift(line, lag)))
      },
    ),
  ),
  dead('mirror', 'Mirrored partner', 'The second answers every note at once, upside down.', (random) => {
    const line = livelyLine(random)
    return noteCase(
      part('pluck', line),
      part(
        'hollow',
        line.map((one) => ({ ...one, midi: 118 - one.midi })),
      ),
    )
  }),
  dead('late-mirror', 'Mirrored partner, late', 'Upside down, and three cells later.', (random) => {
    const line = livelyLine(random)
    return noteCase(
      part('pluck', line),
      part(
        'hollow',
        shift(
          line.map((one) => ({ ...one, midi: 118 - one.midi })),
          3,
        ),
      ),
    )
  }),
  dead('metronomes', 'Metronomes', 'Tick and tack in alternation.', () =>
    noteCase(part('percussion', loop(readCells('x.', 37))), part('percussion', loop(readCells('.x', 56)))),
  ),
  dead('metronomes-3-2', 'Metronomes, three to two', 'Two ticks that meet every six cells.', () =>
    noteCase(part('percussion', loop(readCells('x..', 37))), part('percussion', loop(readCells('x.', 56)))),
  ),
  dead('wedding', 'Wedding party', 'The same hit for ever: one perfect hocket, looped.', () =>
    noteCase(part('pluck', loop(hocketA)), part('hollow', loop(hocketB))),
  ),
  dead('kotekan-loop', 'Kotekan on a loop machine', 'What lives when it is varied, without any variation.', (random) =>
    playKotekan(random, 10_000),
  ),
  dead('two-loops', 'Loops of 11 and 13', 'Two loops that meet again only after 143 cells: long, and mechanical.', () =>
    noteCase(
      part('pluck', loop([60, null, 64, null, 67, 62, null, null, 69, null, 57])),
      part('hollow', loop([48, null, null, 52, null, 55, null, null, 57, null, 50, null, null])),
    ),
  ),
  dead(
    'slow-mutation',
    'Pattern spam, slowly mutating',
    'A looped hocket with one note changed on each side every half minute.',
    (random) => slowMutation(random, 16),
  ),
  dead('two-tones', 'Two tones', 'High, low, high, low, on both sides.', () =>
    noteCase(part('harmonic', loop([72, null, 67, null])), part('hollow', loop([null, 60, null, 55]))),
  ),
  dead('scales', 'Scales', 'Up and down, for ever, in alternation.', () => {
    const scale = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62]
    return noteCase(
      part('pluck', loop(scale.flatMap((midi) => [midi, null]))),
      part('hollow', loop(scale.flatMap((midi) => [null, midi - 12]))),
    )
  }),
  dead('drone', 'Drone', 'Two long tones, struck anew every bar.', () =>
    noteCase(
      part(
        'harmonic',
        bars.map((bar) => stroke(bar, 48, 16)),
      ),
      part(
        'hollow',
        bars.map((bar) => stroke(bar, 55, 16)),
      ),
    ),
  ),
  dead(
    'chord-and-clicks',
    'A long chord and random clicks',
    'One holds a chord, the other clicks at random.',
    (random) =>
      noteCase(
        part(
          'harmonic',
          bars.filter((bar) => bar % 64 === 0).flatMap((bar) => chord(bar, 64)),
        ),
        part('percussion', tosses(random, 0.3, [37, 42, 56])),
      ),
  ),
  dead('flood', 'Flood', 'A note in every cell beside a living line.', (random) =>
    noteCase(
      part('pluck', livelyLine(random)),
      part(
        'hollow',
        cells.map((cell) => stroke(cell, anyOf(pentatonic, random))),
      ),
    ),
  ),
  dead('loudness-war', 'Loudness war', 'Both repeat a tone, faster and louder to the end.', () =>
    noteCase(part('harmonic', war(0)), part('harmonic', war(7))),
  ),
  dead('drowned', 'Drowned', 'A living hocket of which one side is hardly to be heard.', (random) => {
    const performance = detuned(random, 1)
    if (performance.kind !== 'notes') return performance
    const [a, b] = performance.parts
    const soft = { ...b, strokes: b.strokes.map((one) => ({ ...one, velocity: 0.02 })) }
    return { ...performance, parts: [a, soft] as const }
  }),
  dead('living-and-noise', 'One lives, one is noise', 'Blind tosses beside a living line.', (random) =>
    noteCase(part('pluck', livelyLine(random)), part('hollow', tosses(random, 0.4, pentatonic))),
  ),
  dead('living-and-metronome', 'One lives, one ticks', 'A metronome beside a living line.', (random) =>
    noteCase(part('pluck', livelyLine(random)), part('percussion', loop(readCells('..x.', 37)))),
  ),
  dead('detune-1', 'One per cent apart', 'A hocket whose second player is 1 % slower.', (random) =>
    detuned(random, 1.01),
  ),
  dead('detune-4', 'Four per cent apart', 'The same, 4 % slower.', (random) => detuned(random, 1.04)),
  dead('burst', 'A burst, then silence', 'A living hocket for twelve seconds, then nothing.', (random) => {
    const performance = detuned(random, 1)
    if (performance.kind !== 'notes') return performance
    const cut = (one: Part): Part => ({ ...one, strokes: one.strokes.filter(({ cell }) => cell < 96) })
    return { ...performance, parts: [cut(performance.parts[0]), cut(performance.parts[1])] as const }
  }),
  dead('collapse', 'A hocket that sticks', 'It lives for a third, then repeats its last turn to the end.', (random) => {
    const performance = detuned(random, 1)
    if (performance.kind !== 'notes') return performance
    const stick = (one: Part): Part => {
      const last = one.strokes.filter(({ cell }) => cell >= 240 && cell < 256)
      const stuck = Array.from({ length: (cellCount - 256) / 16 }, (_, k) => shift(last, 16 * (k + 1))).flat()
      return { ...one, strokes: [...one.strokes.filter(({ cell }) => cell < 256), ...stuck] }
    }
    return { ...performance, parts: [stick(performance.parts[0]), stick(performance.parts[1])] as const }
  }),
  dead('drift', 'Drunk timing', 'A hocket whose players scatter by a fifth of a second.', (random) => {
    const performance = detuned(random, 1)
    if (performance.kind !== 'notes') return performance
    const scattered = (one: Part): Part => ({
      ...one,
      strokes: one.strokes.map((s) => ({ ...s, cell: Math.max(0, s.cell + 1.6 * randomNormal(random)) })),
    })
    return { ...performance, parts: [scattered(performance.parts[0]), scattered(performance.parts[1])] as const }
  }),
]

export const noteControls: readonly Case[] = [
  {
    name: 'unrelated',
    title: 'Two that ignore each other',
    kind: 'control',
    why: 'Two living lines on one clock, drawn apart: alive, and coupled by nothing. Coupling and twins tell them, vitality does not.',
    perform: (seed) =>
      noteCase(
        part('pluck', livelyLine(seededRandom(`gauntlet/unrelated/${seed}/a`))),
        part('hollow', shift(livelyLine(seededRandom(`gauntlet/unrelated/${seed}/b`)), 1)),
      ),
  },
  {
    name: 'mutation-every-fourth',
    title: 'A loop, one note changed every fourth turn',
    kind: 'control',
    why: 'The same spam as the slow one, four times as fast: by vitality it lives.',
    perform: (seed) => slowMutation(seededRandom(`gauntlet/mutation/${seed}`), 4),
  },
  {
    name: 'random-walks',
    title: 'Random walks',
    kind: 'control',
    why: 'Two walks along a scale in alternation: a melody of first order, with no more intent than that. By vitality it lives.',
    perform: (seed) => {
      const random = seededRandom(`gauntlet/random-walks/${seed}`)
      return noteCase(part('pluck', walk(random, 0)), part('hollow', walk(random, 1)))
    },
  },
]

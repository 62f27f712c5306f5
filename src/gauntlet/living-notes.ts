// Living cases played as notes: canonical ways of weaving, performed as they are performed, with changes; and music of two that answers.
import { type Random, randomChoice, randomIndex, seededRandom } from '../random.ts'
import type { Midi } from '../units.ts'
import {
  cellCount,
  growLines,
  major,
  moveOnset,
  noteCase,
  pentatonic,
  playLine,
  readCells,
  varyPitch,
} from './hands.ts'
import type { Case, Part, Performance, Stroke } from './performance.ts'

type Line = readonly (Midi | null)[]
const living = (name: string, title: string, why: string, perform: (random: Random) => Performance): Case => ({
  name,
  title,
  kind: 'living',
  why,
  perform: (seed) => perform(seededRandom(`gauntlet/${name}/${seed}`)),
})
const part = (timbre: Part['timbre'], strokes: readonly Stroke[]): Part => ({ timbre, strokes })
const only = (line: Line, keep: (midi: Midi, i: number) => boolean): Line =>
  line.map((midi, i) => (midi !== null && keep(midi, i) ? midi : null))

const gong = [69, 72, 74, 76]
const toGong = (text: string): Line => [...text].map((c) => gong[Number(c) - 1] ?? null)
/** One note of the elaboration changed for another of the four, never for its neighbour's. */
function varyKotekan(line: Line, random: Random): Line {
  const at = randomIndex(random, line.length)
  const around = [line[(at + line.length - 1) % line.length], line[(at + 1) % line.length]]
  const choices = gong.filter((midi) => midi !== line[at] && !around.includes(midi))
  return line.map((midi, i) => (i === at && choices.length > 0 ? randomChoice(random, choices) : midi))
}

export function playKotekan(random: Random, turnsAlike: number): Performance {
  const turns = cellCount / 16
  const lines = growLines(toGong('1234132413243124'), turns, (line, turn) =>
    turn % turnsAlike === 0 ? varyKotekan(varyKotekan(line, random), random) : line,
  )
  const share = (mine: readonly Midi[]) => playLine((turn) => only(lines[turn] as Line, (midi) => mine.includes(midi)))
  return noteCase(part('bell', share([69, 72])), part('bell', share([74, 76])))
}

function playAmadinda(random: Random): Performance {
  const grow = (first: Line) =>
    growLines(first, cellCount / 24 + 1, (line, turn) =>
      turn % 2 === 0 ? varyPitch(line, pentatonic.slice(5, 11), random) : line,
    )
  const spread = (line: Line, by: number): Line => line.flatMap((midi) => (by === 0 ? [midi, null] : [null, midi]))
  const first = grow([57, 62, 60, 64, 57, 67, 60, 62, 57, 64, 60, 67])
  const second = grow([64, 60, 67, 57, 62, 64, 67, 60, 62, 57, 64, 69])
  return noteCase(
    part(
      'pluck',
      playLine((turn) => spread(first[turn] as Line, 0)),
    ),
    part(
      'pluck',
      playLine((turn) => spread(second[turn] as Line, 1)),
    ),
  )
}

const clapping = 'xxx.xx.x.xx.'
function playClapping(): Performance {
  // An eighth at 180 beats a minute; each displacement four times.
  const turned = (by: number) => clapping.slice(by % 12) + clapping.slice(0, by % 12)
  const count = 576
  return noteCase(
    part(
      'percussion',
      playLine(() => readCells(clapping, 39), count),
    ),
    part(
      'percussion',
      playLine((turn) => readCells(turned(Math.floor(turn / 4)), 54), count),
    ),
    { cell: 1 / 6 },
  )
}

const clave = 'x..x..x...x.x...'
const cascara = 'x.xx.x.xx.xx.x.x'
function playRumba(random: Random): Performance {
  const bells = (line: string): Line => [...line].map((c, i) => (c === '.' ? null : i % 4 === 0 ? 56 : 37))
  const base = bells(cascara)
  const fill = (): Line =>
    moveOnset(
      base.map((midi) => (midi !== null && random() < 0.25 ? randomChoice(random, [56, 37, 53]) : midi)),
      random,
    )
  const lines = Array.from({ length: cellCount / 16 }, (_, bar) =>
    bar % 4 === 3 ? fill() : bar % 2 === 1 && random() < 0.5 ? fill() : base,
  )
  return noteCase(
    part(
      'percussion',
      playLine(() => readCells(clave, 75)),
    ),
    part(
      'percussion',
      playLine((bar) => lines[bar] as Line),
    ),
  )
}

function playHocket(random: Random): Performance {
  const owners = 'abbabaababbabaab'
  const tune: Line = [60, 62, 64, 67, 64, 62, 60, 57, 60, 64, 67, 69, 67, 64, 62, 55]
  const lines = growLines(tune, cellCount / 16, (line, turn) =>
    turn % 2 === 0 ? varyPitch(line, pentatonic, random) : line,
  )
  const share = (who: string) => playLine((turn) => only(lines[turn] as Line, (_, i) => owners[i] === who && i !== 15))
  return noteCase(part('hollow', share('a')), part('pluck', share('b')))
}

/** A call of six notes in eight cells, an answer that takes its rhythm up and bends its end. */
function playCalls(random: Random): Performance {
  const rhythm = [0, 2, 3, 5, 6, 7]
  const lay = (pitches: readonly Midi[]): Line =>
    Array.from({ length: 8 }, (_, i) => pitches[rhythm.indexOf(i)] ?? null)
  const rest: Line = Array.from({ length: 8 }, () => null)
  const calls = growLines([60, 64, 62, 67, 64, 60] as Midi[], cellCount / 16, (call, turn) =>
    turn % 2 === 0 ? (varyPitch(call, pentatonic, random) as Midi[]) : call,
  )
  const answers = growLines([52, 55, 57, 55, 52, 50] as Midi[], cellCount / 16, (answer, turn) =>
    turn % 2 === 1 ? (varyPitch(answer, pentatonic.slice(0, 9), random) as Midi[]) : answer,
  )
  return noteCase(
    part(
      'harmonic',
      playLine((turn) => [...lay(calls[turn] as Midi[]), ...rest]),
    ),
    part(
      'hollow',
      playLine((turn) => [...rest, ...lay(answers[turn] as Midi[])]),
    ),
  )
}

const theme: Line = [60, null, 64, 67, null, 64, 69, null, 67, null, 64, 62, null, 60, 62, null]
const ground: Line = [null, 48, null, null, 52, null, null, 55, null, 57, null, null, 55, null, null, 52]
function playVariations(random: Random): Performance {
  const vary = (line: Line, count: number, scale: readonly Midi[]) => {
    let varied = line
    for (let k = 0; k < count; k++) varied = varyPitch(varied, scale, random)
    return varied
  }
  const themes = Array.from({ length: cellCount / 16 }, (_, turn) =>
    turn % 3 === 0 ? theme : vary(theme, 3, pentatonic),
  )
  const grounds = growLines(ground, cellCount / 16, (line, turn) => (turn % 4 === 0 ? vary(line, 1, pentatonic) : line))
  return noteCase(
    part(
      'pluck',
      playLine((turn) => themes[turn] as Line),
    ),
    part(
      'hollow',
      playLine((turn) => grounds[turn] as Line),
    ),
  )
}

/** Motifs that lead to one another, over a broken chord that leaves the melody's places free and changes with the harmony. */
function playMelody(random: Random): Performance {
  const motifs: Line[] = [
    [67, null, 69, null, 71, null, null, 67],
    [72, null, null, 71, null, 69, 67, null],
    [64, null, 67, null, 72, null, 71, null],
    [69, null, 67, null, null, 64, null, 62],
  ]
  const harmonies = [
    [48, 52, 55],
    [45, 48, 52],
    [53, 57, 60],
    [55, 59, 62],
  ]
  let at = 0
  const melody: Line[] = []
  const chords: Line[] = []
  for (let k = 0; k < cellCount / 8; k++) {
    const motif = random() < 0.25 ? varyPitch(motifs[at] as Line, major, random) : (motifs[at] as Line)
    const harmony = harmonies[Math.floor(k / 2) % 4] as Midi[]
    melody.push(motif)
    chords.push(
      motif.map((midi, i) =>
        midi === null || i % 4 === 0 ? (harmony[(i + (random() < 0.1 ? 1 : 0)) % 3] ?? null) : null,
      ),
    )
    at = random() < 0.7 ? (at + 1) % 4 : randomIndex(random, 4)
  }
  return noteCase(
    part(
      'harmonic',
      playLine((k) => melody[k] as Line),
    ),
    part(
      'pluck',
      playLine((k) => chords[k] as Line),
    ),
  )
}

/** Four bars of one, four bars of the other, who keeps time meanwhile with a figure of its own. */
function playTrading(random: Random): Performance {
  const figure: Line = [null, null, 52, null, null, null, 55, null, null, null, 52, null, null, 57, null, null]
  const phrase = growLines(
    [64, null, 67, 69, null, 72, null, 69, 67, null, null, 64, 62, null, 60, null] as (Midi | null)[],
    cellCount / 16,
    (line, turn) => (turn % 2 === 0 ? moveOnset(varyPitch(line, pentatonic, random), random) : line),
  )
  const lower = (line: Line): Line => line.map((midi) => (midi === null ? null : midi - 12))
  const solo = (turn: number, seat: number) => Math.floor(turn / 4) % 2 === seat
  return noteCase(
    part(
      'pluck',
      playLine((turn) => (solo(turn, 0) ? (phrase[turn] as Line) : figure)),
    ),
    part(
      'hollow',
      playLine((turn) => (solo(turn, 1) ? lower(phrase[turn] as Line) : lower([null, ...figure.slice(0, 15)]))),
    ),
  )
}

export const livingNotes: readonly Case[] = [
  living(
    'kotekan',
    'Kotekan',
    'Two metallophones share one fast line of four tones, two tones each; the line is varied every second turn.',
    (random) => playKotekan(random, 2),
  ),
  living(
    'amadinda',
    'Amadinda',
    'Two xylophone parts in strict alternation, their pitches varied as players do.',
    playAmadinda,
  ),
  living(
    'clapping',
    'Clapping Music',
    'One pattern against itself, moved on by one step every four bars (after Reich 1972).',
    playClapping,
  ),
  living('rumba', 'Clave and cascara', 'A clave that never changes under a cascara with fills.', playRumba),
  living('hocket', 'Hocket', 'One melody in two voices, note for note, growing as it goes.', playHocket),
  living('calls', 'Call and response', 'Six notes, and six in answer; both change their phrase in turn.', playCalls),
  living(
    'variations',
    'Theme and variations',
    'A theme that returns every third time, varied between, over a ground.',
    playVariations,
  ),
  living(
    'melody',
    'Melody and accompaniment',
    'Motifs that lead to each other over broken chords in their gaps.',
    playMelody,
  ),
  living('trading', 'Trading fours', 'Four bars of one, four of the other, who keeps time meanwhile.', playTrading),
]

// Drum grooves by style: lanes of General MIDI drums, recorded one-shots over them, and loops that fit the tempo.
// Each groove is played for four bars; bars two and four are varied and the fourth ends in a fill.
import type { Pattern } from '../../src/record/index.ts'
import { byStep, drumLane, oneShot, type PatternNote, readStrokes, round, strengthOf, swung } from './pattern.ts'
import { type LoopName, recordedLoops } from './recordings.ts'

export const drum = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  tomLow: 45,
  hat: 42,
  openHat: 46,
  crash: 49,
  ride: 51,
  tambourine: 54,
  cowbell: 56,
  bongo: 60,
  congaHigh: 63,
  congaLow: 64,
  shaker: 70,
  claves: 75,
} as const
export type DrumName = keyof typeof drum

export interface Groove {
  /** One or more bars a lane. */
  readonly lanes: Partial<Record<DrumName, string>>
  /** Recorded one-shots: sample, gain, strokes. */
  readonly shots?: readonly (readonly [sample: string, gain: number, strokes: string])[]
  readonly loop?: readonly [name: LoopName, gain: number]
  /** A drum that the fill at the end of bar four is played on. */
  readonly fill: DrumName
}

const fills = [
  '............oxox',
  '..........x.xoxX',
  '...........x.xxX',
  '..............oX',
  '........x..x..xX',
  '............x.o.',
]
/** What an intro or a break keeps: time, no weight. */
const lightDrums = new Set<DrumName>(['hat', 'shaker', 'ride', 'rim', 'congaHigh', 'congaLow', 'tambourine', 'claves'])

export interface DrumSetting {
  readonly groove: Groove
  readonly swing: number
  /** Chooses the fill and the varied hat strokes. */
  readonly draw: () => number
  readonly gain: number
  /** Velocity of the cymbal that begins every fourth bar, 0 for none. */
  readonly crash: number
}

/** The groove over four bars. */
export function playDrums({ groove, swing, draw, gain, crash }: DrumSetting): Pattern {
  const notes: PatternNote[] = []
  const fill = fills[Math.floor(draw() * fills.length)] ?? ''
  const fillStart = 48 + Math.max(0, fill.search(/[^.]/))
  for (const [name, text] of lanesOf(groove)) {
    const lane = drumLane(drum[name], text, 4, swing).map(name === 'kick' ? held : keep)
    notes.push(...lane.filter((note) => name === 'kick' || note.step < fillStart || isTime(name)))
  }
  for (const { step, sign } of readStrokes(fill, 1))
    notes.push({ step: swung(48 + step, swing), steps: 1, midi: drum[groove.fill], velocity: strengthOf(sign) * 0.8 })
  notes.push(...varyBars(groove, swing, draw))
  if (crash > 0) notes.push({ step: 0, steps: 4, midi: drum.crash, velocity: crash })
  const samples = (groove.shots ?? []).map(([sample, level, text]) => oneShot(sample, level, text, 4, swing))
  return { bars: 4, timbre: 'percussion', gain, notes: byStep(unique(notes)), samples: [...samples, ...loopOf(groove)] }
}

/** The kick is the loudest drum as it is: played at full strength it takes the room of everything else (docs/crates.md). */
const held = (note: PatternNote): PatternNote => ({ ...note, velocity: round(note.velocity * 0.84) })
const keep = (note: PatternNote): PatternNote => note

/** Two bars of time-keeping only, for intros and breaks. */
export function playLightDrums({ groove, swing, gain }: DrumSetting, kick: string): Pattern {
  const notes = drumLane(drum.kick, kick, 2, swing).map(held)
  const time = timeLanes(groove).flatMap(([name, text]) => drumLane(drum[name], text, 2, swing))
  // Alone, time-keeping strokes are played firmer than under a full kit.
  notes.push(...time.map((note) => ({ ...note, velocity: round(Math.min(0.8, note.velocity * 1.35)) })))
  return { bars: 2, timbre: 'percussion', gain, notes: byStep(unique(notes)), samples: [] }
}

/** Eight bars that lead somewhere: time and kick, then a roll that doubles twice and swells, the kick gone in the last bar. */
export function playBuild({ groove, swing, gain }: DrumSetting, kick: string): Pattern {
  const notes = drumLane(drum.kick, kick, 7, swing).map(held)
  const [first] = timeLanes(groove)
  if (first !== undefined) notes.push(...drumLane(drum[first[0]], first[1], 8, swing))
  for (let step = 64; step < 128; step += step < 96 ? 4 : step < 112 ? 2 : 1)
    notes.push({ step, steps: 1, midi: drum.snare, velocity: round(0.25 + (0.55 * (step - 64)) / 64) })
  return { bars: 8, timbre: 'percussion', gain, notes: byStep(unique(notes)), samples: [] }
}

/** The lanes that keep time; an off-beat hat when the groove has none. */
function timeLanes(groove: Groove): [DrumName, string][] {
  const lanes = lanesOf(groove).filter(([name]) => lightDrums.has(name))
  return lanes.length > 0 ? lanes : [['hat', '..x...x...x...x.']]
}

function lanesOf(groove: Groove): [DrumName, string][] {
  return Object.entries(groove.lanes) as [DrumName, string][]
}

const isTime = (name: DrumName) => name === 'hat' || name === 'shaker' || name === 'ride'

/** A ghost stroke or two that bars two and four have and the others have not. */
function varyBars(groove: Groove, swing: number, draw: () => number): PatternNote[] {
  const ghost: DrumName = groove.lanes.shaker ? 'shaker' : 'hat'
  const places = [3, 7, 9, 11, 13]
  return [16, 48].flatMap((bar) => {
    const step = bar + (places[Math.floor(draw() * places.length)] ?? 7)
    const kick = draw() < 0.4 ? [{ step: swung(bar + 10, swing), steps: 1, midi: drum.kick, velocity: 0.45 }] : []
    return [{ step: swung(step, swing), steps: 1, midi: drum[ghost], velocity: 0.35 }, ...kick]
  })
}

function loopOf(groove: Groove): Pattern['samples'] {
  if (groove.loop === undefined) return []
  const [name, gain] = groove.loop
  const { sample, bars } = recordedLoops[name]
  return [{ kind: 'loop', sample, gain, bars }]
}

/** No drum struck twice at one step: the first stays. */
function unique(notes: readonly PatternNote[]): PatternNote[] {
  const seen = new Set<string>()
  return notes.filter((note) => {
    const place = `${note.step}/${note.midi}`
    return !seen.has(place) && seen.add(place)
  })
}

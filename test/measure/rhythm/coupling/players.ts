// Pairs of players for the tests of coupling: each has a pattern and habits of its own, and may or may not answer the other.
import type { EventStream } from '../../../../src/measure/index.ts'
import { type Random, randomIndex, randomNormal, seededRandom } from '../../../../src/random.ts'

/** Habits of one player; what is not given does not happen. */
export interface Habits {
  /** `x` sounds. */
  readonly pattern: string
  /** Chance that a cell is not played as the pattern has it; `spells`: .35 or .02 by spells of some 20 cells. */
  readonly departs?: number | 'spells'
  /** Chance, once a round, that one cell of the pattern changes for good. */
  readonly evolves?: number
  /** SD of lateness, seconds, and how much of it is left a cell later. */
  readonly loose?: number
  readonly memory?: number
  readonly swing?: number
  /** Departs, with a chance, where the other departed some cells before. */
  readonly copies?: { readonly chance: number; readonly lag: number }
  /** Share of its distance from the other's last lateness that an attack makes good. */
  readonly corrects?: number
}

export interface Clock {
  readonly bpm?: number
  readonly seconds?: number
  /** How much faster at the end than at the start. */
  readonly drift?: number
  /** Tempo that rises and falls: by what share, and in how many seconds. */
  readonly breath?: readonly [number, number]
}

export type Duet = readonly [EventStream, EventStream]

/** Two on one clock, in step. Equal seeds play the same. */
export function playDuet(a: Habits, b: Habits, seed: string, clock: Clock = {}): Duet {
  const { bpm = 112, seconds = 30, drift = 0, breath = [0, 1] } = clock
  const players = [createPlayer(a, `${seed}/a`), createPlayer(b, `${seed}/b`)] as const
  const cellSeconds = 15 / bpm
  for (let k = 0, t = 0.1; t < seconds - 0.1; k++) {
    const told = players.map((player) => player.told(k))
    players.forEach((player, i) => {
      player.play(k, { seconds: t, cellSeconds, other: told[1 - i] as Told })
    })
    t += cellSeconds / (1 + (drift * t) / seconds + breath[0] * Math.sin((2 * Math.PI * t) / breath[1]))
  }
  return [players[0].stream(), players[1].stream()]
}

/** What a player shows the other of the cells before this one. */
interface Told {
  readonly departed: (lag: number) => boolean
  readonly late: number
}

function createPlayer(habits: Habits, seed: string) {
  const { loose = 0.006, memory = 0, swing = 0, copies, corrects } = habits
  const random = seededRandom(seed)
  const departs = createDeparting(habits, random)
  const departures: boolean[] = []
  const onsets: number[] = []
  let [late, shown] = [0, 0]
  const delay = (sounds: boolean, heard: number) => {
    const noise = loose * randomNormal(random)
    if (corrects === undefined) late = memory * late + Math.sqrt(1 - memory * memory) * noise
    else if (sounds) late += corrects * (heard - late) + noise
  }
  return {
    told(cell: number): Told {
      return { departed: (lag) => departures[cell - lag] === true, late: shown }
    },
    play(cell: number, { seconds, cellSeconds, other }: { seconds: number; cellSeconds: number; other: Told }) {
      const alone = departs(cell)
      const follows = copies !== undefined && other.departed(copies.lag) && random() < copies.chance
      departures.push(alone.departs || follows)
      const sounds = alone.sounds !== (alone.departs || follows)
      delay(sounds, other.late)
      if (!sounds) return
      shown = late
      onsets.push(Math.max(0, seconds + late + (cell % 2) * swing * cellSeconds))
    },
    stream: (): EventStream => ({ onsets: onsets.sort((p, q) => p - q) }),
  }
}

function createDeparting({ pattern, departs = 0.1, evolves = 0 }: Habits, random: Random) {
  const cells = [...pattern].map((sign) => sign === 'x')
  let free = false
  return (cell: number) => {
    if (departs === 'spells' && random() < 0.05) free = !free
    if (cell % cells.length === 0 && random() < evolves) {
      const changed = randomIndex(random, cells.length)
      cells[changed] = !cells[changed]
    }
    const chance = departs === 'spells' ? (free ? 0.35 : 0.02) : departs
    return { sounds: cells[cell % cells.length] as boolean, departs: random() < chance }
  }
}

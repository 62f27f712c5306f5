// A run as the report sees it: the record sorted by what a reader asks for. No text is changed here.
import {
  type Agent,
  beatsPerSlot,
  type FaultLine,
  type Library,
  type MoveLine,
  type Note,
  type RecordLine,
  type Scores,
  type SessionLine,
  type TokenLine,
  type Track,
  type WorldLine,
} from '../../record/index.ts'
import { shorten } from './html.ts'

export interface ReportInput {
  readonly session: SessionLine
  readonly record: readonly RecordLine[]
  readonly scores: Scores
  readonly notes: readonly Note[]
  /** For the titles and keys of tracks; null: tracks are shown by their ids. */
  readonly library: Library | null
  /** The run's folder name. */
  readonly name: string
  /** The command that recomputes sound and scores from the record. */
  readonly command: string
}

export interface Player extends Agent {
  /** Place in the session: chooses colour and dash. */
  readonly place: number
}

export interface Turn {
  readonly player: Player
  readonly slot: number
  readonly tokens: readonly TokenLine[]
  readonly move: MoveLine | null
}

export interface Run extends ReportInput {
  readonly players: readonly Player[]
  /** Length of the run. */
  readonly seconds: number
  /** A slot of 32 beats, in seconds. */
  readonly slotSeconds: number
  readonly worlds: readonly WorldLine[]
  /** In the order in which they were played. */
  readonly turns: readonly Turn[]
  readonly faults: readonly FaultLine[]
  readonly words: ReadonlyMap<number, string>
  readonly tracks: ReadonlyMap<string, Track>
}

export function viewRun(input: ReportInput): Run {
  const { session, record, scores } = input
  const players = session.agents.map((agent, place) => ({ ...agent, place }))
  const turns = turnsOf(record, players)
  return {
    ...input,
    players,
    seconds: Math.max(scores.seconds, 1e-3),
    slotSeconds: (beatsPerSlot * 60) / session.bpm,
    worlds: record.filter((line) => line.kind === 'world'),
    turns,
    faults: record.filter((line) => line.kind === 'fault'),
    words: new Map(turns.flatMap((turn) => turn.tokens.map((token) => [token.n, token.text]))),
    tracks: new Map((input.library?.tracks ?? []).map((track) => [track.id, track])),
  }
}

function turnsOf(record: readonly RecordLine[], players: readonly Player[]): Turn[] {
  const turns = new Map<string, { player: Player; slot: number; tokens: TokenLine[]; move: MoveLine | null }>()
  for (const line of record) {
    if (line.kind !== 'token' && line.kind !== 'move') continue
    const player = players.find((each) => each.agent === line.agent)
    if (player === undefined) continue
    const key = `${line.agent} ${line.slot}`
    const turn = turns.get(key) ?? { player, slot: line.slot, tokens: [], move: null }
    turns.set(key, turn)
    if (line.kind === 'token') turn.tokens.push(line)
    else turn.move = line
  }
  return [...turns.values()]
}

/** The agents' names as the page calls them, by id. */
export function titlesOf(run: Run): Record<string, string> {
  return Object.fromEntries(run.players.map((player) => [player.agent, player.title]))
}

/** An agent's name, at most 40 characters of it. */
export function titleOf(run: Run, agent: string): string {
  return shorten(run.players.find((player) => player.agent === agent)?.title ?? agent, 40)
}

/** m:ss, or h:mm:ss from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Two decimals, or an em dash for what is not known. */
export function figure(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined ? '\u2014' : value.toFixed(digits).replace(/^-/, '\u2212')
}

export interface Span {
  readonly from: number
  readonly to: number
}

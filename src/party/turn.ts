// One agent's turn: what it reads, the tokens it gives, the moves they mean, and what it keeps of it. Whatever a DJ does, the world goes on.
import {
  type BreakCode,
  BrokenTurn,
  brokenTurn,
  type CrateTrack,
  createRoleLabeller,
  type Dj,
  type DjItem,
  type DjToken,
  formatMoves,
  type Moment,
  type PartnerTurn,
  parseTurn,
} from '../djs/index.ts'
import type { AgentFeedback } from '../feedback/index.ts'
import {
  type Agent,
  type Move,
  metaPropertySchema,
  type Scenario,
  type TokenLine,
  type Unnumbered,
  type Usage,
} from '../record/index.ts'
import { secondsOfBeats } from '../units.ts'
import type { StoredEpisode } from './values.ts'

/** One agent at its deck, with what it remembers and what has not reached it yet. */
export interface Seat {
  readonly agent: string
  readonly index: number
  readonly dj: Dj
  readonly source: TokenLine['source']
  /** Says again what is recorded; reads nothing. */
  readonly isGhost: boolean
  readonly system: string
  readonly crate: readonly CrateTrack[]
  /** Finished moments, oldest first. */
  readonly memory: Moment[]
  readonly unread: PartnerTurn[]
  /** Episodes beyond the window; empty without a value store. */
  store: readonly StoredEpisode[]
  /** The moment that was finished last and is not stored yet. */
  finished: Moment | null
  heard: string | null
  score: string | null
  fault: string | null
}

export function createSeat(
  index: number,
  { agent, dj: spec }: Agent,
  given: Pick<Seat, 'dj' | 'system' | 'crate'>,
): Seat {
  return {
    agent,
    index,
    source: sources[spec.kind === 'ghost' ? spec.was : spec.kind],
    isGhost: spec.kind === 'ghost',
    ...given,
    memory: [],
    unread: [],
    store: [],
    finished: null,
    heard: null,
    score: null,
    fault: null,
  }
}

const sources = { scripted: 'scripted', server: 'server', embedded: 'embedded', imported: 'import' } as const

/** What an agent reads in one slot: the moment, and the whole text that it stands in. */
export interface Reading {
  readonly moment: Moment
  readonly text: string
}

/** The percept line of a turn. */
export function recordPercept(seat: Seat, reading: Reading): Unnumbered {
  return { kind: 'percept', agent: seat.agent, slot: reading.moment.slot, system: seat.system, text: reading.text }
}

/** Yields the turn's token, move, usage and fault lines as they come; returns the moves as understood. */
export async function* playTurn(
  seat: Seat,
  reading: Reading,
  scenario: Scenario,
): AsyncGenerator<Unnumbered, readonly Move[]> {
  const { slot } = reading.moment
  const place = { agent: seat.agent, slot }
  const roleOf = createRoleLabeller()
  let text = ''
  let usage: Usage | null = null
  let broken: BrokenTurn | null = null
  const items = seat.dj({ ...place, system: seat.system, text: reading.text })[Symbol.asyncIterator]()
  for (;;) {
    const next = await takeItem(items)
    if (next === null) break
    if (next instanceof BrokenTurn) {
      broken = next
      break
    }
    if ('usage' in next) {
      usage = next.usage
      continue
    }
    text += next.text
    yield {
      kind: 'token',
      ...place,
      ...writeToken(next, { slot, scenario, role: roleOf(next.text), source: seat.source }),
    }
  }
  const turn = broken === null ? parseTurn(text) : { moves: [hold], faults: [broken] }
  yield { kind: 'move', ...place, text, moves: [...turn.moves] }
  if (usage !== null) yield { kind: 'usage', ...place, ...usage }
  for (const { code, message } of turn.faults) yield { kind: 'fault', ...place, code, message }
  seat.fault = broken === null ? joinFaults(turn.faults) : tellBreak(broken.code)
  seat.finished = { ...reading.moment, metatokens: [], you: formatMoves(turn.moves) }
  seat.memory.push(seat.finished)
  seat.memory.splice(0, Math.max(0, seat.memory.length - scenario.memorySlots))
  return turn.moves
}

/** Tokens that came at a time of their own keep it, to the millisecond and within their slot. */
function writeToken(
  { text, logprob, top, seconds, source: other }: DjToken,
  {
    slot,
    scenario: { beatsPerSlot, bpm },
    role,
    source,
  }: Pick<TokenLine, 'slot' | 'role' | 'source'> & { scenario: Scenario },
): Omit<Unnumbered<TokenLine>, 'kind' | 'agent' | 'slot'> {
  const start = secondsOfBeats(slot * beatsPerSlot, bpm)
  const end = secondsOfBeats((slot + 1) * beatsPerSlot, bpm)
  const arrived = seconds === undefined ? start : Math.round((start + seconds) * 1000) / 1000
  return {
    turn: slot,
    t: Math.min(end, Math.max(start, arrived)),
    text,
    role,
    ...(logprob === undefined ? {} : { logprob }),
    ...(top === undefined ? {} : { top: [...top] }),
    source: other ?? source,
    clock: seconds === undefined ? 'world' : 'arrival',
  }
}

/** What the agent reads of a turn that broke: nobody else's words. */
function tellBreak(code: BreakCode): string {
  if (code === 'empty-answer') return 'turn: expected at least one move, got nothing. It counts as HOLD.'
  if (code === 'long-answer') return 'turn: expected one line, got far too much. It counts as HOLD.'
  return 'turn: it broke off on the way. It counts as HOLD.'
}

/** How the slot came out, as the agent will remember it. */
export function markFinished(seat: Seat, { measured }: AgentFeedback): void {
  if (measured === undefined || seat.finished === null) return
  const metatokens = metaPropertySchema.options.flatMap((property) => {
    const value = measured[property]
    return value === null ? [] : [{ property, level: Math.max(0, Math.min(9, Math.floor(10 * value))) }]
  })
  seat.finished = { ...seat.finished, metatokens }
  if (seat.memory.length > 0) seat.memory[seat.memory.length - 1] = seat.finished
}

const hold: Move = { do: 'hold' }

/** What the agent will be told of its faults; null when there were none. */
export function joinFaults(faults: readonly { readonly message: string }[]): string | null {
  return faults.length > 0 ? faults.map((fault) => fault.message).join(' ') : null
}

/** The next item, null at the end, or why the turn broke. */
async function takeItem(items: AsyncIterator<DjItem>): Promise<DjItem | null | BrokenTurn> {
  try {
    const next = await items.next()
    return next.done === true ? null : next.value
  } catch (error) {
    if (error instanceof BrokenTurn) return error
    return brokenTurn('broken-turn', error instanceof Error ? error.message : String(error))
  }
}

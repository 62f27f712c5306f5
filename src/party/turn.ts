// One agent's turn: what it reads, the tokens it gives, the moves they mean, and what it keeps of it. Whatever a DJ does, the world goes on.
import {
  type CrateTrack,
  createRoleLabeller,
  type Dj,
  type DjToken,
  formatMoves,
  type Moment,
  type PartnerTurn,
  parseTurn,
} from '../djs/index.ts'
import type { Agent, Move, Scenario, TokenLine, Unnumbered } from '../record/index.ts'
import { secondsOfBeats } from '../units.ts'

/** One agent at its deck, with what it remembers and what has not reached it yet. */
export interface Seat {
  readonly agent: string
  readonly index: number
  readonly dj: Dj
  readonly source: TokenLine['source']
  readonly system: string
  readonly crate: readonly CrateTrack[]
  /** Finished moments, oldest first. */
  readonly memory: Moment[]
  readonly unread: PartnerTurn[]
  heard: string | null
  score: string | null
  fault: string | null
}

export function createSeat(
  index: number,
  { agent, dj: spec }: Agent,
  given: Pick<Seat, 'dj' | 'system' | 'crate'>,
): Seat {
  const source = spec.kind === 'scripted' ? 'scripted' : 'import'
  return { agent, index, source, ...given, memory: [], unread: [], heard: null, score: null, fault: null }
}

/** What an agent reads in one slot: the moment, and the whole text that it stands in. */
export interface Reading {
  readonly moment: Moment
  readonly text: string
}

/** The percept line of a turn. */
export function recordPercept(seat: Seat, reading: Reading): Unnumbered {
  return { kind: 'percept', agent: seat.agent, slot: reading.moment.slot, system: seat.system, text: reading.text }
}

/** Yields the turn's token, move and fault lines as they come; returns the moves as understood. */
export async function* playTurn(
  seat: Seat,
  reading: Reading,
  scenario: Scenario,
): AsyncGenerator<Unnumbered, readonly Move[]> {
  const { slot } = reading.moment
  const t = secondsOfBeats(slot * scenario.beatsPerSlot, scenario.bpm)
  const place = { agent: seat.agent, slot }
  const roleOf = createRoleLabeller()
  let text = ''
  let broken: string | null = null
  const tokens = seat.dj({ ...place, system: seat.system, text: reading.text })[Symbol.asyncIterator]()
  for (;;) {
    const next = await takeToken(tokens)
    if (next === null) break
    if (typeof next === 'string') {
      broken = next
      break
    }
    text += next.text
    const surprise = next.logprob === undefined ? {} : { logprob: next.logprob }
    const role = roleOf(next.text)
    yield {
      kind: 'token',
      ...place,
      turn: slot,
      t,
      text: next.text,
      role,
      ...surprise,
      source: seat.source,
      clock: 'world',
    }
  }
  const turn = broken === null ? parseTurn(text) : { moves: [hold], faults: [{ code: 'broken-turn', message: broken }] }
  yield { kind: 'move', ...place, text, moves: [...turn.moves] }
  for (const { code, message } of turn.faults) yield { kind: 'fault', ...place, code, message }
  seat.fault = joinFaults(turn.faults)
  seat.memory.push({ ...reading.moment, you: formatMoves(turn.moves) })
  seat.memory.splice(0, Math.max(0, seat.memory.length - scenario.memorySlots))
  return turn.moves
}

const hold: Move = { do: 'hold' }

/** What the agent will be told of its faults; null when there were none. */
export function joinFaults(faults: readonly { readonly message: string }[]): string | null {
  return faults.length > 0 ? faults.map((fault) => fault.message).join(' ') : null
}

/** The next token, null at the end, or in words why the turn broke. */
async function takeToken(tokens: AsyncIterator<DjToken>): Promise<DjToken | null | string> {
  try {
    const next = await tokens.next()
    return next.done === true ? null : next.value
  } catch (error) {
    return `turn: expected a whole turn, got ${error instanceof Error ? error.message : String(error)}. It counts as HOLD.`
  }
}

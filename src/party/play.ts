// The party: agents, scenario, condition and seed come in, the numbered lines of a record go out, one slot after the other.
// Equal input gives byte-identical lines (as far as the DJs do), so an interrupted run is taken up by playing it again.
import { formatMoves, formatPercept, type Moment } from '../djs/index.ts'
import type { AgentFeedback } from '../feedback/index.ts'
import { seededRandom, shuffled } from '../random.ts'
import { type Move, type RecordLine, schemaVersion, type Unnumbered } from '../record/index.ts'
import { secondsOfBeats } from '../units.ts'
import { conditions } from './conditions.ts'
import { observe, recall } from './observe.ts'
import { probeAgent } from './probe.ts'
import { checkSeats, defaultMetatokens, type Party, type PartyOptions, seatAgents } from './seating.ts'
import { joinFaults, markFinished, playTurn, type Reading, recordPercept, type Seat } from './turn.ts'
import { recallEpisodes, replayEpisodes, storeEpisode } from './values.ts'
import { createWorldState, stepWorld, type WorldState, type WorldStep } from './world.ts'

/** Throws InputError for agents that do not fit the condition and for a library that is too small. */
export async function* playParty(options: PartyOptions): AsyncGenerator<RecordLine> {
  checkSeats(options)
  const party = seatAgents(options)
  const number = createNumbering()
  yield number(writeSession(options))
  let state = createWorldState(party.world)
  while (state.slot < options.scenario.slots) {
    const lines: RecordLine[] = []
    const moves: (readonly Move[])[] = party.seats.map(() => [])
    for await (const line of takeTurns(party, state, moves)) {
      const numbered = number(line)
      lines.push(numbered)
      yield numbered
    }
    const step = stepWorld(state, moves, party.world, seededRandom(`${options.seed}/floor/${state.slot}`))
    for (const line of closeSlot(party, state.slot, step)) {
      const numbered = number(line)
      lines.push(numbered)
      yield numbered
    }
    const feedback = options.listen === null ? {} : await options.listen(lines)
    for (const line of tellFeedback(party, state.slot, feedback)) yield number(line)
    state = step.state
  }
  for await (const line of probeSeats(party, state)) yield number(line)
  const seconds = secondsOfBeats(options.scenario.slots * options.scenario.beatsPerSlot, options.scenario.bpm)
  yield number({ kind: 'end', slots: options.scenario.slots, seconds, reason: 'finished' })
}

/** Numbers lines from 0. A token that is told later than one that came after it is written with that one's time: time never runs back. */
function createNumbering(): (line: Unnumbered) => RecordLine {
  let n = 0
  let latest = 0
  return (line) => {
    if (line.kind !== 'token') return { n: n++, ...line } as RecordLine
    latest = Math.max(latest, line.t)
    return { n: n++, ...line, t: latest }
  }
}

async function* probeSeats(party: Party, state: WorldState): AsyncGenerator<Unnumbered> {
  const asked = party.options.probe ?? []
  for (const seat of party.seats.filter(({ agent }) => asked.includes(agent))) {
    const { text } = read(party, state, seat)
    yield* probeAgent(seat.dj, { agent: seat.agent, slot: state.slot, system: seat.system, text })
  }
}

function writeSession(options: PartyOptions): Unnumbered {
  const { scenario, condition, seed, agents, mapping, hashes, sham } = options
  return {
    kind: 'session',
    schema: schemaVersion,
    seed,
    scenario,
    condition,
    agents: [...agents],
    mapping,
    bpm: scenario.bpm,
    ...hashes,
    ...(sham === undefined ? {} : { sham }),
    ...(conditions[condition].metatokens ? { metatokens: [...(options.metatokens ?? defaultMetatokens)] } : {}),
  }
}

/** All turns of one slot; the first mover is drawn anew each slot. `moves` is filled by seat. */
async function* takeTurns(party: Party, state: WorldState, moves: (readonly Move[])[]): AsyncGenerator<Unnumbered> {
  const { scenario, seed } = party.options
  if (scenario.order === 'simultaneous') {
    const readings = party.seats.map((seat) => read(party, state, seat))
    for (const [i, seat] of party.seats.entries()) if (!seat.isGhost) yield recordPercept(seat, readings[i] as Reading)
    const turns = party.seats.map((seat, i) => collect(playTurn(seat, readings[i] as Reading, scenario)))
    const done = await Promise.all(turns)
    for (const [i, turn] of done.entries()) moves[i] = turn.moves
    yield* inOrderOfTime(done.flatMap(({ lines }) => lines))
    for (const seat of party.seats) announce(party, seat, state.slot, moves)
    return
  }
  for (const seat of shuffled(seededRandom(`${seed}/order/${state.slot}`), party.seats)) {
    const reading = read(party, state, seat)
    if (!seat.isGhost) yield recordPercept(seat, reading)
    moves[seat.index] = yield* playTurn(seat, reading, scenario)
    announce(party, seat, state.slot, moves)
  }
}

/** Lines of turns that went on at once: as they are if no token came before an earlier line's, else all tokens first, by time. */
function inOrderOfTime(lines: readonly Unnumbered[]): readonly Unnumbered[] {
  const tokens = lines.filter((line) => line.kind === 'token')
  if (tokens.every((token, i) => token.t >= (tokens[i - 1]?.t ?? 0))) return lines
  return [...tokens.toSorted((a, b) => a.t - b.t), ...lines.filter((line) => line.kind !== 'token')]
}

/** Others will read these moves in their next percept. */
function announce(party: Party, seat: Seat, slot: number, moves: readonly (readonly Move[])[]): void {
  const text = formatMoves(moves[seat.index] ?? [])
  for (const other of party.seats) if (other !== seat) other.unread.push({ slot, text })
}

function read(party: Party, state: WorldState, seat: Seat): Reading {
  const { heard, score, fault } = seat
  const moment = observe(state, party.world, seat.index, party.shown, {
    heard,
    score,
    partner: seat.unread.splice(0),
    fault,
    sham: party.shown.yoked ? shamAt(party, seat.agent, state.slot) : undefined,
    metatokens: party.shown.metatokens ? (party.options.metatokens ?? defaultMetatokens) : undefined,
  })
  if (seat.isGhost) return { moment, text: '' }
  const { index, crate, memory } = seat
  const episodes = rememberEpisodes(party, seat, moment)
  return {
    moment,
    text: formatPercept(recall(state, party.world, index, { crate, ...episodes, memory, present: moment })),
  }
}

/** After the last slot there is nothing that the other run could tell. */
function shamAt({ options: { sham } }: Party, agent: string, slot: number) {
  return sham?.traces.find((trace) => trace.agent === agent)?.felt[slot] ?? { floor: null, body: null }
}

/** Stores the last finished moment with what is felt now, and chooses what is shown again; nothing without a value store. */
function rememberEpisodes({ options: { scenario } }: Party, seat: Seat, present: Moment) {
  const { valueStore, memorySlots } = scenario
  if (valueStore === undefined) return { replayed: [], recalled: [] }
  if (seat.finished !== null) seat.store = storeEpisode(seat.store, seat.finished, present.body, valueStore)
  seat.finished = null
  const replayed = replayEpisodes(seat.store, present.slot, valueStore)
  const others = seat.store.filter(({ episode }) => !replayed.includes(episode))
  return { replayed, recalled: recallEpisodes(others, present, present.slot - memorySlots, valueStore) }
}

async function collect(
  turn: AsyncGenerator<Unnumbered, readonly Move[]>,
): Promise<{ lines: Unnumbered[]; moves: readonly Move[] }> {
  const lines: Unnumbered[] = []
  for (;;) {
    const next = await turn.next()
    if (next.done === true) return { lines, moves: next.value }
    lines.push(next.value)
  }
}

/** What could not be done at the decks, then the world as it was during the slot. */
function closeSlot(party: Party, slot: number, { state, faults }: WorldStep): Unnumbered[] {
  const { scenario } = party.options
  const refused = party.seats.flatMap((seat) => {
    const own = faults[seat.index] ?? []
    if (own.length > 0) seat.fault = [seat.fault, joinFaults(own)].filter((part) => part !== null).join(' ')
    return own.map(({ code, message }): Unnumbered => ({ kind: 'fault', agent: seat.agent, slot, code, message }))
  })
  return [
    ...refused,
    {
      kind: 'world',
      slot,
      t: secondsOfBeats(slot * scenario.beatsPerSlot, scenario.bpm),
      decks: [...state.deckSlots],
      clash: state.clash,
      crowd: {
        energy: state.crowd,
        groups: state.groups.map(({ name, dancing, tired, appetite }) => ({
          name,
          dancing,
          tired,
          appetite: [...appetite],
        })),
      },
      bodies: state.bodies.map(({ agent, comfort, pain, adaptation }) => ({ agent, comfort, pain, adaptation })),
    },
  ]
}

/** Feedback of this slot: kept in the record, and for the next percept. */
function tellFeedback(party: Party, slot: number, feedback: Readonly<Record<string, AgentFeedback>>): Unnumbered[] {
  return party.seats.flatMap((seat) => {
    const told = feedback[seat.agent]
    seat.heard = told?.heard ?? null
    seat.score = told?.score ?? null
    if (told === undefined) return []
    if (party.shown.metatokens) markFinished(seat, told)
    return [{ kind: 'feedback', agent: seat.agent, slot, words: told.heard, readings: { ...told.readings } }]
  })
}

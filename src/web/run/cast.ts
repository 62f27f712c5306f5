// The run as it sounds with another run's players in its seats: what is drawn when a stranger is heard.
import type { WorldLine } from '../../record/index.ts'
import type { Casting } from '../sound/mixer.ts'
import { retimeNotes } from '../sound/tempo.ts'
import type { AgentSlot, PartyScore, SlotScore } from './slots.ts'

/** Slots on the screen, and some about them. */
const keptSlots = 6

/** Agents keep the names of their seats; notes lie on the run's own beat. Grows as the run grows. */
export function castScore(score: PartyScore, other: PartyScore, casting: Casting): PartyScore {
  const made: SlotScore[] = []
  const isSwapped = (seat: number) => casting === 'other' || (casting !== 'own' && casting.seat === seat)
  const desk = new Map<number, { readonly from: readonly AgentSlot[]; readonly agents: readonly AgentSlot[] }>()
  /** Made when asked for, like the notes they are made of; only those used last are kept. */
  const agentsOf = (slot: SlotScore): readonly AgentSlot[] => {
    const own = slot.agents
    const known = desk.get(slot.slot)
    if (known?.from === own) return known.agents
    const theirs = other.slots[slot.slot]
    const agents = own.map((agent, seat) =>
      isSwapped(seat) ? seatStranger(agent.agent, theirs?.agents[seat], { score, other }) : agent,
    )
    desk.delete(slot.slot)
    desk.set(slot.slot, { from: own, agents })
    for (const old of [...desk.keys()].slice(0, Math.max(0, desk.size - keptSlots))) desk.delete(old)
    return agents
  }
  /** Whoever sits there brings a body; the floor is the other run's when all of it is heard. */
  const castWorld = (own: WorldLine | null, theirs: WorldLine | null): WorldLine | null => {
    if (casting === 'other' || own === null) return casting === 'other' ? theirs : own
    const isOwn = ({ agent }: { agent: string }) =>
      !isSwapped(score.session.agents.findIndex((one) => one.agent === agent))
    const strangers = theirs?.bodies.filter((body) => !isOwn(body)) ?? []
    return { ...own, bodies: [...own.bodies.filter(isOwn), ...strangers] }
  }
  const castSlot = (slot: SlotScore): SlotScore => ({
    slot: slot.slot,
    startSeconds: slot.startSeconds,
    seconds: slot.seconds,
    startSample: slot.startSample,
    lengthSamples: slot.lengthSamples,
    world: castWorld(slot.world, renameSeats(other.slots[slot.slot]?.world ?? null, other, score)),
    get notes() {
      return slot.notes
    },
    get turns() {
      return slot.turns
    },
    get agents() {
      return agentsOf(slot)
    },
  })
  return {
    ...score,
    get plannedSlots() {
      return score.plannedSlots
    },
    get ended() {
      return score.ended
    },
    get slots() {
      for (const slot of score.slots.slice(made.length)) made.push(castSlot(slot))
      return made
    },
  }
}

function seatStranger(
  agent: string,
  stranger: AgentSlot | undefined,
  { score, other }: { readonly score: PartyScore; readonly other: PartyScore },
): AgentSlot {
  if (stranger === undefined) return { agent, tokens: [], voiceNotes: [], deckNotes: [], deck: null }
  const retime = (notes: AgentSlot['voiceNotes']) => retimeNotes(notes, other.session.bpm, score.session.bpm)
  const { tokens, voiceNotes, deckNotes, deck } = stranger
  return { agent, tokens, deck, voiceNotes: retime(voiceNotes), deckNotes: retime(deckNotes) }
}

function renameSeats(world: WorldLine | null, from: PartyScore, to: PartyScore): WorldLine | null {
  if (world === null) return null
  const seatOf = (agent: string) => from.session.agents.findIndex((one) => one.agent === agent)
  const rename = <Who extends { agent: string }>(one: Who): Who => ({
    ...one,
    agent: to.session.agents[seatOf(one.agent)]?.agent ?? one.agent,
  })
  return { ...world, decks: world.decks.map(rename), bodies: world.bodies.map(rename) }
}

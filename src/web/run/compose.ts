// Record lines -> slots: the pipeline's own composing, slot by slot, as the lines come in.
// A slot is whole once its world line, a line of a later slot, or the end is there.
import { turnsOfSlot } from '../../measure/index.ts'
import { composeSlot, slotStart } from '../../pipeline.ts'
import { InputError, type Library, type Note, type RecordLine, type SessionLine } from '../../record/index.ts'
import type { Lexicon } from '../../sonify/index.ts'
import type { AgentSlot, PartyScore, SlotScore } from './slots.ts'

export interface Composer {
  /** The score so far; undefined before the session line. It is one object that grows. */
  readonly score: PartyScore | undefined
  /** The next line of the record. True when the score grew. */
  add(line: RecordLine): boolean
}

export interface ComposerSettings {
  readonly library: Library | null
  readonly lexicon: Lexicon
}

interface GrowingScore extends PartyScore {
  slots: SlotScore[]
  plannedSlots: number
  ended: boolean
}

export function createComposer(settings: ComposerSettings): Composer {
  let score: GrowingScore | undefined
  let open: RecordLine[] = []

  const close = (growing: GrowingScore, until: number) => {
    while (growing.slots.length < until) {
      const slot = growing.slots.length
      const own = open.filter((line) => 'slot' in line && line.slot === slot)
      growing.slots.push(layOutSlot(growing.session, slot, own, settings))
    }
    open = open.filter((line) => 'slot' in line && line.slot >= until)
    growing.plannedSlots = Math.max(growing.plannedSlots, growing.slots.length)
  }
  return {
    get score() {
      return score
    },
    add(line) {
      if (line.kind === 'session') {
        score = beginScore(line)
        return true
      }
      if (score === undefined) throw new InputError('no-session', 'record: expected the session line first.')
      const before = score.slots.length
      if ('slot' in line) {
        if (line.slot > before) close(score, line.slot)
        if (line.slot >= score.slots.length) open.push(line)
        if (line.kind === 'world') close(score, line.slot + 1)
      }
      if (line.kind !== 'end') return score.slots.length > before
      close(score, Math.max(line.slots, ...open.map((last) => ('slot' in last ? last.slot + 1 : 0))))
      score.plannedSlots = score.slots.length
      score.ended = true
      return true
    },
  }
}

function beginScore(session: SessionLine): GrowingScore {
  const slotSeconds = slotStart(session, 1).seconds
  return { session, slots: [], plannedSlots: session.scenario?.slots ?? 0, slotSeconds, ended: false }
}

function layOutSlot(
  session: SessionLine,
  slot: number,
  lines: readonly RecordLine[],
  settings: ComposerSettings,
): SlotScore {
  const start = slotStart(session, slot)
  const end = slotStart(session, slot + 1)
  const notes = composeSlot(session, lines, slot, settings)
  const world = lines.find((line) => line.kind === 'world') ?? null
  const tokens = lines.filter((line) => line.kind === 'token')
  const layOutAgent = (agent: string): AgentSlot => {
    const own = (layer: Note['layer']) => notes.filter((note) => note.agent === agent && note.layer === layer)
    return {
      agent,
      tokens: tokens.filter((token) => token.agent === agent),
      voiceNotes: own('voice'),
      deckNotes: own('deck'),
      deck: world?.decks.find((deck) => deck.agent === agent) ?? null,
    }
  }
  return {
    slot,
    startSeconds: start.seconds,
    seconds: end.seconds - start.seconds,
    startSample: start.sample,
    lengthSamples: end.sample - start.sample,
    notes,
    turns: turnsOfSlot(lines),
    agents: session.agents.map(({ agent }) => layOutAgent(agent)),
    world,
  }
}

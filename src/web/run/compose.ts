// Record lines -> slots: the pipeline's own composing, slot by slot, as the lines come in. A slot is whole once its world line, a line of
// a later slot, or the end is there. Its notes are made when they are first asked for, and let go when others were needed since: of a
// record of a million tokens only what is near the playhead is ever composed.
import { type Turn, turnsOfSlot } from '../../measure/index.ts'
import { composeSlot, slotStart } from '../../pipeline.ts'
import {
  createRecordCheck,
  InputError,
  type Library,
  type Note,
  type RecordLine,
  type SessionLine,
  type TokenLine,
} from '../../record/index.ts'
import type { Lexicon } from '../../sonify/index.ts'
import type { AgentSlot, PartyScore, SlotScore } from './slots.ts'

export interface Composer {
  /** The score so far; undefined before the session line. It is one object that grows. */
  readonly score: PartyScore | undefined
  /** The next line of the record. True when the score grew. Throws InputError where a record may not go on so. */
  add(line: RecordLine): boolean
}

export interface ComposerSettings {
  readonly library: Library | null
  readonly lexicon: Lexicon
  /** Notes of composed slots that are kept, besides the slots last asked for. */
  readonly keptNotes?: number
}

interface GrowingScore extends PartyScore {
  slots: SlotScore[]
  plannedSlots: number
  ended: boolean
}

/** Most empty slots in a row: more than a day at any tempo, so that a mistyped number does not fill the memory. */
const longestSilence = 10_000
const usualNotes = 60_000
/** Always kept composed, however many notes they have. */
const keptSlots = 6

export function createComposer(settings: ComposerSettings): Composer {
  let score: GrowingScore | undefined
  let open: RecordLine[] = []
  const check = createRecordCheck()
  const desk = createDesk(settings.keptNotes ?? usualNotes)

  const close = (growing: GrowingScore, until: number) => {
    if (until - growing.slots.length > longestSilence)
      throw new InputError(
        'slot-gap',
        `record: expected a slot within ${longestSilence} of slot ${growing.slots.length}, got ${until - 1}. Cut the silence out.`,
      )
    const bySlot = new Map<number, RecordLine[]>()
    for (const line of open) {
      const slot = 'slot' in line ? line.slot : -1
      const own = bySlot.get(slot)
      if (own === undefined) bySlot.set(slot, [line])
      else own.push(line)
    }
    while (growing.slots.length < until) {
      const slot = growing.slots.length
      growing.slots.push(layOutSlot(growing.session, slot, bySlot.get(slot) ?? [], { ...settings, desk }))
    }
    open = open.filter((line) => 'slot' in line && line.slot >= until)
    growing.plannedSlots = Math.max(growing.plannedSlots, growing.slots.length)
  }
  return {
    get score() {
      return score
    },
    add(line) {
      check(line)
      if (line.kind === 'session') {
        score = beginScore(line)
        return true
      }
      if (score === undefined) throw new InputError('no-session', 'record: expected the session line first.')
      const before = score.slots.length
      if ('slot' in line) {
        if (line.slot > before) close(score, line.slot)
        if (line.slot >= score.slots.length) open.push(withoutBulk(line))
        if (line.kind === 'world') close(score, line.slot + 1)
      }
      if (line.kind !== 'end') return score.slots.length > before
      close(
        score,
        open.reduce((most, last) => Math.max(most, 'slot' in last ? last.slot + 1 : 0), line.slots),
      )
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

/** What an agent read is the bulk of a record; here it only counts whether a score stood in it. */
function withoutBulk(line: RecordLine): RecordLine {
  if (line.kind !== 'percept') return line
  const shown = `${line.system}\n${line.text}`.includes('<score')
  return { ...line, system: '', text: shown ? '<score' : '' }
}

interface Composed {
  readonly notes: readonly Note[]
  readonly agents: readonly AgentSlot[]
  readonly turns: readonly Turn[]
}

interface Desk {
  /** The slot as it was composed, or as it is composed now. */
  take(slot: number, compose: () => Composed): Composed
}

/** Composed slots, those used last. */
function createDesk(keptNotes: number): Desk {
  const kept = new Map<number, Composed>()
  let notes = 0
  return {
    take(slot, compose) {
      const known = kept.get(slot)
      const composed = known ?? compose()
      if (known === undefined) notes += composed.notes.length
      kept.delete(slot)
      kept.set(slot, composed)
      for (const [old, { notes: of }] of kept) {
        if (notes <= keptNotes || kept.size <= keptSlots) break
        kept.delete(old)
        notes -= of.length
      }
      return composed
    },
  }
}

function layOutSlot(
  session: SessionLine,
  slot: number,
  lines: readonly RecordLine[],
  settings: ComposerSettings & { readonly desk: Desk },
): SlotScore {
  const start = slotStart(session, slot)
  const end = slotStart(session, slot + 1)
  const composed = () => settings.desk.take(slot, () => composeLines(session, slot, lines, settings))
  return {
    slot,
    startSeconds: start.seconds,
    seconds: end.seconds - start.seconds,
    startSample: start.sample,
    lengthSamples: end.sample - start.sample,
    get notes() {
      return composed().notes
    },
    get turns() {
      return composed().turns
    },
    get agents() {
      return composed().agents
    },
    world: lines.find((line) => line.kind === 'world') ?? null,
  }
}

function composeLines(
  session: SessionLine,
  slot: number,
  lines: readonly RecordLine[],
  settings: ComposerSettings,
): Composed {
  const notes = composeSlot(session, lines, slot, settings)
  const world = lines.find((line) => line.kind === 'world')
  const parts = new Map(
    session.agents.map(({ agent }) => {
      const deck = world?.decks.find((known) => known.agent === agent) ?? null
      return [agent, { agent, tokens: [] as TokenLine[], voiceNotes: [] as Note[], deckNotes: [] as Note[], deck }]
    }),
  )
  for (const line of lines) if (line.kind === 'token') parts.get(line.agent)?.tokens.push(line)
  for (const note of notes) parts.get(note.agent)?.[note.layer === 'voice' ? 'voiceNotes' : 'deckNotes'].push(note)
  return { notes, turns: turnsOfSlot(lines), agents: [...parts.values()] }
}

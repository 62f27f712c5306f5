// Record lines -> slots, as the pipeline has it: tokens become voice notes, deck slots become deck notes.
// A slot is whole once its world line, a line of a later slot, or the end is there.
import {
  type DeckSlot,
  InputError,
  type Library,
  type Note,
  type RecordLine,
  type SessionLine,
  type TokenLine,
  type WorldLine,
} from '../../record/index.ts'
import { deckNotes } from '../../render/index.ts'
import { type Lexicon, sonifyTurn } from '../../sonify/index.ts'
import { samplesOfSeconds, secondsOfBeats } from '../../units.ts'
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
  readonly sampleRate: number
}

interface GrowingScore extends PartyScore {
  slots: SlotScore[]
  plannedSlots: number
  ended: boolean
}

const beatsPerSlot = 32

export function createComposer(settings: ComposerSettings): Composer {
  let score: GrowingScore | undefined
  let tokens: TokenLine[] = []
  let world: WorldLine | null = null

  const begin = (session: SessionLine) => {
    const slotSeconds = secondsOfBeats(beatsPerSlot, session.bpm)
    score = { session, slots: [], plannedSlots: session.scenario?.slots ?? 0, slotSeconds, ended: false }
  }
  const close = (growing: GrowingScore, until: number) => {
    while (growing.slots.length < until) {
      const slot = growing.slots.length
      const own = tokens.filter((token) => token.slot === slot)
      growing.slots.push(composeSlot(growing, { slot, tokens: own, world: world?.slot === slot ? world : null }, settings))
    }
    tokens = tokens.filter((token) => token.slot >= until)
    growing.plannedSlots = Math.max(growing.plannedSlots, growing.slots.length)
  }
  return {
    get score() {
      return score
    },
    add(line) {
      if (line.kind === 'session') {
        begin(line)
        return true
      }
      if (score === undefined) throw new InputError('no-session', 'record: expected the session line first.')
      const before = score.slots.length
      if ('slot' in line && line.slot > before) close(score, line.slot)
      if (line.kind === 'token') tokens.push(line)
      if (line.kind === 'world') {
        world = line
        close(score, line.slot + 1)
      }
      if (line.kind === 'end') {
        close(score, Math.max(line.slots, ...tokens.map((token) => token.slot + 1)))
        score.plannedSlots = score.slots.length
        score.ended = true
        return true
      }
      return score.slots.length > before
    },
  }
}

interface SlotLines {
  readonly slot: number
  readonly tokens: readonly TokenLine[]
  readonly world: WorldLine | null
}

function composeSlot(score: PartyScore, lines: SlotLines, settings: ComposerSettings): SlotScore {
  const { slot, world } = lines
  const startSeconds = slot * score.slotSeconds
  const startSample = samplesOfSeconds(startSeconds, settings.sampleRate)
  const endSample = samplesOfSeconds((slot + 1) * score.slotSeconds, settings.sampleRate)
  return {
    slot,
    startSeconds,
    seconds: score.slotSeconds,
    startSample,
    lengthSamples: endSample - startSample,
    agents: score.session.agents.map((_, k) => composeAgent(score, k, lines, settings)),
    world,
  }
}

function composeAgent(score: PartyScore, index: number, lines: SlotLines, settings: ComposerSettings): AgentSlot {
  const { session, slotSeconds } = score
  const agent = session.agents[index]?.agent ?? ''
  const startSeconds = lines.slot * slotSeconds
  const tokens = lines.tokens.filter((token) => token.agent === agent)
  const voice = session.agents[index]?.mask?.voice ?? defaultVoice(index)
  const turn = { mapping: session.mapping, voice, startSeconds, slotSeconds, bpm: session.bpm, lexicon: settings.lexicon }
  const deck = lines.world?.decks.find((one) => one.agent === agent) ?? null
  return { agent, tokens, voiceNotes: sonifyTurn(tokens, turn), deckNotes: notesOfDeck(score, deck, startSeconds, settings.library), deck }
}

/** A speaker without a mask: the registers fan out from the middle. */
function defaultVoice(index: number) {
  const registers = [60, 67, 53, 72, 48]
  return { timbre: 'harmonic' as const, registerMidi: registers[index % registers.length] ?? 60 }
}

function notesOfDeck(score: PartyScore, deck: DeckSlot | null, startSeconds: number, library: Library | null): Note[] {
  const track = library?.tracks.find((known) => known.id === deck?.track)
  if (deck === null || track === undefined || score.session.scenario === null) return []
  return deckNotes(deck, track, { startSeconds, bpm: score.session.bpm, keyLock: score.session.scenario.keyLock })
}

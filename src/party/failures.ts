// What can go wrong with a party, as detectors over its record: each says who, from which slot, for how long, and what was seen.
// A detector speaks when something has gone on for `window` slots (an eighth of the run, at least six), so that one odd slot is no failure.
import { breakCodes, formatMoves } from '../djs/index.ts'
import type { DeckSlot, Move, MoveLine, RecordLine, SessionLine, Track, WorldLine } from '../record/index.ts'

export const failureKinds = [
  'parse-storm',
  'same-track',
  'corridor-dance',
  'dominance',
  'unison',
  'hit-loop',
  'yes-spam',
  'silence',
  'politeness-loop',
  'one-key',
  'tempo-drift',
  'score-leak',
  'broken-turns',
] as const
export type FailureKind = (typeof failureKinds)[number]

export interface Failure {
  readonly kind: FailureKind
  /** null: both, or nobody in particular. */
  readonly agent: string | null
  readonly fromSlot: number
  readonly slots: number
  readonly message: string
}

/** One slot of the record, by agent. */
interface Slot {
  readonly slot: number
  readonly world: WorldLine | null
  readonly moves: ReadonlyMap<string, MoveLine>
  readonly faults: readonly { readonly agent: string | null; readonly code: string }[]
  readonly percepts: readonly string[]
}

/** Every failure of a party's record, in the order of `failureKinds`. `tracks` are for keys; none given, `one-key` cannot be seen. */
export function findFailures(lines: readonly RecordLine[], tracks: readonly Track[] = []): Failure[] {
  const session = lines.find((line) => line.kind === 'session')
  if (session?.kind !== 'session' || session.scenario === null) return []
  const slots = gatherSlots(lines)
  const window = Math.max(6, Math.ceil(slots.length / 8))
  const agents = session.agents.map(({ agent }) => agent)
  const keys = new Map(tracks.map((track) => [track.id, `${track.key.tonic} ${track.key.mode}`]))
  const found = [
    ...agents.flatMap((agent) => findOwn(agent, slots, window)),
    ...(agents.length > 1 ? findShared(agents, slots, window) : []),
    ...findRuns(
      'one-key',
      null,
      slots,
      2 * window,
      (slot, before) => {
        const key = oneKeyOf(slot, keys)
        return key !== null && (before === undefined || key === oneKeyOf(before, keys))
      },
      'everything stays in one key',
    ),
    ...findLeak(session, slots),
  ]
  return found.sort((a, b) => failureKinds.indexOf(a.kind) - failureKinds.indexOf(b.kind))
}

function gatherSlots(lines: readonly RecordLine[]): Slot[] {
  const slots = new Map<number, { -readonly [K in keyof Slot]: Slot[K] }>()
  for (const line of lines) {
    if (!('slot' in line)) continue
    const slot = slots.get(line.slot) ?? { slot: line.slot, world: null, moves: new Map(), faults: [], percepts: [] }
    if (line.kind === 'world') slot.world = line
    else if (line.kind === 'move') slot.moves = new Map(slot.moves).set(line.agent, line)
    else if (line.kind === 'fault') slot.faults = [...slot.faults, line]
    else if (line.kind === 'percept') slot.percepts = [...slot.percepts, `${line.system}\n${line.text}`]
    slots.set(line.slot, slot)
  }
  return [...slots.values()].sort((a, b) => a.slot - b.slot)
}

/** The longest runs of slots in which something is so; what lasts shorter than `least` is passed over. */
function findRuns(
  kind: FailureKind,
  agent: string | null,
  slots: readonly Slot[],
  least: number,
  so: (slot: Slot, before: Slot | undefined) => boolean,
  message: string,
): Failure[] {
  const runs: Failure[] = []
  let from = 0
  for (let i = 0; i <= slots.length; i++) {
    const slot = slots[i]
    if (slot !== undefined && so(slot, slots[i - 1])) continue
    const first = slots[from]
    if (first !== undefined && i - from >= least)
      runs.push({ kind, agent, fromSlot: first.slot, slots: i - from, message })
    from = i + 1
  }
  return runs
}

/** Failures of one agent. */
function findOwn(agent: string, slots: readonly Slot[], window: number): Failure[] {
  const run = (kind: FailureKind, so: (slot: Slot, before: Slot | undefined) => boolean, message: string) =>
    findRuns(kind, agent, slots, window, so, message)
  const faulty = (codes: readonly string[]) => (slot: Slot) =>
    slot.faults.some((fault) => fault.agent === agent && codes.includes(fault.code))
  const deck = (slot: Slot | undefined) => deckOf(slot, agent)
  return [
    ...run('parse-storm', faulty(['unparsed', 'empty', 'too-many']), 'its turns do not parse'),
    ...findRuns('broken-turns', agent, slots, 2, faulty(breakCodes), 'its turns break off'),
    ...findRuns(
      'hit-loop',
      agent,
      slots,
      2 * window,
      (slot, before) => sounds(deck(slot)) && (before === undefined || deck(before)?.track === deck(slot)?.track),
      'it plays one track for ever',
    ),
    ...run('yes-spam', (slot) => isSpam(wordsOf(slot.moves.get(agent)?.moves ?? [])), 'it says one word over and over'),
    ...run('silence', (slot) => isSilent(slot.moves.get(agent), deck(slot)), 'it neither plays nor speaks'),
    ...run('tempo-drift', (slot) => Math.abs(deck(slot)?.nudgePercent ?? 0) >= 1, 'its deck runs off the tempo'),
  ]
}

/** Failures of two together. */
function findShared(agents: readonly string[], slots: readonly Slot[], window: number): Failure[] {
  const run = (kind: FailureKind, so: (slot: Slot, before: Slot | undefined) => boolean, message: string) =>
    findRuns(kind, null, slots, window, so, message)
  const decks = (slot: Slot) => agents.map((agent) => deckOf(slot, agent))
  const moves = (slot: Slot) => agents.map((agent) => slot.moves.get(agent)?.moves ?? [])
  return [
    ...findRuns('same-track', null, slots, 2, (slot) => soundAlike(decks(slot)), 'both decks play the same track'),
    ...run('corridor-dance', (slot) => stepTogether(moves(slot)), 'both come in and go out at once'),
    ...agents.flatMap((agent) =>
      findRuns('dominance', agent, slots, 2 * window, (slot) => soundsAlone(slot, agent), 'it never leaves the floor'),
    ),
    ...run('unison', (slot) => sayAlike(moves(slot)), 'both do and say the same'),
    ...run('politeness-loop', (slot) => moves(slot).every(givesWay) && !decks(slot).some(sounds), 'both wait for ever'),
  ]
}

const deckOf = (slot: Slot | undefined, agent: string) => slot?.world?.decks.find((deck) => deck.agent === agent)

function sounds(deck: DeckSlot | undefined): boolean {
  return deck?.playing === true && deck.fader.from + deck.fader.to > 0
}

function soundsAlone(slot: Slot, agent: string): boolean {
  return slot.world?.decks.every((deck) => sounds(deck) === (deck.agent === agent)) === true
}

function soundAlike(decks: readonly (DeckSlot | undefined)[]): boolean {
  return decks.every(sounds) && new Set(decks.map((deck) => deck?.track)).size === 1
}

function wordsOf(moves: readonly Move[]): string[] {
  const said = moves.map((move) => (move.do === 'say' ? move.words : '')).join(' ')
  return said.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? []
}

/** At least eight words, nine of ten of them one. */
function isSpam(words: readonly string[]): boolean {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return words.length >= 8 && Math.max(...counts.values()) >= 0.9 * words.length
}

/** Signs without letters (emoji, dots) are silence too. */
function isSilent(move: MoveLine | undefined, deck: DeckSlot | undefined): boolean {
  return move !== undefined && wordsOf(move.moves).length === 0 && !sounds(deck)
}

const comesIn = (move: Move) => move.do === 'play' || move.do === 'blend'
const goesOut = (move: Move) => move.do === 'yield' || move.do === 'cut'

/** Two in a corridor: both step to the same side in the same slot, so that neither gets past. */
function stepTogether(moves: readonly (readonly Move[])[]): boolean {
  return moves.every((own) => own.some(comesIn)) || moves.every((own) => own.some(goesOut))
}

const givesWay = (moves: readonly Move[]) =>
  moves.every((move) => move.do === 'yield' || move.do === 'hold' || move.do === 'say')

function sayAlike(moves: readonly (readonly Move[])[]): boolean {
  const texts = moves.map((own) => formatMoves(own.filter((move) => move.do !== 'hold')))
  return texts.every((text) => text !== '' && text === texts[0])
}

/** The one key that sounds; null for none or several. */
function oneKeyOf(slot: Slot | undefined, keys: ReadonlyMap<string, string>): string | null {
  const sounding = new Set(slot?.world?.decks.filter(sounds).map((deck) => keys.get(deck.track ?? '')))
  const [key] = sounding
  return sounding.size === 1 && key !== undefined ? key : null
}

/** A number that only explicit-score, or a level that only metatokens may show. */
function findLeak(session: SessionLine, slots: readonly Slot[]): Failure[] {
  if (session.condition === 'explicit-score') return []
  const number = session.condition === 'metatokens' ? /<score/ : /<score|<[a-z]+:\d>/
  const leak = slots.find(({ percepts }) => percepts.some((text) => number.test(text)))
  if (leak === undefined) return []
  const message = 'a prompt shows the score in a condition that must not'
  return [{ kind: 'score-leak', agent: null, fromSlot: leak.slot, slots: 1, message }]
}

// Where every number comes from: tokens -> notes -> stems -> features -> measures, slot by slot, through the rooms in order.
// In: a record's lines, slot by slot. Out: sound (mono float samples at 48 kHz), features and readings as they come, scores at the end.
import { createAnalyser, type HeardFrame } from './hear/index.ts'
import type { Kernel } from './kernel/index.ts'
import {
  createPairKeeper,
  createScoreKeeper,
  defaultRanking,
  groupStems,
  type HeardPair,
  planMixtures,
  type SlotReading,
  turnsOfSlot,
  type UnhashedScores,
} from './measure/index.ts'
import { drawRunTwins, drawTokenTwins, type PlayedRun, type RunTwins } from './null/index.ts'
import {
  beatsPerSlot,
  type Library,
  type Note,
  type RankingSettings,
  type RecordLine,
  type SessionLine,
  sessionOf,
  stemsOf,
  type TokenLine,
} from './record/index.ts'
import { createStemPlayer, deckNotes, keyLockOf, type SampleBank, trackOf, worldOf } from './render/index.ts'
import { commonKey, type Key, type Lexicon, sonifyTurn, turnsOfLines, voiceOf } from './sonify/index.ts'
import { type Samples, type Seconds, samplesOfSeconds, secondsOfBeats } from './units.ts'

export const sampleRate = 48_000

/** What a run is heard with. */
export interface Instruments {
  readonly kernel: Kernel
  /** null for transcripts, which have no decks. */
  readonly library: Library | null
  readonly lexicon: Lexicon
  /** Recordings that tracks use, mono at 48 kHz. */
  readonly samples: SampleBank
}

export interface HeardSlotSound {
  readonly slot: number
  readonly startSample: Samples
  /** One per stem, in the order of `stemsOf(session)`. */
  readonly stems: readonly Float32Array[]
  readonly notes: readonly Note[]
  readonly frames: readonly HeardFrame[]
  readonly reading: SlotReading
}

export interface Listening {
  /** Hears the next slot: all lines of that slot (tokens, moves, world ...). Slots come in order from 0, none left out. */
  hearSlot(lines: readonly RecordLine[]): HeardSlotSound
  /** What the analysers still hold is heard as if silence followed; then the scores. No slot may come after. */
  finish(): { readonly frames: readonly HeardFrame[]; readonly scores: UnhashedScores }
  dispose(): void
}

/** Where slot k begins; its length is the distance to the next. */
export function slotStart(session: SessionLine, slot: number): { seconds: Seconds; sample: Samples } {
  const seconds = secondsOfBeats(slot * beatsPerSlot, session.bpm)
  return { seconds, sample: samplesOfSeconds(seconds, sampleRate) }
}

/** The key collection that all voices of a run keep to: the one that most of the library shares. Fixed, so that saying the same sounds the same. */
export function keyOfVoices(library: Library | null): Key | undefined {
  if (library === null) return undefined
  const key = knownKeys.get(library) ?? commonKey(library.tracks.map((track) => track.key))
  knownKeys.set(library, key)
  return key
}

const knownKeys = new WeakMap<Library, Key>()

/** The notes of one slot: every turn through the mapping, every deck through its track. */
export function composeSlot(
  session: SessionLine,
  lines: readonly RecordLine[],
  slot: number,
  instruments: Pick<Instruments, 'lexicon' | 'library'>,
): Note[] {
  const { seconds } = slotStart(session, slot)
  const slotSeconds = secondsOfBeats(beatsPerSlot, session.bpm)
  const key = keyOfVoices(instruments.library)
  const voices = turnsOfLines(lines).flatMap((tokens) => {
    return sonifyTurn(tokens, {
      mapping: session.mapping,
      ...voiceOf(session, tokens[0]?.agent ?? ''),
      startSeconds: seconds,
      slotSeconds,
      bpm: session.bpm,
      lexicon: instruments.lexicon,
      ...(key === undefined ? {} : { key }),
    })
  })
  const decks = (worldOf(lines)?.decks ?? []).flatMap((deck) => {
    const track = trackOf(deck, instruments.library)
    return track === null
      ? []
      : deckNotes(deck, track, { startSeconds: seconds, bpm: session.bpm, keyLock: keyLockOf(session) })
  })
  return [...voices, ...decks]
}

/** How a run is heard, where it is not the usual way. */
export interface ListeningManner {
  /** Where a slot's notes come from, if not from its tokens and decks. */
  readonly compose?: typeof composeSlot
  /** What runs are put in order by. */
  readonly ranking?: RankingSettings
}

/** Prepares every room for one run. Throws InputError when the record asks for a track that the library lacks. */
export function createListening(
  session: SessionLine,
  instruments: Instruments,
  { compose = composeSlot, ranking = defaultRanking }: ListeningManner = {},
): Listening {
  const stems = stemsOf(session)
  const players = stems.map((stem) => createStemPlayer(stem, session, { ...instruments, sampleRate }))
  const { mixtures } = planMixtures(groupStems(stems))
  const settings = { sampleRate, stems: stems.length, mixtures, notesOf: [], onsets: 'ignored' } as const
  const analyser = createAnalyser(instruments.kernel, settings)
  const keeper = createScoreKeeper(session, ranking)
  let slot = 0
  return {
    hearSlot(lines) {
      const start = slotStart(session, slot)
      const end = slotStart(session, slot + 1)
      const notes = compose(session, lines, slot, instruments)
      const sound = players.map((player) => player.play(lines, notes, start.sample, end.sample - start.sample))
      const frames: HeardFrame[] = []
      analyser.push(sound, (frame) => frames.push(frame))
      const [turns, world] = [turnsOfSlot(lines), worldOf(lines)]
      const heard = { slot, startSeconds: start.seconds, endSeconds: end.seconds, frames, notes, turns, world }
      const reading = keeper.addSlot(heard)
      return { slot: slot++, startSample: start.sample, stems: sound, notes, frames, reading }
    },
    finish() {
      const frames: HeardFrame[] = []
      analyser.finish((frame) => frames.push(frame))
      return { frames, scores: keeper.finish(frames) }
    },
    dispose() {
      analyser.dispose()
      for (const player of players) player.dispose()
    },
  }
}

/** Hears a whole record again: the same sound and the same scores as when it was played. `onSlot` takes each slot's sound as it comes. */
export function scoreRecord(
  record: readonly RecordLine[],
  instruments: Instruments,
  onSlot: (heard: HeardSlotSound) => void = () => {},
): ReturnType<Listening['finish']> {
  const listening = createListening(sessionOf(record), instruments)
  try {
    for (const lines of slotsOf(record)) onSlot(listening.hearSlot(lines))
    return listening.finish()
  } finally {
    listening.dispose()
  }
}

/** Runs of one plan heard side by side. */
export interface StrangersListening {
  /** The next slot of every run: all its lines. */
  hearSlot(slots: readonly (readonly RecordLine[])[]): void
  /** Each pair of strangers, in order. No slot may come after. */
  finish(): HeardPair[]
  dispose(): void
}

/** The first agent of one run with the second of another (pairs of numbers of runs) in one ear. Every run its instruments: tracks stay rendered in their kernel. */
export function createStrangersListening(
  session: SessionLine,
  pairs: readonly (readonly [number, number])[],
  instruments: readonly Instruments[],
): StrangersListening {
  const [ear] = instruments
  if (ear === undefined) throw new RangeError('createStrangersListening: expected the instruments of a run, got none.')
  const stems = instruments.flatMap((_, run) =>
    stemsOf(session).map(({ agent, layer }) => ({ agent: `${run}/${agent}`, layer })),
  )
  const players = instruments.map((one) =>
    stemsOf(session).map((stem) => createStemPlayer(stem, session, { ...one, sampleRate })),
  )
  const agents = session.agents.length
  const keeper = createPairKeeper(
    groupStems(stems),
    pairs.map(([first, second]) => [first * agents, second * agents + 1]),
  )
  const { mixtures } = keeper
  const settings = { sampleRate, stems: stems.length, mixtures, notesOf: [], onsets: 'ignored' } as const
  const analyser = createAnalyser(ear.kernel, settings)
  let slot = 0
  return {
    hearSlot(slots) {
      const start = slotStart(session, slot).sample
      const length = slotStart(session, slot + 1).sample - start
      const sound = players.flatMap((own, run) => {
        const lines = slots[run] ?? []
        const notes = composeSlot(session, lines, slot, instruments[run] ?? ear)
        return own.map((player) => player.play(lines, notes, start, length))
      })
      analyser.push(sound, (frame) => keeper.add([frame]))
      slot++
    },
    finish() {
      analyser.finish((frame) => keeper.add([frame]))
      return keeper.finish(slotStart(session, slot).seconds)
    },
    dispose() {
      analyser.dispose()
      for (const player of players.flat()) player.dispose()
    },
  }
}

/** Every note of a record, without a sound. */
export function composeRecord(
  record: readonly RecordLine[],
  instruments: Pick<Instruments, 'lexicon' | 'library'>,
): Note[] {
  const session = sessionOf(record)
  return slotsOf(record).flatMap((lines, slot) => composeSlot(session, lines, slot, instruments))
}

/** A run's notes by agent and layer, as its twins are made of them. */
export function gatherPlayed({ agents }: SessionLine, notes: readonly Note[]): PlayedRun {
  const inOrder = [...notes].sort((p, q) => p.onsetSeconds - q.onsetSeconds)
  const of = (agent: string, layer: Note['layer']) =>
    inOrder.filter((note) => note.agent === agent && note.layer === layer)
  return { agents: agents.map(({ agent }) => ({ voice: of(agent, 'voice'), deck: of(agent, 'deck') })) }
}

/** Scores of notes that nobody heard: all that is told by rhythm and by what was said; the rest is null with its reason. */
export function scoreNotes(session: SessionLine, notes: readonly Note[], endSeconds: Seconds): UnhashedScores {
  const keeper = createScoreKeeper(session)
  keeper.addSlot({ slot: 0, startSeconds: 0, endSeconds, frames: [], notes, turns: [], world: null })
  return keeper.finish([])
}

/** What chance reaches: the scores of a run beside those of its twins, made from the notes of other runs like it. */
export function scoreTwins(
  session: SessionLine,
  scores: UnhashedScores,
  material: {
    readonly notes: readonly Note[]
    readonly tokens: readonly TokenLine[]
    readonly others: readonly (readonly Note[])[]
    readonly draws: number
    readonly lifeDraws: number
  },
  instruments: Pick<Instruments, 'lexicon' | 'library'>,
): RunTwins {
  return drawRunTwins(scores, {
    run: gatherPlayed(session, material.notes),
    sayAgain: (seat, plan) => {
      const own = material.tokens.filter(({ agent }) => agent === session.agents[seat]?.agent)
      return [...drawTokenTwins(own, plan)].map((tokens) => composeRecord([session, ...tokens], instruments))
    },
    others: material.others.map((notes) => gatherPlayed(session, notes)),
    bpm: session.bpm,
    turnStarts: session.scenario && turnsUntil(session, scores.seconds),
    beat: session.scenario === null ? 'searched' : 'known',
    swing: session.mapping.swing,
    draws: material.draws,
    lifeDraws: material.lifeDraws,
    seed: session.seed,
  })
}

/** When the slots of the first so many seconds begin. */
function turnsUntil(session: SessionLine, end: Seconds): Seconds[] {
  const count = Math.round(end / secondsOfBeats(beatsPerSlot, session.bpm))
  return Array.from({ length: count }, (_, slot) => slotStart(session, slot).seconds)
}

/** A record's lines by slot, from slot 0 to the last that has any; feedback lines count to the slot they speak of. */
export function slotsOf(record: readonly RecordLine[]): RecordLine[][] {
  const slots: RecordLine[][] = []
  for (const line of record) {
    if (!('slot' in line)) continue
    while (slots.length <= line.slot) slots.push([])
    slots[line.slot]?.push(line)
  }
  return slots
}

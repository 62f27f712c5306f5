// One case of the gauntlet through the whole path: notes, words or a party in; scores and a stretch of its sound out.
import { type Dj, scriptedDj, shippedMasks } from '../../djs/index.ts'
import { describeForAgent } from '../../feedback/index.ts'
import { notesOfPerformance, type Performance } from '../../gauntlet/index.ts'
import { defaultScenario, playParty } from '../../party/index.ts'
import {
  createListening,
  type HeardSlotSound,
  type Listening,
  type ListeningManner,
  slotStart,
} from '../../pipeline.ts'
import {
  type Agent,
  defaultMapping,
  InputError,
  type Mask,
  type Note,
  type RankingSettings,
  type RecordLine,
  type Scores,
  type SessionLine,
  schemaVersion,
} from '../../record/index.ts'
import type { LoadedInstruments } from '../run/instruments.ts'

export type CaseScores = Omit<Scores, 'hashes'>

export interface HearCaseSettings {
  readonly seed: number
  readonly instruments: LoadedInstruments
  readonly ranking: RankingSettings
  /** Takes every slot's sound as it comes. */
  onSlot(heard: HeardSlotSound, session: SessionLine): void
}

export async function hearCase(performance: Performance, settings: HearCaseSettings): Promise<CaseScores> {
  switch (performance.kind) {
    case 'notes':
      return hearNotes(performance, settings)
    case 'talk':
      return hearTalk(performance, settings)
    case 'party':
      return hearParty(performance, settings)
  }
}

const notesBpm = 120

function hearNotes(performance: Extract<Performance, { kind: 'notes' }>, settings: HearCaseSettings): CaseScores {
  const session = sessionOf(
    ['a', 'b'].map((agent) => seat(agent, agent, null)),
    notesBpm,
    settings,
  )
  const notes = notesOfPerformance(performance, settings.seed)
  const starts = Array.from(
    { length: Math.ceil(performance.seconds / slotStart(session, 1).seconds - 1e-9) + 1 },
    (_, k) => slotStart(session, k).seconds,
  )
  const compose = (_: SessionLine, __: readonly RecordLine[], slot: number): Note[] =>
    notes.filter(({ onsetSeconds: at }) => at >= (starts[slot] ?? 0) && at < (starts[slot + 1] ?? 0))
  const slots = starts.slice(1).map((): RecordLine[] => [])
  return hearSlots(session, slots, { compose }, settings)
}

/** The mask's voice, a turn each in every slot; both are said at the slot's start. */
function hearTalk(performance: Extract<Performance, { kind: 'talk' }>, settings: HearCaseSettings): CaseScores {
  const agents = performance.masks.map((name, k) => seat('ab'[k] as string, name, maskOf(name)))
  const session = sessionOf(agents, defaultScenario.bpm, settings)
  let n = 0
  const slots = performance.slots.map((turns, slot) =>
    turns.flatMap((text, k): RecordLine[] => {
      const t = slotStart(session, slot).seconds
      const place = { agent: 'ab'[k] as string, slot, turn: slot, t }
      return text === ''
        ? []
        : [{ n: ++n, kind: 'token', ...place, text, role: 'speech', source: 'scripted', clock: 'synthetic' }]
    }),
  )
  return hearSlots(session, slots, {}, settings)
}

function hearSlots(
  session: SessionLine,
  slots: readonly (readonly RecordLine[])[],
  manner: ListeningManner,
  { instruments, ranking, onSlot }: HearCaseSettings,
): CaseScores {
  const listening = createListening(session, instruments, { ...manner, ranking })
  try {
    for (const lines of slots) onSlot(listening.hearSlot(lines), session)
    return listening.finish().scores
  } finally {
    listening.dispose()
  }
}

async function hearParty(
  { masks, policies, slots }: Extract<Performance, { kind: 'party' }>,
  { seed, instruments, ranking, onSlot }: HearCaseSettings,
): Promise<CaseScores> {
  const { library, hashes } = instruments
  if (library === null) throw new InputError('no-library', 'gauntlet: expected a library of tracks, got none.')
  const agents = masks.map(
    (name, k): Agent => ({
      ...seat('ab'[k] as string, name, maskOf(name)),
      dj: { kind: 'scripted', policy: policies[k] ?? 'silent' },
    }),
  )
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }, k): [string, Dj] => [
      agent,
      scriptedDj({ policy: policies[k] ?? 'silent', mask: mask as Mask, seed, agent }),
    ]),
  )
  let stage: { session: SessionLine; listening: Listening } | undefined
  const listen = async (lines: readonly RecordLine[]) => {
    const { session, listening } = stage as NonNullable<typeof stage>
    await instruments.prepare(lines)
    const heard = listening.hearSlot(lines)
    onSlot(heard, session)
    return Object.fromEntries(agents.map(({ agent }) => [agent, describeForAgent(heard.reading, agent)]))
  }
  const plan = { scenario: { ...defaultScenario, slots }, condition: 'hearing+comfort' as const, seed, agents, djs }
  try {
    for await (const line of playParty({ ...plan, library, mapping: defaultMapping, hashes, listen }))
      if (line.kind === 'session') stage = { session: line, listening: createListening(line, instruments, { ranking }) }
    return (stage as NonNullable<typeof stage>).listening.finish().scores
  } finally {
    stage?.listening.dispose()
  }
}

function seat(agent: string, title: string, mask: Mask | null): Agent {
  return { agent, title: mask?.title ?? title, dj: { kind: 'imported', from: 'gauntlet' }, mask }
}

function maskOf(name: string): Mask {
  const mask = shippedMasks.find((one) => one.name === name)
  if (mask === undefined) throw new InputError('no-mask', `gauntlet: expected a mask that ships, got "${name}".`)
  return mask
}

function sessionOf(agents: Agent[], bpm: number, { seed, instruments }: HearCaseSettings): SessionLine {
  return {
    n: 0,
    kind: 'session',
    schema: schemaVersion,
    seed,
    scenario: null,
    condition: null,
    agents,
    mapping: defaultMapping,
    bpm,
    ...instruments.hashes,
    library: null,
  }
}

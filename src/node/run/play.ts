// A party played to its end: lines into the record as they come, each slot heard at once, what was heard fed back, files at the end.
// Playing again from a session line gives the same lines; that is how a broken run is resumed and a stored one replayed.
import type { Dj } from '../../djs/index.ts'
import { describeForAgent } from '../../feedback/index.ts'
import { type PartyOptions, playParty } from '../../party/index.ts'
import { createListening, type Listening } from '../../pipeline.ts'
import {
  type Agent,
  formatLine,
  InputError,
  type RecordLine,
  type Scores,
  type SessionLine,
} from '../../record/index.ts'
import { drawTwins, seatDj, type TwinChoice } from '../twins/index.ts'
import { keepRecord, openOutputs } from './hear-record.ts'
import type { LoadedInstruments } from './instruments.ts'
import type { OutputChoice } from './outputs.ts'

/** All that fixes a party. */
export type PartyPlan = Pick<
  PartyOptions,
  'scenario' | 'condition' | 'seed' | 'agents' | 'mapping' | 'sham' | 'metatokens'
>

/** The plan that a session line tells. Throws InputError when the record is no party, or its DJs cannot play again. */
export function planOf(session: SessionLine, where: string): PartyPlan {
  const { scenario, condition, seed, agents, mapping, sham, metatokens } = session
  if (scenario === null || condition === null)
    throw new InputError('no-party', `${where}: expected the record of a party, got a transcript from elsewhere.`)
  return { scenario, condition, seed, agents, mapping, sham, metatokens }
}

/** Whether the party can be played again: by programs of ours, and models from what the record holds of them. */
export function isReplayable(session: SessionLine): boolean {
  return session.scenario !== null && session.agents.every(({ dj }) => dj.kind !== 'imported')
}

/** Who sits for an agent that is no scripted DJ; null: nobody. */
export interface SeatModel {
  seat(agent: Agent, seed: number): Dj | null
}

export interface PlaySettings {
  readonly instruments: LoadedInstruments
  /** For agents that are models. */
  readonly models?: SeatModel
  /** Models that are asked what they noticed, when the night is over. */
  readonly probe?: readonly string[]
  /** Where derived files go; null: nowhere. */
  readonly folder: string | null
  readonly choice: OutputChoice
  /** Left out: no twins are drawn. */
  readonly twins?: TwinChoice | undefined
  /** Each line as it comes; the next is not made before this is done. */
  writeLine(line: RecordLine): Promise<void>
  onSlot(done: number): void
  /** Asked after every slot: true ends the playing with an InputError. */
  isStopped(): boolean
}

/** Plays and hears a whole party. Throws InputError; nothing half-written is left behind then, and the record stays as far as it got. */
export async function playRun(plan: PartyPlan, settings: PlaySettings): Promise<Scores> {
  const { instruments } = settings
  const { library, hashes } = instruments
  if (library === null) throw new InputError('no-library', 'party: expected a library of tracks, got none.')
  const stage = createStage(settings)
  const djs = Object.fromEntries(
    plan.agents.map((agent) => [agent.agent, seatAgent(agent, plan.seed, settings.models)]),
  )
  const { probe } = settings
  const lines = playParty({ ...plan, djs, library, hashes, probe, listen: (slot) => stage.hear(slot) })
  try {
    for await (const line of lines) {
      await settings.writeLine(line)
      stage.addLine(line)
    }
    return await stage.finish()
  } catch (error) {
    stage.discard()
    throw error
  } finally {
    stage.dispose()
  }
}

/** A model if the agent is one, else a scripted DJ. */
function seatAgent(agent: Agent, seed: number, models: SeatModel | undefined): Dj {
  return models?.seat(agent, seed) ?? seatDj(agent, seed)
}

/** The listening and the files of one party; both begin with its session line. */
function createStage({ instruments, folder, choice, twins, onSlot, isStopped }: PlaySettings) {
  let listening: Listening | undefined
  let outputs: ReturnType<typeof openOutputs> | undefined
  let session: SessionLine | undefined
  let slots = 0
  const kept = keepRecord(twins)
  const begun = () => {
    if (listening === undefined || outputs === undefined || session === undefined)
      throw new InputError('no-session', 'party: expected the session line first.')
    return { listening, outputs, session }
  }
  return {
    addLine(line: RecordLine) {
      if (line.kind === 'session') {
        session = line
        outputs = openOutputs(line, instruments, { folder, choice })
        listening = createListening(line, instruments)
      }
      kept?.add(line)
      begun().outputs.addLine({ line, text: formatLine(line) })
    },
    async hear(lines: readonly RecordLine[]) {
      const stage = begun()
      await instruments.prepare(lines)
      const heard = stage.listening.hearSlot(lines)
      stage.outputs.addSlot(heard)
      onSlot(++slots)
      await breathe()
      if (isStopped()) throw new InputError('stopped', `party: stopped after slot ${slots}.`)
      return Object.fromEntries(
        stage.session.agents.map(({ agent }) => [agent, describeForAgent(heard.reading, agent)]),
      )
    },
    async finish() {
      const stage = begun()
      const last = stage.listening.finish()
      const run = {
        session: stage.session,
        scores: last.scores,
        notes: stage.outputs.notes(),
        tokens: stage.outputs.tokens(),
        record: kept?.lines ?? null,
      }
      return stage.outputs.finish({ ...last, twins: await drawTwins(run, twins, instruments) })
    },
    discard: () => outputs?.discard(),
    dispose: () => listening?.dispose(),
  }
}

/** Lets timers, signals and the server have their turn between two slots. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

// Keeps score of a run while it goes on: one heard slot in, its reading out; at the end all measures as series and summaries.
// It only gathers and calls the measures; each is explained in its own file. Live page and `hocket score` use the same keeper.
import type { HeardFrame } from '../../hear/index.ts'
import { type Note, type Scores, type SessionLine, stemsOf, type WorldLine } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { SlotReading } from '../reading.ts'
import { createRunEvents, type RunEvents } from './events.ts'
import { readSlot } from './slot.ts'
import { createSoundKeeper, type SoundKeeper } from './sound.ts'
import { summariseRun } from './summary.ts'

/** What was played and heard in one slot. Frames are those that became complete since the slot before. */
export interface HeardSlot {
  readonly slot: number
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly frames: readonly HeardFrame[]
  readonly notes: readonly Note[]
  readonly world: WorldLine | null
}

/** Scores before the edge has added the hashes. */
export type UnhashedScores = Omit<Scores, 'hashes'>

export interface ScoreKeeper {
  addSlot(heard: HeardSlot): SlotReading
  /** `frames`: those that came after the last slot. */
  finish(frames: readonly HeardFrame[]): UnhashedScores
}

/** All that is kept; shared by the files of this folder. */
export interface RunSoFar {
  readonly session: SessionLine
  readonly agents: readonly string[]
  readonly events: RunEvents
  readonly sound: SoundKeeper
  readonly slots: { startSeconds: Seconds; endSeconds: Seconds; world: WorldLine | null }[]
  readonly readings: SlotReading[]
}

export function createScoreKeeper(session: SessionLine): ScoreKeeper {
  const run: RunSoFar = {
    session,
    agents: session.agents.map(({ agent }) => agent),
    events: createRunEvents(),
    sound: createSoundKeeper(stemsOf(session)),
    slots: [],
    readings: [],
  }
  return {
    addSlot(heard) {
      run.events.add(heard.notes)
      run.sound.add(heard.frames)
      run.slots.push({ startSeconds: heard.startSeconds, endSeconds: heard.endSeconds, world: heard.world })
      const reading = readSlot(run, heard)
      run.readings.push(reading)
      return reading
    },
    finish(frames) {
      run.sound.add(frames)
      return summariseRun(run)
    },
  }
}

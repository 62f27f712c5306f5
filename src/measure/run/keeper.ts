// Keeps score of a run while it goes on: one heard slot in, its reading out; at the end all measures as series and summaries.
// It only gathers and calls the measures; each is explained in its own file. Live page and `hocket score` use the same keeper.
import type { HeardFrame } from '../../hear/index.ts'
import { type RankingSettings, type SessionLine, stemsOf } from '../../record/index.ts'
import type { SlotReading } from '../reading.ts'
import { createRecentVitality } from '../vitality/index.ts'
import { createRunEvents } from './events.ts'
import { defaultRanking } from './ranking.ts'
import { readSlot } from './slot.ts'
import type { HeardSlot, RunSoFar, UnhashedScores } from './so-far.ts'
import { createSoundKeeper } from './sound.ts'
import { summariseRun } from './summary.ts'

export interface ScoreKeeper {
  addSlot(heard: HeardSlot): SlotReading
  /** `frames`: those that came after the last slot. */
  finish(frames: readonly HeardFrame[]): UnhashedScores
}

/** `ranking`: what runs are put in order by. */
export function createScoreKeeper(session: SessionLine, ranking: RankingSettings = defaultRanking): ScoreKeeper {
  const run: RunSoFar = {
    session,
    ranking,
    agents: session.agents.map(({ agent }) => agent),
    events: createRunEvents(),
    sound: createSoundKeeper(stemsOf(session)),
    readVitality: createRecentVitality(),
    slots: [],
    readings: [],
    turns: [],
  }
  return {
    addSlot(heard) {
      run.events.add(heard.notes)
      run.sound.add(heard.frames)
      run.slots.push({ startSeconds: heard.startSeconds, endSeconds: heard.endSeconds, world: heard.world })
      const { slot, startSeconds: seconds } = heard
      for (const turn of heard.turns) run.turns.push({ ...turn, slot, seconds })
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

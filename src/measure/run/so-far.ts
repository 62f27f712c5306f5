// All that is kept of a run while it goes on, and the two small readings of it that slots and summaries share.
import type { HeardFrame } from '../../hear/index.ts'
import type { InterlockScore, Note, RankingSettings, Scores, SessionLine, WorldLine } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PlacedTurn, Turn } from '../collapse/index.ts'
import type { SlotReading } from '../reading.ts'
import type { RhythmSpan } from '../rhythm/events.ts'
import type { InterlockReading } from '../rhythm/interlock.ts'
import type { createRecentVitality } from '../vitality/index.ts'
import type { RunEvents } from './events.ts'
import type { SoundKeeper } from './sound.ts'

/** What was played and heard in one slot. Frames are those that became complete since the slot before. */
export interface HeardSlot {
  readonly slot: number
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly frames: readonly HeardFrame[]
  readonly notes: readonly Note[]
  /** What the agents wrote, in order (`turnsOfSlot`). */
  readonly turns: readonly Turn[]
  readonly world: WorldLine | null
}

/** Scores of one run from itself alone: before the edge has added the hashes and what its twins reach. */
export type UnhashedScores = Omit<Scores, 'hashes' | 'twins'>

export interface RunSoFar {
  readonly session: SessionLine
  readonly ranking: RankingSettings
  readonly agents: readonly string[]
  readonly events: RunEvents
  readonly sound: SoundKeeper
  /** Vitality of the latest notes; the same ones are measured once. */
  readonly readVitality: ReturnType<typeof createRecentVitality>
  readonly slots: { startSeconds: Seconds; endSeconds: Seconds; world: WorldLine | null }[]
  readonly readings: SlotReading[]
  readonly turns: PlacedTurn[]
}

/** A party's beat is known; a transcript's pulse is estimated. */
export function spanOf(run: RunSoFar, startSeconds: number, endSeconds: number): RhythmSpan {
  const { scenario, bpm, mapping } = run.session
  const clock = scenario === null ? undefined : { bpm, startSeconds: 0, swing: mapping.swing }
  return { startSeconds, endSeconds, clock }
}

export function interlockScore(reading: InterlockReading): InterlockScore {
  const { score, presence, pulse, space, evenness, refrain, variety } = reading
  return { score, presence, pulse, space, evenness, refrain, variety }
}

/** Interlock is measured in half minutes, long enough for a refrain to come round and short enough for it to evolve; a value every 10 s. A shorter run is one window. */
export function runWindows(seconds: Seconds): { windowSeconds: Seconds; hopSeconds: Seconds } {
  return { windowSeconds: seconds > 0 ? Math.min(30, seconds) : 30, hopSeconds: 10 }
}

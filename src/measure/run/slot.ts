// The reading of one slot: what feedback is made of. Rhythm looks back two slots, vitality as far as its memory goes.
import type { InterlockScore } from '../../record/index.ts'
import type { AgentReading, SlotReading } from '../reading.ts'
import { measureCollisions } from '../rhythm/alignment.ts'
import type { RhythmSpan } from '../rhythm/events.ts'
import { type InterlockReading, measureInterlock } from '../rhythm/interlock.ts'
import { measureRecentVitality } from '../vitality/index.ts'
import type { HeardSlot, RunSoFar } from './keeper.ts'

const slotsLookedBack = 2

export function readSlot(run: RunSoFar, heard: HeardSlot): SlotReading {
  const [a, b] = run.agents
  const since = run.slots.at(-slotsLookedBack)?.startSeconds ?? heard.startSeconds
  const span = spanOf(run, since, heard.endSeconds)
  const sound = run.sound.summarise(heard.startSeconds, heard.endSeconds)
  const streams = [a, b].map((agent) => run.events.streamOf(agent ?? '', 'voice', since))
  const [first = { onsets: [] }, second = { onsets: [] }] = streams
  return {
    slot: heard.slot,
    agents: run.agents.map((agent, index) => readAgent(run, heard, index, sound.within[agent] ?? null)),
    consonanceTogether: sound.together,
    consonanceBetween: sound.pairs[0]?.consonance ?? null,
    interlock: interlockScore(measureInterlock(first, second, span)),
    collisions: measureCollisions(first, second, span).collisions,
    rubbing: run.sound.rubbing(),
  }
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

function readAgent(run: RunSoFar, heard: HeardSlot, index: number, consonanceWithin: number | null): AgentReading {
  const agent = run.agents[index] ?? ''
  const own = heard.notes.filter((note) => note.agent === agent)
  const spoken = own.filter((note) => note.layer === 'voice')
  const vitality = measureRecentVitality(run.events.notesOf(agent, 'voice'))
  return {
    agent,
    consonanceWithin,
    vitality: vitality.vitality,
    order: vitality.order,
    repeating: vitality.collapse?.repeating ?? false,
    loudnessLufs: run.sound.loudness(index, heard.startSeconds, heard.endSeconds),
    voiceEvents: spoken.length,
    deckEvents: own.length - spoken.length,
    voiceMidi: spoken.length === 0 ? null : spoken.reduce((sum, note) => sum + note.midi, 0) / spoken.length,
  }
}

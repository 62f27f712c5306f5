import type { AgentReading, SlotReading } from '../reading.ts'
import { measureCollisions } from '../rhythm/alignment.ts'
import { readPair } from '../rhythm/events.ts'
import { interlockOf } from '../rhythm/interlock.ts'
import { type HeardSlot, interlockScore, type RunSoFar, spanOf } from './so-far.ts'

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
    smoothnessBetween: sound.pairs[0]?.smoothness ?? null,
    interlock: interlockScore(interlockOf(readPair(first, second, span))),
    collisions: measureCollisions(first, second, span).collisions,
    rubbing: run.sound.rubbing(),
  }
}

function readAgent(run: RunSoFar, heard: HeardSlot, index: number, consonanceWithin: number | null): AgentReading {
  const agent = run.agents[index] ?? ''
  const own = heard.notes.filter((note) => note.agent === agent)
  const spoken = own.filter((note) => note.layer === 'voice')
  const vitality = run.readVitality(run.events.notesOf(agent, 'voice'))
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

// What an agent's voice is: its mask's, or, for a speaker without a mask, one of its own by seat.
import type { SessionLine } from '../record/index.ts'
import type { SonifySettings } from './sonify.ts'

/** Registers fan out from the middle a fifth at a time, so that a few speakers keep apart; timbres take turns. */
const registers = [60, 67, 53, 74, 46] as const
const timbres = ['harmonic', 'hollow', 'pluck', 'bell', 'breath'] as const

/** Voice and rhythmic habit of one agent, as `sonifyTurn` wants them. */
export function voiceOf(session: SessionLine, agent: string): Pick<SonifySettings, 'voice' | 'refrain'> {
  const seat = Math.max(
    0,
    session.agents.findIndex((known) => known.agent === agent),
  )
  const mask = session.agents[seat]?.mask
  if (mask) return { voice: mask.voice, refrain: mask.refrain }
  const timbre = timbres[(seat + Math.floor(seat / registers.length)) % timbres.length] ?? 'harmonic'
  return { voice: { timbre, registerMidi: registers[seat % registers.length] ?? 60 } }
}

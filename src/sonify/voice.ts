// What an agent's voice is: its mask's, or, for a speaker without a mask, one of its own by seat.
import type { SessionLine, Timbre } from '../record/index.ts'

export interface VoiceSettings {
  readonly timbre: Timbre
  readonly registerMidi: number
}

/** Registers fan out from the middle a fifth at a time, so that a few speakers keep apart; timbres take turns. */
const registers = [60, 67, 53, 74, 46] as const
const timbres = ['harmonic', 'hollow', 'pluck', 'bell', 'breath'] as const

export function voiceOf(session: SessionLine, agent: string): VoiceSettings {
  const seat = Math.max(
    0,
    session.agents.findIndex((known) => known.agent === agent),
  )
  const mask = session.agents[seat]?.mask
  if (mask) return mask.voice
  return {
    timbre: timbres[Math.floor(seat / registers.length + seat) % timbres.length] ?? 'harmonic',
    registerMidi: registers[seat % registers.length] ?? 60,
  }
}

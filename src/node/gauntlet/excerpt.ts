// A stretch of a case's sound for the page: stems mixed as in a run's mix, 16 kHz, 16 bits, two channels.
import { type HeardSlotSound, sampleRate } from '../../pipeline.ts'
import { type SessionLine, stemsOf } from '../../record/index.ts'
import { mixGains } from '../../render/index.ts'
import { encodeWav } from '../sound/encode-wav.ts'
import { panOf } from '../sound/mix.ts'
import { resample } from '../sound/resample.ts'

const excerptRate = 16_000
const excerptSeconds = 8
/** Two slots in, the case is itself. */
const excerptSlot = 2
const widestPan = 0.3

export interface Excerpt {
  add(heard: HeardSlotSound, session: SessionLine): void
  /** Bytes of a WAV file. */
  encode(): Uint8Array
}

export function createExcerpt(): Excerpt {
  let channels: Float32Array[] = [new Float32Array(0), new Float32Array(0)]
  return {
    add(heard, session) {
      if (heard.slot !== excerptSlot) return
      const length = Math.min(heard.stems[0]?.length ?? 0, excerptSeconds * sampleRate)
      channels = mixSides(heard, session, length).map((side) => resample(side, sampleRate, excerptRate))
    },
    encode: () => encodeWav(channels, excerptRate),
  }
}

function mixSides(heard: HeardSlotSound, session: SessionLine, length: number): Float32Array[] {
  const agents = session.agents.map(({ agent }) => agent)
  const sides = [new Float32Array(length), new Float32Array(length)]
  for (const [k, { agent, layer }] of stemsOf(session).entries()) {
    const pan = panOf(agents.indexOf(agent), agents.length)
    const stem = heard.stems[k] as Float32Array
    for (const [side, buffer] of sides.entries()) {
      const gain = mixGains[layer] * Math.sqrt((side === 0 ? 1 - pan : 1 + pan) / (1 + widestPan))
      for (let i = 0; i < length; i++) buffer[i] = (buffer[i] as number) + gain * (stem[i] as number)
    }
  }
  return sides
}

// The mixer: one Tone channel per stem, a master, a limiter. Only what people listen through; what is scored never passes here.
// Tone's modules are taken one by one: its index would open a second audio context on import.
import { Channel } from 'tone/build/esm/component/channel/Channel.js'
import { Limiter } from 'tone/build/esm/component/dynamics/Limiter.js'
import type { Context } from 'tone/build/esm/core/context/Context.js'
import { Gain } from 'tone/build/esm/core/context/Gain.js'
import { connect } from 'tone/build/esm/core/context/ToneAudioNode.js'
import type { StemName } from '../../../worklets/messages.ts'
import { amplitudeOfDecibels, type Seconds } from '../../units.ts'
import type { StripControl } from '../view/strips.ts'

export interface Mixer {
  readonly strips: readonly StripControl[]
  /** The stems' source: one mono output per strip. */
  connectSource(source: AudioWorkletNode): void
  /** Another run's stems behind the same strips, seat by seat, unheard until they are cast. Stems without a seat go past the strips. */
  connectGuest(source: AudioWorkletNode, stems: readonly StemName[]): void
  /** Takes the guest's stems away again. */
  releaseGuest(): void
  /** Who sounds behind each strip, by the place of its agent in the session. Changes in a short ramp. */
  cast(casting: Casting): void
  /** What goes to the loudspeakers goes there too. */
  tap(node: AudioNode): void
  setMasterDecibels(decibels: number): void
  setMuted(muted: boolean): void
  /** Short ramp to silence or back, so that stopping never clicks. Seconds of the context's clock. */
  fade(to: 0 | 1, at: number): void
  /** Root mean square of what goes to the loudspeakers, 0..1. */
  readLevel(): number
}

/** Own players everywhere; the other run's at one seat; the other run's alone. */
export type Casting = 'own' | { readonly seat: number } | 'other'

export const fadeSeconds = 0.012
/** So far ahead are changes set that must happen at one sample. */
const leadSeconds = 0.01
/** Voices apart, decks nearly together: who speaks is heard from where. */
const defaultPan = { voice: 0.45, deck: 0.15 }
const ceilingDecibels = -1

export function createMixer(context: Context, stems: readonly StemName[]): Mixer {
  const limiter = new Limiter({ context, threshold: ceilingDecibels })
  const master = new Gain({ context, gain: 1 })
  const mute = new Gain({ context, gain: 1 })
  const fader = new Gain({ context, gain: 1 })
  fader.chain(mute, master, limiter, context.destination)
  const readMaster = createLevelReader(context, limiter)
  const agents = [...new Set(stems.map((stem) => stem.agent))]
  const channels = stems.map((stem) => {
    const side = agents.length < 2 ? 0 : (agents.indexOf(stem.agent) / (agents.length - 1)) * 2 - 1
    return new Channel({ context, channelCount: 1, pan: side * defaultPan[stem.layer] }).connect(fader)
  })
  return {
    strips: stems.map((stem, k) => createStripControl(context, stem, channels[k] as Channel)),
    ...createCasting(context, stems, { channels, past: fader }),
    tap: (node) => connect(limiter, node),
    setMasterDecibels: (decibels) => void master.gain.rampTo(amplitudeOfDecibels(decibels), fadeSeconds),
    setMuted: (muted) => void mute.gain.rampTo(muted ? 0 : 1, fadeSeconds),
    fade(to, at) {
      fader.gain.cancelScheduledValues(at)
      fader.gain.setValueAtTime(1 - to, at)
      fader.gain.linearRampToValueAtTime(to, at + fadeSeconds)
    },
    readLevel: readMaster,
  }
}

/** Two doors in front of every strip, one of them open. */
function createCasting(
  context: Context,
  stems: readonly StemName[],
  { channels, past }: { readonly channels: readonly Channel[]; readonly past: Gain },
): Pick<Mixer, 'connectSource' | 'connectGuest' | 'releaseGuest' | 'cast'> {
  const door = (to: Channel | Gain, open: boolean) => new Gain({ context, gain: open ? 1 : 0 }).connect(to)
  const own = channels.map((channel) => door(channel, true))
  const others = channels.map((channel) => door(channel, false))
  const unseated = door(past, false)
  const seats = seatsOf(stems)
  const isOpen = new Map([...own.map(({ gain }) => [gain, true] as const), [unseated.gain, false]])
  for (const { gain } of others) isOpen.set(gain, false)
  let guest: AudioWorkletNode | null = null
  let free = 0
  // All doors move at one time, a little ahead, so that what goes and what comes make one at every sample.
  const turn = ({ gain }: Gain, open: boolean, at: Seconds) => {
    if (isOpen.get(gain) === open) return
    isOpen.set(gain, open)
    gain.setValueAtTime(open ? 0 : 1, at)
    gain.linearRampToValueAtTime(open ? 1 : 0, at + fadeSeconds)
  }
  return {
    connectSource(source) {
      own.forEach((gain, k) => {
        connect(source, gain, k, 0)
      })
    },
    connectGuest(source, guests) {
      guest = source
      const guestSeats = seatsOf(guests)
      guests.forEach(({ layer }, from) => {
        const strip = stems.findIndex((stem, k) => seats[k] === guestSeats[from] && stem.layer === layer)
        connect(source, others[strip] ?? unseated, from, 0)
      })
    },
    releaseGuest() {
      guest?.disconnect()
      guest = null
    },
    cast(casting) {
      const at = Math.max(free, context.currentTime + leadSeconds)
      free = at + fadeSeconds
      own.forEach((gain, k) => {
        const isOther = casting === 'other' || (casting !== 'own' && casting.seat === seats[k])
        turn(gain, !isOther, at)
        turn(others[k] as Gain, isOther, at)
      })
      turn(unseated, casting === 'other', at)
    },
  }
}

/** The place of each stem's agent among the agents. */
function seatsOf(stems: readonly StemName[]): number[] {
  const agents = [...new Set(stems.map(({ agent }) => agent))]
  return stems.map(({ agent }) => agents.indexOf(agent))
}

function createStripControl(context: Context, stem: StemName, channel: Channel): StripControl {
  // Ramps take a moment, so what was asked for is kept beside them.
  let levelDecibels = 0
  let pan = channel.pan.value
  return {
    ...stem,
    get solo() {
      return channel.solo
    },
    set solo(solo) {
      channel.solo = solo
    },
    get mute() {
      return channel.mute
    },
    set mute(mute) {
      channel.mute = mute
      if (!mute) channel.volume.value = levelDecibels
    },
    get levelDecibels() {
      return levelDecibels
    },
    set levelDecibels(decibels) {
      levelDecibels = decibels
      if (!channel.mute) channel.volume.rampTo(decibels, fadeSeconds)
    },
    get pan() {
      return Math.round(pan * 100) / 100
    },
    set pan(place) {
      pan = place
      channel.pan.rampTo(place, fadeSeconds)
    },
    readLevel: createLevelReader(context, channel),
  }
}

function createLevelReader(context: Context, from: Channel | Limiter): () => number {
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  const samples = new Float32Array(analyser.fftSize)
  connect(from, analyser)
  return () => {
    analyser.getFloatTimeDomainData(samples)
    let sum = 0
    for (const sample of samples) sum += sample * sample
    return Math.sqrt(sum / samples.length)
  }
}

// The mixer: one Tone channel per stem, headroom, a master, a ceiling. Only what people listen through; what is scored never passes here.
// Tone's modules are taken one by one: its index would open a second audio context on import.
import { Channel } from 'tone/build/esm/component/channel/Channel.js'
import type { Context } from 'tone/build/esm/core/context/Context.js'
import { Gain } from 'tone/build/esm/core/context/Gain.js'
import { connect } from 'tone/build/esm/core/context/ToneAudioNode.js'
import type { StemName } from '../../../worklets/messages.ts'
import { amplitudeOfDecibels, type Seconds } from '../../units.ts'
import type { StripControl } from '../view/strips.ts'
import { headroomOf } from './headroom.ts'

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
/** So far ahead are changes set that must come in time: the audio thread renders by the device's buffer, so much may be on its way. */
export const leadSeconds = (audio: BaseAudioContext): Seconds =>
  (audio instanceof AudioContext ? audio.baseLatency : 0) + 0.02
/** Voices apart, decks nearly together: who speaks is heard from where. */
const defaultPan = { voice: 0.45, deck: 0.15 }

/** `ceiling`: what everything passes last. */
export function createMixer(context: Context, stems: readonly StemName[], ceiling: AudioNode): Mixer {
  const agents = [...new Set(stems.map((stem) => stem.agent))]
  const headroom = new Gain({ context, gain: headroomOf(agents.length) })
  const master = new Gain({ context, gain: 1 })
  const mute = new Gain({ context, gain: 1 })
  const fader = new Gain({ context, gain: 1 })
  fader.chain(headroom, mute, master)
  connect(master, ceiling)
  connect(ceiling, context.destination)
  const readMaster = createLevelReader(context, ceiling)
  const channels = stems.map((stem) => {
    const side = agents.length < 2 ? 0 : (agents.indexOf(stem.agent) / (agents.length - 1)) * 2 - 1
    return new Channel({ context, channelCount: 1, pan: side * defaultPan[stem.layer] }).connect(fader)
  })
  return {
    strips: stems.map((stem, k) => createStripControl(context, stem, channels[k] as Channel)),
    ...createCasting(context, stems, { channels, past: fader }),
    tap: (node) => connect(ceiling, node),
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

/**
 * Two doors in front of every strip, one of them open. What moves them is one signal per seat, how much of it is the other's: its own
 * player's door opens by one minus that, so the two make one at every sample, however late or in how many pieces the order to change comes.
 */
function createCasting(
  context: Context,
  stems: readonly StemName[],
  { channels, past }: { readonly channels: readonly Channel[]; readonly past: Gain },
): Pick<Mixer, 'connectSource' | 'connectGuest' | 'releaseGuest' | 'cast'> {
  const seats = seatsOf(stems)
  const shares = new Map([...new Set(seats)].map((seat) => [seat, createShare(context)] as const))
  const unseatedShare = createShare(context)
  const own = channels.map((channel, k) => openDoor(context, channel, shares.get(seats[k] as number)?.rest))
  const others = channels.map((channel, k) => openDoor(context, channel, shares.get(seats[k] as number)?.share))
  const unseated = openDoor(context, past, unseatedShare.share)
  let guest: AudioWorkletNode | null = null
  let free = 0
  return {
    connectSource(source) {
      own.forEach((door, k) => {
        source.connect(door, k, 0)
      })
    },
    connectGuest(source, guests) {
      guest = source
      const guestSeats = seatsOf(guests)
      guests.forEach(({ layer }, from) => {
        const strip = stems.findIndex((stem, k) => seats[k] === guestSeats[from] && stem.layer === layer)
        source.connect(others[strip] ?? unseated, from, 0)
      })
    },
    releaseGuest() {
      guest?.disconnect()
      guest = null
    },
    cast(casting) {
      const at = Math.max(free, context.currentTime + leadSeconds(context.rawContext))
      free = at + fadeSeconds
      for (const [seat, { turn }] of shares)
        turn(casting === 'other' || (casting !== 'own' && casting.seat === seat) ? 1 : 0, at)
      unseatedShare.turn(casting === 'other' ? 1 : 0, at)
    },
  }
}

/** A door that is open by as much as a signal says. */
function openDoor(context: Context, to: Channel | Gain, by: AudioNode | undefined): GainNode {
  const door = context.createGain()
  door.gain.value = 0
  by?.connect(door.gain)
  connect(door, to)
  return door
}

interface Share {
  /** 0..1, and what it leaves of one. */
  readonly share: AudioNode
  readonly rest: AudioNode
  turn(to: 0 | 1, at: Seconds): void
}

function createShare(context: Context): Share {
  const share = context.createConstantSource()
  const one = context.createConstantSource()
  const less = context.createGain()
  const rest = context.createGain()
  share.offset.value = 0
  less.gain.value = -1
  one.connect(rest)
  share.connect(less).connect(rest)
  share.start()
  one.start()
  let now: 0 | 1 = 0
  return {
    share,
    rest,
    turn(to, at) {
      if (to === now) return
      share.offset.setValueAtTime(now, at)
      share.offset.linearRampToValueAtTime(to, at + fadeSeconds)
      now = to
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

function createLevelReader(context: Context, from: Channel | AudioNode): () => number {
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

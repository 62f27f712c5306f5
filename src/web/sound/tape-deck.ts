// Start, stop and place of the sound. The audio thread's reports are the truth that the clock follows, and a guest beside it.
import type { FromEnsemble } from '../../../worklets/messages.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Samples, Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Clock } from './clock.ts'
import { fadeSeconds, leadSeconds, type Mixer } from './mixer.ts'
import type { PlayerSettings, PlayerState } from './player.ts'
import { sampleAt, type Tempo } from './tempo.ts'
import type { Troupe } from './troupe.ts'

export interface TapeDeckParts {
  readonly audio: AudioContext
  readonly clock: Clock
  readonly mixer: Mixer
  /** Of the run that is listened to. */
  readonly main: () => Troupe
  readonly guest: () => Troupe | null
  readonly settings: PlayerSettings
}

export interface TapeDeck {
  readonly state: PlayerState
  readonly tempo: Tempo
  /** Whether it was asked to sound; it may still wait for a slot. */
  readonly isWanted: boolean
  /** What the audio thread says. */
  hear(message: FromEnsemble): void
  /** Of the run. */
  seconds(): Seconds
  /** Stands at a moment; the tempo may change there. */
  goTo(seconds: Seconds, speed?: number): void
  /** The guest, new or back, takes its place. */
  seatGuest(): void
  start(): void
  /** Fades out, then stands still, then calls back. */
  stop(then: () => void): void
  become(state: PlayerState): void
}

const quantum = 128

export function createTapeDeck(parts: TapeDeckParts): TapeDeck {
  const { audio, clock, mixer, main, settings } = parts
  const { score, onState, onMessage, onMoved, onFailed } = settings
  let tempo: Tempo = { bpm: score.session.bpm, speed: 1 }
  let state: PlayerState = 'paused'
  let isWanted = false
  let moves = 0
  const rest = createRest(parts)
  const follower = createFollower(parts.guest)

  const become = (next: PlayerState) => {
    if (next === state) return
    state = next
    onState(state)
  }
  const seconds = () => clock.at(audio.currentTime - (audio.outputLatency || 0)) * tempo.speed
  const follow = (message: Extract<FromEnsemble, { kind: 'position' }>) => {
    const soundSeconds = message.sample / sampleRate
    const slot = slotAt(score, soundSeconds * tempo.speed)
    main().pump(slot)
    parts.guest()?.pump(slot)
    follower.follow(message)
    if (message.state === 'paused') rest.arrive(soundSeconds)
    if (!isWanted || message.state === 'paused') return
    const at = message.contextFrame / sampleRate
    if (message.state !== 'playing') clock.rest(soundSeconds)
    else if (state !== 'playing' || Math.abs(clock.at(at) - soundSeconds) > 0.005) clock.run(at, soundSeconds)
    if (message.state === 'ended') isWanted = false
    become(message.state)
  }
  const placeAt = (at: Seconds) => {
    const slot = Math.min(slotAt(score, at), Math.max(0, score.slots.length - 1))
    return { slot, seconds: at, tempo }
  }
  return {
    get state() {
      return state
    },
    get tempo() {
      return tempo
    },
    get isWanted() {
      return isWanted
    },
    become,
    hear(message) {
      if (message.kind === 'moved') moves--
      if (moves > 0) return // still about where we were before
      if (message.kind === 'position') follow(message)
      else if (message.kind === 'failed') onFailed(message.message)
      onMessage(message)
    },
    seconds,
    goTo(at, speed = tempo.speed) {
      tempo = { bpm: tempo.bpm, speed }
      const place = placeAt(at)
      clock.rest(at / speed)
      moves++
      follower.place(sampleAt(tempo, at))
      main().goTo(place)
      parts.guest()?.goTo(place)
      onMoved(place.slot)
    },
    seatGuest() {
      const lead = state === 'playing' ? seatingSeconds * tempo.speed : 0
      parts.guest()?.goTo(placeAt(seconds() + lead))
    },
    start() {
      const frame = frameAhead(audio)
      isWanted = true
      main().post({ kind: 'play', contextFrame: frame })
      follower.start(frame)
      mixer.fade(1, frame / sampleRate)
      clock.run(frame / sampleRate, clock.at(audio.currentTime))
      become('playing')
    },
    stop(then) {
      isWanted = false
      follower.stop()
      rest.at(fadeOut(parts), then)
    },
  }
}

/** A slot that may not be there yet. */
const slotAt = (score: PartyScore, seconds: Seconds) => Math.max(0, Math.floor(seconds / score.slotSeconds + 1e-9))

/** The first frame of a block that is still to be rendered when word of it comes there. */
const frameAhead = (audio: AudioContext): Samples =>
  Math.ceil((audio.currentTime + leadSeconds(audio)) * (sampleRate / quantum)) * quantum

/** To silence, and there everybody stands still: run and guest at one sample. Returns that time of the context. */
function fadeOut({ audio, mixer, main, guest }: TapeDeckParts): Seconds {
  const frame = frameAhead(audio)
  const contextFrame = frame + Math.ceil((fadeSeconds * sampleRate) / quantum) * quantum
  mixer.fade(0, frame / sampleRate)
  main().post({ kind: 'pause', contextFrame })
  guest()?.post({ kind: 'pause', contextFrame })
  return contextFrame / sampleRate
}

/** So much longer than it should take one waits for the audio thread's word, then no more: a device may be gone. */
const patienceMilliseconds = 250

interface Rest {
  /** Calls back when everybody stands still, which should be at this time of the context. */
  at(contextSeconds: Seconds, then: () => void): void
  /** The audio thread stands still, at this second of the sound. */
  arrive(soundSeconds: Seconds): void
}

function createRest({ audio, clock }: TapeDeckParts): Rest {
  let arrive: (soundSeconds: Seconds) => void = () => {}
  return {
    arrive: (soundSeconds) => arrive(soundSeconds),
    at(contextSeconds, then) {
      const expected = clock.at(contextSeconds)
      const longest = 1000 * (contextSeconds - audio.currentTime) + patienceMilliseconds
      const late = window.setTimeout(() => arrive(expected), longest)
      arrive = (soundSeconds) => {
        arrive = () => {}
        window.clearTimeout(late)
        clock.rest(soundSeconds)
        then()
      }
    },
  }
}

/** A guest that is seated in mid-sound aims at a moment so far ahead. */
const seatingSeconds = 0.4

interface Follower {
  /** Where the run stands while nothing sounds. */
  place(sample: Samples): void
  start(contextFrame: Samples): void
  /** The guest was told to stand still. */
  stop(): void
  follow(message: Extract<FromEnsemble, { kind: 'position' }>): void
}

/** Keeps a guest in step: tells it again and again which sample belongs to which frame. */
function createFollower(guest: () => Troupe | null): Follower {
  let standsAt: Samples = 0
  let isPlaying = false
  /** Until the run stands still, what it says is no word to go on. */
  let isStopping = false
  const play = (contextFrame: Samples, sample: Samples) => {
    isPlaying = true
    isStopping = false
    guest()?.post({ kind: 'play', contextFrame, sample })
  }
  return {
    place(sample) {
      standsAt = sample
      isPlaying = isStopping = false
    },
    start: (contextFrame) => play(contextFrame, standsAt),
    stop() {
      isPlaying = false
      isStopping = true
    },
    follow({ state, sample, contextFrame }) {
      standsAt = sample
      if (isStopping && state !== 'paused') return
      isStopping = false
      if (state !== 'playing') {
        if (isPlaying) guest()?.post({ kind: 'pause' })
        isPlaying = false
      } else play(contextFrame, sample)
    },
  }
}

// The player: one ensemble on the audio thread, the mixer behind it, Tone's transport as the clock that everything visible follows.
// Slots are sent at least one whole slot (about 15 s) before they sound; when the run is slower than that, the music waits and says so.
import { Context } from 'tone/build/esm/core/context/Context.js'
import 'tone/build/esm/core/context/Destination.js'
import type { EnsembleState, FromEnsemble, StemName, ToEnsemble } from '../../../worklets/messages.ts'
import { groupStems, planMixtures } from '../../measure/index.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Library } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import { type Clock, createClock } from './clock.ts'
import { openEnsemble } from './ensemble.ts'
import { createMixer, fadeSeconds, type Mixer } from './mixer.ts'
import { openSections } from './sections.ts'
import { createSender, type Sender } from './sender.ts'

export type PlayerState = EnsembleState

export interface PlayerSettings {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly stems: readonly StemName[]
  /** Grows while the run plays. */
  readonly score: PartyScore
  readonly library: Library | null
  readonly onState: (state: PlayerState) => void
  /** Everything the audio thread says, in order. */
  readonly onMessage: (message: FromEnsemble) => void
  /** From here on messages are about sound that begins at this slot. */
  readonly onMoved: (slot: number) => void
  readonly onFailed: (words: string) => void
}

export interface Player {
  readonly mixer: Mixer
  readonly state: PlayerState
  /** Where the run is as it leaves the loudspeakers now. */
  seconds(): Seconds
  play(): Promise<void>
  pause(): void
  /** To the start of a slot; goes on playing when it was playing. */
  seek(slot: number): void
  /** Call after the score grew. */
  feed(): void
  /** Resolves when the slot to play first is rendered, so that play sounds at once; when there is none yet, without it. */
  prepare(): Promise<void>
  dispose(): void
}

const quantum = 128

export async function openPlayer(settings: PlayerSettings): Promise<Player> {
  const { score, stems, kernel, library, onFailed } = settings
  const audio = new AudioContext({ sampleRate, latencyHint: 'playback' })
  const tone = new Context({ context: audio, clockSource: 'timeout' })
  const mixer = createMixer(tone, stems)
  const node = await openEnsemble(audio, {
    kernel,
    bpm: score.session.bpm,
    stems,
    mixtures: planMixtures(groupStems(stems)).mixtures,
  })
  mixer.connectSource(node)
  const sections = openSections(kernel)
  const post = (message: ToEnsemble) => node.port.postMessage(message)
  const sender = createSender({ score, library, sections, post, onFailed })
  const deck = createTapeDeck({ audio, clock: createClock(tone, score.session.bpm), mixer, sender, post, settings })
  node.port.onmessage = ({ data }: MessageEvent<FromEnsemble>) => deck.hear(data)
  sender.pump(0)
  return {
    ...createHands(deck, audio, score),
    mixer,
    get state() {
      return deck.state
    },
    feed: () => sender.pump(deck.seconds()),
    prepare: () => {
      sender.pump(deck.seconds())
      return sender.sent()
    },
    dispose() {
      sections.dispose()
      tone.dispose()
      void audio.close()
    },
  }
}

interface TapeDeckParts {
  readonly audio: AudioContext
  readonly clock: Clock
  readonly mixer: Mixer
  readonly sender: Sender
  readonly post: (message: ToEnsemble) => void
  readonly settings: PlayerSettings
}

interface TapeDeck {
  readonly state: PlayerState
  /** Whether it was asked to sound; it may still wait for a slot. */
  readonly isWanted: boolean
  /** What the audio thread says. */
  hear(message: FromEnsemble): void
  seconds(): Seconds
  /** Stands at the start of a slot. */
  goTo(slot: number): void
  start(): void
  /** Fades out, then stands still, then calls back. */
  stop(then: () => void): void
  become(state: PlayerState): void
}

/** Start, stop and place of the sound; the audio thread's reports are the truth that the clock follows. */
function createTapeDeck({ audio, clock, mixer, sender, post, settings }: TapeDeckParts): TapeDeck {
  const { score, onState, onMessage, onMoved, onFailed } = settings
  let state: PlayerState = 'paused'
  let isWanted = false
  let moves = 0

  const become = (next: PlayerState) => {
    if (next === state) return
    state = next
    onState(state)
  }
  const follow = (message: Extract<FromEnsemble, { kind: 'position' }>) => {
    const runSeconds = message.sample / sampleRate
    sender.pump(runSeconds)
    if (!isWanted) return
    const at = message.contextFrame / sampleRate
    if (message.state !== 'playing') clock.rest(runSeconds)
    else if (state !== 'playing' || Math.abs(clock.at(at) - runSeconds) > 0.005) clock.run(at, runSeconds)
    if (message.state === 'ended') isWanted = false
    become(message.state)
  }
  return {
    get state() {
      return state
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
    seconds: () => clock.at(audio.currentTime - (audio.outputLatency || 0)),
    goTo(slot) {
      const start = score.slots[slot]
      clock.rest(start?.startSeconds ?? 0)
      moves++
      post({ kind: 'seek', sample: start?.startSample ?? 0 })
      sender.restart(slot)
      onMoved(slot)
    },
    start() {
      const frame = Math.ceil((audio.currentTime + 0.04) * (sampleRate / quantum)) * quantum
      isWanted = true
      post({ kind: 'play', contextFrame: frame })
      mixer.fade(1, frame / sampleRate)
      clock.run(frame / sampleRate, clock.at(audio.currentTime))
      become('playing')
    },
    stop(then) {
      isWanted = false
      mixer.fade(0, audio.currentTime)
      const heard = clock.at(audio.currentTime + fadeSeconds)
      window.setTimeout(
        () => {
          post({ kind: 'pause' })
          clock.rest(heard)
          then()
        },
        1000 * (fadeSeconds + 0.01),
      )
    },
  }
}

/** Play, pause and seek as hands use them: in any order, also while the sound still fades. */
function createHands(
  deck: TapeDeck,
  audio: AudioContext,
  score: PartyScore,
): Pick<Player, 'play' | 'pause' | 'seek' | 'seconds'> {
  /** While the sound fades: where it goes then (null: it stays) and whether it goes on there. */
  let heading: { slot: number | null; goOn: boolean } | null = null
  const depart = (slot: number | null, goOn: boolean) => {
    heading = { slot, goOn }
    deck.stop(() => {
      const { slot: place, goOn: on } = heading ?? { slot, goOn }
      heading = null
      if (place !== null) deck.goTo(place)
      if (on) deck.start()
      else deck.become('paused')
    })
  }
  return {
    seconds() {
      const slot = heading?.slot ?? null
      return slot === null ? deck.seconds() : (score.slots[slot]?.startSeconds ?? 0)
    },
    async play() {
      if (heading !== null) heading.goOn = true
      if (deck.isWanted || heading !== null) return
      await audio.resume()
      if (deck.state === 'ended') deck.goTo(0)
      deck.start()
    },
    pause() {
      if (heading !== null) heading.goOn = false
      else if (deck.isWanted) depart(null, false)
    },
    seek(slot) {
      if (heading !== null) heading.slot = slot
      else if (deck.isWanted) depart(slot, true)
      else {
        deck.goTo(slot)
        deck.become('paused')
      }
    },
  }
}

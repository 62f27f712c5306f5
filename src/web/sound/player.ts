// The player: the run's ensemble and, beside it, another run's; the mixer behind them, Tone's transport as the clock that everything
// visible follows. Slots are sent at least one whole slot (about 15 s) before they sound; when the run is slower than that, the music
// waits and says so.
import { Context } from 'tone/build/esm/core/context/Context.js'
import 'tone/build/esm/core/context/Destination.js'
import { setContext } from 'tone/build/esm/core/Global.js'
import type { EnsembleState, FromEnsemble, StemName } from '../../../worklets/messages.ts'
import { groupStems, planMixtures } from '../../measure/index.ts'
import { sampleRate } from '../../pipeline.ts'
import { type Library, stemsOf } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import { openCeiling } from './ceiling.ts'
import { createClock } from './clock.ts'
import { type DeviceEvent, watchDevice } from './device.ts'
import { type Guest, openGuest } from './guest.ts'
import { createLoops, type Loops, type Stretch } from './loops.ts'
import { createMixer, type Mixer } from './mixer.ts'
import { openRecorder, type Recorder } from './recorder.ts'
import type { Sections } from './sections.ts'
import { createTapeDeck, type TapeDeck } from './tape-deck.ts'
import { openTroupe } from './troupe.ts'
import { createWishes } from './wishes.ts'
import { openWorkshop } from './workshop.ts'

export type PlayerState = EnsembleState

export interface PlayerSettings {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly stems: readonly StemName[]
  /** Grows while the run plays. */
  readonly score: PartyScore
  readonly library: Library | null
  /** Outlive the player. */
  readonly sections: Sections
  readonly onState: (state: PlayerState) => void
  /** Everything the audio thread says of the run, in order. */
  readonly onMessage: (message: FromEnsemble) => void
  /** From here on messages are about sound that begins in this slot. */
  readonly onMoved: (slot: number) => void
  /** It will not sound again, for these reasons. */
  readonly onFailed: (words: string) => void
  /** What sounds next cannot be had for now, in words; null: it can again. */
  readonly onTrouble: (words: string | null) => void
  readonly onDevice: (event: DeviceEvent) => void
}

export interface Player extends Hands {
  readonly mixer: Mixer
  readonly recorder: Recorder
  readonly state: PlayerState
  /** Factor on the tempo; the pitch stays. Only at 1 is anything heard and measured. */
  readonly speed: number
  /** What is repeated, seconds of the run. */
  readonly loop: Stretch | null
  readonly guest: Guest | null
  /** Call after the score grew. */
  feed(): void
  /** Resolves when the slot to play first is rendered, so that play sounds at once; when there is none yet, without it. */
  prepare(): Promise<void>
  /** Seats another run beside this one, unheard until it is cast; null: none any more. Resolves when its present slot is on its way. */
  invite(score: PartyScore | null): Promise<void>
  dispose(): void
}

export async function openPlayer(settings: PlayerSettings): Promise<Player> {
  const { score, stems, kernel, library, sections, onFailed, onTrouble } = settings
  const audio = new AudioContext({ sampleRate, latencyHint: 'playback' })
  const unwatch = watchDevice(audio, settings.onDevice)
  const tone = new Context({ context: audio, clockSource: 'timeout' })
  setContext(tone) // else Tone opens a second device for its defaults
  const mixer = createMixer(tone, stems, await openCeiling(audio))
  const workshop = openWorkshop(kernel)
  let guest: Guest | null = null
  const { mixtures } = planMixtures(groupStems(stems))
  const shared = { audio, kernel, library, sections, onFailed, onTrouble }
  const onMessage = (message: FromEnsemble) => deck.hear(message)
  const main = await openTroupe({ ...shared, score, mixtures, ears: 'open', onMessage })
  mixer.connectSource(main.node)
  const recorder = await openRecorder(audio, mixer.tap)
  const clock = createClock(tone, score.session.bpm)
  const seated = () => guest?.troupe ?? null
  const deck = createTapeDeck({ audio, clock, mixer, main: () => main, guest: seated, settings })
  const loops = createLoops(workshop, () => (guest === null ? [main] : [main, guest.troupe]))
  const hands = createHands({ deck, audio, loops, onFailed })
  main.pump(0)
  const slotNow = () => Math.max(0, Math.floor(deck.seconds() / score.slotSeconds + 1e-9))
  const release = () => {
    mixer.cast('own')
    mixer.releaseGuest()
    guest?.troupe.dispose()
    guest = null
  }
  return {
    ...hands,
    mixer,
    recorder,
    get state() {
      return deck.state
    },
    get speed() {
      return deck.tempo.speed
    },
    get loop() {
      return loops.stretch
    },
    get guest() {
      return guest
    },
    feed: () => main.pump(slotNow()),
    prepare: () => {
      main.pump(slotNow())
      return main.sent()
    },
    async invite(other) {
      release()
      if (other === null) return
      const opened = await openGuest({ ...shared, host: main, score: other, workshop })
      release()
      guest = opened
      mixer.connectGuest(opened.troupe.node, stemsOf(other.session))
      deck.seatGuest()
      if (loops.stretch !== null) await loops.again(deck.tempo)
      await opened.troupe.sent()
    },
    dispose() {
      hands.rest()
      unwatch()
      main.dispose()
      guest?.troupe.dispose()
      loops.forget()
      workshop.dispose()
      tone.dispose()
      void audio.close().catch(() => undefined) // Tone may have closed it
    },
  }
}

interface Hands {
  /** Where the run is as it leaves the loudspeakers now. */
  seconds(): Seconds
  play(): Promise<void>
  pause(): void
  /** To a moment; goes on playing when it was playing. Leaves a loop that the moment is not in. */
  seek(seconds: Seconds): void
  setSpeed(speed: number): void
  /** Repeats a stretch, from its start if the playhead is elsewhere; null: sounds on beyond it. */
  setLoop(stretch: Stretch | null): Promise<void>
}

interface HandsParts {
  readonly deck: TapeDeck
  readonly audio: AudioContext
  readonly loops: Loops
  readonly onFailed: (words: string) => void
}

/** Play, pause and seek as hands use them: in any order, also while the sound still fades. */
function createHands({ deck, audio, loops, onFailed }: HandsParts): Hands & { rest(): void } {
  interface Heading {
    readonly seconds: Seconds
    readonly speed: number
  }
  /** While the sound fades: where it goes then (null: it stays) and whether it goes on there. */
  let departure: { heading: Heading | null; goOn: boolean } | null = null
  const arrive = ({ seconds, speed }: Heading) => {
    deck.goTo(seconds, speed)
    if (isInside(loops.stretch, seconds)) loops.again(deck.tempo).catch(({ message }: Error) => onFailed(message))
    else loops.forget()
  }
  const depart = (heading: Heading | null, goOn: boolean) => {
    departure = { heading, goOn }
    deck.stop(() => {
      const { heading: place, goOn: on } = departure ?? { heading, goOn }
      departure = null
      if (place !== null) arrive(place)
      if (on) deck.start()
      else deck.become('paused')
    })
  }
  const move = (heading: Heading) => {
    if (departure !== null) departure.heading = heading
    else if (deck.isWanted) depart(heading, true)
    else {
      arrive(heading)
      deck.become('paused')
    }
  }
  const bursts = createWishes<Seconds>({ follow: (to) => move({ seconds: to, speed: speed() }) })
  /** The clock and the picture are already where the sound will be. */
  const seconds = () => bursts.pending ?? departure?.heading?.seconds ?? deck.seconds()
  const moveNow = (heading: Heading) => {
    bursts.forget()
    move(heading)
  }
  const settle = () => {
    if (bursts.pending !== null) moveNow({ seconds: bursts.pending, speed: speed() })
  }
  const speed = () => departure?.heading?.speed ?? deck.tempo.speed
  return {
    seconds,
    /** Moves that were asked for and have not begun are left out. */
    rest: bursts.forget,
    async play() {
      settle()
      if (departure !== null) departure.goOn = true
      if (deck.isWanted || departure !== null) return
      await audio.resume()
      if (deck.state === 'ended') arrive({ seconds: 0, speed: speed() })
      deck.start()
    },
    pause() {
      settle()
      if (departure !== null) departure.goOn = false
      else if (deck.isWanted) depart(null, false)
    },
    seek: bursts.add,
    setSpeed(factor) {
      // A loop is kept: from too near its end it begins anew.
      const { stretch } = loops
      const leaves = stretch !== null && !isInside(stretch, seconds())
      moveNow({ seconds: leaves ? stretch.from : seconds(), speed: factor })
    },
    async setLoop(stretch) {
      settle()
      if (stretch === null) return loops.leave()
      if (departure === null && isInside(stretch, seconds())) return loops.set(stretch, deck.tempo)
      loops.promise(stretch)
      moveNow({ seconds: stretch.from, speed: speed() })
    },
  }
}

/** So close to a loop's end the word of it might come too late, seconds. */
const nearEnd = 0.15

function isInside(stretch: Stretch | null, seconds: Seconds): boolean {
  return stretch !== null && seconds >= stretch.from - 0.02 && seconds < stretch.to - nearEnd
}

// The player: one ensemble on the audio thread, the mixer behind it, Tone's transport as the clock that everything visible follows.
// Slots are sent at least one whole slot (about 15 s) before they sound; when the run is slower than that, the music waits and says so.
import { Context } from 'tone/build/esm/core/context/Context.js'
import 'tone/build/esm/core/clock/Transport.js'
import 'tone/build/esm/core/context/Destination.js'
import type { EnsembleState, FromEnsemble, StemName, ToEnsemble } from '../../../worklets/messages.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Library } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import { openEnsemble } from './ensemble.ts'
import { createMixer, fadeSeconds, type Mixer } from './mixer.ts'
import { openSections, type Sections } from './sections.ts'
import { createSlotMessage } from './slot-message.ts'

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
  dispose(): void
}

/** Slots that lie ready beyond the one that sounds; a deck takes two at most, counted from the block just rendered. */
const slotsAhead = 1
const quantum = 128

export async function openPlayer(settings: PlayerSettings): Promise<Player> {
  const { score, stems, onState, onFailed, onMessage, onMoved } = settings
  const audio = new AudioContext({ sampleRate: sampleRate, latencyHint: 'playback' })
  const tone = new Context({ context: audio, clockSource: 'timeout' })
  const transport = tone.transport
  transport.bpm.value = score.session.bpm
  const mixer = createMixer(tone, stems)
  const node = await openEnsemble(audio, { kernel: settings.kernel, bpm: score.session.bpm, stems })
  mixer.connectSource(node)
  const sections = openSections(settings.kernel)
  const post = (message: ToEnsemble) => node.port.postMessage(message)
  const sender = createSender({ score, library: settings.library, sections, post, onFailed })
  let state: PlayerState = 'paused'
  let restingSeconds = 0
  let wanted: 'sound' | 'rest' = 'rest'
  let moves = 0

  const become = (next: PlayerState) => {
    if (next === state) return
    state = next
    onState(state)
  }
  const run = (contextSeconds: Seconds, runSeconds: Seconds) => {
    transport.stop(contextSeconds)
    transport.start(contextSeconds, runSeconds)
  }
  const rest = (runSeconds: Seconds) => {
    restingSeconds = runSeconds
    transport.stop()
  }
  const follow = (message: Extract<FromEnsemble, { kind: 'position' }>) => {
    const runSeconds = message.sample / sampleRate
    sender.pump(runSeconds)
    if (wanted === 'rest') return
    if (message.state === 'playing') {
      const at = message.contextFrame / sampleRate
      const off = state === 'playing' ? Math.abs(transport.getSecondsAtTime(at) - runSeconds) : 1
      if (off > 0.005 && message.sample > 0) run(at, runSeconds)
    } else if (message.state !== state) rest(runSeconds)
    if (message.state === 'ended') wanted = 'rest'
    become(message.state)
  }
  node.port.onmessage = ({ data }: MessageEvent<FromEnsemble>) => {
    if (data.kind === 'moved') moves--
    if (moves > 0) return // still about where we were before
    if (data.kind === 'position') follow(data)
    else if (data.kind === 'failed') onFailed(data.message)
    onMessage(data)
  }
  const start = () => {
    const frame = Math.ceil((audio.currentTime + 0.04) * (sampleRate / quantum)) * quantum
    wanted = 'sound'
    post({ kind: 'play', contextFrame: frame })
    mixer.fade(1, frame / sampleRate)
    run(frame / sampleRate, restingSeconds)
    become('playing')
  }
  const stop = (then: () => void) => {
    wanted = 'rest'
    const now = audio.currentTime
    mixer.fade(0, now)
    const heard = Math.max(0, transport.getSecondsAtTime(now + fadeSeconds))
    window.setTimeout(
      () => {
        post({ kind: 'pause' })
        rest(heard)
        then()
      },
      1000 * (fadeSeconds + 0.01),
    )
  }
  const seconds = () => {
    if (state !== 'playing') return restingSeconds
    return Math.max(0, transport.getSecondsAtTime(Math.max(0, audio.currentTime - (audio.outputLatency || 0))))
  }
  const goTo = (slot: number) => {
    restingSeconds = score.slots[slot]?.startSeconds ?? 0
    moves++
    post({ kind: 'seek', sample: score.slots[slot]?.startSample ?? 0 })
    sender.restart(slot)
    onMoved(slot)
  }
  sender.pump(0)
  return {
    mixer,
    get state() {
      return state
    },
    seconds,
    async play() {
      if (wanted === 'sound') return
      await audio.resume()
      if (state === 'ended') goTo(0)
      start()
    },
    pause() {
      if (wanted === 'rest') return
      stop(() => become('paused'))
    },
    seek(slot) {
      if (wanted === 'rest') {
        goTo(slot)
        become('paused')
      } else
        stop(() => {
          goTo(slot)
          start()
        })
    },
    feed: () => sender.pump(seconds()),
    dispose() {
      sections.dispose()
      tone.dispose()
      void audio.close()
    },
  }
}

interface SenderSettings {
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
  readonly post: (message: ToEnsemble) => void
  readonly onFailed: (words: string) => void
}

interface Sender {
  pump(runSeconds: Seconds): void
  restart(slot: number): void
}

/** Sends slots in order, each once its sections are rendered, never further ahead than `slotsAhead`. */
function createSender({ score, library, sections, post, onFailed }: SenderSettings): Sender {
  let next = 0
  let busy = false
  let toldEnd = false
  let generation = 0
  let heard = 0
  const send = async (slot: SlotScore) => {
    busy = true
    const own = generation
    try {
      const message = await createSlotMessage({ slot, score, library, sections })
      if (own !== generation) return
      post(message)
      next = slot.slot + 1
    } catch (error) {
      onFailed((error as Error).message)
      return
    } finally {
      if (own === generation) busy = false
    }
    pump(heard)
  }
  const pump = (runSeconds: Seconds) => {
    heard = runSeconds
    if (busy) return
    const slot = score.slots[next]
    if (slot !== undefined) {
      if (next <= Math.floor(runSeconds / score.slotSeconds) + slotsAhead) void send(slot)
    } else if (score.ended && !toldEnd) {
      toldEnd = true
      post({ kind: 'complete' })
    }
  }
  return {
    pump,
    restart(slot) {
      generation++
      busy = false
      toldEnd = false
      next = slot
      pump(score.slots[slot]?.startSeconds ?? 0)
    },
  }
}

// A stretch of the run again and again: rendered beside, then handed to whoever sounds, the run and its guest alike.
import { stemsOf } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import { bpmOf, sampleAt, type Tempo } from './tempo.ts'
import type { Troupe } from './troupe.ts'
import type { Workshop } from './workshop.ts'

/** Seconds of the run. */
export interface Stretch {
  readonly from: Seconds
  readonly to: Seconds
}

export interface Loops {
  readonly stretch: Stretch | null
  /** Will be set once the playhead is there. */
  promise(stretch: Stretch): void
  /** Renders and arms it; until then the sound waits at its end. Rejects with words, and repeats nothing then. */
  set(stretch: Stretch, tempo: Tempo): Promise<void>
  /** Sounds on beyond the end. */
  leave(): void
  /** After a seek, which forgets loops: the same once more. */
  again(tempo: Tempo): Promise<void>
  /** No loop, without a word to the audio thread. */
  forget(): void
}

/** What a loop may hold in memory, bytes. */
const mostBytes = 96e6

/** The longest stretch that can be looped, seconds of the run. */
export function longestLoop(score: PartyScore, speed: number): Seconds {
  return (mostBytes / (stemsOf(score.session).length * 4 * 48_000)) * speed
}

export function createLoops(workshop: Workshop, troupes: () => readonly Troupe[]): Loops {
  let stretch: Stretch | null = null
  /** Aborted when another loop is wanted, or none. */
  let wish = new AbortController()
  const renew = () => {
    wish.abort()
    wish = new AbortController()
    return wish.signal
  }
  const arm = async (troupe: Troupe, { from, to }: Stretch, tempo: Tempo, signal: AbortSignal) => {
    const { slotSeconds } = troupes()[0]?.score ?? troupe.score
    const first = Math.floor(from / slotSeconds + 1e-6)
    const last = Math.ceil(to / slotSeconds - 1e-6)
    const [start, end] = [sampleAt(tempo, from), sampleAt(tempo, to)]
    troupe.post({ kind: 'loop', from: start, to: end, sound: null })
    const slots = await troupe.messages(first, last + 1, tempo, signal)
    const stems = stemsOf(troupe.score.session)
    const sound = await workshop.renderLoop({ stems, bpm: bpmOf(tempo), slots, from: start, to: end }, signal)
    return () => troupe.post({ kind: 'loop', from: start, to: end, sound })
  }
  const drop = () => {
    renew()
    stretch = null
    for (const troupe of troupes()) troupe.post({ kind: 'unloop' })
  }
  const set = async (wanted: Stretch, tempo: Tempo) => {
    const signal = renew()
    stretch = wanted
    try {
      const armed = await Promise.all(troupes().map((troupe) => arm(troupe, wanted, tempo, signal)))
      if (!signal.aborted) for (const post of armed) post()
    } catch (error) {
      if (signal.aborted) return // another is wanted
      drop()
      throw error
    }
  }
  return {
    get stretch() {
      return stretch
    },
    promise(wanted) {
      renew()
      stretch = wanted
    },
    set,
    again: async (tempo) => (stretch === null ? undefined : set(stretch, tempo)),
    leave: drop,
    forget() {
      renew()
      stretch = null
    },
  }
}

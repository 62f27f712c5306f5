// Recordings one after the other, also when the next begins before the last is whole: the audio thread answers in order, so what it writes
// down belongs to the recording that began first and that it has not ended yet.
import type { FromRecorder, ToRecorder } from '../../../worklets/recorder-messages.ts'
import type { Samples } from '../../units.ts'

export interface Take {
  /** Interleaved left and right; a browser may keep the parts of a long recording on disk. */
  readonly parts: readonly Blob[]
  readonly frames: Samples
}

export interface Takes {
  /** Begun last; null before the first. */
  readonly newest: Take | null
  readonly isRecording: boolean
  begin(): void
  /** The recording begun last, once it is whole; at the latest after a wait, with what came until then. */
  end(): Promise<Take>
  hear(message: FromRecorder): void
}

interface OpenTake {
  parts: Blob[]
  frames: Samples
  whole: () => void
}

const answerMilliseconds = 2000

/** `tell` reaches the audio thread. */
export function createTakes(tell: (word: ToRecorder) => void): Takes {
  const open: OpenTake[] = []
  let newest: OpenTake | null = null
  let isRecording = false
  return {
    get newest() {
      return newest
    },
    get isRecording() {
      return isRecording
    },
    begin() {
      if (isRecording) return
      newest = { parts: [], frames: 0, whole: () => {} }
      open.push(newest)
      isRecording = true
      tell('begin')
    },
    async end() {
      const take = newest
      if (take === null || !isRecording) return { parts: [], frames: 0 }
      isRecording = false
      const done = new Promise<void>((resolve) => {
        take.whole = resolve
      })
      tell('end')
      // A recorder whose device is gone never answers; what came until then is the recording.
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, answerMilliseconds))])
      return take
    },
    hear(message) {
      const [take] = open
      if (take === undefined) return
      if (message.kind === 'ended') {
        open.shift()
        return take.whole()
      }
      take.parts.push(new Blob([message.samples]))
      take.frames += message.samples.length / 2
    },
  }
}

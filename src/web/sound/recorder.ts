// Records what is heard: the very samples that go to the loudspeakers, as a stereo WAV of 32-bit floats. Nothing is rounded or packed.

import workletUrl from '../../../worklets/recorder.worklet.ts?worker&url'
import { type FromRecorder, recorderName, type ToRecorder } from '../../../worklets/recorder-messages.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Seconds } from '../../units.ts'
import { floatWavHeader } from './wav.ts'

export interface Recorder {
  readonly isRecording: boolean
  /** Of sound that was written down. */
  readonly seconds: Seconds
  begin(): void
  /** What is written down so far, a WAV file; it goes on. */
  soFar(): Blob
  /** The whole recording, a WAV file. */
  end(): Promise<Blob>
}

const answerMilliseconds = 2000

/** `tap` leads what is heard to a node. */
export async function openRecorder(audio: AudioContext, tap: (node: AudioNode) => void): Promise<Recorder> {
  await audio.audioWorklet.addModule(workletUrl)
  const node = new AudioWorkletNode(audio, recorderName, {
    numberOfOutputs: 0,
    channelCount: 2,
    channelCountMode: 'explicit',
  })
  tap(node)
  let parts: Blob[] = []
  let frames = 0
  let isRecording = false
  let ended: () => void = () => {}
  node.port.onmessage = ({ data }: MessageEvent<FromRecorder>) => {
    if (data.kind === 'ended') return ended()
    // A browser may keep the parts of a long recording on disk.
    parts.push(new Blob([data.samples]))
    frames += data.samples.length / 2
  }
  const tell = (word: ToRecorder) => node.port.postMessage(word)
  const soFar = () => new Blob([floatWavHeader(frames, { sampleRate, channels: 2 }), ...parts], { type: 'audio/wav' })
  return {
    get isRecording() {
      return isRecording
    },
    get seconds() {
      return frames / sampleRate
    },
    begin() {
      parts = []
      frames = 0
      isRecording = true
      tell('begin')
    },
    async end() {
      isRecording = false
      const done = new Promise<void>((resolve) => {
        ended = resolve
      })
      tell('end')
      // A recorder whose device is gone never answers; what came until then is the recording.
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, answerMilliseconds))])
      return soFar()
    },
    soFar,
  }
}

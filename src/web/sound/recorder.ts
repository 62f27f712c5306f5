// Records what is heard: the very samples that go to the loudspeakers, as a stereo WAV of 32-bit floats. Nothing is rounded or packed.

import workletUrl from '../../../worklets/recorder.worklet.ts?worker&url'
import { type FromRecorder, recorderName } from '../../../worklets/recorder-messages.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Seconds } from '../../units.ts'
import { createTakes, type Take } from './takes.ts'
import { floatWavHeader } from './wav.ts'

export interface Recording {
  /** A WAV file. */
  readonly file: Blob
  readonly seconds: Seconds
}

export interface Recorder {
  readonly isRecording: boolean
  /** Of sound that was written down. */
  readonly seconds: Seconds
  begin(): void
  /** What is written down so far; it goes on. */
  soFar(): Recording
  /** The whole recording. The next may begin before it is there. */
  end(): Promise<Recording>
}

/** `tap` leads what is heard to a node. */
export async function openRecorder(audio: AudioContext, tap: (node: AudioNode) => void): Promise<Recorder> {
  await audio.audioWorklet.addModule(workletUrl)
  const node = new AudioWorkletNode(audio, recorderName, {
    numberOfOutputs: 0,
    channelCount: 2,
    channelCountMode: 'explicit',
  })
  tap(node)
  const takes = createTakes((word) => node.port.postMessage(word))
  node.port.onmessage = ({ data }: MessageEvent<FromRecorder>) => takes.hear(data)
  return {
    get isRecording() {
      return takes.isRecording
    },
    get seconds() {
      return (takes.newest?.frames ?? 0) / sampleRate
    },
    begin: takes.begin,
    soFar: () => recordingOf(takes.newest ?? { parts: [], frames: 0 }),
    end: async () => recordingOf(await takes.end()),
  }
}

function recordingOf({ parts, frames }: Take): Recording {
  const header = floatWavHeader(frames, { sampleRate, channels: 2 })
  return { file: new Blob([header, ...parts], { type: 'audio/wav' }), seconds: frames / sampleRate }
}

// The ceiling at the end of the mix, as a node: no sample above -1 dBFS passes it (worklets/ceiling.ts).
import { ceilingName } from '../../../worklets/ceiling.ts'
import workletUrl from '../../../worklets/ceiling.worklet.ts?worker&url'

/** Stereo in and out. Rejects when its worklet cannot be loaded. */
export async function openCeiling(audio: BaseAudioContext): Promise<AudioWorkletNode> {
  await audio.audioWorklet.addModule(workletUrl)
  return new AudioWorkletNode(audio, ceilingName, {
    outputChannelCount: [2],
    channelCount: 2,
    channelCountMode: 'explicit',
  })
}

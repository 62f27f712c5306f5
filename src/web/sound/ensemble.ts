// Opens the ensemble in any audio context, live or offline: the same worklet, the same kernel bytes.
import workletUrl from '../../../worklets/ensemble.worklet.ts?worker&url'
import { type EnsembleOptions, processorName } from '../../../worklets/messages.ts'

/** One mono output per stem. Rejects when the browser has no AudioWorklet. */
export async function openEnsemble(context: BaseAudioContext, options: EnsembleOptions): Promise<AudioWorkletNode> {
  await context.audioWorklet.addModule(workletUrl)
  return new AudioWorkletNode(context, processorName, {
    numberOfInputs: 0,
    numberOfOutputs: options.stems.length,
    outputChannelCount: options.stems.map(() => 1),
    processorOptions: options,
  })
}

// The real worklet in an OfflineAudioContext, which renders as fast as it can: its wall time over the sound's length is the share of one core.
import workletUrl from '../../../worklets/hearing.worklet.ts?worker&url'
import { type HeardCounts, type HearingOptions, hearingProcessorName } from '../../../worklets/hearing-messages.ts'
import { type LoadSound, loadRate, type OfflineLoad } from './figures.ts'

export async function measureOffline(sound: LoadSound, passes: number): Promise<OfflineLoad> {
  const seconds = (sound.stems[0]?.length ?? 0) / loadRate
  let frames = 0
  let fastest = Number.POSITIVE_INFINITY
  for (let pass = 0; pass <= passes; pass++) {
    const { milliseconds, counts } = await renderOnce(sound)
    frames = counts.frames
    if (pass > 0) fastest = Math.min(fastest, milliseconds)
  }
  return { offlineSeconds: seconds, offlineShare: fastest / 1000 / seconds, offlineFrames: frames }
}

async function renderOnce({ kernel, stems, mixtures }: LoadSound) {
  const length = stems[0]?.length ?? 0
  const context = new OfflineAudioContext({ numberOfChannels: 1, length, sampleRate: loadRate })
  await context.audioWorklet.addModule(workletUrl)
  const options: HearingOptions = { kernel, stems: stems.length, mixtures }
  const node = new AudioWorkletNode(context, hearingProcessorName, {
    numberOfInputs: stems.length,
    numberOfOutputs: 1,
    processorOptions: options,
  })
  stems.forEach((stem, k) => {
    const buffer = new AudioBuffer({ length, sampleRate: loadRate })
    buffer.copyToChannel(stem, 0)
    const source = new AudioBufferSourceNode(context, { buffer })
    source.connect(node, 0, k)
    source.start()
  })
  node.connect(context.destination)
  const start = performance.now()
  await context.startRendering()
  const milliseconds = performance.now() - start
  return { milliseconds, counts: await askCounts(node) }
}

function askCounts(node: AudioWorkletNode): Promise<HeardCounts> {
  return new Promise((resolve) => {
    node.port.onmessage = ({ data }: MessageEvent<HeardCounts>) => resolve(data)
    node.port.postMessage('counts')
  })
}

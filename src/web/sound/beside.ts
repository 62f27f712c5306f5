// Sound rendered beside the one that sounds, as fast as it goes: a loop's samples, and how loud a slot is. No audio API in here.
import { createEnsemble } from '../../../worklets/ensemble.ts'
import type { FromEnsemble, SlotMessage, StemName } from '../../../worklets/messages.ts'
import { createLoudnessMeter } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { measureLoudness } from '../../measure/index.ts'
import { sampleRate } from '../../pipeline.ts'
import type { Samples } from '../../units.ts'

export interface SoundRequest {
  readonly stems: readonly StemName[]
  readonly bpm: number
  /** In order, without a gap. */
  readonly slots: readonly SlotMessage[]
  readonly from: Samples
  readonly to: Samples
}

/** A loop's end fades into its start for so long. */
const seamSamples = 240
const blockSamples = 4096

/** One array per stem, of `to - from` samples, that can be repeated without a click. */
export function renderLoop(kernel: Kernel, request: SoundRequest): Float32Array<ArrayBuffer>[] {
  const length = request.to - request.from
  const seam = Math.min(seamSamples, length)
  return renderStems(kernel, { ...request, to: request.to + seam }).map((sound) => {
    const loop = sound.slice(0, length)
    for (let n = 0; n < seam; n++) {
      const share = n / seam
      loop[n] = (sound[n] as number) * share + (sound[length + n] as number) * (1 - share)
    }
    return loop
  })
}

/** Integrated loudness of each agent's stems together, LUFS; null where it is silent. Agents in the order of the stems. */
export function measureLevels(kernel: Kernel, request: SoundRequest): (number | null)[] {
  const sounds = renderStems(kernel, request)
  const agents = [...new Set(request.stems.map(({ agent }) => agent))]
  return agents.map((agent) => {
    const own = sounds.filter((_, k) => request.stems[k]?.agent === agent)
    const sum = new Float32Array(own[0]?.length ?? 0)
    for (const sound of own) for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] as number) + (sound[n] as number)
    const meter = createLoudnessMeter(kernel, { sampleRate, weights: [1] })
    meter.push([sum])
    const { integratedLufs } = measureLoudness(meter.trace())
    meter.dispose()
    return integratedLufs
  })
}

/** What an ensemble that starts with the first of the slots would sound like; silence beyond the last. */
function renderStems(kernel: Kernel, { stems, bpm, slots, from, to }: SoundRequest): Float32Array<ArrayBuffer>[] {
  const coming = [...slots]
  const report = (message: FromEnsemble) => {
    if (message.kind === 'sounded') feed()
  }
  const ensemble = createEnsemble(kernel, { sampleRate, bpm, stems, mixtures: [], ears: 'shut', report })
  const feed = () => {
    const slot = coming.shift()
    if (slot !== undefined) ensemble.receive(slot)
    if (coming.length === 0) ensemble.receive({ kind: 'complete' })
  }
  const begin = slots[0]?.startSample ?? from
  ensemble.receive({ kind: 'seek', sample: begin })
  feed()
  feed()
  ensemble.receive({ kind: 'play', contextFrame: 0 })
  const sounds = stems.map(() => new Float32Array(to - begin))
  for (let at = 0; at < to - begin; at += blockSamples)
    ensemble.render(
      sounds.map((sound) => sound.subarray(at, at + blockSamples)),
      at,
    )
  ensemble.dispose()
  return sounds.map((sound) => sound.slice(from - begin))
}

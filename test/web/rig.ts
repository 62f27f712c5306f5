// A rig for ensembles in Node: a composed record, sections rendered at once, blocks fed as a browser does.
import { groupStems, planMixtures } from '../../src/measure/index.ts'
import { sampleRate } from '../../src/pipeline.ts'
import { type RecordLine, stemsOf } from '../../src/record/index.ts'
import { renderSection } from '../../src/render/index.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import type { PartyScore } from '../../src/web/run/slots.ts'
import { createSlotMessage, type SlotMessageSettings } from '../../src/web/sound/slot-message.ts'
import type { Tempo } from '../../src/web/sound/tempo.ts'
import { createEnsemble } from '../../worklets/ensemble.ts'
import type { Ears, FromEnsemble } from '../../worklets/messages.ts'
import { freshKernel } from '../kernel.ts'
import { shippedLexicon, shippedLibrary } from '../party.ts'

export const library = shippedLibrary()
export const lexicon = shippedLexicon()
/** Recordings as noise that is the same for everybody: what they are does not matter here. */
export const samples = () => Float32Array.from({ length: 24_000 }, (_, k) => ((k * 7919) % 200) / 1000 - 0.1)

export function composed(record: readonly RecordLine[]): PartyScore {
  const composer = createComposer({ library, lexicon })
  for (const line of record) composer.add(line)
  if (composer.score === undefined) throw new Error('no score')
  return composer.score
}

const kernel = freshKernel()
export const sections: SlotMessageSettings['sections'] = {
  render: async ({ track, section, ...settings }) =>
    new Float32Array(renderSection(kernel, track, section, { ...settings, samples })),
}

export function openRig(record: readonly RecordLine[], ears: Ears = 'open') {
  const score = composed(record)
  const heard: FromEnsemble[] = []
  const stems = stemsOf(score.session)
  const { mixtures } = planMixtures(groupStems(stems))
  const report = (message: FromEnsemble) => void heard.push(message)
  const ensemble = createEnsemble(freshKernel(), { sampleRate, bpm: score.session.bpm, stems, mixtures, ears, report })
  let contextFrame = 0
  const message = (slot: number, tempo?: Tempo) => {
    const one = score.slots[slot]
    if (one === undefined) throw new Error(`no slot ${slot}`)
    return createSlotMessage({ slot: one, score, library, sections, ...(tempo === undefined ? {} : { tempo }) })
  }
  const send = async (slot: number, tempo?: Tempo) => ensemble.receive(await message(slot, tempo))
  const blocks = (count: number, size = 128): Float32Array[] => {
    const sound = stems.map(() => new Float32Array(count * size))
    for (let k = 0; k < count; k++) {
      ensemble.render(
        sound.map((stem) => stem.subarray(k * size, (k + 1) * size)),
        contextFrame,
      )
      contextFrame += size
    }
    return sound
  }
  return {
    score,
    stems,
    ensemble,
    heard,
    message,
    send,
    blocks,
    get frame() {
      return contextFrame
    },
  }
}

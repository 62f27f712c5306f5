// A whole record through the very ensemble that sounds live, in an OfflineAudioContext: the proof that the page hears what Node hears.
import type { FromEnsemble, ToEnsemble } from '../../../worklets/messages.ts'
import type { HeardFrame } from '../../hear/index.ts'
import { groupStems, type HeardSlot, planMixtures } from '../../measure/index.ts'
import { sampleRate } from '../../pipeline.ts'
import { InputError, type RecordLine, stemsOf } from '../../record/index.ts'
import { type ComposerSettings, createComposer } from '../run/compose.ts'
import type { PartyScore } from '../run/slots.ts'
import { openEnsemble } from './ensemble.ts'
import { openSections } from './sections.ts'
import { createSlotMessage } from './slot-message.ts'

export interface OfflineSettings extends ComposerSettings {
  readonly record: readonly RecordLine[]
  readonly kernel: Uint8Array<ArrayBuffer>
  /** Where recordings lie, as `openSections` wants it; the server's place if not given. */
  readonly samplesUrl?: string
}

export interface OfflineHearing {
  /** Mono samples of the whole run, in the order of the stems. */
  readonly stems: readonly Float32Array[]
  readonly slots: readonly HeardSlot[]
  /** Frames that came after the last slot. */
  readonly last: readonly HeardFrame[]
}

/** Plays and hears a finished record as fast as the browser can. Throws InputError when it has no end line. */
export async function hearOffline(settings: OfflineSettings): Promise<OfflineHearing> {
  const score = composeWhole(settings)
  const final = score.slots.at(-1)
  if (final === undefined) throw new InputError('empty-record', 'record: expected at least one slot, got none.')
  const stems = stemsOf(score.session)
  const length = final.startSample + final.lengthSamples
  const context = new OfflineAudioContext({ numberOfChannels: stems.length, length, sampleRate })
  const node = await openEnsemble(context, {
    kernel: settings.kernel,
    bpm: score.session.bpm,
    stems,
    mixtures: planMixtures(groupStems(stems)).mixtures,
    ears: 'open' as const,
  })
  const merger = context.createChannelMerger(stems.length)
  stems.forEach((_, k) => {
    node.connect(merger, k, k)
  })
  merger.connect(context.destination)
  const notebook = createNotebook(node, score)
  const sections = openSections(settings)
  const post = (message: ToEnsemble) => node.port.postMessage(message)
  const send = async (index: number) => {
    const slot = score.slots[index]
    if (slot === undefined) return
    const message = await createSlotMessage({ slot, score, library: settings.library, sections })
    const taken = notebook.next((answer) => answer.kind === 'taken' && answer.slot === index)
    // Told before the last slot, so that whoever took it knows: messages that come after the rendering went on wait until it is over.
    if (index === score.slots.length - 1) post({ kind: 'complete' })
    post(message)
    await taken
  }
  post({ kind: 'play', contextFrame: 0 })
  await send(0)
  await send(1)
  const ended = notebook.next((answer) => answer.kind === 'position' && answer.state === 'ended')
  // Just after each slot began, the rendering rests until the slot after it is there.
  const fed = score.slots.slice(1, -1).map(async (slot) => {
    await context.suspend((slot.startSample + 256) / sampleRate)
    await send(slot.slot + 1)
    await context.resume()
  })
  const [buffer] = await Promise.all([context.startRendering(), ...fed])
  await ended
  // Named here so that the node lives until its last message: nothing else holds it while the rendering goes on.
  node.port.onmessage = null
  node.disconnect()
  sections.dispose()
  const sound = stems.map((_, k) => buffer.getChannelData(k))
  return { stems: sound, slots: notebook.slots, last: notebook.frames() }
}

function composeWhole(settings: OfflineSettings): PartyScore {
  const composer = createComposer(settings)
  for (const line of settings.record) composer.add(line)
  if (composer.score?.ended !== true)
    throw new InputError('no-end', 'record: expected an end line, got none. Wait until the run is whole.')
  return composer.score
}

interface Notebook {
  readonly slots: HeardSlot[]
  /** Frames since the last slot's end. */
  frames(): HeardFrame[]
  /** The next message that fits; rejects when the audio thread fails. */
  next(fits: (message: FromEnsemble) => boolean): Promise<FromEnsemble>
}

/** Writes down what the ensemble says, slot by slot. */
function createNotebook(node: AudioWorkletNode, score: PartyScore): Notebook {
  const slots: HeardSlot[] = []
  let frames: HeardFrame[] = []
  const waiting = new Set<(message: FromEnsemble) => void>()
  node.port.onmessage = ({ data }: MessageEvent<FromEnsemble>) => {
    if (data.kind === 'heard') frames.push(data.frame)
    const slot = data.kind === 'sounded' ? score.slots[data.slot] : undefined
    if (slot !== undefined) {
      const { startSeconds, notes, turns, world } = slot
      slots.push({
        slot: slot.slot,
        startSeconds,
        endSeconds: startSeconds + slot.seconds,
        frames,
        notes,
        turns,
        world,
      })
      frames = []
    }
    for (const one of [...waiting]) one(data)
  }
  return {
    slots,
    frames: () => frames,
    next: (fits) =>
      new Promise((resolve, reject) => {
        const one = (message: FromEnsemble) => {
          if (message.kind === 'failed') reject(new Error(message.message))
          else if (fits(message)) resolve(message)
          else return
          waiting.delete(one)
        }
        waiting.add(one)
      }),
  }
}

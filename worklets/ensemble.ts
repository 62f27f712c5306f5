// The ensemble: every stem's renderer and the analyser, block by block, with a playhead. No audio API in here, so Node runs it too.
// In: slots ahead of time. Out: one block per stem, and reports of where it is and what was heard.
import { type Analyser, createAnalyser } from '../src/hear/index.ts'
import type { Kernel } from '../src/kernel/index.ts'
import { createDeckRenderer, createVoiceRenderer, type DeckRenderer, type VoiceRenderer } from '../src/render/index.ts'
import type { Hertz, Samples } from '../src/units.ts'
import type { EnsembleState, FromEnsemble, SlotMessage, StemName, ToEnsemble } from './messages.ts'

export interface EnsembleSettings {
  readonly sampleRate: Hertz
  readonly bpm: number
  readonly stems: readonly StemName[]
  readonly report: (message: FromEnsemble) => void
}

export interface Ensemble {
  receive(message: ToEnsemble): void
  /** Fills one block per stem (silence while not playing); `contextFrame` is the first frame's time on the context's clock. */
  render(blocks: readonly Float32Array[], contextFrame: Samples): void
}

type StemRenderer = { layer: 'voice'; renderer: VoiceRenderer } | { layer: 'deck'; renderer: DeckRenderer }

/** Blocks between reports of the position: 16 of 128 samples are 43 ms. */
const reportEvery = 16

/** The kernel must have no other user on this thread while the ensemble lives. */
export function createEnsemble(kernel: Kernel, settings: EnsembleSettings): Ensemble {
  const { sampleRate, stems, report } = settings
  let renderers: StemRenderer[] = []
  let analyser: Analyser | null = null
  let state: EnsembleState = 'paused'
  let origin = 0
  let position = 0
  let scheduledUntil = 0
  let ends: { slot: number; sample: Samples }[] = []
  let complete = false
  let startFrame = 0
  let untilReport = 0

  const begin = (sample: Samples) => {
    for (const { renderer } of renderers) renderer.dispose()
    analyser?.dispose()
    renderers = stems.map((stem) => createStemRenderer(kernel, stem, settings))
    analyser = createAnalyser(kernel, { sampleRate, stems: stems.length })
    origin = position = scheduledUntil = sample
    ends = []
    complete = false
  }
  const tell = (contextFrame: Samples) => {
    untilReport = reportEvery
    report({ kind: 'position', sample: position, contextFrame, state })
  }
  const enter = (next: EnsembleState, contextFrame: Samples) => {
    if (next === state) return
    state = next
    tell(contextFrame)
  }
  const hear = (blocks: readonly Float32Array[], finishing: boolean) => {
    const seconds = origin / sampleRate
    const onFrame: Parameters<Analyser['push']>[1] = (frame) =>
      report({ kind: 'heard', frame: origin === 0 ? frame : { ...frame, timeSeconds: frame.timeSeconds + seconds } })
    const onOnset: Parameters<Analyser['push']>[2] = (onset) =>
      report({ kind: 'onset', onset: origin === 0 ? onset : { ...onset, timeSeconds: onset.timeSeconds + seconds } })
    if (finishing) analyser?.finish(onFrame, onOnset)
    else analyser?.push(blocks, onFrame, onOnset)
  }
  const advance = (parts: readonly Float32Array[], count: Samples) => {
    renderers.forEach(({ renderer }, k) => {
      const part = parts[k]
      if (part !== undefined) renderer.render(part)
    })
    hear(parts, false)
    position += count
    if (position !== ends[0]?.sample) return
    report({ kind: 'sounded', slot: ends[0].slot })
    ends.shift()
  }
  /** Cut where slots meet, so that a slot's frames are told before its end is. Cutting changes no sample and no feature. */
  const advanceBlock = (blocks: readonly Float32Array[], count: Samples) => {
    for (let done = 0; done < count; ) {
      const part = Math.min(count - done, (ends[0]?.sample ?? position + count) - position)
      const whole = part === blocks[0]?.length
      advance(whole ? blocks : blocks.map((block) => block.subarray(done, done + part)), part)
      done += part
    }
  }
  const receive = (message: ToEnsemble) => {
    switch (message.kind) {
      case 'slot':
        if (message.startSample !== scheduledUntil) return // of a time before the last seek
        scheduleSlot(renderers, message, origin, sampleRate)
        scheduledUntil = message.startSample + message.lengthSamples
        ends.push({ slot: message.slot, sample: scheduledUntil })
        report({ kind: 'taken', slot: message.slot })
        return
      case 'play':
        startFrame = message.contextFrame
        state = 'playing'
        return
      case 'pause':
        state = 'paused'
        return
      case 'seek':
        begin(message.sample)
        report({ kind: 'moved', sample: message.sample })
        return
      case 'complete':
        complete = true
    }
  }
  const render = (blocks: readonly Float32Array[], contextFrame: Samples) => {
    for (const block of blocks) block.fill(0)
    const wanted = blocks[0]?.length ?? 0
    if (state === 'paused' || state === 'ended' || contextFrame < startFrame) return
    if (--untilReport <= 0) tell(contextFrame)
    const count = Math.min(wanted, scheduledUntil - position)
    if (count < wanted && !complete) return enter('waiting', contextFrame)
    enter('playing', contextFrame)
    if (count > 0) advanceBlock(blocks, count)
    if (complete && position >= scheduledUntil) {
      hear(blocks, true)
      enter('ended', contextFrame + count)
    }
  }
  begin(0)
  return { receive, render }
}

function createStemRenderer(kernel: Kernel, stem: StemName, { sampleRate, bpm }: EnsembleSettings): StemRenderer {
  return stem.layer === 'voice'
    ? { layer: 'voice', renderer: createVoiceRenderer(kernel, { sampleRate }) }
    : { layer: 'deck', renderer: createDeckRenderer(kernel, { sampleRate, bpm }) }
}

/** Renderers count from where they began (`origin`); at origin 0 nothing is moved, so a run heard from its start is the stored one bit for bit. */
function scheduleSlot(renderers: StemRenderer[], message: SlotMessage, origin: Samples, sampleRate: Hertz): void {
  message.parts.forEach((part, k) => {
    const stem = renderers[k]
    if (stem?.layer === 'voice' && part.layer === 'voice') {
      const moved =
        origin === 0
          ? part.notes
          : part.notes.map((note) => ({ ...note, onsetSeconds: Math.max(0, note.onsetSeconds - origin / sampleRate) }))
      stem.renderer.schedule(moved)
    } else if (stem?.layer === 'deck' && part.layer === 'deck' && part.deck !== null) {
      stem.renderer.schedule(part.deck, message.startSample - origin, message.lengthSamples, part.section)
    }
  })
}

// The ensemble: every stem's renderer and the analyser, block by block, with a playhead. No audio API in here, so Node runs it too.
// In: slots ahead of time. Out: one block per stem, and reports of where it is and what was heard.
import { type Analyser, createAnalyser, type HeardFrame } from '../src/hear/index.ts'
import type { Kernel } from '../src/kernel/index.ts'
import { createDeckRenderer, createVoiceRenderer, type DeckRenderer, type VoiceRenderer } from '../src/render/index.ts'
import type { Hertz, Samples } from '../src/units.ts'
import type { EnsembleState, FromEnsemble, SlotMessage, StemName, ToEnsemble } from './messages.ts'

export interface EnsembleSettings {
  readonly sampleRate: Hertz
  readonly bpm: number
  readonly stems: readonly StemName[]
  /** Sets of stems that are heard as one sound. */
  readonly mixtures: readonly (readonly number[])[]
  readonly report: (message: FromEnsemble) => void
}

export interface Ensemble {
  receive(message: ToEnsemble): void
  /** Fills one block per stem (silence while not playing); `contextFrame` is the first frame's time on the context's clock. */
  render(blocks: readonly Float32Array[], contextFrame: Samples): void
}

/** Blocks between reports of the position: 16 of 128 samples are 43 ms. */
const reportEvery = 16

/** The kernel must have no other user on this thread while the ensemble lives. */
export function createEnsemble(kernel: Kernel, settings: EnsembleSettings): Ensemble {
  const { report } = settings
  const players = createPlayers(kernel, settings)
  let state: EnsembleState = 'paused'
  let position = 0
  let scheduledUntil = 0
  let ends: { slot: number; sample: Samples }[] = []
  let complete = false
  let startFrame = 0
  let untilReport = 0

  const tell = (contextFrame: Samples) => {
    untilReport = reportEvery
    report({ kind: 'position', sample: position, contextFrame, state })
  }
  const enter = (next: EnsembleState, contextFrame: Samples) => {
    if (next === state) return
    state = next
    tell(contextFrame)
  }
  /** Cut where slots meet, so that a slot's frames are told before its end is. Cutting changes no sample and no feature. */
  const advance = (blocks: readonly Float32Array[], count: Samples) => {
    for (let done = 0; done < count; ) {
      const part = Math.min(count - done, (ends[0]?.sample ?? position + count) - position)
      const whole = part === blocks[0]?.length
      players.play(whole ? blocks : blocks.map((block) => block.subarray(done, done + part)))
      done += part
      position += part
      if (position !== ends[0]?.sample) continue
      report({ kind: 'sounded', slot: ends[0].slot })
      ends.shift()
    }
  }
  const takeSlot = (message: SlotMessage) => {
    if (message.startSample !== scheduledUntil) return // of a time before the last seek
    players.schedule(message)
    scheduledUntil = message.startSample + message.lengthSamples
    ends.push({ slot: message.slot, sample: scheduledUntil })
    report({ kind: 'taken', slot: message.slot })
  }
  const moveTo = (sample: Samples) => {
    players.begin(sample)
    position = scheduledUntil = sample
    ends = []
    complete = false
    report({ kind: 'moved', sample })
  }
  return {
    receive(message) {
      if (message.kind === 'slot') takeSlot(message)
      else if (message.kind === 'seek') moveTo(message.sample)
      else if (message.kind === 'pause') state = 'paused'
      else if (message.kind === 'complete') complete = true
      else {
        startFrame = message.contextFrame
        state = 'playing'
      }
    },
    render(blocks, contextFrame) {
      for (const block of blocks) block.fill(0)
      if (state === 'paused' || state === 'ended' || contextFrame < startFrame) return
      if (--untilReport <= 0) tell(contextFrame)
      const wanted = blocks[0]?.length ?? 0
      const count = Math.min(wanted, scheduledUntil - position)
      if (count < wanted && !complete) return enter('waiting', contextFrame)
      enter('playing', contextFrame)
      advance(blocks, count)
      if (!complete || position < scheduledUntil) return
      players.finish()
      enter('ended', contextFrame + count)
    },
  }
}

/** Everybody who plays, and the ear that hears them. */
interface Players {
  /** Starts anew at a sample of the run. */
  begin(sample: Samples): void
  schedule(message: SlotMessage): void
  /** Fills one part per stem with the next samples and hears them. */
  play(parts: readonly Float32Array[]): void
  /** Hears out what the analyser still holds. */
  finish(): void
}

function createPlayers(kernel: Kernel, settings: EnsembleSettings): Players {
  const { sampleRate, stems, mixtures, report } = settings
  let renderers: StemRenderer[] = []
  let analyser: Analyser | null = null
  let origin = 0
  const tellFrame = (frame: HeardFrame) => {
    const moved = origin === 0 ? frame : { ...frame, timeSeconds: frame.timeSeconds + origin / sampleRate }
    report({ kind: 'heard', frame: moved })
  }
  const begin = (sample: Samples) => {
    for (const { renderer } of renderers) renderer.dispose()
    analyser?.dispose()
    renderers = stems.map((stem) => createStemRenderer(kernel, stem, settings))
    const wanted = { mixtures, notesOf: [], onsets: 'ignored' } as const
    analyser = createAnalyser(kernel, { sampleRate, stems: stems.length, ...wanted })
    origin = sample
  }
  begin(0)
  return {
    begin,
    schedule: (message) => scheduleSlot(renderers, message, origin, sampleRate),
    play(parts) {
      renderers.forEach(({ renderer }, k) => {
        const part = parts[k]
        if (part !== undefined) renderer.render(part)
      })
      analyser?.push(parts, tellFrame)
    },
    finish: () => analyser?.finish(tellFrame),
  }
}

type StemRenderer = { layer: 'voice'; renderer: VoiceRenderer } | { layer: 'deck'; renderer: DeckRenderer }

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

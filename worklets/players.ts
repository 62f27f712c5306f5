// Everybody who plays in an ensemble, and the ear that hears them: slots in, parts of sound out.
import { type Analyser, createAnalyser, type HeardFrame } from '../src/hear/index.ts'
import type { Kernel } from '../src/kernel/index.ts'
import { createDeckRenderer, createVoiceRenderer, type DeckRenderer, type VoiceRenderer } from '../src/render/index.ts'
import type { Hertz, Samples } from '../src/units.ts'
import type { Ears, FromEnsemble, SlotMessage, StemName } from './messages.ts'

export interface PlayersSettings {
  readonly sampleRate: Hertz
  readonly bpm: number
  readonly stems: readonly StemName[]
  /** Sets of stems that are heard as one sound. */
  readonly mixtures: readonly (readonly number[])[]
  readonly ears: Ears
  readonly report: (message: FromEnsemble) => void
}

export interface Beginning {
  /** Sample of the run from which renderers count. */
  readonly sample: Samples
  /** First sample that is heard. */
  readonly emerge: Samples
  readonly bpm: number
  readonly ears: Ears
}

export interface Players {
  begin(beginning: Beginning): void
  schedule(message: SlotMessage): void
  /** Fills one part per stem with the next samples and hears them. */
  play(parts: readonly Float32Array[]): void
  /** The same without hearing them. */
  skip(parts: readonly Float32Array[]): void
  /** Hears out what the analyser still holds. */
  finish(): void
  /** Gives the kernel's memory back. */
  dispose(): void
}

/** The kernel must have no other user on this thread while they live. */
export function createPlayers(kernel: Kernel, settings: PlayersSettings): Players {
  const { sampleRate, stems, mixtures, report } = settings
  let renderers: StemRenderer[] = []
  let analyser: Analyser | null = null
  let origin = 0
  let heardFrom = 0
  const levels = createLevels(stems.length, sampleRate)
  const tellFrame = (frame: HeardFrame) => {
    const moved = heardFrom === 0 ? frame : { ...frame, timeSeconds: frame.timeSeconds + heardFrom / sampleRate }
    report({ kind: 'heard', frame: moved })
  }
  const dispose = () => {
    for (const { renderer } of renderers) renderer.dispose()
    analyser?.dispose()
  }
  const begin = ({ sample, emerge, bpm, ears }: Beginning) => {
    dispose()
    renderers = stems.map((stem) => createStemRenderer(kernel, stem, sampleRate, bpm))
    const wanted = { mixtures, notesOf: [], onsets: 'ignored' } as const
    analyser = ears === 'open' ? createAnalyser(kernel, { sampleRate, stems: stems.length, ...wanted }) : null
    origin = sample
    heardFrom = emerge
    levels.forget()
  }
  const skip = (parts: readonly Float32Array[]) => {
    renderers.forEach(({ renderer }, k) => {
      const part = parts[k]
      if (part !== undefined) renderer.render(part)
    })
    levels.apply(parts)
  }
  begin({ sample: 0, emerge: 0, bpm: settings.bpm, ears: settings.ears })
  return {
    begin,
    skip,
    schedule(message) {
      scheduleSlot(renderers, message, origin, sampleRate)
      levels.schedule(message.lengthSamples, message.gains)
    },
    play(parts) {
      skip(parts)
      analyser?.push(parts, tellFrame)
    },
    finish: () => analyser?.finish(tellFrame),
    dispose,
  }
}

type StemRenderer = { layer: 'voice'; renderer: VoiceRenderer } | { layer: 'deck'; renderer: DeckRenderer }

function createStemRenderer(kernel: Kernel, stem: StemName, sampleRate: Hertz, bpm: number): StemRenderer {
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

interface Levels {
  /** A slot of so many samples with these amplitudes, after the slots before it. */
  schedule(lengthSamples: Samples, gains: readonly number[] | undefined): void
  apply(parts: readonly Float32Array[]): void
  forget(): void
}

/** Between the levels of two slots lie so many seconds, so that none begins with a click. */
const rampSeconds = 0.02

/** Amplitudes slot by slot. Slots without any pass bit by bit. */
function createLevels(stems: number, sampleRate: Hertz): Levels {
  const step = 1 / (rampSeconds * sampleRate)
  let coming: { left: Samples; gains: readonly number[] | undefined }[] = []
  let now = new Float64Array(stems).fill(1)
  const change = (part: Float32Array, k: number, target: number, from: number, until: number) => {
    let gain = now[k] as number
    for (let n = from; n < until; n++) {
      gain = gain < target ? Math.min(target, gain + step) : Math.max(target, gain - step)
      part[n] = (part[n] as number) * gain
    }
    now[k] = gain
  }
  return {
    schedule: (lengthSamples, gains) => void coming.push({ left: lengthSamples, gains }),
    apply(parts) {
      const length = parts[0]?.length ?? 0
      for (let done = 0; done < length; ) {
        const slot = coming[0]
        if (slot === undefined) return
        const until = Math.min(length, done + slot.left)
        if (slot.gains !== undefined)
          for (let k = 0; k < parts.length; k++) change(parts[k] as Float32Array, k, slot.gains[k] ?? 1, done, until)
        slot.left -= until - done
        done = until
        if (slot.left === 0) coming.shift()
      }
    },
    forget() {
      coming = []
      now = new Float64Array(stems).fill(1)
    },
  }
}

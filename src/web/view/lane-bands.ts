// Where things lie in a lane: which stretch of time it shows, how its height is shared, which words find room.
import type { Midi, Seconds } from '../../units.ts'

export interface Band {
  /** Pixels from the lane's top. */
  readonly top: number
  readonly bottom: number
}

export interface Bands {
  readonly voice: Band
  readonly words: Band
  readonly deck: Band
}

/** Towards which side the voice lies. */
export type Facing = 'up' | 'down'

export type Layers = 'voices' | 'voices and decks'

const wordRows = 2
const rowPixels = 16
/** Share of what the words leave. */
const voiceShare = 0.6

/** `layers`: whether decks play at all; without them the voice has their place. */
export function bandsOf(height: number, facing: Facing, layers: Layers): Bands {
  const words = wordRows * rowPixels
  const voice = (height - words) * (layers === 'voices' ? 1 : voiceShare)
  if (facing === 'up')
    return {
      voice: { top: 0, bottom: voice },
      words: { top: voice, bottom: voice + words },
      deck: { top: voice + words, bottom: height },
    }
  const deck = height - words - voice
  return {
    deck: { top: 0, bottom: deck },
    words: { top: deck, bottom: deck + words },
    voice: { top: deck + words, bottom: height },
  }
}

/** Semitones each way around the register that a lane shows; what lies beyond stands at its edge. */
const voiceSpan = 11
/** Half a mark, so that none is cut off. */
const marginPixels = 8

/** Pixels from the lane's top to a pitch of the voice. */
export function placeOfPitch(midi: Midi, registerMidi: Midi, { voice }: Bands): number {
  const share = Math.max(0, Math.min(1, (midi - registerMidi + voiceSpan) / (2 * voiceSpan)))
  return voice.bottom - marginPixels - share * (voice.bottom - voice.top - 2 * marginPixels)
}

export interface Times {
  readonly from: Seconds
  readonly until: Seconds
  x(seconds: Seconds): number
}

/** Share of the lane that lies behind. */
const nowShare = 0.3

/** What a lane of this width shows; `still`: it turns pages of whole bars instead of running. */
export function timesOf(
  width: number,
  { now, bpm, still }: { readonly now: Seconds; readonly bpm: number; readonly still: boolean },
): Times {
  const seconds = Math.max(5, Math.min(11, width / 80))
  const bar = 240 / bpm
  const page = Math.max(1, Math.floor(seconds / bar)) * bar
  const from = still ? Math.floor(now / page) * page : now - nowShare * seconds
  return { from, until: from + seconds, x: (at) => ((at - from) / seconds) * width }
}

export interface Rows {
  /** Writes a word where it begins, in the first row that is free there; without room it stands in the text beside only. */
  write(text: string, at: { readonly x: number; readonly bands: Bands; readonly weight: number }): void
}

const gapPixels = 7

export function createRows(context: CanvasRenderingContext2D): Rows {
  const ends: number[] = Array.from({ length: wordRows }, () => Number.NEGATIVE_INFINITY)
  return {
    write(text, { x, bands, weight }) {
      const row = ends.findIndex((end) => end + gapPixels <= x)
      if (text === '' || row < 0) return
      context.font = `${weight} 13px system-ui, sans-serif`
      // Reserved as if it were bold, so that lighting up moves no other word.
      ends[row] = x + context.measureText(text).width * (weight > 400 ? 1 : 1.08)
      context.fillText(text, x, bands.words.top + (row + 1) * rowPixels - 4)
    },
  }
}

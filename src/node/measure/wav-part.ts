// The part of a WAV that a line asks for, exactly to the sample, in blocks of all channels.
import { InputError } from '../../record/index.ts'
import { samplesOfSeconds } from '../../units.ts'
import { type OpenWav, openWav } from '../sound/wav-reader.ts'
import { requireHearable } from './hearable.ts'

export interface WavPlace {
  readonly wav: string
  /** Default 0. */
  readonly startSeconds?: number | undefined
  /** Default: to the end. */
  readonly durationSeconds?: number | undefined
}

export interface WavPart {
  readonly sampleRate: number
  /** Per channel. */
  readonly samples: number
  readonly channels: number
  blocks(): Generator<Float32Array[]>
  close(): void
}

/** A duration may reach so far beyond the end: it was rounded. */
const roundingSeconds = 0.01
const largest = 1000

/** Throws InputError for a file that cannot be heard and for a part that lies outside it. */
export function openWavPart(place: WavPlace): WavPart {
  const wav = openWav(place.wav)
  try {
    requireHearable(wav, place.wav)
    const { from, to } = frames(wav, place)
    return {
      sampleRate: wav.sampleRate,
      samples: to - from,
      channels: wav.channels,
      *blocks() {
        let at = from
        for (const channels of wav.blocks(from, to)) {
          for (const channel of channels) requireScale(channel, at, place.wav)
          at += channels[0]?.length ?? 0
          yield channels
        }
      },
      close: wav.close,
    }
  } catch (error) {
    wav.close()
    throw error
  }
}

function frames(
  wav: OpenWav,
  { wav: file, startSeconds = 0, durationSeconds }: WavPlace,
): { from: number; to: number } {
  const from = samplesOfSeconds(startSeconds, wav.sampleRate)
  if (from > wav.frames) throw outside(wav, file, 'startSeconds', startSeconds)
  if (durationSeconds === undefined) return { from, to: wav.frames }
  const to = from + samplesOfSeconds(durationSeconds, wav.sampleRate)
  if (to > wav.frames + samplesOfSeconds(roundingSeconds, wav.sampleRate))
    throw outside(wav, file, 'durationSeconds', durationSeconds)
  return { from, to: Math.min(to, wav.frames) }
}

function outside({ frames: length, sampleRate }: OpenWav, file: string, field: string, got: number): InputError {
  const seconds = length / sampleRate
  const advice = field === 'startSeconds' ? 'Start earlier.' : 'Leave it out to hear all to the end.'
  const expected = `expected a part within the ${seconds} s of ${file}`
  return new InputError('wav-part', `field "${field}": ${expected}, got ${got} s. ${advice}`)
}

/** Far beyond this the kernel's single precision no longer tells tones from rounding. `from`: the frame that the block begins with. */
function requireScale(block: Float32Array, from: number, file: string): void {
  const at = block.findIndex((sample) => Math.abs(sample) > largest)
  if (at < 0) return
  const expected = `expected samples of at most ${largest} times full scale`
  const got = `${file}: frame ${from + at}: ${expected}, got ${block[at]}`
  throw new InputError('wav-scale', `${got}. Scale the sound to 1.`)
}

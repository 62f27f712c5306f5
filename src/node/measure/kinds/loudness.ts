// loudness: how loud a WAV is after ITU-R BS.1770 and EBU Tech 3341/3342 (src/measure/loudness.ts), read piece by piece.
import { z } from 'zod'
import { createLoudnessMeter } from '../../../hear/index.ts'
import { type Loudness, measureLoudness } from '../../../measure/index.ts'
import { InputError } from '../../../record/index.ts'
import { type OpenWav, openWav } from '../../sound/wav-reader.ts'
import { requireHearable } from '../hearable.ts'
import { id, type MeasureKind } from '../kind.ts'
import { wavPath } from '../units.ts'

const schema = z.strictObject({
  id,
  wav: wavPath.describe('path of a WAV file: 16- or 24-bit PCM or 32-bit float, 8 to 192 kHz'),
})

export const loudness: MeasureKind<typeof schema> = {
  name: 'loudness',
  summary: 'Integrated, momentary and short-term loudness, range and true peak of a WAV',
  schema,
  answers: 'integratedLufs, momentaryMaxLufs, shortTermMaxLufs, rangeLu, truePeakDbtp',
  examples: ['{"id": "mix", "wav": "runs/1/mix.wav"}'],
  measure({ wav: file }, { kernel }) {
    const wav = openWav(file)
    try {
      requireHearable(wav, file)
      return listen(wav, createLoudnessMeter(kernel(), { sampleRate: wav.sampleRate, weights: weightsOf(wav, file) }))
    } finally {
      wav.close()
    }
  },
}

function listen(wav: OpenWav, meter: ReturnType<typeof createLoudnessMeter>): Loudness {
  try {
    for (const block of wav.blocks(0, wav.frames)) meter.push(block)
    return measureLoudness(meter.trace())
  } finally {
    meter.dispose()
  }
}

/** Bits of an extensible header's channel mask, in the order of the channels (Microsoft, WAVEFORMATEXTENSIBLE). */
const speakers = ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR']

/**
 * BS.1770-5 table 4: speakers beside the listener (60 to 120 degrees) weigh 1.41, low frequencies nothing, all others 1.
 * A pair "behind" is the pair beside the listener when there is no other. Throws InputError when the header does not name the speakers.
 */
export function weightsOf({ channels, channelMask }: OpenWav, file: string): readonly number[] {
  if (channels <= 2) return Array.from({ length: channels }, () => 1)
  const named = speakers.filter((_, bit) => ((channelMask ?? 0) >> bit) & 1)
  if (named.length !== channels || (channelMask ?? 0) >> speakers.length !== 0)
    throw new InputError(
      'wav-channels',
      `${file}: expected one or two channels, or a header that names the speakers of ${channels}, got none. Mix it down to stereo.`,
    )
  const beside = named.includes('SL') || named.includes('SR') ? ['SL', 'SR'] : ['BL', 'BR']
  return named.map((speaker) => (speaker === 'LFE' ? 0 : beside.includes(speaker) ? 1.41 : 1))
}

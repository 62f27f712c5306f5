// Rates that the kernel hears.
import { InputError } from '../../record/index.ts'

const lowestRate = 8000
const highestRate = 192_000

/** Throws InputError for a WAV below 8 or above 192 kHz. */
export function requireHearable({ sampleRate }: { readonly sampleRate: number }, file: string): void {
  if (sampleRate < lowestRate || sampleRate > highestRate)
    throw new InputError(
      'wav-rate',
      `${file}: expected ${lowestRate} to ${highestRate} Hz, got ${sampleRate}. Resample the sound.`,
    )
}

// Whether what is heard at a moment is tones at all: only then is there a consonance to speak of.
import { lufsOfPower } from '../loudness.ts'

/** Quieter than this nothing sounds: the absolute gate of BS.1770. */
const gateLufs = -70
/** Power ratio of -20 dB: of noise and of drums alone now and then a partial passes that is none; their power stays below this share. */
const leastTonal = 0.01

/** `partialPower`: sum of a^2 of the partials; `weightedPower`: mean square of all of the sound, K-weighted. */
export function soundsTones(partialPower: number, weightedPower: number): boolean {
  const lufs = lufsOfPower(weightedPower)
  return lufs !== null && lufs > gateLufs && partialPower / 2 >= leastTonal * weightedPower
}

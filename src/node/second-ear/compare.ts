// Both ears on one sound: what ours hears, what essentia.js hears, and what is known of it.
import type { MusicalKey } from '../../djs/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { InputError } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import { type FirstHearing, hearOurselves } from './first-ear.ts'
import type { Heard, SecondEar, SecondKey } from './second-ear.ts'
import { longestSeconds, prepareSound, type SecondSound, tooLong } from './sound.ts'
import type { SoundSource } from './source.ts'

export interface SecondHearing {
  readonly key: SecondKey | null
  readonly tempoBpm: number | null
  /** 0 to about 3. */
  readonly danceability: number | null
  /** 0 to .5, of spectral peaks, mean over frames. */
  readonly dissonance: number | null
}

export interface Comparison {
  readonly name: string
  readonly kind: SoundSource['kind']
  readonly title: string | null
  readonly seconds: Seconds
  readonly loudnessLufs: number | null
  readonly ours: Pick<FirstHearing, 'key' | 'tempoBpm' | 'consonance' | 'roughness'>
  readonly theirs: SecondHearing
  readonly known: { readonly key: MusicalKey; readonly tempoBpm: number } | null
  /** Why a field is null: `loudnessLufs`, `ours.key`, `theirs.tempoBpm` ... */
  readonly undefined: Readonly<Record<string, string>>
}

/** Hears a source once and lets both ears judge. Throws InputError for a sound that cannot be read. */
export function compareEars(kernel: Kernel, ear: SecondEar, source: SoundSource): Comparison {
  const gather = createGatherer(source)
  const { seconds, loudnessLufs, undefined: noneOfOurs, ...ours } = hearOurselves(kernel, source, gather.add)
  const reasons: Record<string, string> = {}
  for (const [field, why] of Object.entries(noneOfOurs))
    reasons[field === 'loudnessLufs' ? field : `ours.${field}`] = why
  const sound = gather.sound()
  const ask = <Value>(field: string, listen: () => Heard<Value>): Value | null => {
    const heard = listenSafely(listen)
    if ('reason' in heard) reasons[`theirs.${field}`] = heard.reason
    return heard.value
  }
  const theirs = {
    key: ask('key', () => ear.hearKey(sound)),
    tempoBpm: ask('tempoBpm', () => ear.hearTempo(sound)),
    danceability: ask('danceability', () => ear.hearDanceability(sound)),
    dissonance: ask('dissonance', () => ear.hearDissonance(sound)),
  }
  const { name, kind, title, known } = source
  return { name, kind, title, seconds, loudnessLufs, ours, theirs, known, undefined: reasons }
}

/** A fault of the library's is a reason like another here: our own values stand. */
function listenSafely<Value>(listen: () => Heard<Value>): Heard<Value> {
  try {
    return listen()
  } catch (error) {
    if (error instanceof InputError && error.code === 'second-ear') return { value: null, reason: error.message }
    throw error
  }
}

/** The samples for the second ear, which wants them all at once; none when there are more than it can hold. */
function createGatherer({ sampleRate, frames }: SoundSource): {
  add(samples: Float32Array): void
  sound(): SecondSound
} {
  const fits = frames <= longestSeconds * sampleRate
  const all = new Float32Array(fits ? frames : 0)
  let filled = 0
  return {
    add(samples) {
      if (!fits) return
      all.set(samples.subarray(0, frames - filled), filled)
      filled += samples.length
    },
    sound: () => (fits ? prepareSound(all, sampleRate) : tooLong),
  }
}

// Sounds of known key and tempo, made here; and essentia.js with every vector counted.
import { type Essentia, type EssentiaAlgorithms, loadEssentia } from '../../../src/node/second-ear/essentia.ts'
import type { SecondEar, SecondSound, TempoMethod } from '../../../src/node/second-ear/index.ts'
import { chord } from '../../hear/sounds.ts'

export const rate = 48_000

/** Clicks of 10 ms, one a beat. */
export function clicks(bpm: number, seconds: number, sampleRate = rate): Float32Array {
  const sound = new Float32Array(Math.round(seconds * sampleRate))
  const beat = (60 / bpm) * sampleRate
  for (let at = 0; at < sound.length; at += beat) {
    const from = Math.round(at)
    for (let n = 0; n < 0.01 * sampleRate && from + n < sound.length; n++)
      sound[from + n] = 0.8 * Math.exp(-n / (0.002 * sampleRate)) * (n % 2 === 0 ? 1 : -1)
  }
  return sound
}

/** I IV V I in C major, three tones and a bass of eleven harmonics, 48 kHz. */
export function cadence(secondsEach: number): Float32Array {
  const chords = [
    [48, 60, 64, 67],
    [41, 60, 65, 69],
    [43, 59, 62, 67],
    [48, 60, 64, 67],
  ].map((midi, i) =>
    chord(
      midi.map((note) => 440 * 2 ** ((note - 69) / 12)),
      secondsEach,
      i,
    ),
  )
  const all = new Float32Array(chords.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const sound of chords) {
    all.set(sound, at)
    at += sound.length
  }
  return all
}

interface Freed {
  delete(): void
}

const isVector = (value: unknown): value is Freed =>
  typeof value === 'object' && value !== null && 'delete' in value && 'size' in value

export interface CountedEssentia {
  readonly essentia: Essentia
  readonly made: () => number
  readonly freed: () => number
}

/** The library, every vector that it hands out counted, and every one that is freed. `onDelete` says whether a delete reaches it. */
export function countVectors(onDelete: 'free' | 'keep' = 'free'): CountedEssentia {
  const library = loadEssentia()
  let made = 0
  let freed = 0
  const count = (value: unknown): void => {
    if (!isVector(value)) return
    made++
    const free = value.delete.bind(value)
    value.delete = () => {
      freed++
      if (onDelete === 'free') free()
    }
  }
  const counting = <Method extends (...given: never[]) => object>(method: Method) =>
    ((...given: Parameters<Method>) => {
      const answer = method(...given)
      for (const value of Object.values(answer)) count(value)
      return answer
    }) as Method
  function counted(debug: boolean): EssentiaAlgorithms {
    return new Proxy(new library.EssentiaJS(debug), {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        const method = value.bind(target) as () => object
        return name === 'delete' ? method : counting(method)
      },
    })
  }
  const essentia: Essentia = {
    EssentiaJS: counted as unknown as Essentia['EssentiaJS'],
    arrayToVector(samples) {
      const vector = library.arrayToVector(samples)
      count(vector)
      return vector
    },
    get HEAPU8() {
      return library.HEAPU8
    },
  }
  return { essentia, made: () => made, freed: () => freed }
}

/** Every answer of the second ear. */
export const hearAll = (
  ear: SecondEar,
  sound: SecondSound,
  methods: readonly TempoMethod[] = ['degara', 'percival'],
) => [
  ear.hearKey(sound),
  ...methods.map((method) => ear.hearTempo(sound, method)),
  ear.hearDanceability(sound),
  ear.hearDissonance(sound),
]

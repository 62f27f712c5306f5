// The second ear: what essentia.js 0.1.3 hears in a sound, so that ours never stands alone. Key, tempo, danceability and dissonance, each
// a value or null with its reason, never NaN. Where it has a choice of methods, the one that did best where truth is known (docs/second-ear.md).
import type { Seconds } from '../../units.ts'
import { type DissonanceSettings, meanDissonance } from './dissonance.ts'
import { type Essentia, type EssentiaAlgorithms, type EssentiaVector, loadEssentia } from './essentia.ts'
import { explainFault } from './fault.ts'
import { type SecondSound, secondRate } from './sound.ts'
import { type Keep, withVectors } from './vectors.ts'

export type Heard<Value> = { readonly value: Value } | { readonly value: null; readonly reason: string }

export interface SecondKey {
  /** Pitch class, C = 0. */
  readonly tonic: number
  readonly mode: 'major' | 'minor'
  /** Correlation with the key's profile, -1..1. */
  readonly strength: number
}

/** Of KeyExtractor; `bgate` is its own choice. */
export const keyProfiles = ['bgate', 'edma', 'krumhansl', 'shaath'] as const
export type KeyProfile = (typeof keyProfiles)[number]
export const tempoMethods = ['degara', 'multifeature', 'percival'] as const
export type TempoMethod = (typeof tempoMethods)[number]

/** What anyone gets who calls its functions as they are. */
export const usualDissonance: DissonanceSettings = {
  frameSamples: 2048,
  window: 'hann',
  weights: 'magnitude',
  filter: 'none',
}

export interface SecondEar {
  /** "essentia.js (2.1-beta6-dev)": the version is that of the C++ library inside. */
  readonly name: string
  /** KeyExtractor. From half a second. */
  hearKey(sound: SecondSound, profile?: KeyProfile): Heard<SecondKey>
  /** Beats a minute, 40 to 210: RhythmExtractor2013 (degara, multifeature) or PercivalBpmEstimator. From four seconds. It finds a tempo in any sound. */
  hearTempo(sound: SecondSound, method?: TempoMethod): Heard<number>
  /** 0 to about 3, more in bare clicks: detrended fluctuation analysis (Streich & Herrera 2005). From ten seconds. */
  hearDanceability(sound: SecondSound): Heard<number>
  /** 0 to .5, mean over frames. From one frame. */
  hearDissonance(sound: SecondSound, settings?: DissonanceSettings): Heard<number>
  /** Frees what it holds in the library's memory. */
  dispose(): void
}

/** Its trackers are asked for 208 at most; where they overflow they answer thousands. */
const fastestBpm = 240
const leastSeconds = { key: 0.5, tempo: 4, danceability: 10 } as const

/** The library is loaded here if it was not yet. Methods throw InputError `second-ear` when it fails on a sound that it should bear. */
export function createSecondEar(essentia: Essentia = loadEssentia()): SecondEar {
  const ear = { essentia, algorithms: new essentia.EssentiaJS(false) }
  return {
    name: `essentia.js (${ear.algorithms.version})`,
    hearKey: (sound, profile = 'krumhansl') => hearKey(ear, sound, profile),
    hearTempo: (sound, method = 'degara') => hearTempo(ear, sound, method),
    hearDanceability: (sound) => hearDanceability(ear, sound),
    hearDissonance: (sound, settings = usualDissonance) => hearDissonance(ear, sound, settings),
    dispose: () => ear.algorithms.delete(),
  }
}

interface Ear {
  readonly essentia: Essentia
  readonly algorithms: EssentiaAlgorithms
}

interface Task {
  readonly algorithm: string
  readonly least: Seconds
}

/** `listen` hears the samples, unless they are too few or of a kind that the library cannot bear. */
function attend<Value>(
  { essentia }: Ear,
  sound: SecondSound,
  { algorithm, least }: Task,
  listen: (samples: Float32Array) => Heard<Value>,
): Heard<Value> {
  if (sound.samples === null) return { value: null, reason: sound.reason }
  if (sound.seconds < least) return { value: null, reason: `shorter than ${Number(least.toFixed(2))} s` }
  try {
    return listen(sound.samples)
  } catch (error) {
    throw explainFault(error, algorithm, essentia.HEAPU8)
  }
}

/** All settings but the profile are the library's own. */
function hearKey(ear: Ear, sound: SecondSound, profile: KeyProfile): Heard<SecondKey> {
  return attend<SecondKey>(ear, sound, { algorithm: 'KeyExtractor', least: leastSeconds.key }, (samples) => {
    const { key, scale, strength } = withVectors((keep) =>
      ear.algorithms.KeyExtractor(
        keep(ear.essentia.arrayToVector(samples)),
        ...([true, 4096, 4096, 12, 3500, 60, 25, 0.2] as const),
        ...([profile, secondRate, 0.0001, 440, 'cosine', 'hann'] as const),
      ),
    )
    const tonic = pitchClassOf(key)
    if (tonic === null || !(strength > 0)) return { value: null, reason: 'no tones were found' }
    return { value: { tonic, mode: scale === 'major' ? 'major' : 'minor', strength } }
  })
}

function hearTempo(ear: Ear, sound: SecondSound, method: TempoMethod): Heard<number> {
  const algorithm = method === 'percival' ? 'PercivalBpmEstimator' : 'RhythmExtractor2013'
  return attend(ear, sound, { algorithm, least: leastSeconds.tempo }, (samples) =>
    withVectors((keep) => {
      const signal = keep(ear.essentia.arrayToVector(samples))
      const bpm = extractTempo(ear.algorithms, { signal, keep, method })
      return toValue(bpm <= fastestBpm ? bpm : 0, 'no beat was found')
    }),
  )
}

function hearDanceability(ear: Ear, sound: SecondSound): Heard<number> {
  return attend(ear, sound, { algorithm: 'Danceability', least: leastSeconds.danceability }, (samples) =>
    withVectors((keep) => {
      const signal = keep(ear.essentia.arrayToVector(samples))
      const { danceability, dfa } = ear.algorithms.Danceability(signal, 8800, 310, secondRate, 1.1)
      keep(dfa)
      return toValue(danceability, 'no fluctuation was found')
    }),
  )
}

function hearDissonance(ear: Ear, sound: SecondSound, settings: DissonanceSettings): Heard<number> {
  const least = settings.frameSamples / secondRate
  return attend<number>(ear, sound, { algorithm: 'Dissonance', least }, (samples) => {
    const value = meanDissonance(ear.essentia, ear.algorithms, samples, settings)
    return value === null ? { value, reason: 'no spectral peaks' } : { value }
  })
}

/** The library answers 0, and sometimes NaN, where it has no answer. */
function toValue(value: number, reason: string): Heard<number> {
  return Number.isFinite(value) && value > 0 ? { value } : { value: null, reason }
}

/** "Bb" -> 10; null when it names no note. */
function pitchClassOf(name: string): number | null {
  const natural = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }[name[0] ?? '']
  if (natural === undefined) return null
  const sign = name[1] === '#' ? 1 : name[1] === 'b' ? -1 : 0
  return (natural + sign + 12) % 12
}

function extractTempo(
  algorithms: EssentiaAlgorithms,
  { signal, keep, method }: { readonly signal: EssentiaVector; readonly keep: Keep; readonly method: TempoMethod },
): number {
  if (method === 'percival')
    return algorithms.PercivalBpmEstimator(signal, 1024, 2048, 128, 128, 210, 50, secondRate).bpm
  const { bpm, ticks, estimates, bpmIntervals } = algorithms.RhythmExtractor2013(signal, 208, method, 40)
  for (const vector of [ticks, estimates, bpmIntervals]) keep(vector)
  return bpm
}

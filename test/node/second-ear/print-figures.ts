// Prints the figures of docs/second-ear.md: npm run --silent build && npx tsx test/node/second-ear/print-figures.ts [tracks] [all] [dissonance]
// tracks: key and tempo of the 72 library tracks (drop and break at the track's own tempo), ours and essentia.js'; with `all` its other methods of
// tempo and its dissonance of them too.
// dissonance: its Dissonance of chords against people's ratings, and our consonance of the same sounds.
import { loadRatings } from '../../../samples/consonance/chords.ts'
import { correlation } from '../../../samples/consonance/statistics.ts'
import type { MusicalKey } from '../../../src/djs/index.ts'
import { findKey, measureTempo } from '../../../src/measure/index.ts'
import { loadInstalledKernel, loadLibrary } from '../../../src/node/installation.ts'
import {
  createSecondEar,
  type DissonanceSettings,
  hearOurselves,
  keyProfiles,
  keyWeights,
  prepareSound,
  relateKeys,
  relateTempi,
  type SoundSource,
  tempoMethods,
  usualDissonance,
} from '../../../src/node/second-ear/index.ts'
import { createSampleLoader } from '../../../src/node/sound/samples.ts'
import type { Track } from '../../../src/record/index.ts'
import { renderSection, type SampleBank } from '../../../src/render/index.ts'
import { hertzOfMidi } from '../../../src/units.ts'
import { hear } from '../../hear/listening.ts'
import { chord } from '../../hear/sounds.ts'
import { chromaOfNotes } from './notes.ts'

const rate = 48_000
const sections = ['drop', 'break']
const wanted = process.argv.slice(2)
const methods = tempoMethods.filter((method) => method === 'degara' || wanted.includes('all'))
const dissonances = wanted.includes('all') ? ['usual settings', 'settings that suit chords'] : []
const asExtractor: DissonanceSettings = { ...usualDissonance, window: 'blackmanharris62', filter: 'equal-loudness' }
/** Of the twenty that are printed. */
const bestOnChords: DissonanceSettings = { ...usualDissonance, frameSamples: 8192, filter: 'equal-loudness' }
const ear = createSecondEar()
const { kernel } = loadInstalledKernel()

function soundOf(track: Track, samples: SampleBank): Float32Array {
  const settings = { sampleRate: rate, bpm: track.bpm, keyLock: 0, samples }
  const [first, second] = sections.map((name) => {
    const index = track.sections.findIndex((section) => section.name === name)
    return renderSection(kernel, track, index, settings)
  }) as [Float32Array, Float32Array]
  const sound = new Float32Array(first.length + second.length)
  sound.set(first)
  sound.set(second, first.length)
  return sound
}

function ourHearing(sound: Float32Array) {
  const source: SoundSource = {
    kind: 'track',
    name: '',
    title: null,
    sampleRate: rate,
    frames: sound.length,
    weights: [1],
    known: null,
    blocks: () => [[sound]],
    close() {},
  }
  return hearOurselves(kernel, source)
}

/** Counts of how answers stand to the truth. */
type Tally = Record<string, number>
const count = (tally: Tally, name: string) => {
  tally[name] = (tally[name] ?? 0) + 1
}

function printKeys(name: string, answers: readonly (MusicalKey | null)[], truth: readonly Track[]): void {
  const tally: Tally = {}
  let weighted = 0
  for (const [i, answer] of answers.entries()) {
    const relation = answer === null ? 'other' : relateKeys((truth[i] as Track).key, answer)
    count(tally, relation)
    weighted += keyWeights[relation] / answers.length
  }
  const told = (['same', 'fifth', 'relative', 'parallel', 'other'] as const).map((k) => `${k} ${tally[k] ?? 0}`)
  console.log(`key, ${name}: ${told.join(', ')}; MIREX ${weighted.toFixed(3)}`)
}

function printTempi(name: string, answers: readonly (number | null)[], truth: readonly Track[]): void {
  const tally: Tally = {}
  for (const [i, answer] of answers.entries())
    count(tally, answer === null ? 'none' : relateTempi(answer, (truth[i] as Track).bpm))
  const told = (['same', 'octave', 'other', 'none'] as const).map((k) => `${k} ${tally[k] ?? 0}`)
  console.log(`tempo within 4 %, ${name}: ${told.join(', ')}`)
}

/** Tempo of ours when the same attacks come at another speed. */
function tempoAt(sound: Float32Array, speed: number): number {
  const attacks = hear([sound]).onsets.map((onset) => ({ ...onset, timeSeconds: onset.timeSeconds / speed }))
  return measureTempo(attacks, sound.length / rate / speed).bpm ?? Number.NaN
}

/** What both ears answer about one track. */
function hearTrack(track: Track, samples: SampleBank) {
  const sound = soundOf(track, samples)
  const prepared = prepareSound(sound, rate)
  return {
    track,
    ours: ourHearing(sound),
    otherSpeeds: [0.8, 1.2].map((speed) => tempoAt(sound, speed) / speed),
    keys: keyProfiles.map((profile) => ear.hearKey(prepared, profile).value),
    tempi: methods.map((method) => ear.hearTempo(prepared, method).value),
    dissonances: [usualDissonance, bestOnChords]
      .slice(0, dissonances.length)
      .map((settings) => ear.hearDissonance(prepared, settings).value ?? NaN),
  }
}

async function printTracks(): Promise<void> {
  const { tracks } = loadLibrary().library
  const { bank, prepare } = createSampleLoader(tracks)
  await prepare(tracks)
  const heard = tracks.map((track) => hearTrack(track, bank))
  const keysBy = (name: string, of: (one: (typeof heard)[number]) => MusicalKey | null) =>
    printKeys(name, heard.map(of), tracks)
  const tempiBy = (name: string, of: (one: (typeof heard)[number]) => number | null) =>
    printTempi(name, heard.map(of), tracks)
  keysBy('from the notes', ({ track }) => findKey(chromaOfNotes(track, sections)))
  keysBy('ours', ({ ours }) => ours.key)
  for (const [i, profile] of keyProfiles.entries()) keysBy(`essentia.js, ${profile}`, ({ keys }) => keys[i] ?? null)
  tempiBy('ours', ({ ours }) => ours.tempoBpm)
  for (const [i, name] of ['20 % slower', '20 % faster'].entries())
    tempiBy(`ours, the attacks ${name}`, ({ otherSpeeds }) => otherSpeeds[i] ?? null)
  for (const [i, method] of methods.entries()) tempiBy(`essentia.js, ${method}`, ({ tempi }) => tempi[i] ?? null)
  for (const [i, name] of dissonances.entries()) {
    const values = heard.map((one) => one.dissonances[i] ?? NaN)
    console.log(
      `dissonance of the tracks, ${name}: ${Math.min(...values).toFixed(4)} to ${Math.max(...values).toFixed(4)}`,
    )
  }
}

/** All rated chords as sounds of .8 s. */
const chordSounds = () =>
  Object.entries(loadRatings()).flatMap(([set, chords]) =>
    chords.map((rated, i) => ({ set, rated, sound: chord(rated.midi.map(hertzOfMidi), 0.8, i) })),
  )

function printDissonance(): void {
  const sounds = chordSounds()
  const bowling = sounds.filter(({ set }) => set === 'bowling2018')
  const groups: Record<string, typeof sounds> = { bowling2018: bowling }
  for (const [name, size] of Object.entries({ 'its triads': 3, 'its tetrads': 4 }))
    groups[name] = bowling.filter(({ rated }) => rated.names.length === size)
  for (const one of sounds) if (one.set !== 'bowling2018') groups[one.set] = [...(groups[one.set] ?? []), one]
  const agreement = (hear: (sound: Float32Array) => number | null, of: typeof sounds) =>
    correlation(
      of.map(({ sound }) => hear(sound) ?? Number.NaN),
      of.map(({ rated }) => rated.liking),
    ).toFixed(3)
  const theirs = (settings: DissonanceSettings) => (sound: Float32Array) =>
    -(ear.hearDissonance(prepareSound(sound, rate), settings).value ?? Number.NaN)
  const hearings = {
    'ours, from sound': (sound: Float32Array) => ourHearing(sound).consonance,
    'essentia.js, its functions as they are': theirs(usualDissonance),
    'essentia.js, as its MusicExtractor': theirs(asExtractor),
    'essentia.js, the best tried': theirs(bestOnChords),
  }
  for (const [name, hear] of Object.entries(hearings)) {
    const told = Object.entries(groups).map(([group, of]) => `${group} ${agreement(hear, of)}`)
    console.log(`r with ratings, ${name}: ${told.join(', ')}`)
  }
  for (const filter of ['none', 'equal-loudness'] as const)
    for (const weights of ['magnitude', 'power'] as const)
      for (const frameSamples of [2048, 4096, 8192, 16_384, 32_768])
        console.log(
          `dissonance, hann ${frameSamples}, ${weights}, filter ${filter}: r ${agreement(theirs({ frameSamples, window: 'hann', weights, filter }), bowling)}`,
        )
}

if (wanted.length === 0 || wanted.includes('tracks') || wanted.includes('all')) await printTracks()
if (wanted.length === 0 || wanted.includes('dissonance')) printDissonance()
ear.dispose()

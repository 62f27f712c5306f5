// Prints the figures of docs/second-ear.md: npm run --silent build && npx tsx test/node/second-ear/print-figures.ts [tracks] [all] [dissonance]
// tracks: key and tempo of the 72 library tracks (drop and break at the track's own tempo), ours and essentia.js'; with `all` its slow method too.
// dissonance: its Dissonance of 199 chords against people's ratings.
import { readFileSync } from 'node:fs'
import type { MusicalKey } from '../../../src/djs/index.ts'
import { findKey } from '../../../src/measure/index.ts'
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
} from '../../../src/node/second-ear/index.ts'
import { createSampleLoader } from '../../../src/node/sound/samples.ts'
import type { Track } from '../../../src/record/index.ts'
import { renderSection, type SampleBank } from '../../../src/render/index.ts'
import { chord } from '../../hear/sounds.ts'
import { chromaOfNotes } from './notes.ts'

const rate = 48_000
const sections = ['drop', 'break']
const wanted = process.argv.slice(2)
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

async function printTracks(): Promise<void> {
  const { tracks } = loadLibrary().library
  const { bank, prepare } = createSampleLoader(tracks)
  await prepare(tracks)
  const methods = tempoMethods.filter((method) => method !== 'multifeature' || wanted.includes('all'))
  const answers = tracks.map((track) => {
    const sound = soundOf(track, bank)
    const prepared = prepareSound(sound, rate)
    return {
      ours: ourHearing(sound),
      keys: keyProfiles.map((profile) => ear.hearKey(prepared, profile).value),
      tempi: methods.map((method) => ear.hearTempo(prepared, method).value),
    }
  })
  printKeys(
    'from the notes',
    tracks.map((track) => findKey(chromaOfNotes(track, sections))),
    tracks,
  )
  printKeys(
    'ours',
    answers.map(({ ours }) => ours.key),
    tracks,
  )
  for (const [i, profile] of keyProfiles.entries())
    printKeys(
      `essentia.js, ${profile}`,
      answers.map(({ keys }) => keys[i] ?? null),
      tracks,
    )
  printTempi(
    'ours',
    answers.map(({ ours }) => ours.tempoBpm),
    tracks,
  )
  for (const [i, method] of methods.entries())
    printTempi(
      `essentia.js, ${method}`,
      answers.map(({ tempi }) => tempi[i] ?? null),
      tracks,
    )
}

const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length

function correlation(x: readonly number[], y: readonly number[]): number {
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + (value - mean(p)) * ((q[i] ?? 0) - mean(q)), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

function printDissonance(): void {
  const ratings = new URL('../../outside/consonance/human-ratings.json', import.meta.url)
  const { bowling2018 } = JSON.parse(readFileSync(ratings, 'utf8')) as {
    bowling2018: { frequenciesHz: number[]; rating: number }[]
  }
  const sounds = bowling2018.map((c, i) => prepareSound(chord(c.frequenciesHz, 0.8, i), rate))
  const print = (settings: DissonanceSettings, name = '') => {
    const values = sounds.map((sound) => ear.hearDissonance(sound, settings).value ?? Number.NaN)
    const r = correlation(
      values,
      bowling2018.map(({ rating }) => rating),
    )
    const { frameSamples, window, weights, filter } = settings
    const range = `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`
    console.log(
      `dissonance, ${frameSamples} ${window}, ${weights}, filter ${filter}: r ${r.toFixed(3)}, values ${range}${name}`,
    )
  }
  const usual = { frameSamples: 2048, window: 'hann', weights: 'magnitude', filter: 'none' } as const
  print(usual, ' (its functions as they are)')
  print({ ...usual, window: 'blackmanharris62', filter: 'equal-loudness' }, ' (as its MusicExtractor does it)')
  for (const filter of ['none', 'equal-loudness'] as const)
    for (const weights of ['magnitude', 'power'] as const)
      for (const frameSamples of [2048, 4096, 8192, 16_384, 32_768])
        print({ frameSamples, window: 'hann', weights, filter })
}

if (wanted.length === 0 || wanted.includes('tracks') || wanted.includes('all')) await printTracks()
if (wanted.length === 0 || wanted.includes('dissonance')) printDissonance()
ear.dispose()

// The reference chords as sound: docs/measures/chords/*.wav and the page docs/measures/chords.html that plays them beside their ratings.
//   npm run fit:consonance      (last)
// Tones are the measure's own, 11 harmonics 1/n on the frequencies that people heard, equally strong, dying away; every chord has the same power.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { consonanceErrors } from '../../src/measure/consonance/index.ts'
import { seededRandom } from '../../src/random.ts'
import { hertzOfMidi } from '../../src/units.ts'
import { loadRatings, type RatedChord } from './chords.ts'
import { formatChordsPage, type PageChord } from './chords-page.ts'
import { pickReferenceChords, spellNotes } from './reference-chords.ts'

const docs = new URL('../../docs/measures/', import.meta.url)
const sampleRate = 24000
const seconds = 1.5
const harmonics = 11
/** Power of every chord, -20 dB of full scale. */
const rootMeanSquare = 0.1

/** Samples of a chord, -1..1. */
export function renderChord(midi: readonly number[], name: string): Float64Array {
  const random = seededRandom(`chord/${name}`)
  const samples = new Float64Array(sampleRate * seconds)
  for (const hertz of midi.map(hertzOfMidi))
    for (let n = 1; n <= harmonics; n++) {
      const phase = 2 * Math.PI * random()
      for (let i = 0; i < samples.length; i++)
        samples[i] = (samples[i] as number) + Math.sin((2 * Math.PI * n * hertz * i) / sampleRate + phase) / n
    }
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] as number) * envelope(i / sampleRate)
  const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length
  return samples.map((value) => (value * rootMeanSquare) / Math.sqrt(power))
}

/** Rises in 12 ms, dies away by e in .9 s, is let go in the last 200 ms. */
function envelope(time: number): number {
  const rise = time < 0.012 ? (1 - Math.cos((Math.PI * time) / 0.012)) / 2 : 1
  const left = seconds - time
  const fall = left < 0.2 ? (1 - Math.cos((Math.PI * left) / 0.2)) / 2 : 1
  return rise * fall * Math.exp(-time / 0.9)
}

/** Mono 16-bit PCM WAV. RangeError when a sample does not fit. */
export function encodeWav(samples: Float64Array): Buffer {
  const bytes = Buffer.alloc(44 + 2 * samples.length)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + 2 * samples.length, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(2 * sampleRate, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(2 * samples.length, 40)
  samples.forEach((sample, i) => {
    if (!(Math.abs(sample) < 1)) throw new RangeError(`sample ${i}: expected below 1, got ${sample}`)
    bytes.writeInt16LE(Math.round(sample * 32767), 44 + 2 * i)
  })
  return bytes
}

/** The reference chords, each with its sound's file and its line on the page. */
export function listChords(): { readonly chord: RatedChord; readonly entry: PageChord }[] {
  return pickReferenceChords(loadRatings()['bowling2018'] ?? []).map(({ chord, expected }) => {
    const notes = spellNotes(chord.names)
    const slug = notes.toLowerCase().replaceAll('#', 's').replaceAll(' ', '-')
    const file = `chords/${expected.toFixed(2).slice(2)}-${slug}.wav`
    return { chord, entry: { file, notes, name: chord.name, expected, observed: chord.liking } }
  })
}

/** The page of these chords. */
export function formatPage(): string {
  return formatChordsPage(
    listChords().map(({ entry }) => entry),
    consonanceErrors.ofChord,
  )
}

function main(): void {
  const folder = new URL('chords/', docs)
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(folder)) rmSync(new URL(old, folder))
  for (const { chord, entry } of listChords()) {
    const samples = renderChord(chord.midi, chord.id)
    writeFileSync(new URL(entry.file, docs), encodeWav(samples))
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    console.log(`docs/measures/${entry.file}: peak ${(20 * Math.log10(peak)).toFixed(1)} dB, mean power -20.0 dB`)
  }
  writeFileSync(new URL('chords.html', docs), formatPage())
}

if (process.argv[1]?.endsWith('render-chords.ts')) main()

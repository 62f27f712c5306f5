// The library of tracks: rebuilt byte for byte, and music by its own rules (keys, registers, levels, recordings, difference between tracks).
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildLibrary, formatLibrary } from '../../samples/build-library.ts'
import { bpmOfLoop, recordedLoops } from '../../samples/compose/recordings.ts'
import {
  librarySchema,
  type PartName,
  type Pattern,
  patternOf,
  styleNames,
  type Track,
} from '../../src/record/index.ts'

const file = new URL('../../samples/library.json', import.meta.url)
const text = readFileSync(file, 'utf8')
const library = librarySchema.parse(JSON.parse(text))
const recordings = new URL('../../node_modules/supersonic-scsynth-samples/samples/', import.meta.url)
const partNames: PartName[] = ['drums', 'bass', 'chords', 'lead']
const majorScale = [0, 2, 4, 5, 7, 9, 11]
const minorScale = [0, 2, 3, 5, 7, 8, 10]

/** Every pattern of a track: its own and those of its sections. */
const patternsOf = (track: Track, part: PartName): Pattern[] => [
  ...new Set(track.sections.map((section) => patternOf(track, section, part))),
]

test('the file is what the script builds, and small', () => {
  expect(formatLibrary(buildLibrary())).toBe(text)
  expect(text.length).toBeLessThan(2_000_000)
})

test('twelve tracks a style, 118 to 135 bpm, ids and titles once only', () => {
  expect(library.tracks).toHaveLength(72)
  expect(new Set(library.tracks.map((track) => track.id)).size).toBe(72)
  expect(new Set(library.tracks.map((track) => track.title)).size).toBe(72)
  for (const i of styleNames.keys()) expect(library.tracks.filter((track) => track.style[i] === 1)).toHaveLength(12)
  for (const { bpm } of library.tracks) expect(bpm >= 118 && bpm <= 135).toBe(true)
})

describe.each(library.tracks)('$id', (track) => {
  const steps = track.key.mode === 'major' ? majorScale : minorScale
  const scale = new Set(steps.map((step) => (track.key.tonic + step) % 12))

  test('keeps to its key and its registers', () => {
    const ranges = { bass: [24, 51], chords: [48, 76], lead: [64, 96] } as const
    for (const part of ['bass', 'chords', 'lead'] as const)
      for (const { notes } of patternsOf(track, part))
        for (const { midi } of notes) {
          expect(scale.has(midi % 12), `${part} ${midi}`).toBe(true)
          expect(midi >= ranges[part][0] && midi <= ranges[part][1], `${part} ${midi}`).toBe(true)
        }
  })

  test('begins phrases on the chord: bass and chords agree at each chord’s first stroke', () => {
    const chords = track.parts.chords.notes
    const bass = track.parts.bass.notes
    const together = bass.filter((note) => chords.some((chord) => chord.step === note.step && note.step % 16 === 0))
    const agreeing = together.filter((note) => {
      const classes = new Set(chords.filter((chord) => chord.step === note.step).map((chord) => chord.midi % 12))
      // A rootless ninth has its root in the bass: then the chord's third lies a third above it.
      return [0, 3, 4].some((interval) => classes.has((note.midi + interval) % 12))
    })
    expect(agreeing.length).toBe(together.length)
  })

  test('fits its bars and is as loud as its parts say', () => {
    for (const part of partNames)
      for (const { bars, notes, gain, samples } of patternsOf(track, part)) {
        for (const note of notes) expect(note.step + Math.min(note.steps, 1)).toBeLessThanOrEqual(bars * 16 + 0.5)
        expect(gain).toBeGreaterThan(0)
        expect(gain).toBeLessThanOrEqual(1.2)
        for (const use of samples) {
          if (use.kind === 'one-shot') for (const hit of use.hits) expect(hit.step).toBeLessThan(bars * 16 + 0.5)
          else expect(bars % use.bars).toBe(0)
        }
      }
    expect(track.sections[0]?.name).toBe('intro')
    expect(track.sections.at(-1)?.name).toBe('outro')
    expect(track.sections.length).toBeGreaterThanOrEqual(6)
  })
})

test('every recording exists, and loops have the length that their tempo is reckoned from', () => {
  const used = new Set<string>()
  for (const track of library.tracks)
    for (const part of partNames)
      for (const pattern of patternsOf(track, part)) for (const use of pattern.samples) used.add(use.sample)
  for (const name of used) expect(flacSeconds(name), name).toBeGreaterThan(0.01)
  for (const loop of Object.values(recordedLoops)) expect(flacSeconds(loop.sample)).toBeCloseTo(loop.seconds, 2)
})

test('loops with a beat are never changed in speed by more than a sixth', () => {
  const loops = new Map(Object.values(recordedLoops).map((loop) => [loop.sample as string, loop]))
  for (const track of library.tracks)
    for (const use of track.parts.drums.samples) {
      const loop = loops.get(use.sample)
      if (use.kind !== 'loop' || loop === undefined) continue
      expect(use.bars).toBe(loop.bars)
      const ratio = track.bpm / bpmOfLoop(loop)
      expect(ratio > 5 / 6 && ratio < 6 / 5, `${track.id} ${use.sample} ${ratio}`).toBe(true)
    }
})

test('no two tracks share drums, bass line and tune', () => {
  const fingerprint = (pattern: Pattern) => JSON.stringify(pattern.notes.map((note) => [note.step, note.midi % 12]))
  for (const part of ['drums', 'bass', 'lead'] as const)
    expect(new Set(library.tracks.map((track) => fingerprint(track.parts[part]))).size, part).toBeGreaterThanOrEqual(70)
})

test('most tracks have four or more others one step away on the Camelot wheel, every track has one', () => {
  // Camelot number: fifths above A minor / C major; letter: mode.
  const place = ({ key }: Track) => ({
    number: ((key.tonic - (key.mode === 'minor' ? 9 : 0) + 12) * 7) % 12,
    mode: key.mode,
  })
  const counts = library.tracks.map((track) => {
    const own = place(track)
    return library.tracks.filter((other) => {
      const { number, mode } = place(other)
      const apart = Math.min((number - own.number + 12) % 12, (own.number - number + 12) % 12)
      return other !== track && (mode === own.mode ? apart <= 1 : apart === 0)
    }).length
  })
  expect(counts.filter((count) => count >= 4).length).toBeGreaterThanOrEqual(66)
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(1)
})

/** Length from the STREAMINFO block: sample rate in 20 bits, total samples in 36 (FLAC format, METADATA_BLOCK_STREAMINFO). */
function flacSeconds(name: string): number {
  const bytes = readFileSync(new URL(`${name}.flac`, recordings))
  expect(bytes.toString('latin1', 0, 4)).toBe('fLaC')
  const rate = bytes.readUIntBE(18, 3) >> 4
  const samples = (bytes.readUInt8(21) & 15) * 2 ** 32 + bytes.readUInt32BE(22)
  return samples / rate
}

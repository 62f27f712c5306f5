// Prints the figures of docs/hearing.md and docs/measures/consonance.md:
//   npm run build && npx tsx test/hear/print-figures.ts
import {
  consonanceOfRoughness,
  hutchinsonKnopoff1978,
  partialsOfMidi,
  summariseConsonance,
} from '../../src/measure/index.ts'
import ratings from '../outside/consonance/human-ratings.json' with { type: 'json' }
import { compareOnsets, played, shapes } from './attacks.ts'
import { printDrummedChords, printMixtureCost, printRatedChords, printUnevenChords } from './chord-figures.ts'
import { hear } from './listening.ts'
import { chord, drums, mixed } from './sounds.ts'

const { bowling2018 } = ratings
const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] as number
const power = (sound: Float32Array) => mean([...sound].map((x) => x * x))

/** Roughness and tonal share, means over the frames of a sound that lie wholly within it (or the middle one). */
function listen(sound: Float32Array) {
  const frames = hear([sound]).frames.filter((f) => (f.partialPower[0] ?? 0) > 0)
  const seconds = sound.length / 48000
  const inner = frames.filter((f) => f.timeSeconds > 0.34 && f.timeSeconds < seconds - 0.34)
  const used = inner.length > 0 ? inner : frames.slice(frames.length >> 1, (frames.length >> 1) + 1)
  return {
    roughness: mean(used.map((f) => (f.roughnessSums[0] ?? 0) / (f.partialPower[0] ?? 1))),
    tonality: mean(used.map((f) => f.stems[0]?.tonality ?? 0)),
  }
}

function printDrums(): void {
  const some = bowling2018.filter((_, i) => i % 4 === 0)
  const clean = some.map((c, i) => chord(c.frequenciesHz, 2, i))
  const alone = clean.map((s) => listen(s).roughness)
  for (const level of [0.15, 0.3, 0.6]) {
    const beats = drums(2, 1, level)
    const heard = clean.map((s) => listen(mixed(s, beats)))
    const ratios = heard.map((h, i) => h.roughness / (alone[i] ?? NaN)).sort((a, b) => a - b)
    const decibels = 10 * Math.log10(median(clean.map(power)) / power(beats))
    console.log(
      `drums, chord ${decibels.toFixed(0)} dB above them: roughness times ${median(ratios).toFixed(2)} (${ratios[2]?.toFixed(2)} to ${ratios.at(-3)?.toFixed(2)}), tonal share ${mean(heard.map((h) => h.tonality)).toFixed(2)}`,
    )
  }
  const silent = summariseConsonance(hear([drums(2, 1, 0.5)]).frames, [{ name: 'drums', stems: [0] }])
  console.log(`drums alone: frames with any partial ${silent.series.together.values.filter((x) => x !== null).length}`)
}

function printOnsets(): void {
  for (const name of Object.keys(shapes)) {
    const { times, sound } = played(name)
    const found = hear([sound]).onsets.map((onset) => onset.timeSeconds)
    const { f, bias, spread } = compareOnsets(times, found)
    console.log(
      `${name}: F ${f.toFixed(3)}, bias ${(1000 * bias).toFixed(1)} ms, spread ${(1000 * spread).toFixed(1)} ms`,
    )
  }
}

function printReferenceChords(): void {
  const chords: Record<string, number[]> = {
    'one tone': [60],
    octave: [60, 72],
    fifth: [60, 67],
    'major triad': [60, 64, 67],
    'minor triad': [60, 63, 67],
    'dominant seventh': [60, 64, 67, 70],
    tritone: [60, 66],
    'whole tone': [60, 62],
    semitone: [60, 61],
    'cluster of four': [60, 61, 62, 63],
    'cluster of four, an octave lower': [48, 49, 50, 51],
  }
  for (const [name, midi] of Object.entries(chords)) {
    const roughness = hutchinsonKnopoff1978(partialsOfMidi(midi)) ?? NaN
    console.log(`${name}: roughness ${roughness.toFixed(3)}, consonance ${consonanceOfRoughness(roughness).toFixed(2)}`)
  }
}

function printSpeed(): void {
  const stems = [0, 1, 2, 3].map((i) => mixed(chord([110 * (i + 2), 139 * (i + 2)], 20, i), drums(20, i, 0.2)))
  let best = Infinity
  for (let pass = 0; pass < 5; pass++) {
    const before = process.cpuUsage()
    hear(stems)
    best = Math.min(best, process.cpuUsage(before).user / 1e6)
  }
  console.log(`four stems of 20 s: ${best.toFixed(3)} s of one core, ${(80 / best).toFixed(0)} times real time a stem`)
}

printReferenceChords()
printRatedChords()
printUnevenChords()
printDrums()
await printDrummedChords()
printOnsets()
printSpeed()
printMixtureCost()

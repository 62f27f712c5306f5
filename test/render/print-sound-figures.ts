// Prints the figures of docs/sound.md: npm run --silent build && npx tsx test/render/print-sound-figures.ts
import { readFileSync } from 'node:fs'
import { createSampleLoader } from '../../src/node/sound/samples.ts'
import { type Library, librarySchema, type Timbre } from '../../src/record/index.ts'
import { createDeckRenderer, createVoiceRenderer, renderSection, type SampleBank } from '../../src/render/index.ts'
import { freshKernel } from '../kernel.ts'
import { decibels, loudnessOf, note, peak, sampleRate, slot } from './invented.ts'

const kernel = freshKernel()
const bpm = 126

/** CPU time of this process in milliseconds: other programs do not count. */
function costOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function printVoices(): void {
  for (const timbre of ['harmonic', 'hollow', 'bell', 'pluck', 'breath'] as const) {
    const levels = [48, 60, 72].map((register) => {
      const sound = speak(timbre, register, 10)
      return `${loudnessOf(kernel, sound).toFixed(1)} (peak ${decibels(peak(sound)).toFixed(1)})`
    })
    const seconds = 60
    const cost = costOf(() => speak(timbre, 60, seconds))
    console.log(
      `${timbre.padEnd(9)} LUFS at C3, C4, C5: ${levels.join(', ')}; ${Math.round((seconds * 1000) / cost)} x real time`,
    )
  }
}

/** Four notes a second at velocity .6. */
function speak(timbre: Timbre, register: number, seconds: number): Float32Array {
  const voices = createVoiceRenderer(kernel, { sampleRate })
  const steps = [0, 4, 7, 2, 9, 5]
  voices.schedule(
    Array.from({ length: seconds * 4 }, (_, i) => note(i / 4, 0.2, register + (steps[i % 6] ?? 0), timbre)),
  )
  const sound = new Float32Array(seconds * sampleRate)
  voices.render(sound)
  voices.dispose()
  return sound
}

function printDecks(section: Float32Array): void {
  const slots = {
    'flat, speed 1': slot(),
    'fader moving': slot({ fader: { from: 0, to: 1, overBeats: 32 } }),
    'low killed': slot({ eq: { low: 0, mid: 1, high: 1 } }),
    'nudged 2 %': slot({ nudgePercent: 2 }),
    'loop of 4': slot({ loopBeats: 4 }),
  }
  for (const [name, each] of Object.entries(slots)) {
    const deck = createDeckRenderer(kernel, { sampleRate, bpm })
    const sound = new Float32Array(section.length)
    const cost = costOf(() => {
      for (let k = 0; k < 4; k++) {
        deck.schedule(each, k * section.length, section.length, section)
        deck.render(sound)
      }
    })
    deck.dispose()
    const times = (4000 * section.length) / sampleRate / cost
    console.log(
      `deck, ${name.padEnd(13)} ${Math.round(times)} x real time, peak ${decibels(peak(sound)).toFixed(2)} dBFS`,
    )
  }
}

/** Loudness of every track as a set would have it: the mean power of its sections. */
function printLibrary(library: Library, samples: SampleBank): void {
  const loudness: number[] = []
  let sections = 0
  let highest = 0
  const cost = costOf(() => {
    for (const track of library.tracks) {
      const powers = track.sections.map((_, index) => {
        const sound = renderSection(kernel, track, index, { sampleRate, bpm, keyLock: 0.05, samples })
        sections++
        highest = Math.max(highest, peak(sound))
        return 10 ** (loudnessOf(kernel, sound) / 10)
      })
      loudness.push(10 * Math.log10(powers.reduce((sum, power) => sum + power, 0) / powers.length))
    }
  })
  loudness.sort((a, b) => a - b)
  const at = (share: number) => loudness[Math.floor(share * (loudness.length - 1))]?.toFixed(1)
  console.log(
    `${library.tracks.length} tracks: ${at(0)} to ${at(1)} LUFS, median ${at(0.5)}; highest sample ${decibels(highest).toFixed(2)} dBFS`,
  )
  console.log(
    `${sections} sections in ${(cost / 1000).toFixed(1)} s: ${(cost / sections).toFixed(0)} ms each, measuring included`,
  )
  console.log(`kernel memory ${(kernel.memory.buffer.byteLength / 1e6).toFixed(0)} MB`)
}

async function printFigures(): Promise<void> {
  const file = new URL('../../samples/library.json', import.meta.url)
  const library = librarySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const { bank: samples, prepare } = createSampleLoader(library.tracks)
  await prepare(library.tracks)
  printVoices()
  const first = library.tracks[0]
  if (first !== undefined) printDecks(renderSection(kernel, first, 1, { sampleRate, bpm, keyLock: 0.05, samples }))
  printLibrary(library, samples)
}

printFigures()

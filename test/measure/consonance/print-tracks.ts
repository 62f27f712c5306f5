// Prints how what is heard of two tracks at once goes with how far apart their keys are: 60 pairs of the library's tracks, a section each, at one tempo.
//   npm run build && npx tsx test/measure/consonance/print-tracks.ts
import { readFileSync } from 'node:fs'
import { camelotDistance } from '../../../src/djs/index.ts'
import { planMixtures, summariseConsonance } from '../../../src/measure/index.ts'
import { createSampleLoader } from '../../../src/node/sound/samples.ts'
import { seededRandom, shuffled } from '../../../src/random.ts'
import { librarySchema, type Track } from '../../../src/record/index.ts'
import { renderSection } from '../../../src/render/index.ts'
import { hear, kernel } from '../../hear/listening.ts'

const agents = [
  { name: 'a', stems: [0] },
  { name: 'b', stems: [1] },
]
const file = new URL('../../../samples/library.json', import.meta.url)
const library = librarySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const samples = createSampleLoader(library.tracks)
await samples.prepare(library.tracks)
const ranked = (list: readonly number[]) =>
  list.map((x) => list.filter((y) => y < x).length + list.filter((y) => y === x).length / 2)
const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length

function correlation(x: readonly number[], y: readonly number[]): number {
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + (value - mean(p)) * ((q[i] ?? 0) - mean(q)), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

const sectionOf = (track: Track) =>
  renderSection(kernel, track, 1, { sampleRate: 48000, bpm: 126, keyLock: 1, samples: samples.bank })

const tracks = shuffled(seededRandom('pairs'), library.tracks)
const rows = Array.from({ length: 60 }, (_, i) => {
  const pair = [tracks[i % tracks.length] as Track, tracks[(i * 7 + 3) % tracks.length] as Track] as const
  const { frames } = hear(pair.map(sectionOf), { mixtures: planMixtures(agents).mixtures })
  const { together, pairs } = summariseConsonance(frames, agents)
  return { distance: camelotDistance(pair[0].key, pair[1].key), together, ...pairs[0] }
}).filter((row) => row.gain !== null && row.gain !== undefined)
const distances = rows.map(({ distance }) => distance)
console.log(
  `${rows.length} pairs of tracks that sound tones at once, Camelot distance ${Math.min(...distances)} to ${Math.max(...distances)}`,
)
for (const field of ['together', 'smoothness', 'gain', 'spectralPitchClassSimilarity'] as const) {
  const values = rows.map((row) => row[field] ?? NaN)
  const near = mean(values.filter((_, i) => (distances[i] ?? 9) <= 1))
  const far = mean(values.filter((_, i) => (distances[i] ?? 0) >= 4))
  console.log(
    `${field}: rank correlation with distance ${correlation(ranked(values), ranked(distances)).toFixed(2)}; mean ${near.toFixed(2)} up to one step, ${far.toFixed(2)} from four steps`,
  )
}

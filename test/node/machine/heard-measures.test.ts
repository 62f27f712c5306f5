// Our measures as a judge: of the clips' own sound, under the checks that every machine judge has.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultRanking } from '../../../src/measure/index.ts'
import { loadInstalledKernel } from '../../../src/node/installation.ts'
import { measureClip } from '../../../src/node/machine/heard-measures.ts'
import { sitWithMeasures } from '../../../src/node/machine/sit.ts'
import { loadMono, type MonoSound, makeCanary } from '../../../src/node/machine/sounds.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import { seededRandom } from '../../../src/random.ts'
import { temporaryFolder } from '../records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const { kernel } = loadInstalledKernel()
const rate = 48_000
const usual = { checks: 2, kernel, seed: 1, onAnswer() {} }

/** A tone of so many seconds. */
const soundOf = (seconds: number): MonoSound => ({
  samples: Float32Array.from({ length: seconds * rate }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 220 * i) / rate)),
  sampleRate: rate,
})

/** Attacks on a grid of eighths of a second, each a tone with its fifth: by a refrain that changes now and then, or by chance. */
function writeTune(name: string, pick: (cell: number, random: () => number) => number | null): string {
  const file = path.join(folder, `${name}.wav`)
  const random = seededRandom(name)
  const cellSamples = rate / 8
  const tune = Array.from({ length: 160 }, (_, cell) => pick(cell, random))
  const samples = Float32Array.from({ length: 160 * cellSamples }, (_, i) => {
    const midi = tune[Math.floor(i / cellSamples)] ?? null
    const t = (i % cellSamples) / rate
    if (midi === null) return 0
    const hertz = 440 * 2 ** ((midi - 69) / 12)
    return 0.1 * Math.exp(-12 * t) * (Math.sin(2 * Math.PI * hertz * t) + Math.sin(2 * Math.PI * 1.5 * hertz * t))
  })
  const writer = createWavWriter(file, { sampleRate: rate, channels: 1 })
  writer.write([samples])
  writer.finish()
  return file
}

test('our measures as a judge hear the clips themselves, under the same checks: silence, noise and a tune by chance come last', () => {
  const refrain = [60, null, 64, 67, null, 60, null, 65, 60, null, 64, 69, null, 67, 62, null]
  const clips = new Map([
    [
      'song',
      writeTune(
        'song',
        (cell, random) => (cell % 48 > 39 ? [60, 62, 67, null][Math.floor(4 * random())] : refrain[cell % 16]) ?? null,
      ),
    ],
    ['mess', writeTune('mess', (_, random) => (random() < 0.5 ? 55 + Math.floor(24 * random()) : null))],
  ])
  const own = {
    ...usual,
    clips,
    pairs: [{ a: 'mess', b: 'song' }],
    canaries: [{ kind: 'shuffled' as const, clip: 'mess', beside: 'song' }],
    barSeconds: 2,
  }
  const first = measureClip(loadMono(clips.get('song') ?? ''), { ...own, settings: defaultRanking })
  expect(first.vitality).toBeGreaterThan(0.3)
  expect(first.consonance).toBeGreaterThan(0.3)
  const conduct = sitWithMeasures(
    { ...own, canaries: [{ kind: 'shuffled', clip: 'mess', beside: 'song' }] },
    defaultRanking,
  )
  expect(conduct.pairs).toEqual([{ a: 'mess', b: 'song', verdict: 'b', flipped: false, reason: null }])
  expect(conduct.same).toEqual({ count: 2, of: 2 })
  expect(conduct.gain).toEqual({ count: 2, of: 2 })
  expect(conduct.position).toEqual({ count: 1, of: 2 })
  expect(conduct.canaries.find(({ kind }) => kind === 'shuffled')?.last).toBe(true)
  const besideSong = sitWithMeasures({ ...own, pairs: [{ a: 'song', b: 'mess' }] }, defaultRanking)
  expect(besideSong.canaries.map(({ kind, last }) => [kind, last])).toEqual([
    ['silence', true],
    ['noise', true],
    ['shuffled', true],
  ])
  expect(besideSong.against).toEqual([])
})

test('silence is known to be worth nothing; a clip too short for a pattern and without a tone is not known', () => {
  const settings = { barSeconds: 0.5, kernel, settings: defaultRanking }
  const sound = soundOf(1)
  expect(measureClip(makeCanary('silence', sound, 1), settings)).toEqual({ consonance: null, vitality: null, value: 0 })
  expect(measureClip(makeCanary('noise', sound, 1), settings).value).toBeNull()
  expect(measureClip(sound, settings)).toMatchObject({ vitality: null, consonance: expect.any(Number) })
})

// hocket compare-ears: both ears on sounds of known key and tempo, the table, the JSON, and what it says of names that name nothing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../../src/node/command/program.ts'
import { loadLibrary } from '../../../src/node/installation.ts'
import { compareEars, createSecondEar, openSound, type SoundSource } from '../../../src/node/second-ear/index.ts'
import { createSampleLoader } from '../../../src/node/sound/samples.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import type { Track } from '../../../src/record/index.ts'
import { renderSection } from '../../../src/render/index.ts'
import { freshKernel } from '../../kernel.ts'
import { cadence, clicks, rate } from './sounds.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'ears-'))
const inFolder = (name: string) => path.join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function writeWav(name: string, channels: readonly Float32Array[]): void {
  const writer = createWavWriter(inFolder(name), { sampleRate: rate, channels: channels.length })
  writer.write(channels)
  writer.finish()
}

/** Chords under clicks: C major at 120 bpm, five seconds. */
const music = (() => {
  const beat = clicks(120, 5)
  return cadence(1.25).map((sample, n) => 0.15 * sample + (beat[n] ?? 0))
})()

beforeAll(() => {
  writeWav('music.wav', [music, music])
  writeWav('silence.wav', [new Float32Array(rate)])
  writeWav('short.wav', [music.subarray(0, 1200)])
})

async function run(...words: string[]) {
  const said = { stdout: '', stderr: '' }
  const code = await runCommand(['compare-ears', '--quiet', ...words], {
    print: (text) => {
      said.stdout += text
    },
    say: (text) => {
      said.stderr += text
    },
  })
  return { code, ...said }
}

test('a file, for people', async () => {
  const { code, stdout } = await run(inFolder('music.wav'))
  expect(code).toBe(0)
  expect(stdout).toMatch(/music\.wav: 5\.0 s, -\d+\.\d LUFS\n/)
  expect(stdout).toMatch(/^ {17}ours +essentia\.js$/m)
  expect(stdout).toMatch(/^ {2}key +C major \(\.\d\d\) +C major \(\.\d\d\)$/m)
  expect(stdout).toMatch(/^ {2}tempo +1\d\d\.\d bpm +1\d\d\.\d bpm$/m)
  expect(stdout).toMatch(/^ {2}consonance +\.\d\d +-$/m)
  expect(stdout).toMatch(/^ {2}dissonance +- +\.\d\d$/m)
  expect(stdout).toContain('No danceability of essentia.js: shorter than 10 s.\n')
  expect(stdout).toContain('Both hear C major. They agree on the tempo.\n')
  const columns = stdout.split('\n').filter((line) => /^ {2}(key|tempo|consonance|dissonance) /.test(line))
  expect(new Set(columns.map((line) => line.search(/\S/)))).toEqual(new Set([2]))
})

test('several, as JSON', async () => {
  const { code, stdout } = await run('--json', inFolder('music.wav'), inFolder('silence.wav'), inFolder('short.wav'))
  expect(code).toBe(0)
  const { secondEar, sounds } = JSON.parse(stdout)
  expect(secondEar).toMatch(/^essentia\.js \(2\.1/)
  const [heard, silent, short] = sounds
  expect(heard).toMatchObject({
    name: inFolder('music.wav'),
    kind: 'wav',
    title: null,
    seconds: 5,
    ours: { key: { tonic: 0, mode: 'major' } },
    theirs: { key: { tonic: 0, mode: 'major' }, danceability: null },
    known: null,
    undefined: { 'theirs.danceability': 'shorter than 10 s' },
  })
  for (const bpm of [heard.ours.tempoBpm, heard.theirs.tempoBpm]) expect(Math.abs(bpm / 120 - 1)).toBeLessThan(0.02)
  expect(heard.ours.consonance).toBeGreaterThan(0.4)
  expect(heard.ours.roughness).toBeGreaterThan(0)
  const nothing = { key: null, tempoBpm: null }
  for (const sound of [silent, short]) {
    expect(sound.theirs).toEqual({ ...nothing, danceability: null, dissonance: null })
    for (const field of ['ours.tempoBpm', 'theirs.key', 'theirs.tempoBpm', 'theirs.danceability', 'theirs.dissonance'])
      expect(sound.undefined[field], field).toBeTruthy()
  }
  expect(silent.ours).toEqual({ ...nothing, consonance: null, roughness: null })
  expect(silent.undefined).toMatchObject({ loudnessLufs: 'silence', 'theirs.key': 'silence' })
  expect(stdout).not.toContain('NaN')
})

describe('names', () => {
  test('nothing is called so', async () => {
    const { code, stdout, stderr } = await run('house-99')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^hocket: house-99: expected a WAV file, a track of the library \(house-01 to ambient-12\) or a run/,
    )
  })
  test('a run without its mix', async () => {
    mkdirSync(inFolder('evening'))
    writeFileSync(inFolder('evening/record.jsonl'), '{}\n')
    for (const called of ['evening', 'evening/record.jsonl']) {
      const { code, stderr } = await run(inFolder(called))
      expect(code).toBe(1)
      expect(stderr).toMatch(/mix\.wav: expected the run's mix, found nothing\. Make it with `hocket render .*evening`/)
    }
  })
  test('a run with its mix', async () => {
    mkdirSync(inFolder('night'))
    writeFileSync(inFolder('night/record.jsonl'), '{}\n')
    writeWav('night/mix.wav', [music.subarray(0, 4800)])
    const source = await openSound(inFolder('night'), freshKernel())
    expect(source).toMatchObject({ kind: 'run', name: inFolder('night/mix.wav'), frames: 4800, known: null })
    source.close()
  })
  test('what is no WAV, and no name at all', async () => {
    writeFileSync(inFolder('words.wav'), 'hello, hello, hello')
    expect(await run(inFolder('words.wav'))).toMatchObject({ code: 1, stderr: expect.stringMatching(/RIFF and WAVE/) })
    expect(await run()).toMatchObject({ code: 2 })
  })
})

test('a track plays all its sections through the deck, at its own tempo, bit by bit', async () => {
  const kernel = freshKernel()
  const [track] = loadLibrary().library.tracks as [Track]
  const { bank, prepare } = createSampleLoader([track])
  await prepare([track])
  const source = await openSound(track.id, kernel)
  const played: Float32Array[] = []
  for (const [sound] of source.blocks()) {
    played.push(sound as Float32Array)
    if (played.length === 2) break
  }
  source.close()
  expect(source).toMatchObject({ kind: 'track', title: track.title, known: { key: track.key, tempoBpm: track.bpm } })
  expect(source.frames).toBe(Math.round((track.sections.length * 32 * 60 * rate) / track.bpm))
  const section = renderSection(kernel, track, 1, { sampleRate: rate, bpm: track.bpm, keyLock: 0, samples: bank })
  // The needle drops in 5 ms.
  const [heard, truth] = [played[1] as Float32Array, section].map((sound) =>
    Buffer.from(sound.slice(240, 700_000).buffer),
  )
  expect(heard?.equals(truth as Buffer)).toBe(true)
})

test('channels that cancel in their sum are heard all the same, by ours', async () => {
  writeWav('opposed.wav', [music, music.map((sample) => -sample)])
  const { sounds } = JSON.parse((await run('--json', inFolder('opposed.wav'), inFolder('music.wav'))).stdout)
  const [opposed, together] = sounds
  expect(opposed.ours).toMatchObject({ key: { tonic: 0, mode: 'major' }, tempoBpm: null })
  for (const value of ['consonance', 'roughness']) expect(opposed.ours[value]).toBeCloseTo(together.ours[value], 5)
  expect(opposed.loudnessLufs).toBeCloseTo(together.loudnessLufs, 5)
  expect(opposed.undefined['theirs.key']).toBe('silence')
})

test('a fault of the second ear is a reason; our own values stand', () => {
  const source: SoundSource = {
    kind: 'wav',
    name: 'music',
    title: null,
    sampleRate: rate,
    frames: music.length,
    weights: [1],
    known: null,
    blocks: () => [[music]],
    close() {},
  }
  const ear = createSecondEar()
  const broken = { ...ear, hearKey: () => ear.hearKey({ samples: music, seconds: 5 }, 'nonsense' as 'edma') }
  const { ours, theirs, undefined: reasons } = compareEars(freshKernel(), broken, source)
  expect(ours.key).toMatchObject({ tonic: 0, mode: 'major' })
  expect(theirs.key).toBeNull()
  expect(reasons['theirs.key']).toMatch(/^essentia\.js, KeyExtractor: .*profileType/)
  expect(theirs.tempoBpm).not.toBeNull()
})

// measure consonance of WAVs: every encoding and rate, what a recording may have wrong with it, parts, and voices.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hertzOfMidi } from '../../../src/units.ts'
import { freshKernel } from '../../kernel.ts'
import { temporaryFolder } from '../records.ts'
import { ask, askLines, askOne, type PrintedAnswer } from './ask.ts'
import { sines, type WavSettings, writeWav } from './wav-files.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const write = (channels: readonly ArrayLike<number>[], settings?: WavSettings) =>
  writeWav(path.join(folder, `${files++}.wav`), channels, settings)

/** Tones of up to 11 harmonics 1/n below 3.8 kHz, so that 8 kHz holds them all. */
function chord(midi: readonly number[], { seconds = 1, rate = 48000, level = 0.1 } = {}): Float32Array {
  const partials = midi.flatMap((note) =>
    Array.from({ length: 11 }, (_, i) => ({ hertz: hertzOfMidi(note) * (i + 1), amplitude: level / (i + 1) })),
  )
  return sines(
    seconds,
    partials.filter(({ hertz }) => hertz < 3800),
    rate,
  )
}

const triad = [60, 64, 67]
const get = (answer: PrintedAnswer | undefined, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer)
const number = (answer: PrintedAnswer | undefined, path: string) => Number(get(answer, path) ?? Number.NaN)
const hk = 'roughness.hutchinsonKnopoff1978'
const reference = askOne('consonance', { wav: write([chord(triad)], { encoding: 'float32' }) })

function expectTriad(answer: PrintedAnswer, wanted: PrintedAnswer, tolerance: number): void {
  const notes = answer['notes'] as number[]
  expect(notes.map(Math.round)).toEqual(triad)
  for (const [i, note] of notes.entries()) expect(Math.abs(note - (triad[i] ?? 0))).toBeLessThan(0.1)
  for (const field of ['consonance', hk, 'harmonicity.harrison2018'])
    expect(Math.abs(number(answer, field) - number(wanted, field)), field).toBeLessThan(tolerance)
  expect(answer.undefined).toBeUndefined()
}

test('a triad is heard as the notes that were played, and about as rough', async () => {
  const [symbolic] = await ask('consonance', [{ midi: triad }])
  const heard = await reference
  expectTriad(heard, heard, 1e-9)
  expect(Math.abs(number(heard, hk) - number(symbolic, hk))).toBeLessThan(0.03)
  expect(Object.keys(heard)).toEqual([...Object.keys(symbolic ?? {}), 'notes'])
})

const stereo = (left: Float32Array) => [left, left.map((x) => x / 2)]
test.each<[string, readonly Float32Array[], WavSettings, number]>([
  ['16 bits', [chord(triad)], {}, 1e-3],
  ['24 bits', [chord(triad)], { encoding: 'pcm24' }, 1e-5],
  ['an extensible header', [chord(triad)], { encoding: 'float32', mask: 4 }, 1e-9],
  ['stereo', stereo(chord(triad)), { encoding: 'float32' }, 1e-5],
  ['channels that would cancel', [chord(triad), chord(triad).map((x) => -x)], { encoding: 'float32' }, 1e-5],
  ['far above full scale', [chord(triad, { level: 100 })], { encoding: 'float32' }, 1e-4],
  ['40 dB softer', [chord(triad, { level: 1e-3 })], { encoding: 'float32' }, 1e-4],
  ['DC of half the full scale', [chord(triad).map((x) => x + 0.5)], { encoding: 'float32' }, 1e-3],
  ['8 kHz', [chord(triad, { rate: 8000 })], { rate: 8000, encoding: 'float32' }, 0.04],
  ['11.025 kHz', [chord(triad, { rate: 11_025 })], { rate: 11_025, encoding: 'float32' }, 0.04],
  ['44.1 kHz', [chord(triad, { rate: 44_100 })], { rate: 44_100, encoding: 'float32' }, 0.04],
  ['96 kHz', [chord(triad, { rate: 96_000 })], { rate: 96_000, encoding: 'float32' }, 0.04],
  ['192 kHz', [chord(triad, { rate: 192_000 })], { rate: 192_000, encoding: 'float32' }, 0.04],
])('%s', async (_, channels, settings, tolerance) => {
  expectTriad(await askOne('consonance', { wav: write(channels, settings) }), await reference, tolerance)
})

test('clipped and noisy sound is measured: numbers in range', async () => {
  const clipped = chord(triad, { level: 2 }).map((x) => Math.max(-1, Math.min(1, x)))
  const answer = await askOne('consonance', { wav: write([clipped]) })
  expect(number(answer, 'consonance')).toBeGreaterThan(0)
  expect(number(answer, hk)).toBeGreaterThan(number(await reference, hk) - 0.02)
})

test.each<[string, readonly Float32Array[]]>([
  ['no samples', [new Float32Array(0)]],
  ['one sample', [new Float32Array(1)]],
  ['silence', [new Float32Array(48_000)]],
  ['silence in stereo', [new Float32Array(9_000), new Float32Array(9_000)]],
  ['DC alone', [new Float32Array(48_000).fill(0.5)]],
  ['denormals', [new Float32Array(48_000).fill(1e-42)]],
  ['sound below the gate of -70 LUFS', [chord(triad, { level: 1e-5 })]],
])('%s: every field is null, with its reason, and no note is heard', async (_, channels) => {
  const answer = await askOne('consonance', { wav: write(channels, { encoding: 'float32' }) })
  const { id: _id, notes, undefined: reasons = {}, ...groups } = answer
  expect([answer.error, notes, groups['consonance']]).toEqual([undefined, [], null])
  expect(reasons['consonance']).toMatch(/^no partial sounds/)
  expect(Object.keys(reasons)).toHaveLength(20)
})

test('one second out of three, cut exactly', async () => {
  const parts = [triad, [60, 61], [55, 62]].map((midi) => chord(midi))
  const whole = write([Float32Array.from(parts.flatMap((part) => [...part]))], { encoding: 'float32' })
  const [cut, alone, rest, last] = await ask('consonance', [
    { wav: whole, startSeconds: 1, durationSeconds: 1 },
    { wav: write([parts[1] ?? []], { encoding: 'float32' }) },
    { wav: whole, startSeconds: 2 },
    { wav: write([parts[2] ?? []], { encoding: 'float32' }) },
  ])
  expect({ ...cut, id: '1' }).toEqual(alone)
  expect({ ...rest, id: '3' }).toEqual(last)
})

test('voices: recordings, notes and partials in one line', async () => {
  const [low, high] = [write([chord([48, 55])], { encoding: 'float32' }), write([chord([61])], { encoding: 'float32' })]
  const [pair, first, second, mixed] = await ask('consonance', [
    { voices: [{ wav: low }, { wav: high }] },
    { wav: low },
    { wav: high },
    { voices: [{ wav: low }, { midi: [61] }, { partials: [{ hz: 277.18, amplitude: 0.5 }] }] },
  ])
  expect(pair?.['within']).toEqual([first?.['consonance'], second?.['consonance']])
  const mean = (number(first, 'consonance') + number(second, 'consonance')) / 2
  expect(number(pair, 'between.gain')).toBeCloseTo(number(pair, 'consonance') - mean, 9)
  expect(number(pair, 'between.roughness')).toBeGreaterThan(0.1)
  expect(number(pair, 'between.roughness')).toBeLessThan(number(pair, hk))
  expect(get(mixed, 'within.0')).toBe(first?.['consonance'])
  expect(number(mixed, 'between.roughness')).toBeGreaterThan(0.1)
})

test('a silent voice has no consonance of its own; that is told under its path', async () => {
  const [silent, low] = [write([new Float32Array(48_000)]), write([chord([48])])]
  const answer = await askOne('consonance', { voices: [{ wav: low }, { wav: silent }] })
  expect(get(answer, 'within.1')).toBeNull()
  expect(answer.undefined?.['within.1']).toMatch(/^no partial/)
  expect(get(answer, 'between.gain')).toBeNull()
  expect(answer.undefined?.['between.gain']).toMatch(/voice 2/)
})

test('what cannot be heard is refused, and the next line is measured', async () => {
  const sound = chord([60], { seconds: 0.5 })
  const nan = sound.slice()
  nan[20_000] = Number.NaN
  const good = write([sound])
  const cases: [object, RegExp][] = [
    [{ wav: 'no/such/file.wav' }, /no\/such\/file\.wav: expected a readable file, found nothing \(no such file\)/],
    [{ wav: write([nan], { encoding: 'float32' }) }, /frame 20000: expected a number, got NaN/],
    [
      { wav: write([nan.fill(1e30)], { encoding: 'float32' }) },
      /frame 0: expected samples of at most 1000 times full scale, got 1\.\d+e\+30\. Scale/,
    ],
    [{ wav: write([sound], { rate: 4000 }) }, /expected 8000 to 192000 Hz, got 4000/],
    [{ wav: good, startSeconds: 1 }, /field "startSeconds": expected a part within the 0\.5 s of/],
    [{ wav: good, durationSeconds: 1 }, /field "durationSeconds": expected a part within the 0\.5 s of/],
    [
      { voices: [{ wav: good }, { midi: [60] }, { wav: write([sound], { rate: 44_100 }) }] },
      /field "voices\.2\.wav": expected 48000 Hz as in the other voices, got 44100 Hz\. Resample/,
    ],
  ]
  const answers = await ask('consonance', [...cases.map(([request]) => request), { wav: good }])
  for (const [i, [, message]] of cases.entries()) expect(answers[i]?.error?.message).toMatch(message)
  expect(answers.at(-1)?.['consonance']).toBeGreaterThan(0.8)
})

test('kernel memory does not grow from file to file', async () => {
  const wav = write([chord([60], { seconds: 0.2 })])
  const kernel = freshKernel()
  const sizes: number[] = []
  const line = `${JSON.stringify({ id: 'a', voices: [{ wav }, { wav }] })}\n`
  await askLines('consonance', Array(30).fill(line), {
    tools: { kernel: () => kernel },
    write: () => {
      sizes.push(kernel.memory.buffer.byteLength)
    },
  })
  expect(sizes.at(-1)).toBe(sizes[0])
})

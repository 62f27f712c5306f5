// measure loudness: every encoding, rate and number of channels that it takes, and what it leaves undefined or refuses.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freshKernel } from '../../kernel.ts'
import { temporaryFolder } from '../records.ts'
import { ask, askLines, askOne } from './ask.ts'
import { sines, type WavSettings, writeWav } from './wav-files.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const write = (channels: readonly ArrayLike<number>[], settings?: WavSettings) =>
  writeWav(path.join(folder, `${files++}.wav`), channels, settings)

/** A sine of 997 Hz at -20 dBFS. */
const tone = (seconds: number, rate = 48000) => sines(seconds, [{ hertz: 997, amplitude: 0.1 }], rate)
const every = ['integratedLufs', 'momentaryMaxLufs', 'shortTermMaxLufs', 'rangeLu', 'truePeakDbtp']

test.each([
  ['16 bits', {}],
  ['24 bits', { encoding: 'pcm24' }],
  ['float', { encoding: 'float32' }],
  ['44.1 kHz', { rate: 44100 }],
  ['8 kHz', { rate: 8000 }],
  ['192 kHz', { rate: 192_000 }],
] as const)('997 Hz at -20 dBFS in one channel is -23.01 LUFS: %s', async (_, settings: WavSettings) => {
  const wav = write([tone(4, settings.rate)], settings)
  const answer = await askOne('loudness', { wav })
  // At 8 kHz the pre-filter's shelf is warped: BS.1770 states it for 48 kHz only.
  const tolerance = settings.rate === 8000 ? 0.3 : 0.05
  for (const field of every.slice(0, 3)) expect(Math.abs((answer[field] as number) + 23.01)).toBeLessThan(tolerance)
  expect(answer['rangeLu']).toBeLessThan(0.05)
  expect(Math.abs((answer['truePeakDbtp'] as number) + 20)).toBeLessThan(0.2)
})

test('two equal channels are 3.01 LU louder than one; the subwoofer counts nothing, speakers beside the listener 1.41', async () => {
  const [sound, silence] = [tone(1), new Float32Array(48000)]
  const stereo = write([sound, sound])
  const low = write([silence, silence, silence, sound, silence, silence], { mask: 0x3f })
  const side = write([silence, silence, silence, silence, sound, silence], { mask: 0x60f })
  const behind = write([silence, silence, silence, sound], { mask: 0x33 })
  const centre = write([silence, silence, sound], { mask: 7 })
  const back = write([silence, silence, sound, silence, silence, silence], { mask: 0x633 })
  const answers = await ask(
    'loudness',
    [stereo, low, side, behind, centre, back].map((wav) => ({ wav })),
  )
  const levels = answers.map((answer) => answer['integratedLufs'] as number)
  const gain = 10 * Math.log10(1.41)
  expect(levels[1]).toBeNull()
  for (const [i, wanted] of [-20, null, -23.01 + gain, -23.01 + gain, -23.01, -23.01].entries())
    if (wanted !== null) expect(Math.abs((levels[i] ?? 0) - wanted), `${i}`).toBeLessThan(0.02)
})

test('silence, no samples and too little sound are null with reasons', async () => {
  const [silence, empty, short, second] = await ask('loudness', [
    { wav: write([new Float32Array(48000)]) },
    { wav: write([[]]) },
    { wav: write([tone(0.3)]) },
    { wav: write([tone(1)]) },
  ])
  for (const answer of [silence, empty]) {
    for (const field of every) expect([answer?.[field], answer?.undefined?.[field]]).toEqual([null, 'silence'])
    expect(answer?.error).toBeUndefined()
  }
  expect(Object.values(short?.undefined ?? {})).toEqual(Array(4).fill('shorter than 400 ms'))
  expect(Math.abs((short?.['truePeakDbtp'] as number) + 20)).toBeLessThan(0.2)
  expect(second?.undefined).toEqual({ shortTermMaxLufs: 'shorter than 3 s', rangeLu: 'shorter than 3 s' })
})

test('what is no sound is refused, and the next file is measured', async () => {
  const nan = tone(1)
  nan[40_000] = Number.NaN
  const text = path.join(folder, 'text.wav')
  writeFileSync(text, 'no sound at all, however it is named')
  mkdirSync(path.join(folder, 'folder.wav'))
  const cases: [string, RegExp][] = [
    [write([nan], { encoding: 'float32' }), /frame 40000: expected a number, got NaN/],
    [text, /expected a file that begins with RIFF and WAVE/],
    [path.join(folder, 'none.wav'), /none\.wav: expected a readable file, found nothing \(no such file\)/],
    [path.join(folder, 'folder.wav'), /expected a file, got a folder or a device. Check the path/],
    ['/dev/zero', /expected a file, got a folder or a device. Check the path/],
    ['a\u0000b', /expected a readable file/],
    [
      write([tone(0.1), tone(0.1), tone(0.1)]),
      /expected one or two channels, or a header that names the speakers of 3/,
    ],
    [write([tone(0.1), tone(0.1), tone(0.1)], { mask: 3 }), /names the speakers of 3/],
    [write([tone(0.1)], { rate: 4000 }), /expected 8000 to 192000 Hz, got 4000/],
    [write([tone(0.1)], { rate: 384_000 }), /expected 8000 to 192000 Hz, got 384000/],
  ]
  const good = write([tone(0.5)])
  const answers = await ask('loudness', [...cases.map(([wav]) => ({ wav })), { wav: good }])
  for (const [i, [, message]] of cases.entries()) expect(answers[i]?.error?.message).toMatch(message)
  expect(answers.at(-1)?.['momentaryMaxLufs']).toBeLessThan(-22)
})

test('kernel memory does not grow from file to file', async () => {
  const wav = write([tone(0.5), tone(0.5)])
  const kernel = freshKernel()
  const sizes: number[] = []
  await askLines('loudness', Array(200).fill(`${JSON.stringify({ id: 'a', wav })}\n`), {
    tools: { kernel: () => kernel },
    write: () => {
      sizes.push(kernel.memory.buffer.byteLength)
    },
  })
  expect(sizes.at(-1)).toBe(sizes[0])
})

// A waveform's picture and its words: sounds whose shape is known.
import { expect, test } from 'vitest'
import { describeSound, outline } from '../../src/web/judge/waveform.ts'

const rate = 48_000
/** Silent, then a square of so much: half and half. */
const half = (level: number) =>
  Float32Array.from({ length: 2 * rate }, (_, i) => (i < rate ? 0 : i % 2 === 0 ? level : -level / 2))

/** Every point of the way: along the top from left to right, back along the bottom. */
const pointsOf = (path: string) => {
  const numbers = path.slice(1, -1).split(' ').map(Number)
  return numbers.flatMap((x, k) => (k % 2 === 0 ? [{ x, y: numbers[k + 1] ?? Number.NaN }] : []))
}

test('the outline: lowest and highest sample of all channels, the shared scale fills the height, silence is a line', () => {
  const points = pointsOf(outline([half(0.2), half(0.4)], 0.4))
  const at = (x: number) => points.filter((one) => one.x === x).map(({ y }) => y)
  expect(new Set(at(90))).toEqual(new Set([-0.01, 0.01]))
  expect(new Set(at(270))).toEqual(new Set([-1, 0.5]))
  expect(Math.max(...points.map(({ x }) => x))).toBe(360)
  expect(new Set(pointsOf(outline([half(0.4)], 0.8)).map(({ y }) => y))).toEqual(new Set([-0.01, 0.01, -0.5, 0.25]))
  expect(outline([new Float32Array(100)], 0)).not.toContain('NaN')
})

// Mean square of 1, -.5 is .625: 2 dB below full scale; of a tenth of it 22.
test('the words: length, where loudest, levels by eighths; silence says so', () => {
  expect(describeSound('A', [half(0.1)], rate)).toBe(
    'Waveform of A, 0:02 long, loudest from 0:01 on. Decibels below full scale by eighths: silent, silent, silent, silent, 22, 22, 22, 22.',
  )
  // With the dither of a served clip the words are the same.
  const dithered = half(0.1).map((sample, i) => sample + ((i % 3) - 1) * 2 ** -23)
  expect(describeSound('A', [dithered], rate)).toBe(describeSound('A', [half(0.1)], rate))
  expect(describeSound('B', [new Float32Array(rate)], rate)).toMatch(/0:01 long, silent\. .*: silent(, silent){7}\.$/)
})

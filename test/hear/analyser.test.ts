// The ear: what it reports of sounds whose content is known, and that neither block size nor company changes a bit of it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyser, type HeardFrame } from '../../src/hear/index.ts'
import { hear, kernel } from './listening.ts'
import { sines } from './sounds.ts'

const allNumbers = (frame: HeardFrame) => [
  ...frame.roughnessSums,
  ...frame.partialPower,
  ...frame.stems.flatMap((s) => [...s.partialsHz, ...s.amplitudes, ...s.chroma, s.power, s.weightedPower, s.tonality]),
]

test.each([8000, 11025, 16000, 22050, 44100, 48000, 96000, 192000])(
  'steady sines at %d Hz are heard where they are',
  (rate) => {
    const played = [
      [110, 0.5],
      [440, 0.25],
      [599.9, 0.1],
      [1500, 0.1],
      [3000, 0.05],
    ] as const
    const { frames } = hear([sines(1.55, played, rate)], { sampleRate: rate })
    expect(frames).toHaveLength(10)
    const heard = frames[5]?.stems[0]
    expect(heard?.partialsHz).toHaveLength(played.length)
    played.forEach(([hertz, amplitude], i) => {
      expect(Math.abs((heard?.partialsHz[i] ?? 0) - hertz)).toBeLessThan(0.05)
      expect(Math.abs((heard?.amplitudes[i] ?? 0) / amplitude - 1)).toBeLessThan(0.01)
    })
    expect(heard?.power).toBeCloseTo(
      played.reduce((sum, [, a]) => sum + (a * a) / 2, 0),
      2,
    )
    expect(heard?.tonality).toBeGreaterThan(0.95)
  },
)

test('chroma puts A and E where they belong', () => {
  const { frames } = hear([
    sines(1, [
      [440, 0.3],
      [659.255, 0.3],
    ]),
  ])
  const chroma = frames[3]?.stems[0]?.chroma ?? new Float64Array(12)
  expect(chroma[9]).toBeCloseTo(0.5, 1)
  expect(chroma[4]).toBeCloseTo(0.5, 1)
  expect(chroma.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12)
})

test('block size changes no bit, nor does the company of other stems', () => {
  const long = sines(1.7, [
    [220, 0.3],
    [277.18, 0.2],
    [2500, 0.1],
  ])
  const other = sines(1.7, [[233.08, 0.3]]).map((x, n) => (n % 24000 < 6000 ? x : 0))
  const whole = hear([long, other])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }), (cuts) => {
      expect(hear([long, other], { cuts })).toEqual(whole)
    }),
    { numRuns: 8, seed: 1 },
  )
  const alone = hear([long])
  expect(alone.frames.map((f) => f.stems[0])).toEqual(whole.frames.map((f) => f.stems[0]))
  expect(alone.frames.map((f) => f.roughnessSums[0])).toEqual(whole.frames.map((f) => f.roughnessSums[0]))
  expect(alone.onsets).toEqual(whole.onsets.filter((o) => o.stem === 0))
})

test.each([8000, 16000, 16900, 48000, 67000])(
  'many stems at %d Hz: laid out in one piece or by quanta, the same',
  (sampleRate) => {
    const stems = Array.from({ length: 20 }, (_, s) =>
      sines(
        1.5,
        [
          [100 + 37 * s, 0.3],
          [1200 + 50 * s, 0.1],
          [3100, 0.1],
        ],
        sampleRate,
      ).map((x, n) => (n % 3000 < 1500 ? x : 0.1 * x)),
    )
    const whole = hear(stems, { sampleRate })
    expect(hear(stems, { sampleRate, cuts: [128] })).toEqual(whole)
    expect(hear(stems.slice(19), { sampleRate }).frames.map((f) => f.stems[0])).toEqual(
      whole.frames.map((f) => f.stems[19]),
    )
  },
)

test('onsets ignored: no onset, and the same frames', () => {
  const struck = sines(1.5, [[220, 0.3]]).map((x, n) => (n % 12000 < 6000 ? x : 0))
  const heard = hear([struck])
  expect(heard.onsets.length).toBeGreaterThan(2)
  expect(hear([struck], { onsets: 'ignored' })).toEqual({ frames: heard.frames, onsets: [] })
})

test('silence, direct current, denormals and what is no number: no partials, zeros, never NaN', () => {
  const silent = new Float32Array(48000)
  const odd = [
    silent,
    silent.map(() => 0.5),
    silent.map(() => 1e-40),
    silent.map((_, n) => [NaN, Infinity, -Infinity, 1e30][n % 4] as number),
  ]
  const { frames, onsets } = hear(odd)
  for (const frame of frames) {
    expect(allNumbers(frame).every(Number.isFinite)).toBe(true)
    for (const s of [0, 2, 3]) {
      const stem = frame.stems[s]
      expect(stem?.partialsHz).toHaveLength(0)
      expect([stem?.power, stem?.weightedPower, stem?.tonality, frame.partialPower[s]]).toEqual([0, 0, 0, 0])
      expect(stem?.chroma.every((x) => x === 0)).toBe(true)
    }
  }
  expect(frames[3]?.stems[1]?.partialsHz).toHaveLength(0)
  expect(onsets.filter((o) => o.stem !== 1)).toEqual([])
})

test('a clipped sine keeps its pitch and shows its odd harmonics', () => {
  const { frames } = hear([sines(1, [[300, 4]]).map((x) => Math.max(-1, Math.min(1, x)))])
  const hertz = [...(frames[3]?.stems[0]?.partialsHz ?? [])].map(Math.round)
  expect(hertz.slice(0, 4)).toEqual([300, 900, 1500, 2100])
})

test('24 dB softer sounds the same', () => {
  const sound = sines(1, [
    [220, 0.5],
    [311, 0.3],
    [450, 0.2],
  ])
  const loud = hear([sound]).frames[3]
  const soft = hear([sound.map((x) => x / 16)]).frames[3]
  expect([...(soft?.stems[0]?.partialsHz ?? [])]).toEqual([...(loud?.stems[0]?.partialsHz ?? [])])
  expect((soft?.roughnessSums[0] ?? 0) / (soft?.partialPower[0] ?? 1)).toBeCloseTo(
    (loud?.roughnessSums[0] ?? 0) / (loud?.partialPower[0] ?? 1),
    12,
  )
})

test('an empty stream has no frames; wrong settings and blocks are refused', () => {
  expect(hear([new Float32Array(0)])).toEqual({ frames: [], onsets: [] })
  expect(() => createAnalyser(kernel, { sampleRate: 4000, stems: 1 })).toThrow(/8000 to 192000 Hz/)
  expect(() => createAnalyser(kernel, { sampleRate: 48000, stems: 0 })).toThrow(/1 to 64 stems/)
  const analyser = createAnalyser(kernel, { sampleRate: 48000, stems: 2 })
  expect(() => analyser.push([new Float32Array(3)], () => undefined)).toThrow(/2 blocks/)
  analyser.finish(() => undefined)
  expect(() => analyser.push([new Float32Array(1), new Float32Array(1)], () => undefined)).toThrow(/after finish/)
  analyser.dispose()
})

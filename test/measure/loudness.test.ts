// Loudness: the synthesisable signals of EBU Tech 3341 and 3342, and what must not matter.
import { expect, test } from 'vitest'
import { createLoudnessMeter } from '../../src/hear/index.ts'
import { type Loudness, lufsOfPower, measureLoudness } from '../../src/measure/index.ts'
import { gatedLoudness } from '../../src/measure/loudness.ts'
import { hear, kernel } from '../hear/listening.ts'
import { sines } from '../hear/sounds.ts'
import ebu from '../outside/loudness/ebu-signals.json' with { type: 'json' }

function loudnessOf(
  channels: readonly Float32Array[],
  weights: number[],
  { rate = 48000, block = 1e9 } = {},
): Loudness {
  const meter = createLoudnessMeter(kernel, { sampleRate: rate, weights })
  for (let at = 0; at < (channels[0]?.length ?? 0); at += block)
    meter.push(channels.map((samples) => samples.subarray(at, at + block)))
  const loudness = measureLoudness(meter.trace())
  meter.dispose()
  return loudness
}

/** A 1 kHz sine whose level in dBFS changes after so many seconds; its 48 samples a period repeat exactly. */
function tones(levels: readonly (readonly number[])[]): Float32Array {
  const period = sines(0.001, [[1000, 1]])
  const ends = levels.map((_, i) => levels.slice(0, i + 1).reduce((sum, [, seconds = 0]) => sum + seconds, 0) * 48000)
  const samples = new Float32Array(Math.round(ends.at(-1) ?? 0))
  let part = 0
  let amplitude = 10 ** ((levels[0]?.[0] ?? 0) / 20)
  for (let n = 0; n < samples.length; n++) {
    if (n >= (ends[part] ?? 0)) amplitude = 10 ** ((levels[++part]?.[0] ?? 0) / 20)
    samples[n] = amplitude * (period[n % 48] ?? 0)
  }
  return samples
}

const field = {
  I: 'integratedLufs',
  M: 'momentaryMaxLufs',
  S: 'shortTermMaxLufs',
  LRA: 'rangeLu',
  S_constant_after_3s: 'shortTermMaxLufs',
  M_constant_after_1s: 'momentaryMaxLufs',
} as const

const toneCases = ebu.cases.filter((c) => 'tones' in c)
test.each(toneCases)('EBU $id', (signal) => {
  const levels = Array.from({ length: signal.tones_repeat ?? 1 }, () => signal.tones ?? []).flat()
  const sound = tones(levels)
  const loudness = loudnessOf([sound, sound], [1, 1])
  for (const [key, want] of Object.entries(signal.expect))
    expect(Math.abs((loudness[field[key as keyof typeof field]] ?? NaN) - want)).toBeLessThan(signal.tol ?? 0.1)
})

test('EBU 3341-6: five channels with their weights', () => {
  const { levels = [] } = ebu.cases.find((c) => c.id === '3341-6') ?? {}
  const channels = levels.map((level) => tones([[level, 20]]))
  expect(Math.abs((loudnessOf(channels, [1, 1, 1, 1.41, 1.41]).integratedLufs ?? NaN) + 23)).toBeLessThan(0.1)
})

test.each(ebu.cases.filter((c) => 'mono_sine' in c))('EBU $id: true peak', (signal) => {
  const hertz = 48000 / Number(signal.mono_sine?.split('/')[1])
  const phase = ((signal.phaseDeg ?? 0) * Math.PI) / 180
  const amplitude = 10 ** ((signal.levelDbtp ?? 0) / 20)
  const sound = new Float32Array(48000).map((_, n) => {
    const fade = Math.min(1, n / 960, (47999 - n) / 960)
    return fade * amplitude * Math.sin((2 * Math.PI * hertz * n) / 48000 + phase)
  })
  const { truePeakDbtp } = loudnessOf([sound], [1])
  expect(truePeakDbtp).toBeLessThan((signal.expect.TP ?? 0) + (signal.tolAbove ?? 0))
  expect(truePeakDbtp).toBeGreaterThan((signal.expect.TP ?? 0) - (signal.tolBelow ?? 0))
})

test('EBU 3341-13: 400 ms of tone are found wherever they start', () => {
  for (const start of [0, 0.02, 0.13, 0.37]) {
    const sound = new Float32Array(48000 * 1.5)
    sound.set(tones([[-23, 0.4]]), Math.round(start * 48000))
    expect(Math.abs((loudnessOf([sound, sound], [1, 1]).momentaryMaxLufs ?? NaN) + 23)).toBeLessThan(0.1)
  }
})

test.each([8000, 11025, 12345, 22050, 44100, 48000, 96000, 192000])(
  'a full-scale sine in one channel is -3.01 LUFS at %d Hz',
  (rate) => {
    const loudness = loudnessOf([sines(2, [[997, 1]], rate)], [1], { rate })
    expect(Math.abs((loudness.integratedLufs ?? NaN) + 3.01)).toBeLessThan(rate < 13000 ? 0.05 : 0.03)
    expect(Math.abs(loudness.truePeakDbtp ?? NaN)).toBeLessThan(rate % 100 === 0 ? 0.15 : 0.25)
  },
)

test('block size changes no bit; twice the amplitude is 6.02 more of everything', () => {
  const sound = tones([
    [-30, 2],
    [-20, 2],
    [-40, 1],
  ])
  const whole = loudnessOf([sound], [1])
  for (const block of [128, 4097]) expect(loudnessOf([sound], [1], { block })).toEqual(whole)
  const twice = loudnessOf([sound.map((x) => 2 * x)], [1])
  for (const name of ['integratedLufs', 'momentaryMaxLufs', 'shortTermMaxLufs', 'truePeakDbtp'] as const)
    expect((twice[name] ?? NaN) - (whole[name] ?? NaN)).toBeCloseTo(6.0206, 4)
  expect(twice.rangeLu).toBeCloseTo(whole.rangeLu ?? NaN, 9)
})

/** A tone that stops at its highest, as a recording that is cut does. */
const cut = (rate: number) => {
  const sound = sines(0.5, [[440, 0.5]], rate)
  return sound.fill(0.88, sound.length - 2)
}

test.each([11025, 48000, 96000])(
  'an over between the last sample and the silence after it is found, at %d Hz',
  (rate) => {
    const sound = cut(rate)
    const longer = new Float32Array(sound.length + 64)
    longer.set(sound)
    const found = loudnessOf([sound], [1], { rate }).truePeakDbtp
    expect(found).toBe(loudnessOf([longer], [1], { rate }).truePeakDbtp)
    expect(found).toBe(loudnessOf([sound], [1], { rate, block: 5 }).truePeakDbtp)
    expect(found).toBeGreaterThan(0.5) // the samples alone reach 20 log10 .88 = -1.11
  },
)

test('a trace in midstream changes nothing of what follows', () => {
  const sound = sines(1, [[997, 0.9]])
  const [asked, left] = [0, 1].map(() => createLoudnessMeter(kernel, { sampleRate: 48000, weights: [1] }))
  if (asked === undefined || left === undefined) throw new Error('expected two meters')
  for (let at = 0; at < sound.length; at += 1237) {
    asked.push([sound.subarray(at, at + 1237)])
    asked.trace()
  }
  left.push([sound])
  expect(asked.trace()).toEqual(left.trace())
  asked.push([new Float32Array(480)])
  left.push([new Float32Array(480)])
  expect(asked.trace()).toEqual(left.trace())
  for (const meter of [asked, left]) meter.dispose()
})

test.each([11025, 12345, 22050, 44100])('exactly 400 ms and 3 s are enough at %d Hz, a sample less is not', (rate) => {
  const [short, long] = [sines(0.4, [[997, 1]], rate), sines(3, [[997, 1]], rate)]
  expect([short.length, long.length]).toEqual([rate * 0.4, rate * 3])
  expect(loudnessOf([short], [1], { rate }).momentaryMaxLufs).not.toBeNull()
  expect(loudnessOf([short.subarray(1)], [1], { rate }).momentaryMaxLufs).toBeNull()
  expect(loudnessOf([long], [1], { rate }).shortTermMaxLufs).not.toBeNull()
  expect(loudnessOf([long.subarray(1)], [1], { rate }).shortTermMaxLufs).toBeNull()
})

test('cells do not drift where 10 ms are no whole number of samples', () => {
  const meter = createLoudnessMeter(kernel, { sampleRate: 11025, weights: [1] })
  meter.push([new Float32Array(11025 * 60 - 1)])
  expect(meter.trace().cellPowers.length).toBe(5999)
  meter.push([new Float32Array(1)])
  expect(meter.trace().cellPowers.length).toBe(6000)
  meter.dispose()
})

test('identical sounds read alike, and two equal channels 3.01 above one', () => {
  const sound = tones([[-23, 4]])
  const one = loudnessOf([sound], [1])
  expect(loudnessOf([sound.slice()], [1])).toEqual(one)
  expect((loudnessOf([sound, sound], [1, 1]).integratedLufs ?? NaN) - (one.integratedLufs ?? NaN)).toBeCloseTo(
    3.0103,
    4,
  )
})

test('silence, a snippet, a whisper: undefined with reasons, never -Infinity', () => {
  const silent = loudnessOf([new Float32Array(48000 * 4)], [1])
  const { undefined: reasons, ...values } = silent
  expect(Object.values(values).every((value) => value === null)).toBe(true)
  expect(Object.keys(reasons)).toEqual(Object.keys(values))
  const snippet = loudnessOf([tones([[-20, 0.3]])], [1])
  const click = loudnessOf([new Float32Array(48001).fill(0.1, 48000)], [1])
  for (const loudness of [snippet, click]) {
    expect(Math.abs((loudness.truePeakDbtp ?? NaN) + 20)).toBeLessThan(0.1)
    expect(Object.keys(loudness.undefined)).toEqual(Object.keys(values).slice(0, 4))
  }
  const second = loudnessOf([tones([[-20, 1]])], [1])
  expect(Object.keys(second.undefined)).toEqual(['shortTermMaxLufs', 'rangeLu'])
  const whisper = loudnessOf([tones([[-80, 4]])], [1])
  expect(Object.keys(whisper.undefined)).toEqual(['integratedLufs', 'rangeLu'])
  expect(lufsOfPower(0)).toBeNull()
})

test('frames of the analyser give the same loudness of a steady sound', () => {
  const sound = tones([[-23, 3.2]])
  const { frames } = hear([sound, sound])
  const powers = frames.map((frame) => frame.stems.reduce((sum, stem) => sum + stem.weightedPower, 0))
  expect(Math.abs((gatedLoudness(powers, 10) ?? NaN) + 23)).toBeLessThan(0.1)
  expect(gatedLoudness([], 10)).toBeNull()
})

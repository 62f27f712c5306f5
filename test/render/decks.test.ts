// Decks: a flat deck at speed 1 is transparent; varispeed is clean; bands sum flat; no jump clicks; silence is exact.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeckSlot } from '../../src/record/index.ts'
import { createDeckRenderer } from '../../src/render/index.ts'
import { samplesOfSeconds } from '../../src/units.ts'
import { freshKernel } from '../kernel.ts'
import { equaliserMagnitude, readBetween } from '../reference/deck.ts'
import {
  amplitudeAt,
  decibels,
  firstDifference,
  joined,
  noise,
  peak,
  renderInBlocks,
  rms,
  sampleRate,
  sharpestCorner,
  slot,
} from './invented.ts'

const kernel = freshKernel()
const bpm = 126
const slotStart = (k: number) => samplesOfSeconds((k * 1920) / bpm, sampleRate)
const length = slotStart(1)

/** Renders slots one after another; `sections[k]` under `slots[k]`. */
function play(slots: readonly DeckSlot[], sections: readonly (Float32Array | null)[], sizes = [4096], only = length) {
  const deck = createDeckRenderer(kernel, { sampleRate, bpm })
  const parts = slots.map((each, k) => {
    const samples = only === length ? slotStart(k + 1) - slotStart(k) : only
    deck.schedule(each, only === length ? slotStart(k) : k * only, samples, sections[k] ?? null)
    return renderInBlocks(deck, samples, sizes)
  })
  deck.dispose()
  return joined(parts)
}

/** A sine that closes on itself after one slot. */
const sine = (hz: number, amplitude = 0.4, phase = 0) => {
  const turns = Math.round((hz * length) / sampleRate)
  return Float32Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * turns * i) / length + phase))
}
const exactHz = (hz: number) => (Math.round((hz * length) / sampleRate) * sampleRate) / length

const up = { from: 1, to: 1, overBeats: 0 }

describe('transparency', () => {
  const section = noise(length)

  test('speed 1, flat bands, fader up: the section bit by bit after the first 5 ms', () => {
    const sound = play([slot(), slot()], [section, section])
    expect(firstDifference(sound.subarray(240, length), section.subarray(240))).toBe(-1)
    const second = sound.subarray(slotStart(1) + 240, slotStart(2))
    expect(firstDifference(second, section.subarray(240, 240 + second.length))).toBe(-1)
  })

  test('a fader half way up multiplies by sin(45 degrees)', () => {
    const sound = play([slot({ fader: { from: 0.5, to: 0.5, overBeats: 0 } })], [section])
    const gain = Math.fround(Math.SQRT1_2)
    for (let i = 240; i < 5000; i++) expect(sound[i]).toBe(Math.fround((section[i] ?? 0) * gain))
  })

  test('silence in gives exact zeros, with bands turned as well', () => {
    const bands = { low: 0, mid: 1.4, high: 1 }
    const silent = new Float32Array(length)
    expect(peak(play([slot(), slot({ eq: bands })], [silent, silent]))).toBe(0)
    expect(peak(play([slot({ playing: false, eq: bands })], [section]))).toBe(0)
    expect(peak(play([slot({ track: null, playing: true })], [null]))).toBe(0)
  })

  test('a deck that stops is exactly silent .11 s later, filters included', () => {
    const sound = play([slot({ eq: { low: 0.3, mid: 1, high: 0 } }), slot({ playing: false })], [section, null])
    expect(peak(sound.subarray(length + 0.11 * sampleRate))).toBe(0)
    expect(peak(sound.subarray(length, length + 240))).toBeGreaterThan(0)
  })
})

describe('blocks', () => {
  const section = noise(length)
  const slots = [
    slot({ fader: { from: 0, to: 1, overBeats: 2 } }),
    slot({ eq: { low: 0, mid: 1, high: 1.4 }, loopBeats: 4, section: 1 }),
    slot({ nudgePercent: 2, loopBeats: 8, fader: { from: 1, to: 0, overBeats: 1 } }),
    slot({ playing: false }),
  ]
  const sections = [section, section, section, null]
  const short = 100_003
  const whole = play(slots, sections, [short], short)

  test.each([[[128]], [[4096]], [[1, 63, 129, 1000]]])('blocks of %j change no bit', (sizes) => {
    expect(firstDifference(play(slots, sections, sizes, short), whole)).toBe(-1)
  })

  test('slots announced ahead sound as if announced in time', () => {
    const deck = createDeckRenderer(kernel, { sampleRate, bpm })
    const sound = new Float32Array(4 * short)
    for (const k of [0, 1]) deck.schedule(slots[k] ?? slot(), k * short, short, sections[k] ?? null)
    deck.render(sound.subarray(0, short))
    deck.schedule(slots[2] ?? slot(), 2 * short, short, section)
    deck.render(sound.subarray(short, 2 * short))
    deck.schedule(slots[3] ?? slot(), 3 * short, short, null)
    deck.render(sound.subarray(2 * short))
    deck.dispose()
    expect(firstDifference(sound, whole)).toBe(-1)
  })

  test('a third slot ahead is refused, a section longer than a slot as well', () => {
    const deck = createDeckRenderer(kernel, { sampleRate, bpm })
    deck.schedule(slot(), 0, short, section)
    deck.schedule(slot(), short, short, section)
    expect(() => deck.schedule(slot(), 2 * short, short, section)).toThrow(/at most two slots ahead/)
    deck.render(new Float32Array(100))
    deck.schedule(slot(), 2 * short, short, section)
    deck.render(new Float32Array(short))
    expect(() => deck.schedule(slot(), 3 * short, short, new Float32Array(length + 2))).toThrow(/at most .* samples/)
    deck.dispose()
  })
})

describe('varispeed', () => {
  test('agrees with the windowed sinc written out', () => {
    const section = noise(length)
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }).filter((percent) => Math.abs(percent) > 0.01),
        (percent) => {
          const sound = play([slot({ nudgePercent: percent })], [section], [4096], 3000)
          for (let t = 400; t < 3000; t += 71)
            expect(Math.abs((sound[t] ?? 0) - readBetween(section, t * (1 + percent / 100)))).toBeLessThan(2e-5)
        },
      ),
      { numRuns: 8 },
    )
  })

  /** Level of all that is not the sine at `hz`, relative to it: fits sine and cosine by least squares under a Hann window. */
  function residue(x: Float32Array, hz: number, from: number, to: number): number {
    const [c, s] = [amplitudePhase(x, hz, from, to).re, amplitudePhase(x, hz, from, to).im]
    let left = 0
    let all = 0
    for (let i = from; i < to; i++) {
      const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - from)) / (to - from))
      const angle = (2 * Math.PI * hz * (i - from)) / sampleRate
      const fitted = c * Math.cos(angle) + s * Math.sin(angle)
      left += (w * ((x[i] ?? 0) - fitted)) ** 2
      all += (w * (x[i] ?? 0)) ** 2
    }
    return decibels(Math.sqrt(left / all))
  }

  function amplitudePhase(x: Float32Array, hz: number, from: number, to: number) {
    const n = to - from
    let re = 0
    let im = 0
    for (let i = 0; i < n; i++) {
      const w = (1 - Math.cos((2 * Math.PI * i) / n)) / n
      const angle = (2 * Math.PI * hz * i) / sampleRate
      re += 2 * w * (x[from + i] ?? 0) * Math.cos(angle)
      im += 2 * w * (x[from + i] ?? 0) * Math.sin(angle)
    }
    return { re, im }
  }

  test.each([-8, -3, 3, 8])('at %d %% whatever is not the tone lies below -80 dB', (percent) => {
    for (const hz of [100, 997, 5003, 12007, 17500]) {
      const sound = play([slot({ nudgePercent: percent })], [sine(hz)], [4096], 20_000)
      expect(residue(sound, exactHz(hz) * (1 + percent / 100), 2000, 20_000), `${hz} Hz`).toBeLessThan(-80)
    }
  })

  test('what would fold back at +8 % is taken out by 80 dB', () => {
    for (const hz of [22_400, 23_100, 23_800]) {
      const sound = play([slot({ nudgePercent: 8 })], [sine(hz)], [4096], 20_000)
      expect(decibels(rms(sound, 1000) / (0.4 / Math.SQRT2)), `${hz} Hz`).toBeLessThan(-80)
    }
  })

  test('tones up to 17.5 kHz keep their level within .1 dB', () => {
    for (const hz of [50, 1000, 10_000, 17_500])
      for (const percent of [-8, 8]) {
        const sound = play([slot({ nudgePercent: percent })], [sine(hz)], [4096], 20_000)
        expect(Math.abs(decibels(rms(sound, 2000) / (0.4 / Math.SQRT2)))).toBeLessThan(0.1)
      }
  })
})

describe('loop', () => {
  test.each([4, 8] as const)('%d beats come again, on the beat, bit by bit outside the crossfades', (beats) => {
    const section = noise(length)
    const sound = play([slot({ loopBeats: beats })], [section])
    for (let turn = 0; turn < 32 / beats; turn++) {
      const begin = Math.round((turn * beats * 60 * sampleRate) / bpm)
      const end = Math.round(((turn + 1) * beats * 60 * sampleRate) / bpm)
      const own = sound.subarray(begin + 240, end)
      expect(firstDifference(own, section.subarray(240, 240 + own.length))).toBe(-1)
    }
  })
})

describe('equaliser', () => {
  const impulseAt = 24_000
  /** Magnitude response of the deck with bands at `eq`, from an impulse long after the bands have come in. */
  function response(eq: DeckSlot['eq']): (hz: number) => number {
    const section = new Float32Array(length)
    for (let i = 0; i < length; i += 48) section[i] = 1e-30 // keeps the deck awake
    section[impulseAt] = 0.4
    const sound = play([slot({ eq })], [section], [4096], 48_000)
    return (hz) => {
      let re = 0
      let im = 0
      for (let i = impulseAt; i < impulseAt + 12_000; i++) {
        re += (sound[i] ?? 0) * Math.cos((2 * Math.PI * hz * i) / sampleRate)
        im += (sound[i] ?? 0) * Math.sin((2 * Math.PI * hz * i) / sampleRate)
      }
      return Math.hypot(re, im) / 0.4
    }
  }
  const frequencies = [30, 60, 125, 220, 250, 300, 500, 1000, 2000, 2500, 3200, 5000, 9000, 16000, 20000]

  test('all bands together are flat within .01 dB', () => {
    const flat = response({ low: 1, mid: 1, high: 1 + 1e-9 }) // not quite 1, so that the filters are in the way
    for (const hz of frequencies) expect(Math.abs(decibels(flat(hz))), `${hz} Hz`).toBeLessThan(0.01)
  })

  test.each([
    { low: 0, mid: 1, high: 1 },
    { low: 1, mid: 0, high: 1 },
    { low: 1.5, mid: 0.5, high: 0 },
  ])('bands %j follow the Linkwitz-Riley transfer functions', (eq) => {
    const found = response(eq)
    for (const hz of frequencies) expect(found(hz), `${hz} Hz`).toBeCloseTo(equaliserMagnitude(hz, eq, sampleRate), 3)
  })

  test('a killed low takes 60 Hz down by more than 45 dB, a cut crossover point is at -6 dB', () => {
    const killed = response({ low: 0, mid: 1, high: 1 })
    expect(decibels(killed(60))).toBeLessThan(-45)
    expect(decibels(killed(250))).toBeCloseTo(-6.02, 1)
  })
})

describe('fader', () => {
  test('moves with equal power: the squares of two opposite faders sum to 1', () => {
    const ones = new Float32Array(length).fill(0.4)
    const rising = play([slot({ fader: { from: 0, to: 1, overBeats: 32 } })], [ones])
    const falling = play([slot({ fader: { from: 1, to: 0, overBeats: 32 } })], [ones])
    for (let i = 300; i < length; i += 9973)
      expect(((rising[i] ?? 0) ** 2 + (falling[i] ?? 0) ** 2) / 0.16).toBeCloseTo(1, 5)
    expect(rising[length >> 1]).toBeCloseTo(0.4 * Math.SQRT1_2, 4)
  })

  test('holds its place between slots', () => {
    const ones = new Float32Array(length).fill(0.4)
    const held = slot({ fader: { from: 0.6, to: 0.6, overBeats: 0 } })
    const sound = play([slot({ fader: { from: 0, to: 0.6, overBeats: 8 } }), held], [ones, ones])
    expect(sharpestCorner(sound, 300)).toBeLessThan(1e-4)
    expect(sound[length + 100]).toBeCloseTo(0.4 * Math.sin(0.3 * Math.PI), 6)
  })
})

describe('clicks', () => {
  const tone = sine(200)
  const other = sine(200, 0.4, Math.PI)
  const steady = sharpestCorner(tone)
  /** A crossfade of 5 ms between opposite tones bends at most so much; a hard jump would be about 1000 times the tone's own. */
  const allowed = steady * 1.2 + 0.8 * (6 / 240 ** 2 + (2 * 1.5 * 2 * Math.PI * 200) / 240 / sampleRate)

  test.each<[string, DeckSlot[], (Float32Array | null)[]]>([
    ['start and stop', [slot({ playing: false }), slot(), slot({ playing: false })], [null, sine(200, 0.4, 1.5), null]],
    ['another track', [slot(), slot()], [tone, other]],
    ['a loop', [slot({ loopBeats: 4 })], [sine(201.3, 0.4, 1)]],
    ['a cut', [slot(), slot({ fader: { from: 0, to: 0, overBeats: 0 } }), slot({ fader: up })], [tone, tone, tone]],
    ['a kill and back', [slot(), slot({ eq: { low: 0, mid: 1, high: 1 } }), slot()], [tone, tone, tone]],
    ['a nudge', [slot(), slot({ nudgePercent: 4 }), slot()], [tone, tone, tone]],
    ['the end of what was announced', [slot()], [sine(200, 0.4, 1.5)]],
  ])('%s', (_, slots, sections) => {
    const short = 96_000
    const deck = createDeckRenderer(kernel, { sampleRate, bpm })
    const sound = new Float32Array((slots.length + 1) * short)
    slots.forEach((each, k) => {
      deck.schedule(each, k * short, short, sections[k] ?? null)
      deck.render(sound.subarray(k * short, (k + 1) * short))
    })
    deck.render(sound.subarray(slots.length * short))
    deck.dispose()
    expect(sharpestCorner(sound)).toBeLessThan(allowed)
    expect(peak(sound)).toBeGreaterThan(0.35)
    expect(peak(sound.subarray(sound.length - 1000))).toBe(0)
  })

  test('raised bands bend at .5 and end at .6', () => {
    const sound = play([slot({ eq: { low: 2, mid: 2, high: 2 } })], [sine(100, 0.5)], [4096], 48_000)
    expect(peak(sound)).toBeGreaterThan(0.55)
    expect(peak(sound)).toBeLessThanOrEqual(0.6)
    expect(amplitudeAt(sound, exactHz(100), 9600)).toBeGreaterThan(0.5)
  })
})

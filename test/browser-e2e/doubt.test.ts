// What is heard beside a run and again and again, in real Chromium: the null, another run in step, loops, speed, recording.
// All of it asserted from the samples that go to the loudspeakers, as the page's own recorder writes them down.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLoudnessMeter } from '../../src/hear/index.ts'
import { measureLoudness } from '../../src/measure/index.ts'
import { beatsPerSlot, formatLine, type RecordLine } from '../../src/record/index.ts'
import { freshKernel } from '../kernel.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage, waitForLevel } from './stage.ts'

const silence = 1e-5
const sound = 0.003
const rate = 48_000
const bpm = 200
const bar = (240 / bpm) * rate
const slot = (beatsPerSlot * 60 * rate) / bpm

let stage: Stage
let page: Page
let complaints: string[]

const write = (id: string, record: readonly RecordLine[]) => {
  mkdirSync(path.join(stage.runs, id), { recursive: true })
  const file = path.join(stage.runs, id, 'record.jsonl')
  writeFileSync(file, record.map((line) => `${formatLine(line)}\n`).join(''))
  return file
}

/** The same run with a second agent who says and plays nothing. */
function hush(record: readonly RecordLine[]): RecordLine[] {
  return record
    .filter((line) => line.kind !== 'token' || line.agent !== 'b')
    .map((line) =>
      line.kind === 'world'
        ? { ...line, decks: line.decks.map((deck) => (deck.agent === 'b' ? { ...deck, playing: false } : deck)) }
        : line,
    )
    .map((line, n) => ({ ...line, n }) as RecordLine)
}

/** The same run, over after its first slot. */
function cut(record: readonly RecordLine[]): RecordLine[] {
  return record
    .filter((line) => !('slot' in line) || line.slot === 0)
    .map((line) => (line.kind === 'end' ? { ...line, slots: 1 } : line))
    .map((line, n) => ({ ...line, n }) as RecordLine)
}

let record: RecordLine[]
beforeAll(async () => {
  stage = await openStage('seldom')
  record = await playShortParty(2, 3, { bpm })
  write('this', record)
  write('same', record)
  write('hushed', hush(record))
  write('short', cut(record))
  const { url } = await stage.serve()
  ;({ page, complaints } = await stage.openPage(`${url}#run=this&t=3`))
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
})
afterAll(async () => {
  await stage.close()
  expect(complaints).toEqual([])
})
const isPressed = (id: string) =>
  page.waitForFunction((which) => document.getElementById(which)?.getAttribute('aria-pressed') === 'true', id)
const isReleased = (id: string) =>
  page.waitForFunction((which) => document.getElementById(which)?.getAttribute('aria-pressed') === 'false', id)

interface Stereo {
  readonly left: Float32Array
  readonly right: Float32Array
}

/** What the page's recorder wrote. */
async function recordStereo(act: () => Promise<void>): Promise<Stereo> {
  await page.keyboard.press('Shift+R')
  await act()
  const coming = page.waitForEvent('download')
  await page.keyboard.press('Shift+R')
  const bytes = readFileSync(await (await coming).path())
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
  expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24)]).toEqual([3, 2, rate])
  expect(bytes.readUInt32LE(54)).toBe(bytes.length - 58)
  const side = (from: number) =>
    Float32Array.from({ length: (bytes.length - 58) / 8 }, (_, n) => bytes.readFloatLE(58 + from + 8 * n))
  return { left: side(0), right: side(4) }
}
const recordWhile = async (act: () => Promise<void>) => (await recordStereo(act)).left

const loudest = (samples: Float32Array) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
/** How much of a sound is not what it was so many samples before, as a share of its power. */
function changeAfter(samples: Float32Array, period: number): number {
  let [change, power] = [0, 0]
  for (let n = period; n < samples.length; n++) {
    change += ((samples[n] as number) - (samples[n - period] as number)) ** 2
    power += (samples[n] as number) ** 2
  }
  return change / power
}

test('the null swaps one seat: a stranger who is silent leaves it silent, and the other seat sounds on', async () => {
  await page.selectOption('#other', 'hushed')
  // The second seat alone: its voice and its deck.
  await page.keyboard.press('Digit3')
  await page.keyboard.press('Digit4')
  await waitForLevel(page, 'above', sound)
  await page.keyboard.press('n')
  await isPressed('null')
  await waitForLevel(page, 'below', silence)
  expect(await page.textContent('#cast-line')).toMatch(
    /^The null: .* is a stranger from run hushed \(seed 3\), who is silent here\.$/,
  )
  expect(await page.textContent('article.swapped .stranger')).toMatch(/a stranger from run hushed$/)
  await page.keyboard.press('Digit0')
  await waitForLevel(page, 'above', sound)
  await page.keyboard.press('Digit3')
  // The other seat is whole: asked for it, the stranger leaves this one.
  await page.keyboard.press('Shift+N')
  await waitForLevel(page, 'above', sound)
  await page.keyboard.press('n')
  await isReleased('null')
  expect(await page.locator('article.swapped').count()).toBe(0)
})

/** How loud the first slot is at the loudspeakers, LUFS. It is played at double speed: levels are matched at any. */
async function hearFirstSlot(): Promise<number> {
  await page.keyboard.press('Space')
  await waitForLevel(page, 'below', silence)
  await page.keyboard.press('Home')
  const { left, right } = await recordStereo(async () => {
    await page.keyboard.press('Space')
    await waitForLevel(page, 'above', sound)
    await page.waitForTimeout((1000 * slot) / 2 / rate)
  })
  const first = left.findIndex((sample) => Math.abs(sample) > 1e-6)
  const meter = createLoudnessMeter(freshKernel(), { sampleRate: rate, weights: [1, 1] })
  meter.push([left, right].map((side) => side.slice(first, first + slot / 2)))
  return measureLoudness(meter.trace()).integratedLufs ?? Number.NEGATIVE_INFINITY
}

test('a twin comes from the server, as loud as the agent it stands in for', async () => {
  await page.selectOption('#other', '')
  await page.selectOption('#speed', '2')
  await page.keyboard.press('Digit3')
  await page.keyboard.press('Digit4')
  const own = await hearFirstSlot()
  await page.keyboard.press('n')
  await isPressed('null')
  const line = (await page.textContent('#cast-line')) ?? ''
  const strange = await hearFirstSlot()
  const change = /a stranger from its twin \(seed \d+\), on the same beat and as loud \(([+−][\d.]+) dB/.exec(line)?.[1]
  // Not at the bound, where it may be quieter.
  expect(Math.abs(Number(change?.replace('−', '-')))).toBeLessThan(12)
  expect(Math.abs(strange - own)).toBeLessThan(0.3)
  await page.keyboard.press('n')
  await isReleased('null')
  await page.keyboard.press('Digit0')
  await page.selectOption('#speed', '1')
})

/** Marks the bar in which it stands and repeats it, from a rest, so that no bar line is crossed meanwhile. */
async function loopOneBar(): Promise<void> {
  await page.keyboard.press('Space')
  await waitForLevel(page, 'below', silence)
  for (const key of ['[', ']', 'l', 'Space']) await page.keyboard.press(key)
  await isPressed('loop')
  expect(await page.textContent('#loop-bars')).toMatch(/^bar \d+$/)
  await hearPeriod(bar)
}

/** Waits until what sounds repeats after so many samples. */
async function hearPeriod(period: number): Promise<void> {
  for (let tries = 0; tries < 6; tries++) {
    const samples = await recordWhile(() => page.waitForTimeout((1100 * period) / rate + 150))
    if (samples.length > 1.05 * period && loudest(samples) > sound && changeAfter(samples, period) < 1e-6) {
      expect(changeAfter(samples, period / 2)).toBeGreaterThan(0.05)
      return
    }
  }
  throw new Error(`expected a sound that repeats after ${period} samples`)
}

/** From now on every order to an audio parameter takes a block's time, as on a machine that has a lot to do. */
function dawdle(): void {
  for (const name of ['setValueAtTime', 'linearRampToValueAtTime'] as const) {
    const own = AudioParam.prototype[name] as (value: number, at: number) => AudioParam
    AudioParam.prototype[name] = function (this: AudioParam, value: number, at: number) {
      const until = performance.now() + 3
      while (performance.now() < until);
      return own.call(this, value, at)
    }
  }
}

test('another run is in step to the sample: switched to a run that is the same, nothing changes', async () => {
  await page.selectOption('#other', 'same')
  await page.keyboard.press('b')
  await isPressed('beside')
  // A loop repeats exactly, so any seam of switching would show against the pass before.
  await loopOneBar()
  await page.evaluate(dawdle)
  const samples = await recordWhile(async () => {
    for (let k = 0; k < 9; k++) {
      await page.keyboard.press('b')
      await page.waitForTimeout(200)
    }
  })
  expect(samples.length).toBeGreaterThan(1.5 * bar)
  expect(loudest(samples)).toBeGreaterThan(sound)
  expect(changeAfter(samples, bar)).toBeLessThan(1e-6)
  await page.keyboard.press('l')
  await isReleased('loop')
})

test('a loop keeps to whole bars; at half speed it is twice as long; off, it goes on', async () => {
  await loopOneBar()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  expect(await page.inputValue('#speed')).toBe('0.5')
  expect(await page.textContent('#line')).toMatch(/^At 100 bpm, every sound rendered anew/)
  await hearPeriod(2 * bar)
  await page.keyboard.press('l')
  await isReleased('loop')
  const end = Number(/\d+$/.exec((await page.textContent('#loop-bars')) ?? '')?.[0]) * (bar / rate)
  const isBeyond = (seconds: number) =>
    Number(/:(\d\d) of/.exec(document.getElementById('clock')?.textContent ?? '')?.[1]) > seconds
  await page.waitForFunction(isBeyond, end)
})

const window = 240
/** Window by window, whether it sounds. */
function soundingWindows(samples: Float32Array): boolean[] {
  return Array.from(
    { length: samples.length / window },
    (_, k) => loudest(samples.subarray(k * window, (k + 1) * window)) > 1e-6,
  )
}

/** Repeats the bars from one to the next, counted from 0, from a rest. */
async function loopTwoBars(from: number): Promise<void> {
  await page.keyboard.press('Space')
  await waitForLevel(page, 'below', silence)
  await page.keyboard.press('Home')
  for (let k = 0; k < from; k++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('[')
  await page.keyboard.press('Shift+ArrowRight')
  for (const key of [']', 'l', 'Space']) await page.keyboard.press(key)
  await isPressed('loop')
  expect(await page.textContent('#loop-bars')).toBe(`bars ${from + 1} – ${from + 2}`)
}

test('beyond its end another run is silent, and with the next pass it comes back in step', async () => {
  await page.selectOption('#speed', '1')
  await page.selectOption('#other', 'short')
  await page.keyboard.press('b')
  await isPressed('beside')
  // The last bar of the other's only slot, and the first of the next.
  await loopTwoBars(7)
  await hearPeriod(2 * bar)
  const both = await recordWhile(async () => {
    await page.waitForTimeout((2000 * bar) / rate + 100)
    await page.keyboard.press('b')
    await isReleased('beside')
    await page.waitForTimeout((2000 * bar) / rate + 300)
  })
  // The first and the last pass, whole passes apart.
  const later = Math.floor(both.length / (2 * bar) - 1) * 2 * bar
  const [other, own] = [0, later].map((at) => both.subarray(at, at + 2 * bar)) as [Float32Array, Float32Array]
  expect(later).toBeGreaterThan(0)
  expect(soundingWindows(own).filter((sounds) => !sounds).length).toBeLessThan(3)
  const sounds = soundingWindows(other)
  expect(Math.abs(sounds.filter((one) => one).length - bar / window)).toBeLessThan(3)
  // Where the other sounds, it is what the run itself is there: but at its end, and in the seam, where the run's own next bar fades out.
  const isSeam = (k: number) => [-1, 1, 2].some((back) => !sounds.at((k - back) % sounds.length))
  let [change, power] = [0, 0]
  sounds.forEach((one, k) => {
    if (!one || isSeam(k)) return
    for (let n = k * window; n < (k + 1) * window; n++) {
      change += ((own[n] as number) - (other[n] as number)) ** 2
      power += (own[n] as number) ** 2
    }
  })
  expect(power).toBeGreaterThan(1)
  expect(change / power).toBeLessThan(1e-6)
})

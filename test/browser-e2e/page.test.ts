// The listening page from end to end: the built page, the real server, real Chromium, and sound measured at the loudspeakers.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatLine, type RecordLine } from '../../src/record/index.ts'
import { playShortParty } from '../party.ts'
import { findFaults, looks } from './look.ts'
import { hearLoudest, openStage, type Stage, storeRun, waitForLevel } from './stage.ts'

const silence = 1e-5
const sound = 0.003

let stage: Stage
/** Opens pages that are listened to and not looked at. */
let ears: Stage
let url: string
let record: RecordLine[]

beforeAll(async () => {
  stage = await openStage()
  ears = await openStage('seldom')
  record = await playShortParty(4, 7, { bpm: 200 })
  await storeRun(stage.runs, 'whole', record)
  await storeRun(stage.runs, 'quick', await playShortParty(1, 3, { bpm: 200 }))
  url = (await stage.serve()).url
})
afterAll(() => Promise.all([stage.close(), ears.close()]))

const open = async (hash: string, options?: Parameters<Stage['openPage']>[1], from = stage) => {
  const opened = await from.openPage(`${url}${hash}`, options)
  await opened.page.waitForSelector('#start:enabled')
  return opened
}
const pictureOf = (page: Page, selector: string) =>
  page.evaluate((where) => (document.querySelector(where) as HTMLCanvasElement).toDataURL(), selector)

test('the start button makes it sound, the lanes run, the words light up', async () => {
  const { page, complaints } = await open('#run=whole')
  expect(await hearLoudest(page)).toBe(0)
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
  const before = await pictureOf(page, '.lane canvas')
  await page.waitForSelector('.words .sounding', { state: 'attached' })
  await page.waitForFunction(
    (old) => (document.querySelector('.lane canvas') as HTMLCanvasElement).toDataURL() !== old,
    before,
  )
  expect(await page.textContent('#clock')).toMatch(/of 0:3[89]/)
  await page.keyboard.press('Space')
  await waitForLevel(page, 'below', silence)
  await page.context().close()
  expect(complaints).toEqual([])
})

/** Runs in the page before its own scripts: once `isAlone` is set, no worker is asked any more and nothing comes from the server. */
function canBeAlone(): void {
  const isAlone = () => Reflect.get(window, 'isAlone') === true
  const post = Worker.prototype.postMessage as (this: Worker, ...said: unknown[]) => void
  Worker.prototype.postMessage = function (this: Worker, ...said: unknown[]) {
    if (!isAlone()) post.apply(this, said)
  } as typeof Worker.prototype.postMessage
  const ask = window.fetch
  window.fetch = (...asked) => (isAlone() ? new Promise(() => {}) : ask(...asked))
}

test.each(['#run=whole', '#run=whole&t=20'])(
  'pressed the moment it can be, start sounds of what is there by then: %s',
  async (hash) => {
    const { page } = await ears.openPage(`${url}${hash}`, {}, canBeAlone)
    await page.evaluate(async () => {
      const start = document.getElementById('start') as HTMLButtonElement
      while (start.disabled) await new Promise((done) => setTimeout(done, 5))
      Reflect.set(window, 'isAlone', true)
      start.click()
    })
    await waitForLevel(page, 'above', sound)
    await page.context().close()
  },
)

test('mute and solo act on the sound, by key and by button', async () => {
  // The second slot: both decks may play there; the first deck does.
  const { page } = await open('#run=whole&t=10', {}, ears)
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
  await page.keyboard.press('m')
  await waitForLevel(page, 'below', silence)
  expect(await page.getAttribute('#mute', 'aria-pressed')).toBe('true')
  await page.keyboard.press('m')
  await waitForLevel(page, 'above', sound)
  for (const key of ['Shift+Digit1', 'Shift+Digit2', 'Shift+Digit3', 'Shift+Digit4']) await page.keyboard.press(key)
  await waitForLevel(page, 'below', silence)
  await page.keyboard.press('Digit0')
  await waitForLevel(page, 'above', sound)
  await page.click('[aria-label^="Solo"][aria-keyshortcuts="2"]')
  await waitForLevel(page, 'above', sound)
  await page.click('[aria-label^="Mute"][aria-keyshortcuts="Shift+2"]')
  await waitForLevel(page, 'below', silence)
  await page.context().close()
})

test('seeking by arrows moves sound and reading, and the address follows', async () => {
  const { page } = await open('#run=whole', {}, ears)
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(() => /^Slot 3 of 4/.test(document.getElementById('moment')?.textContent ?? ''))
  await page.waitForFunction(() => /^0:(19|2)/.test(document.getElementById('clock')?.textContent ?? ''))
  await waitForLevel(page, 'above', sound)
  expect(new URL(page.url()).hash).toBe('#run=whole&t=19.2')
  await page.context().close()
})

test('heard to the end, the live measures are the stored ones', async () => {
  const { page, complaints } = await open('#run=quick', {}, ears)
  await page.click('#start')
  await page.waitForFunction(() => /end/.test(document.getElementById('line')?.textContent ?? ''), null, {
    timeout: 50_000,
  })
  await page.waitForFunction(() => /measure/.test(document.getElementById('line')?.textContent ?? ''))
  expect(await page.textContent('#line')).toBe('Heard to the end; every measure taken here equals the stored one.')
  await page.context().close()
  expect(complaints).toEqual([])
})

test('a run that still plays: a dropped connection is told and loses nothing', async () => {
  const folder = path.join(stage.runs, 'live')
  mkdirSync(folder)
  const file = path.join(folder, 'record.jsonl')
  const cut = record.findIndex((line) => line.kind === 'world') + 1
  const text = (lines: readonly RecordLine[]) => lines.map((line) => `${formatLine(line)}\n`).join('')
  writeFileSync(file, text(record.slice(0, cut)))
  const server = await stage.serve()
  const { page } = await ears.openPage(`${server.url}#run=live`)
  await page.waitForSelector('#start:enabled')
  expect(await page.getAttribute('#seek', 'max')).toBe('0')
  const port = Number(new URL(server.url).port)
  await server.close()
  await page.waitForFunction(() => /Connection lost/.test(document.getElementById('line')?.textContent ?? ''))
  appendFileSync(file, text(record.slice(cut)))
  await stage.serve(port)
  await page.waitForFunction(() => document.getElementById('seek')?.getAttribute('max') === '3')
  expect(await page.textContent('#line')).not.toMatch(/lost|expected/)
  await page.context().close()
})

test('the page weighs at most 400 kB, packed, with its kernel', () => {
  const folder = new URL('../../dist/page/', import.meta.url)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(js|css|html|svg)$/.test(name),
  )
  const files = [...names.map((name) => new URL(name, folder)), new URL('../../dist/kernel.wasm', import.meta.url)]
  const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  expect(names.length).toBeGreaterThan(4)
  expect(bytes).toBeLessThanOrEqual(400_000)
})

test.each(looks)('axe finds nothing and nothing overflows: $name', async ({ viewport, colorScheme }) => {
  const { page } = await open('#run=whole', { viewport, colorScheme, reducedMotion: 'reduce' })
  expect(await findFaults(page)).toEqual([])
  await page.click('#start')
  await page.waitForSelector('#welcome', { state: 'hidden' })
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
  expect(await findFaults(page)).toEqual([])
  await page.keyboard.press('?')
  expect(await findFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await page.context().close()
})

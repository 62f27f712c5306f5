// The server goes away, or lacks a recording, while a party with decks plays: what the decks play is heard all the same, or as soon as it can be;
// told by the loudspeakers, with one deck alone open. And what is being recorded when the sound or the run goes away is saved.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimRun } from '../../src/node/store/run-folder.ts'
import type { WorldLine } from '../../src/record/index.ts'
import { recordingsOf } from '../../src/web/sound/track-recordings.ts'
import { textOf } from '../node/records.ts'
import { playShortParty, shippedLibrary } from '../party.ts'
import { openStage, type Stage, waitForLevel } from './stage.ts'

const sound = 0.003
const silence = 0.0005
const bpm = 200
const slotSeconds = (32 * 60) / bpm
/** From this slot on the first deck plays another track, whose recording nothing before needs. */
let turn = 0
let recording = ''

let stage: Stage

beforeAll(async () => {
  stage = await openStage('seldom')
  const record = await playShortParty(6, 9, { bpm })
  for (const id of ['decks', 'other']) {
    mkdirSync(`${stage.runs}/${id}`)
    writeFileSync(`${stage.runs}/${id}/record.jsonl`, textOf(record))
  }
  const worlds = record.filter((line): line is WorldLine => line.kind === 'world')
  const tracks = worlds.map(({ decks }) => decks[0]?.track)
  turn = tracks.findIndex((track) => track !== tracks[0])
  const track = shippedLibrary().tracks.find(({ id }) => id === tracks[turn])
  recording = track === undefined ? '' : (recordingsOf(track)[0] ?? '')
  expect(turn).toBeGreaterThan(1)
  expect(recording).not.toBe('')
})
afterAll(() => stage.close())

/** Resolves when the line says it, or has said it since this was called, however soon other words took its place. */
const says = (page: Page, words: RegExp) =>
  page.evaluate((pattern) => {
    const line = document.getElementById('line')
    if (line === null) throw new Error('there is no line')
    return new Promise<void>((resolve) => {
      const look = () => {
        if (!new RegExp(pattern).test(line.textContent ?? '')) return
        watch.disconnect()
        resolve()
      }
      const watch = new MutationObserver(look)
      watch.observe(line, { childList: true, characterData: true, subtree: true })
      look()
    })
  }, words.source)

interface Wish {
  readonly run?: string
  readonly before?: (page: Page) => Promise<unknown>
}

/** A page in which the party sounds, the first deck alone. */
async function openDecks(url: string, { run = 'decks', before = async () => {} }: Wish = {}) {
  const { page, complaints } = await stage.openPage('about:blank')
  page.setDefaultTimeout(30_000)
  await before(page)
  await page.goto(`${url}#run=${run}`)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await page.keyboard.press('2')
  await waitForLevel(page, 'above', sound)
  return { page, complaints }
}
const goToTurn = (page: Page, run = 'decks') =>
  page.evaluate(
    (hash) => {
      location.hash = hash
    },
    `#run=${run}&t=${turn * slotSeconds}`,
  )

test('the server ends while the run plays: it is said, and all of the run sounds on', async () => {
  const server = await stage.serve()
  let fetched = false
  const { page } = await openDecks(server.url, {
    async before(opened) {
      opened.on('requestfinished', (request) => {
        fetched ||= request.url().endsWith(`/api/samples/${recording}`)
      })
    },
  })
  // Fetched ahead, long before its slot.
  await expect.poll(() => fetched, { timeout: 10_000 }).toBe(true)
  await server.close()
  await says(page, /The server does not answer; what is here plays on/)
  await goToTurn(page)
  await page.waitForFunction((slot) => (document.getElementById('seek') as HTMLInputElement).value === `${slot}`, turn)
  await waitForLevel(page, 'above', sound)
  await stage.serve(Number(new URL(server.url).port))
  await says(page, /The server answers again/)
  await page.context().close()
})

test('the server starts again while a party with decks still plays: what is played after its return sounds', async () => {
  const record = await playShortParty(6, 9, { bpm })
  const cut = record.findIndex((line) => 'slot' in line && line.slot === turn)
  const file = `${stage.runs}/growing/record.jsonl`
  mkdirSync(`${stage.runs}/growing`)
  writeFileSync(file, textOf(record.slice(0, cut)))
  const release = claimRun(`${stage.runs}/growing`)
  const server = await stage.serve()
  const { page } = await openDecks(server.url, { run: 'growing' })
  await server.close()
  await says(page, /Connection lost/)
  appendFileSync(file, textOf(record.slice(cut)))
  await stage.serve(Number(new URL(server.url).port))
  await page.waitForFunction((slots) => (document.getElementById('seek') as HTMLInputElement).max === `${slots}`, 5)
  await goToTurn(page, 'growing')
  await waitForLevel(page, 'above', sound)
  release()
  await page.context().close()
})

test('a recording that cannot be had for a while is waited for, and said; then the sound goes on by itself', async () => {
  const { url } = await stage.serve()
  const place = `**/api/samples/${recording}`
  const { page } = await openDecks(url, { before: (opened) => opened.route(place, (route) => route.abort()) })
  await goToTurn(page)
  await says(page, /The server does not answer; trying again/)
  await waitForLevel(page, 'below', silence)
  // Other words are said meanwhile.
  await page.keyboard.press('m')
  await page.keyboard.press('m')
  const said = says(page, /the sound goes on/)
  await page.unroute(place)
  await said
  await waitForLevel(page, 'above', sound)
  await page.context().close()
})

test('a recording that there is none of is named once, and all the rest sounds', async () => {
  const { url } = await stage.serve()
  let asked = 0
  const { page } = await openDecks(url, {
    before: (opened) =>
      opened.route(`**/api/samples/${recording}`, (route) => {
        asked++
        return route.fulfill({ status: 404 })
      }),
  })
  await goToTurn(page)
  await says(page, new RegExp(`no recording “${recording}” on the server; it stays silent`))
  await waitForLevel(page, 'above', sound)
  expect(asked).toBe(1)
  await page.context().close()
})

/** Runs in the page before its own scripts. */
function keepContexts(): void {
  const contexts: AudioContext[] = []
  Object.assign(window, { contexts })
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      contexts.push(this)
    }
  }
}

test('what is being recorded is saved when the sound device goes, another run is chosen, or the page is left', async () => {
  const { url } = await stage.serve()
  const { page } = await openDecks(url, { before: (opened) => opened.addInitScript(keepContexts) })
  const record = async () => {
    await waitForLevel(page, 'above', sound)
    await page.keyboard.press('Shift+R')
    await page.waitForFunction(() => /^Recording 0:0[1-9]/.test(document.getElementById('record')?.textContent ?? ''))
  }
  /** Loudest sample of the WAV that comes when this is done. */
  const saves = async (act: () => Promise<unknown>) => {
    const coming = page.waitForEvent('download')
    await act()
    const wav = readFileSync(await (await coming).path())
    const samples = new Float32Array(
      wav.buffer.slice(wav.byteOffset + wav.length - 4 * 48_000, wav.byteOffset + wav.length),
    )
    return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)
  }
  await record()
  const atLoss = await saves(() =>
    page.evaluate(() => (window as unknown as { contexts: AudioContext[] }).contexts.at(-1)?.close()),
  )
  expect(atLoss).toBeGreaterThan(sound)
  await says(page, /what was recorded until then is saved: 0:0\d/)
  expect(await page.getAttribute('#record', 'aria-pressed')).toBe('false')
  await record()
  expect(await saves(() => page.selectOption('#runs', 'other'))).toBeGreaterThan(sound)
  await says(page, /run before is saved: 0:0\d/)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await record()
  page.on('dialog', (dialog) => dialog.accept())
  expect(await saves(() => page.click('#all-runs'))).toBeGreaterThan(sound)
  await page.waitForURL(/runs\.html/)
  await page.context().close()
})

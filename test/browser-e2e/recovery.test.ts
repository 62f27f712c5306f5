// What can happen of an evening: the connection cut, the server started again, the laptop asleep, the page frozen, the sound taken away,
// the sound device gone. The page recovers, says so, and shows and sounds every event once: told by the numbers of lines and slots.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimRun } from '../../src/node/store/run-folder.ts'
import { formatLine, type RecordLine } from '../../src/record/index.ts'
import { session } from '../node/records.ts'
import { openStage, type Stage, waitForLevel } from './stage.ts'

const bpm = 400
const slotSeconds = (32 * 60) / bpm
const slots = 3
const gapSeconds = 0.3
const syllables = ['ba', 'de', 'fi', 'go', 'ku', 'la', 'me', 'ni', 'po', 'ru']

/** Line n says a word of its own. */
const wordOf = (n: number) => [...String(n)].map((digit) => syllables[Number(digit)]).join('')

function talk(): RecordLine[] {
  const tokens = Array.from({ length: Math.floor((slots * slotSeconds) / gapSeconds) }, (_, k): RecordLine => {
    const t = k * gapSeconds
    const [n, agent, slot] = [k + 1, k % 2 === 0 ? 'a' : 'b', Math.floor(t / slotSeconds)]
    const text = ` ${wordOf(n)}`
    return { n, kind: 'token', agent, slot, turn: slot, t, text, role: 'speech', source: 'import', clock: 'arrival' }
  })
  const mapping = { ...session.mapping, timing: 'arrival' as const }
  const end = { n: tokens.length + 1, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' } as const
  return [{ ...session, bpm, mapping }, ...tokens, end]
}

interface Evening {
  /** Lines as they lit up, slots as they sounded to their end. */
  readonly lit: string[]
  readonly sounded: number[]
  readonly said: string[]
  readonly contexts: AudioContext[]
  /** Added to the computer's clock, milliseconds. */
  slept: number
}
declare global {
  interface Window {
    evening: Evening
  }
}

/** Runs in the page before its own scripts. */
function watchEvening(): void {
  const evening: Evening = { lit: [], sounded: [], said: [], contexts: [], slept: 0 }
  window.evening = evening
  const now = Date.now
  Date.now = () => now() + evening.slept
  window.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options)
      evening.contexts.push(this)
    }
  }
  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(context, name, options)
      this.port.addEventListener('message', ({ data }) => data.kind === 'sounded' && evening.sounded.push(data.slot))
    }
  }
  const seen = new WeakSet<Node>()
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof Element)) continue
      if (target.id === 'line') evening.said.push(target.textContent ?? '')
      if (target.parentElement?.className !== 'words' || seen.has(target)) continue
      if (!/sounding|spoken/.test(target.className)) continue
      seen.add(target)
      evening.lit.push((target.textContent ?? '').trim())
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] })
}

let stage: Stage
const record = talk()
const text = (lines: readonly RecordLine[]) => lines.map((line) => `${formatLine(line)}\n`).join('')

beforeAll(async () => {
  stage = await openStage('seldom')
})
afterAll(() => stage.close())

const says = (page: Page, words: RegExp) =>
  page.waitForFunction((pattern) => window.evening.said.some((said) => new RegExp(pattern).test(said)), words.source)
const isSounding = (page: Page) => waitForLevel(page, 'above', 0.001)
const litAtLeast = (page: Page, count: number) =>
  page.waitForFunction((wanted) => window.evening.lit.length >= wanted, count)

test('through one evening of faults every word is shown once, every slot sounds once', async () => {
  const folder = path.join(stage.runs, 'evening')
  mkdirSync(folder)
  const file = path.join(folder, 'record.jsonl')
  const cut = record.findIndex((line) => line.kind === 'token' && line.slot === 2)
  writeFileSync(file, text(record.slice(0, cut)))
  const server = await stage.serve()
  const { page, complaints } = await stage.openPage(`${server.url}#run=evening`, {}, watchEvening)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await isSounding(page)

  // The sound is taken away by the system: it goes on where it stood.
  await page.evaluate(() => window.evening.contexts.at(-1)?.suspend())
  await says(page, /taken away/)
  await says(page, /The sound is back/)
  await litAtLeast(page, 8)

  // The server ends, the laptop sleeps for an hour, the record grows meanwhile, the server comes back on the same port.
  await server.close()
  await says(page, /Connection lost/)
  appendFileSync(file, text(record.slice(cut, cut + 9)))
  await page.evaluate(() => {
    window.evening.slept += 3_600_000
  })
  await says(page, /stood still for 60 minutes/)
  await stage.serve(Number(new URL(server.url).port))
  await says(page, /Connected again/)

  // The sound device is gone: everything behind the loudspeakers is opened anew.
  await litAtLeast(page, 14)
  const solo = page.locator('[aria-label^="Solo"]').first()
  await solo.click()
  await page.evaluate(() => window.evening.contexts.at(-1)?.close())
  await says(page, /device is gone/)
  await says(page, /where it fell silent/)
  expect(await solo.getAttribute('aria-pressed')).toBe('true')
  await solo.click()
  await isSounding(page)

  // The browser freezes the page while the rest of the record is written.
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  appendFileSync(file, text(record.slice(cut + 9)))
  await new Promise((resolve) => setTimeout(resolve, 500))
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await says(page, /The end of the run|Heard/)

  const { lit, sounded } = await page.evaluate(() => ({ lit: window.evening.lit, sounded: window.evening.sounded }))
  const words = record.flatMap((line) => (line.kind === 'token' ? [line.text.trim()] : []))
  expect([...lit].sort()).toEqual([...words].sort())
  expect(sounded).toEqual([0, 1, 2])
  await page.context().close()
  expect(complaints.filter((complaint) => !/ERR_CONNECTION|Failed to load resource/.test(complaint))).toEqual([])
})

test('a running record: a late listener goes along with its newest slot, or starts from its beginning; a link waits for its moment', async () => {
  const folder = path.join(stage.runs, 'running')
  mkdirSync(folder)
  const file = path.join(folder, 'record.jsonl')
  const from = (slot: number) => record.findIndex((line) => line.kind === 'token' && line.slot === slot)
  writeFileSync(file, text(record.slice(0, from(2))))
  const release = claimRun(folder)
  const { url } = await stage.serve()
  const open = async (place: string) => {
    const { page } = await stage.openPage(`${url}#run=running${place}`, {}, watchEvening)
    await page.waitForSelector('#start:enabled')
    return page
  }
  const stands = (page: Page, slot: number) =>
    page.waitForFunction((value) => (document.getElementById('seek') as HTMLInputElement).value === value, `${slot}`)
  const [late, early, linked] = [await open('&t=live'), await open(''), await open('&t=11')]
  // The second slot is open: lines of the third have not come, so the newest whole slot is the first.
  await stands(late, 0)
  appendFileSync(file, text(record.slice(from(2), from(2) + 2)))
  await stands(late, 1)
  expect(await late.getAttribute('#follow', 'aria-pressed')).toBe('true')
  await late.click('#follow')
  appendFileSync(file, text(record.slice(from(2) + 2)))
  await stands(linked, 2)
  expect(await late.inputValue('#seek')).toBe('1')
  expect(await early.inputValue('#seek')).toBe('0')
  for (const page of [late, early, linked]) {
    await page.waitForSelector(`#seek[max="${slots - 1}"]`)
    await page.context().close()
  }
  release()
})

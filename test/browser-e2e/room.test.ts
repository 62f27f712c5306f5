// The room as it stands: keyboard alone, the stage, pictures that move with the sound, downloads.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimRun } from '../../src/node/store/run-folder.ts'
import { formatLine, type RecordLine } from '../../src/record/index.ts'
import { playShortParty } from '../party.ts'
import { findFaults } from './look.ts'
import { openStage, type Stage, storeRun, waitForLevel } from './stage.ts'

const sound = 0.003

let stage: Stage
let url: string

beforeAll(async () => {
  stage = await openStage()
  await storeRun(stage.runs, 'short', await playShortParty(2, 3, { bpm: 200 }))
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

const pictureOf = (page: Page, selector: string) =>
  page.evaluate((where) => (document.querySelector(where) as HTMLCanvasElement).toDataURL(), selector)
const changes = (page: Page, selector: string, old: string) =>
  page.waitForFunction(
    ([where, before]) => (document.querySelector(where as string) as HTMLCanvasElement).toDataURL() !== before,
    [selector, old],
  )
/** How much of the foot is seen, 0..1. */
const footSeen = (page: Page) =>
  page.evaluate(() => Number(getComputedStyle(document.querySelector('.foot') as HTMLElement).opacity))

test('by keyboard alone: every hand can be reached, start sounds, the stage comes and goes', async () => {
  const { page, complaints } = await stage.openPage(`${url}#run=short`)
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  // The button takes the focus by itself; then a walk round the page.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('start')
  await page.keyboard.press('Enter')
  await waitForLevel(page, 'above', sound)
  const reached = await walk(page)
  const hands = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, input, select, summary, [tabindex="0"]')]
      .filter((hand) => hand.checkVisibility({ visibilityProperty: true }) && !hand.matches(':disabled'))
      .map((hand) => hand.outerHTML.slice(0, 60)),
  )
  expect(hands.filter((hand) => !reached.has(hand))).toEqual([])
  expect(hands.length).toBeGreaterThan(25)

  await page.keyboard.press('f')
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'bare')
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.foot') as HTMLElement).opacity === '0')
  await changes(page, '#scene', await pictureOf(page, '#scene'))
  expect(await page.isVisible('.top')).toBe(false)
  await page.mouse.move(300, 300)
  await page.mouse.move(320, 310)
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.foot') as HTMLElement).opacity === '1')
  // Whoever is among them with the keyboard keeps them.
  await page.focus('#play')
  expect(await findFaults(page)).toEqual([])
  await page.evaluate(() => document.getElementById('play')?.blur())
  await page.mouse.move(300, 300)
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'bare')
  await page.keyboard.press('f')
  expect(await page.isVisible('.top')).toBe(true)
  expect(await footSeen(page)).toBe(1)
  await page.context().close()
  expect(complaints).toEqual([])
})

/** Tabs once round the page; what had the focus. */
async function walk(page: Page): Promise<Set<string>> {
  const reached = new Set<string>()
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    const on = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 60) ?? '')
    if (reached.has(on) && presses > 20 && on.includes('class="skip"')) break
    reached.add(on)
  }
  return reached
}

test('a stretch dragged over a curve is repeated; a click goes there; downloads are the files themselves', async () => {
  const { page } = await stage.openPage(`${url}#run=short`)
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
  const box = await page.locator('.curve canvas').first().boundingBox()
  if (box === null) throw new Error('expected a curve')
  const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.3))
  await page.mouse.down()
  await page.mouse.move(...at(0.36))
  await page.mouse.move(...at(0.42))
  await page.mouse.up()
  await page.waitForFunction(() => document.getElementById('loop')?.getAttribute('aria-pressed') === 'true')
  // .3 and .42 of sixteen bars, made whole bars.
  expect(await page.textContent('#loop-bars')).toBe('bars 5 – 7')
  await waitForLevel(page, 'above', sound)
  await page.mouse.click(...at(0.8))
  await page.waitForFunction(() => /^0:1[5-9]/.test(document.getElementById('clock')?.textContent ?? ''))
  await page.waitForFunction(() => document.getElementById('loop')?.getAttribute('aria-pressed') === 'false')
  await waitForLevel(page, 'above', sound)
  await page.click('#downloads summary')
  const coming = page.waitForEvent('download')
  await page.click('#downloads a:text("Record")')
  const file = await (await coming).path()
  expect(readFileSync(file).equals(readFileSync(`${stage.runs}/short/record.jsonl`))).toBe(true)
  await page.context().close()
})

test('a run that still plays is gone along with, or not', async () => {
  const record = await playShortParty(3, 3, { bpm: 200 })
  const ends = record.flatMap((line, k) => (line.kind === 'world' ? [k + 1] : []))
  const text = (lines: readonly RecordLine[]) => lines.map((line) => `${formatLine(line)}\n`).join('')
  mkdirSync(`${stage.runs}/playing`)
  const file = `${stage.runs}/playing/record.jsonl`
  writeFileSync(file, text(record.slice(0, ends[0])))
  const release = claimRun(`${stage.runs}/playing`)
  const { page } = await stage.openPage(`${url}#run=playing`)
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await waitForLevel(page, 'above', sound)
  const isAt = (pattern: string) =>
    page.waitForFunction(
      (wanted) => new RegExp(wanted).test(document.getElementById('clock')?.textContent ?? ''),
      pattern,
    )
  // Staying: a new slot moves nothing.
  appendFileSync(file, text(record.slice(ends[0], ends[1])))
  await page.waitForSelector('#seek[max="1"]')
  await isAt('^0:0[0-8]')
  await page.keyboard.press('g')
  await isAt('^0:(09|1)')
  expect(await page.getAttribute('#follow', 'aria-pressed')).toBe('true')
  appendFileSync(file, text(record.slice(ends[1], ends[2])))
  await isAt('^0:(19|2)')
  await waitForLevel(page, 'above', sound)
  appendFileSync(file, text(record.slice(ends[2])))
  await page.waitForSelector('#follow', { state: 'hidden' })
  release()
  await page.context().close()
})

// Where one is: the address leads there and follows, whichever hand moves; a run that grows is gone along with until a hand moves or it ends;
// what comes after its end is shown; a run that broke off is told as one.
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimRun } from '../../src/node/store/run-folder.ts'
import type { RecordLine } from '../../src/record/index.ts'
import { textOf } from '../node/records.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage, storeRun } from './stage.ts'

let stage: Stage
let url: string
let record: RecordLine[]

beforeAll(async () => {
  stage = await openStage()
  record = await playShortParty(3, 3, { bpm: 200 })
  for (const id of ['one', 'two']) write(id, record)
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

function write(id: string, lines: readonly RecordLine[]): string {
  const folder = `${stage.runs}/${id}`
  mkdirSync(folder)
  writeFileSync(`${folder}/record.jsonl`, textOf(lines))
  return folder
}

const says = (page: Page, words: RegExp) =>
  page.waitForFunction(
    (pattern) => new RegExp(pattern).test(document.getElementById('line')?.textContent ?? ''),
    words.source,
  )
const isAt = (page: Page, clock: string) =>
  page.waitForFunction((wanted) => document.getElementById('clock')?.textContent?.startsWith(`${wanted} `), clock)
const isOpen = (page: Page, id: string) =>
  page.waitForFunction(
    (run) =>
      (document.getElementById('runs') as HTMLSelectElement).value === run &&
      !(document.getElementById('start') as HTMLButtonElement).disabled,
    id,
  )
const follows = (page: Page, pressed: boolean) => page.waitForSelector(`#follow[aria-pressed="${pressed}"]`)
const placeOf = (page: Page) => new URL(page.url()).hash
const change = (page: Page, hash: string) =>
  page.evaluate((next) => {
    location.hash = next
  }, hash)

/** Clicks the first curve at a share of its width. */
async function clickCurve(page: Page, share: number): Promise<void> {
  const box = await page.locator('.curve canvas').first().boundingBox()
  if (box === null) throw new Error('expected a curve')
  await page.mouse.click(box.x + share * box.width, box.y + box.height / 2)
}

async function openPage(hash: string): Promise<Page> {
  const { page } = await stage.openPage(`${url}${hash}`)
  page.setDefaultTimeout(20_000)
  await page.waitForSelector('#start:enabled')
  return page
}

test('the address leads to a run and a moment, also in an open page, and follows every hand', async () => {
  const page = await openPage('#run=nope&t=3')
  await says(page, /There is no run “nope” here\. This is the newest\./)
  await change(page, '#run=one&t=12')
  await isOpen(page, 'one')
  await isAt(page, '0:12')
  await change(page, '#run=one&t=4')
  await isAt(page, '0:04')
  await clickCurve(page, 0.5)
  await isAt(page, '0:14')
  expect(placeOf(page)).toMatch(/^#run=one&t=14\.\d$/)
  await page.goBack()
  await isAt(page, '0:12')
  await page.selectOption('#runs', 'two')
  await isOpen(page, 'two')
  expect(placeOf(page)).toBe('#run=two')
  await page.goBack()
  await isOpen(page, 'one')
  await isAt(page, '0:12')
  await change(page, '#run=gone')
  await says(page, /There is no run “gone” here\./)
  expect(placeOf(page)).toBe('#run=one&t=12')
  // The skip link is no place in a run.
  await change(page, '#play')
  await page.waitForFunction(() => location.hash === '#run=one&t=12')
  await page.context().close()
})

test('whichever hand moves, going along ends; so it does at the end, and what comes after it is shown', async () => {
  const ends = record.flatMap((line, k) => (line.kind === 'world' ? [k + 1] : []))
  const folder = write('growing', record.slice(0, ends[1]))
  const release = claimRun(folder)
  const page = await openPage('#run=growing&t=live')
  await says(page, /Going along/)
  await follows(page, true)
  expect(placeOf(page)).toBe('#run=growing&t=live')
  await isAt(page, '0:09')
  await clickCurve(page, 0.05)
  await says(page, /Staying here/)
  await follows(page, false)
  expect(placeOf(page)).toMatch(/^#run=growing&t=1\.\d$/)
  const endsGoingAlong = async (hand: string, words: RegExp) => {
    await page.keyboard.press('g')
    await follows(page, true)
    await page.keyboard.press(hand)
    await says(page, words)
    await follows(page, false)
    expect(placeOf(page)).toMatch(/^#run=growing&t=\d/)
  }
  await endsGoingAlong('l', /Loop of bars/)
  // In a loop nothing is measured, at whatever speed.
  await page.keyboard.press('+')
  await says(page, /rendered anew/)
  await page.keyboard.press('-')
  await says(page, /own tempo again; measures rest while it repeats/)
  await endsGoingAlong('+', /rendered anew/)
  await page.keyboard.press('g')
  await follows(page, true)
  appendFileSync(`${folder}/record.jsonl`, textOf(record.slice(ends[1])))
  await page.waitForSelector('#follow', { state: 'hidden' })
  await says(page, /come to its end/)
  expect(placeOf(page)).not.toContain('live')
  expect(await page.locator('#downloads a').allTextContents()).toEqual(['Record'])
  // Measured after its end, as a party is.
  await storeRun(stage.runs, 'measured', record)
  copyFileSync(`${stage.runs}/measured/scores.json`, `${folder}/scores.json`)
  await page.waitForFunction(() => document.querySelectorAll('#downloads a').length === 2)
  await page.waitForFunction(
    () => !/not defined/.test(document.querySelectorAll('.curve .reading')[0]?.textContent ?? 'not defined'),
  )
  expect(await page.locator('#runs option:checked').textContent()).toBe('growing')
  release()
  await page.context().close()
})

test('a run that broke off is told as one, and not gone along with', async () => {
  const torn = record.slice(0, record.findIndex((line) => line.kind === 'world') + 1)
  write('torn', torn)
  const page = await openPage('#run=torn&t=live')
  await says(page, /broke off and nobody writes it/)
  expect(await page.isHidden('#follow')).toBe(true)
  await change(page, '#run=torn&t=60')
  await page.click('#start')
  await says(page, /breaks off here, without an end/)
  await page.context().close()
})

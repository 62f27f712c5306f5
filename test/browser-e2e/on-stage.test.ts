// The stage under impatient hands, by key and by finger, and runs whose names mean harm, in real Chromium.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallRecord, textOf } from '../node/records.ts'
import { openStage, type Stage } from './stage.ts'

const hostile = '\u202e7 nur\u2066\u0007'
let stage: Stage
let url: string

beforeAll(async () => {
  stage = await openStage()
  for (const id of ['plain', 'simple', hostile]) {
    mkdirSync(path.join(stage.runs, id))
    writeFileSync(path.join(stage.runs, id, 'record.jsonl'), textOf(smallRecord(3)))
  }
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

/** Whether the page is on stage, and whether the browser shows it on the full screen. */
const stand = (page: Page) =>
  page.evaluate(() => [document.documentElement.dataset['stage'] !== undefined, document.fullscreenElement !== null])
const standsAt = (page: Page, on: boolean) =>
  page.waitForFunction(
    (wanted) =>
      (document.documentElement.dataset['stage'] !== undefined) === wanted &&
      (document.fullscreenElement !== null) === wanted,
    on,
  )

test('however fast F is pressed, the last press counts, for page and screen alike; the browser’s own way out leaves the stage too', async () => {
  const { page, complaints } = await stage.openPage(`${url}#run=plain`, {}, () => {
    // A browser that takes its time, as browsers do.
    const ask = Element.prototype.requestFullscreen
    Element.prototype.requestFullscreen = async function () {
      await new Promise((done) => setTimeout(done, 200))
      await ask.call(this)
    }
  })
  page.setDefaultTimeout(15_000)
  await page.waitForSelector('#start:enabled')
  for (const presses of [2, 4, 3]) {
    await Promise.all(Array.from({ length: presses }, () => page.keyboard.press('f')))
    await page.waitForTimeout(600)
    const [before] = await stand(page)
    await standsAt(page, before === true)
  }
  // 9 presses: on.
  expect(await stand(page)).toEqual([true, true])
  await page.evaluate(() => document.exitFullscreen())
  await standsAt(page, false)
  await page.keyboard.press('f')
  await standsAt(page, true)
  await page.keyboard.press('Escape')
  await standsAt(page, false)
  // Off the stage the longest words about consonance, whether chance would do, are whole.
  const cut = await page.evaluate(() => {
    const reading = document.querySelector('.curve .reading') as HTMLElement
    reading.textContent = 'neither dissonant nor consonant, no more than chance'
    return reading.scrollWidth - reading.clientWidth
  })
  expect(cut).toBeLessThanOrEqual(0)
  await page.context().close()
  expect(complaints).toEqual([])
})

test('a finger brings the hands and finds the way out, a target of 44 px', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const { page, complaints } = await stage.openPage(`${url}#run=plain`, phone)
  page.setDefaultTimeout(15_000)
  await page.waitForSelector('#start:enabled')
  expect(await page.isVisible('#stage-leave')).toBe(false)
  await page.tap('#stage')
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'bare')
  await page.touchscreen.tap(195, 300)
  await page.waitForFunction(() => document.documentElement.dataset['stage'] === 'hands')
  const box = await page.locator('#stage-leave').boundingBox()
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
  await page.tap('#stage-leave')
  await standsAt(page, false)
  // The level can be reached on a phone, and the longest words about a curve are whole.
  expect(await page.isVisible('#master')).toBe(true)
  const cut = await page.evaluate(() => {
    const longest = 'neither dissonant nor consonant, B♭4 on B4, no more than chance'
    return [...document.querySelectorAll('.curve-head')].map((head) => {
      const reading = head.querySelector('.reading') as HTMLElement
      reading.textContent = longest
      const [word, room] = [reading.getBoundingClientRect(), head.getBoundingClientRect()]
      return reading.offsetWidth === 0 || word.right > room.right + 1 || word.bottom > room.bottom + 1
    })
  })
  expect(cut).toEqual([false, false, false])
  await page.context().close()
  expect(complaints).toEqual([])
})

test('runs are listed by names that turn and hide nothing', async () => {
  const { page } = await stage.openPage(`${url}#run=${encodeURIComponent(hostile)}`)
  await page.waitForSelector('#start:enabled')
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('#runs option, #other option')].map((option) => option.textContent),
  )
  expect(names.filter((name) => name?.includes('7 nur'))).toHaveLength(1)
  expect(names.filter((name) => /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name ?? ''))).toEqual([])
  await page.selectOption('#runs', 'plain')
  await page.waitForFunction(() => document.querySelectorAll('#other option').length === 3)
  expect(await page.locator('#other option').allTextContents()).toContain('run 7 nur')
  await page.context().close()
})

/** Objects of a kind that are still alive once the garbage is gone. */
async function countAlive(page: Page, kinds: readonly string[]): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page)
  const counts: number[] = []
  for (let k = 0; k < 2; k++) await devtools.send('HeapProfiler.collectGarbage')
  for (const kind of kinds) {
    const { result } = await devtools.send('Runtime.evaluate', { expression: `${kind}.prototype` })
    const { objects } = await devtools.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' })
    const counted = await devtools.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length }',
    })
    counts.push(counted.result.value as number)
  }
  await devtools.detach()
  return counts
}

test('a run that is closed leaves nothing behind that watches the screen or draws on it', async () => {
  const kinds = ['ResizeObserver', 'IntersectionObserver']
  const { page } = await stage.openPage(`${url}#run=plain`)
  page.setDefaultTimeout(15_000)
  const open = async (id: string) => {
    await page.selectOption('#runs', id)
    await page.waitForFunction((run) => location.hash.includes(`run=${run}`), id)
    await page.waitForSelector('#start:enabled')
  }
  // The run before the present one may be remembered, no other.
  await open('simple')
  await open('plain')
  const before = await countAlive(page, kinds)
  for (let k = 0; k < 3; k++) {
    await open('simple')
    await open('plain')
  }
  const leftOver = async () => (await countAlive(page, kinds)).filter((count, k) => count > (before[k] ?? 0))
  await expect.poll(leftOver, { timeout: 15_000, interval: 300 }).toEqual([])
  await page.context().close()
})

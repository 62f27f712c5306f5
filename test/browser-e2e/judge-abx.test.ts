// ABX in real Chromium, then a pair heard and seen again: by keyboard alone, with axe on the new screens, and what reached the server.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stemsInWords, writeStemmedRun } from '../node/judge/stemmed-run.ts'
import { at, inspect, open, openBrowser, openHall, sayBefore, statusOf, titleOf, twoLooks } from './judging-hall.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** From the list of what was what, by keyboard alone, and back. */
async function lookAtPair(page: Page, place: number): Promise<void> {
  await page.focus(`#again-${place}`)
  await page.keyboard.press('Enter')
  await at(page, 'again')
  expect(await titleOf(page)).toBe(`Pair ${place + 1} again`)
  const words = await page.locator('.wave').evaluateAll((waves) => waves.map((one) => one.getAttribute('aria-label')))
  // Tones of .2 : 14 dB below full scale in the peak, 17 in the mean.
  for (const [k, name] of ['A', 'B'].entries())
    expect(words[k]).toBe(
      `Waveform of ${name}, 0:02 long, loudest from 0:00 on. Decibels below full scale by eighths: ${Array(8).fill('17').join(', ')}.`,
    )
  expect(await page.locator('.again h2').allTextContents()).toEqual([
    expect.stringMatching(/^A: entry-\d \(condition \d\)$/),
    expect.stringMatching(/^B: entry-\d \(condition \d\)$/),
  ])
  await page.keyboard.press('Space')
  await page.keyboard.press('b')
  expect(await page.getAttribute('#hear-b', 'aria-pressed')).toBe('true')
  await page.waitForFunction(() => Number(document.querySelector('.wave line')?.getAttribute('x1')) > 0)
  const stems = page.locator('.again').first().locator('.stem button')
  expect(await stems.allTextContents()).toEqual(stemsInWords)
  await stems.first().focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.stem [aria-pressed="true"]')
  expect(await page.locator('.stem .wave').getAttribute('aria-label')).toMatch(
    /^Waveform of Mira, voice in A, 0:02 long/,
  )
  expect(await page.getAttribute('#hear-b', 'aria-pressed')).toBe('false')
  await inspect(page, 'again')
  await page.focus('#to-list')
  await page.keyboard.press('Enter')
  await at(page, 'end')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`again-${place}`)
  await inspect(page, 'end', twoLooks)
}

test('ABX by keyboard alone: X is heard, named, and what came of it is told at the end', async () => {
  const hall = await openHall({ judges: 1, abx: 2, run: await writeStemmedRun() })
  const trials = hall.small.key.judges[0]?.trials ?? []
  const first = trials.findIndex(({ kind }) => kind === 'abx')
  await sayBefore(hall, first)
  const { context, page, complaints, asked } = await open(browser, hall, 0)
  await at(page, 'abx')
  await inspect(page, 'abx-before', twoLooks)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  for (let k = first; k < trials.length; k++) {
    await page.waitForFunction(
      (title) => document.querySelector('h1')?.textContent === title,
      `A, B and X: ${k + 1 - first} of ${trials.length - first}`,
    )
    await at(page, 'pair')
    await page.keyboard.press('Shift+A')
    expect(await statusOf(page)).toBe('First hear at least 10 % of all three.')
    await page.keyboard.press('Space')
    for (const [side, key] of [
      ['A', '1'],
      ['B', 'b'],
      ['X', k === first ? 'x' : '3'],
    ] as const) {
      await page.keyboard.press(key)
      expect(await page.getAttribute(`#hear-${side.toLowerCase()}`, 'aria-pressed')).toBe('true')
      await page.waitForFunction(
        (label) => (document.querySelector<HTMLProgressElement>(`[aria-label="${label}"]`)?.value ?? 0) > 0.11,
        `Heard of ${side}`,
      )
    }
    await page.keyboard.press('t')
    expect(await statusOf(page)).toBe('X is one of the two: answer A or B.')
    if (k === first) await inspect(page, 'abx', twoLooks)
    expect(await page.locator('.answer').allTextContents()).toEqual(['X is A', 'X is B'])
    await page.keyboard.press(trials[k]?.x?.is === 'a' ? 'Shift+A' : 'Shift+B')
    await page.keyboard.press('Enter')
  }
  await at(page, 'end')
  const count = trials.length - first
  expect(await page.textContent('.own')).toContain(`X was ${count} times, and were right ${count} times`)
  expect(await page.textContent('.scroll')).toMatch(/A, B and X: X was [AB]/)
  // Until here no picture, no stem.
  expect(asked.filter((url) => /stems/.test(url))).toEqual([])
  expect(await page.content()).not.toMatch(/class="wave"/)
  await lookAtPair(
    page,
    trials.findIndex(({ kind }) => kind === 'main'),
  )
  expect(complaints).toEqual([])
  const votes = hall.server.votes.lines().flatMap(({ statement }) => (statement.kind === 'vote' ? [statement] : []))
  expect(votes.slice(first).map(({ x, answers }) => ({ x, answers }))).toEqual(
    trials.slice(first).map(({ x }) => ({ x: x?.is, answers: {} })),
  )
  await context.close()
  await hall.server.close()
})

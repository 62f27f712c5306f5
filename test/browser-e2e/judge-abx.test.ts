// ABX in real Chromium: three sounds, by keyboard alone, with axe on the new screens, and what reached the server.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, inspect, open, openBrowser, openHall, sayBefore, statusOf, twoLooks } from './judging-hall.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('ABX by keyboard alone: X is heard, named, and what came of it is told at the end', async () => {
  const hall = await openHall({ judges: 1, abx: 2 })
  const trials = hall.small.key.judges[0]?.trials ?? []
  const first = trials.findIndex(({ kind }) => kind === 'abx')
  await sayBefore(hall, first)
  const { context, page, complaints } = await open(browser, hall, 0)
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
    if (k === first) await inspect(page, 'abx')
    expect(await page.locator('.answer').allTextContents()).toEqual(['X is A', 'X is B'])
    await page.keyboard.press(trials[k]?.x?.is === 'a' ? 'Shift+A' : 'Shift+B')
    await page.keyboard.press('Enter')
  }
  await at(page, 'end')
  const count = trials.length - first
  expect(await page.textContent('.own')).toContain(`X was ${count} times, and were right ${count} times`)
  expect(await page.textContent('.scroll')).toMatch(/A, B and X: X was [AB]/)
  expect(complaints).toEqual([])
  const votes = hall.server.votes.lines().flatMap(({ statement }) => (statement.kind === 'vote' ? [statement] : []))
  expect(votes.slice(first).map(({ x, answers }) => ({ x, answers }))).toEqual(
    trials.slice(first).map(({ x }) => ({ x: x?.is, answers: {} })),
  )
  await context.close()
  await hall.server.close()
})

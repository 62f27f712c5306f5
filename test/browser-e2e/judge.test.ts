// A judge's whole session in real Chromium: by keyboard alone, with axe on every screen, a reload, a cut network, and what reached the server.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JudgingServer } from '../../src/node/judge/index.ts'
import type { Vote } from '../../src/record/index.ts'
import type { SmallSession } from '../node/judge/small-session.ts'
import {
  at,
  hearBoth,
  inspect,
  open,
  openBrowser,
  openHall,
  sayBefore,
  statusOf,
  titleOf,
  twoLooks,
} from './judging-hall.ts'

let browser: Browser
let small: SmallSession
let server: JudgingServer

beforeAll(async () => {
  browser = await openBrowser()
  ;({ small, server } = await openHall({ judges: 3 }))
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The first press that a browser wants, then six times the quietest tone. */
async function passHeadphones(page: Page): Promise<void> {
  for (let k = 1; k <= 6; k++) {
    await page.waitForFunction((n) => document.getElementById('stage')?.textContent?.includes(`${n} of 6`), k)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.textContent === 'First')
    const quietest = await page.evaluate(() => {
      const samples = window.lastSound?.getChannelData(0) ?? new Float32Array(0)
      const peaks = [0, 1, 2].map((place) => {
        const from = Math.round(place * 1.5 * 48_000)
        return samples.subarray(from, from + 48_000).reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      })
      return peaks.indexOf(Math.min(...peaks))
    })
    for (let step = 0; step < quietest; step++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
  }
}

test('a whole session by keyboard alone; axe finds nothing; it goes on after a reload and a cut network', async () => {
  const { context, page, complaints, asked } = await open(browser, { server, small }, 0)
  await at(page, 'consent')
  await inspect(page, 'consent', twoLooks)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await at(page, 'headphones')
  await inspect(page, 'headphones', twoLooks)
  await passHeadphones(page)

  await at(page, 'level')
  await inspect(page, 'level', twoLooks)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  expect(await page.getAttribute('#level', 'aria-valuetext')).toBe('-11 decibels')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await at(page, 'profile')
  await inspect(page, 'profile', twoLooks)
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  for (let k = 0; k < 4; k++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await at(page, 'pair')
  expect(await titleOf(page)).toBe('Training pair 1 of 3')
  await page.keyboard.press('Shift+A')
  expect(await statusOf(page)).toMatch(/^First hear at least 10 % of both/)
  await inspect(page, 'pair')
  await page.keyboard.press('?')
  await page.waitForSelector('#help[open]')
  await inspect(page, 'keys', twoLooks)
  await page.keyboard.press('Escape')

  // Loops snap to bars of half a second.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('[')
  expect(await statusOf(page)).toBe('Loop from 0:01 to 0:02')
  await page.keyboard.press('l')
  expect(await statusOf(page)).toBe('The whole clip loops')
  await page.keyboard.press('r')
  await hearBoth(page)
  await page.keyboard.press('c')
  await page.keyboard.type('a bright tone')
  await page.keyboard.press('Enter')
  expect(await page.textContent('.notes')).toMatch(/^B 0:0[01] a bright tone$/)
  await page.keyboard.press('Shift+A')
  await page.keyboard.press('t')
  await inspect(page, 'answered', twoLooks)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Training pair 2 of 3')

  // Thought again: back, another answer, on.
  await page.waitForSelector('#stage[data-stage="pair"]')
  await page.keyboard.press('u')
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Training pair 1 of 3')
  await at(page, 'pair')
  await page.waitForFunction(() => document.querySelector('.answer')?.getAttribute('aria-disabled') === 'false')
  await page.keyboard.press('Shift+B')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Training pair 2 of 3')

  await page.reload()
  await at(page, 'pair')
  expect(await titleOf(page)).toBe('Training pair 2 of 3')

  const trials = small.key.judges[0]?.trials ?? []
  for (let k = 1; k < trials.length; k++) {
    await at(page, 'pair')
    await hearBoth(page)
    // The network is cut while the third vote is sent: the page goes on and says so.
    if (k === 2) await context.setOffline(true)
    await page.keyboard.press('Shift+A')
    await page.keyboard.press('n')
    if (k + 1 === trials.length) expect(await page.content()).not.toMatch(/entry-|condition|spoilt|shuffled|anchor/)
    await page.keyboard.press('Enter')
    if (k === 2) {
      await page.waitForFunction(() => /One answer waits/.test(document.getElementById('sending')?.textContent ?? ''))
      await inspect(page, 'offline', twoLooks)
      await context.setOffline(false)
      await page.waitForFunction(() => document.getElementById('sending')?.textContent === '')
    }
    if (k + 1 < trials.length)
      await page.waitForFunction(
        (title) => document.querySelector('h1')?.textContent === title,
        k + 1 < 3 ? `Training pair ${k + 2} of 3` : `Pair ${k - 1} of ${trials.length - 3}`,
      )
  }
  await at(page, 'end')
  await inspect(page, 'end', twoLooks)
  expect(await page.textContent('.scroll')).toMatch(/entry-\d \(condition \d\)/)
  const base = server.url.replaceAll(/[.]/g, '\\.')
  for (const url of asked)
    expect(url).toMatch(new RegExp(`^${base}($|#|assets/|api/judging/(mine|statements|end|sounds/[0-9a-f]{32})$)`))
  expect(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])

  const said = server.votes.lines().filter(({ judge }) => judge === 'judge-0')
  expect(said.map(({ statement: { kind } }) => kind).slice(0, 3)).toEqual(['consent', 'headphones', 'profile'])
  expect(said[1]?.statement).toMatchObject({ right: 6 })
  const votes = said.flatMap(({ statement }) => (statement.kind === 'vote' ? [statement] : []))
  expect(votes.map(({ trial, revision }) => [trial, revision])).toEqual([
    [0, 0],
    [0, 1],
    ...trials.slice(1).map((_, k) => [k + 1, 0]),
  ])
  expect(votes[1]).toMatchObject({
    answers: { overall: 'b', interplay: 'tie' },
    first: 'a',
    notes: [{ side: 'b', text: 'a bright tone' }],
  })
  for (const { heardSeconds, elapsedSeconds } of votes as Vote[])
    expect(elapsedSeconds).toBeGreaterThan(Math.min(heardSeconds.a, heardSeconds.b))
  await context.close()
})

test('keys can be changed and turned off, and stay so', async () => {
  const { context, page } = await open(browser, { server, small }, 1)
  await at(page, 'consent')
  await page.click('#help-open')
  await page.click('[aria-label="Change the key for Hear B"]')
  await page.keyboard.press('a')
  expect(await page.textContent('#keys-said')).toMatch(/taken: Hear A/)
  await page.keyboard.press('3')
  expect(await page.textContent('#keys-said')).toMatch(/taken: Hear X/)
  await page.keyboard.press('y')
  expect(await page.textContent('#keys-said')).toBe('Hear B: y.')
  await page.reload()
  await page.click('#help-open')
  expect(await page.textContent('#keys li:nth-child(2) .caps')).toBe('y')
  await page.click('#keys-on')
  await page.click('#help-close')
  await page.keyboard.press('?')
  expect(await page.locator('#help[open]').count()).toBe(0)
  await context.close()
})

test('a wrong link says so, and the organiser’s link opens the report', async () => {
  // The report runs no script; axe is one.
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  await page.goto(`${server.url}#${'A'.repeat(22)}`)
  await page.waitForSelector('[role="alert"]')
  expect(await page.textContent('[role="alert"]')).toBe('This link does not open anything here. Ask for a new one.')
  await sayBefore({ server, small }, small.key.judges[2]?.trials.length ?? 0, 2)
  await page.goto(`${server.url}results.html#${small.organiser}`)
  await page.waitForURL('**/results/report.html')
  expect(await page.content()).toContain('<h1>What the judges heard</h1>')
  expect(page.url()).not.toContain(small.organiser)
  // Of both criteria.
  expect(await page.locator('caption', { hasText: 'Wins' }).count()).toBe(2)
  await inspect(page, 'report', twoLooks)
  await context.close()
})

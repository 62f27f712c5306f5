// Judging without the network, in real Chromium: the cable is cut, the page opens again, nothing of the pair in hand is lost, and what was
// judged meanwhile arrives, each vote once.
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layCable } from './cable.ts'
import {
  answerOn,
  at,
  hearBoth,
  inspect,
  lookAtKept,
  open,
  openBrowser,
  openHall,
  say,
  sayBefore,
  titleOf,
  twoLooks,
} from './judging-hall.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const pairOf = (k: number, trials: number) => `Pair ${k - 2} of ${trials - 3}`

async function atPair(page: Page, title: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector('h1')?.textContent === wanted, title)
  await at(page, 'pair')
}

const says = (page: Page, id: string, words: RegExp) =>
  expect.poll(() => page.textContent(`#${id}`), { timeout: 20_000 }).toMatch(words)

const answer = async (page: Page) => {
  await hearBoth(page)
  await page.keyboard.press('Shift+A')
  await page.keyboard.press('t')
  await page.keyboard.press('Enter')
}

/** The server has acknowledged all that was said. */
const allStored = (page: Page) =>
  expect.poll(() => page.evaluate(readStates), { timeout: 20_000 }).not.toContain('waiting')

/** Runs in the page. */
const readStates = () =>
  new Promise<string[]>((resolve) => {
    const opening = indexedDB.open('hocket-judging')
    opening.onsuccess = () => {
      const all = opening.result.transaction('statements').objectStore('statements').getAll()
      all.onsuccess = () => {
        opening.result.close()
        resolve(all.result.map(({ state }) => state))
      }
    }
  })

test('without the network the page opens again, with all that was said of the pair in hand; all is judged, and arrives once', async () => {
  const hall = await openHall({ judges: 1 })
  const trials = hall.small.key.judges[0]?.trials ?? []
  await sayBefore(hall, 3)
  const cable = await layCable(hall.server.url)
  const { context, page } = await open(browser, { ...hall, server: { ...hall.server, url: cable.url } }, 0)
  await atPair(page, pairOf(3, trials.length))
  // The next pair is judged on another device meanwhile, and not asked here.
  await say(hall, [answerOn(4)])
  await answer(page)
  await atPair(page, pairOf(5, trials.length))
  await says(page, 'kept', /^All pairs are kept here: you may go offline\.$/)
  await allStored(page)
  await cable.cut()
  await hearBoth(page)
  await page.keyboard.press('Shift+B')
  await page.keyboard.press('c')
  await page.keyboard.type('as if they listened')
  await page.keyboard.press('Enter')
  await page.keyboard.press('c')
  await page.keyboard.type('half a')

  await page.reload()
  await atPair(page, pairOf(5, trials.length))
  await says(page, 'sending', /^The server does not answer: you go on with what is kept here\.$/)
  expect(await page.getAttribute('#question-overall + .row [data-answer="b"]', 'aria-pressed')).toBe('true')
  expect(await page.textContent('.notes')).toMatch(/as if they listened$/)
  expect(await page.inputValue('#note')).toBe('half a')
  await says(page, 'status', /^Both are heard far enough/)
  await page.keyboard.press('t')
  await page.keyboard.press('Enter')
  for (let k = 6; k < trials.length; k++) {
    await atPair(page, pairOf(k, trials.length))
    if (k === 6) await inspect(page, 'offline-again', twoLooks)
    await answer(page)
  }
  await at(page, 'sending')
  await says(page, 'sending', new RegExp(`${trials.length - 4} answers wait`))
  const kept = await lookAtKept(page)
  expect(kept.sounds).toHaveLength(2 * trials.length)
  expect(kept.sessions).toHaveLength(1)
  expect(kept.files.map((url) => new URL(url).pathname.replace(/-[\w-]{8}\./, '.'))).toEqual(
    expect.arrayContaining(['/', '/assets/index.js']),
  )
  for (const url of kept.files) expect(url).toMatch(new RegExp(`^${cable.url}(assets/[^/]+)?$`))
  // A link is a password.
  expect(JSON.stringify(kept)).not.toContain(hall.small.tokens[0])

  // Closed and opened once more, with the end said and not heard yet.
  await page.reload()
  await at(page, 'sending')
  await cable.mend()
  // As a browser tells whose own network is back.
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await at(page, 'end')
  const said = hall.server.votes.lines().map(({ statement }) => statement)
  expect(said.at(-1)?.kind).toBe('end')
  const votes = said.flatMap((one) => (one.kind === 'vote' ? [one] : []))
  expect(votes.map(({ trial, revision }) => [trial, revision])).toEqual([
    ...[0, 1, 2, 4, 3].map((k) => [k, 0]),
    ...trials.slice(5).map((_, k) => [k + 5, 0]),
  ])
  expect(votes[5]).toMatchObject({
    answers: { overall: 'b', interplay: 'tie' },
    first: 'a',
    notes: [
      { side: 'b', text: 'as if they listened' },
      { side: 'b', text: 'half a' },
    ],
  })
  expect(await lookAtKept(page)).toMatchObject({ sounds: [], visits: [], sessions: [] })
  expect(await titleOf(page)).toBe('Thank you')
  await context.close()
  await hall.server.close()
})

test('a server that is away is waited for; a link that is refused opens nothing that is kept, and what was said can be saved; what a server lost is sent again', async () => {
  const { small, server } = await openHall({ judges: 1 })
  // Without a service worker, as under a plain http name.
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  const sounds: string[] = []
  page.on('request', (request) => request.url().includes('/sounds/') && sounds.push(request.url()))
  await page.route('**/api/judging/**', (route) => route.abort())
  await page.goto(`${server.url}#${small.tokens[0]}`)
  await at(page, 'away')
  await inspect(page, 'away', twoLooks)
  await page.unroute('**/api/judging/**')
  await at(page, 'consent')
  await page.focus('.skip')
  await page.keyboard.press('Enter')
  expect([await page.evaluate(() => document.activeElement?.id), new URL(page.url()).hash]).toEqual([
    'stage',
    `#${small.tokens[0]}`,
  ])
  expect(await page.textContent('#stage')).toMatch(
    /the sounds of all pairs are fetched while you listen: about \d+ megabytes?\./,
  )
  expect(sounds).toEqual([])
  await page.route('**/api/judging/statements', (route) => route.abort())
  await page.click('text=I agree')
  await says(page, 'sending', /One answer waits/)
  await says(page, 'kept', /^All pairs are kept here: you may go offline, but then do not reload this page\.$/)
  expect(sounds).not.toEqual([])
  const error = 'This link does not open anything here. Ask for a new one.'
  await page.route('**/api/judging/mine', (route) => route.fulfill({ status: 401, json: { error, refused: 'link' } }))
  await page.reload()
  await page.waitForSelector('[role="alert"]')
  expect(await page.textContent('[role="alert"]')).toBe(error)
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')])
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ id: expect.any(String), kind: 'consent' }])

  // Taken by a server that was put back from a copy since: it gets again what it lacks when the page opens.
  await page.unroute('**/api/judging/mine')
  await page.unroute('**/api/judging/statements')
  await page.route('**/api/judging/statements', (route) =>
    route.fulfill({ status: 201, json: { hash: 'f'.repeat(64) } }),
  )
  await page.reload()
  await at(page, 'headphones')
  await allStored(page)
  expect(server.votes.lines()).toEqual([])
  await page.unroute('**/api/judging/statements')
  await page.reload()
  await at(page, 'headphones')
  await expect.poll(() => server.votes.lines().map(({ statement }) => statement.kind)).toEqual(['consent'])
  await context.close()
  await server.close()
})

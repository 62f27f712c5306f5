// Blindness in real Chromium: all that a judge with open developer tools can see during a session, trial by trial, is the same but for names of chance.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, lookAtKept, openBrowser, openHall, sayBefore } from './judging-hall.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** Names, ids and numbers that differ from trial to trial by design, each replaced by what it is. */
const plain = (text: string, url: string) =>
  text
    .replaceAll(url, 'URL/')
    .replaceAll(/[0-9a-f]{32}/g, 'NAME')
    .replaceAll(/(Training pair|Pair|A, B and X:) \d+ of \d+/g, '$1')
    .replaceAll(/"trial":\d+/g, '"trial"')
    .replaceAll(/"(elapsedSeconds|a|b|x)":[\d.]+/g, '"$1"')
    .replaceAll(
      /\d+ of \d+ pairs are kept here; the rest need the network|All pairs are kept here: you may go offline(, but then do not reload this page)?/g,
      'KEPT',
    )
    // Told on a slow machine.
    .replaceAll(/ ?The next sound: [\d.]+ of [\d.]+ MB are here\./g, '')

/** Everything that lies in the page: the document, what it stores, its globals. */
const lookAtPage = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases()
    return JSON.stringify({
      document: document.documentElement.outerHTML,
      title: document.title,
      address: location.pathname,
      local: Object.entries(localStorage).sort(),
      session: Object.entries(sessionStorage),
      cookie: document.cookie,
      databases: databases.map(({ name }) => name),
      globals: Object.keys(window).filter((name) => /hocket|trial|clip|key|judg/i.test(name)),
    })
  })

interface Answer {
  readonly url: string
  readonly status: number
  readonly headers: string
  readonly bytes: number
  readonly opening: string
  readonly asked: string
}

function listen(page: Page): Promise<Answer>[] {
  const log: Promise<Answer>[] = []
  page.on('response', (response) => {
    const read = async (): Promise<Answer> => {
      // Answers to statements are receipts, each with its own hash.
      const isSound = response.url().includes('/sounds/')
      const { date: _, 'keep-alive': __, ...headers } = await response.allHeaders()
      const { authorization = '', ...asked } = await response.request().allHeaders()
      // A browser's tools hold no body that is read as it comes; a judge can ask for it once more.
      const body = isSound
        ? await (await fetch(response.url(), { headers: { authorization } })).arrayBuffer()
        : new ArrayBuffer(0)
      return {
        url: response.url(),
        status: response.status(),
        headers: JSON.stringify(headers),
        bytes: body.byteLength,
        opening: Buffer.from(body.slice(0, 44)).toString('hex'),
        asked: JSON.stringify(asked),
      }
    }
    log.push(read())
  })
  return log
}

test('document, storage and network log are the same for pairs that count, repeats, the same clip twice and spoilt ones', async () => {
  const hall = await openHall({ judges: 1, pairs: 6 })
  const trials = hall.small.key.judges[0]?.trials ?? []
  await sayBefore(hall, 3)
  const page = await (await browser.newContext()).newPage()
  const log = listen(page)
  await page.goto(`${hall.server.url}#${hall.small.tokens[0]}`)
  const views: { kind: string; view: string }[] = []
  let kept: Awaited<ReturnType<typeof lookAtKept>> = { sounds: [], visits: [], sessions: [], files: [] }
  for (let k = 3; k < trials.length; k++) {
    await page.waitForFunction(
      (title) => document.querySelector('h1')?.textContent === title,
      `Pair ${k - 2} of ${trials.length - 3}`,
    )
    await at(page, 'pair')
    const before = await lookAtPage(page)
    await page.keyboard.press('Space')
    for (const side of ['a', 'b']) {
      await page.keyboard.press(side)
      await page.waitForFunction(
        (label) => (document.querySelector<HTMLProgressElement>(`[aria-label="${label}"]`)?.value ?? 0) > 0.11,
        `Heard of ${side.toUpperCase()}`,
      )
    }
    await page.keyboard.press('Shift+A')
    await page.keyboard.press('Shift+A')
    views.push({ kind: trials[k]?.kind ?? '', view: plain(before, hall.server.url) })
    if (k + 1 < trials.length) await page.keyboard.press('Enter')
    else kept = await lookAtKept(page)
  }
  expect(new Set(views.map(({ kind }) => kind))).toEqual(new Set(['main', 'repeat', 'same', 'anchor']))
  // The first pair has nothing to go back to from training, the last ends the session: all others look alike, whatever they are.
  const looks = new Set(views.slice(1, -1).map(({ view }) => view))
  expect([...looks]).toHaveLength(1)
  expect([...looks][0]).not.toMatch(/entry-|condition|shuffled|detuned|anchor|repeat|spoilt|svg|canvas|waveform/)
  const answers = await Promise.all(log)
  const sounds = answers.filter(({ url }) => url.includes('/sounds/'))
  expect(sounds.length).toBeGreaterThanOrEqual(2 * (trials.length - 3))
  expect(new Set(sounds.map(({ url: _, ...rest }) => JSON.stringify(rest))).size).toBe(1)
  expect(new Set(sounds.map(({ url }) => url)).size).toBe(sounds.length)
  // They are asked for in the order of places, from the first that is open, round; whatever they are.
  const named = trials.map(({ names }) => [names.a, names.b])
  expect(sounds.map(({ url }) => url.slice(-32))).toEqual([...named.slice(3), ...named.slice(0, 3)].flat())
  // And so they lie in the browser: all of one size, beside visits that look alike.
  expect(kept.sounds.map(({ key }) => key[1]).sort()).toEqual(named.flat().sort())
  expect(new Set(kept.sounds.map(({ value }) => value)).size).toBe(1)
  const visits = kept.visits.map(({ value }) => String(value).replaceAll(/[\d.]+/g, '0'))
  expect(visits).toHaveLength(trials.length - 3)
  expect(new Set(visits).size).toBe(1)
  const posted = answers
    .filter(({ url }) => url.includes('/statements'))
    .map(({ status, headers }) => `${status} ${headers}`)
  expect(new Set(posted).size).toBe(1)
  await hall.server.close()
})

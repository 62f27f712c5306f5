// A judge's whole session in real Chromium: by keyboard alone, with axe on every screen, a reload, a cut network, and what reached the server.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type JudgingServer, serveJudging } from '../../src/node/judge/index.ts'
import type { Vote } from '../../src/record/index.ts'
import { type SmallSession, writeSmallSession } from '../node/judge/small-session.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Pictures of every screen, where this names a folder. */
const pictures = process.env['HOCKET_PICTURES']

declare global {
  interface Window {
    /** The sound that was last started. */
    lastSound?: AudioBuffer | undefined
  }
}

let browser: Browser
let small: SmallSession
let server: JudgingServer

beforeAll(async () => {
  const executablePath = places.find((place) => existsSync(place))
  const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  small = writeSmallSession({
    judges: 3,
    pairs: 1,
    criteria: ['overall', 'interplay'],
    heardShare: 0.1,
    sound: 'tones',
  })
  server = await serveJudging({
    folder: small.folder,
    host: '127.0.0.1',
    port: undefined,
    names: [],
    log: () => {},
    say: () => {},
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: string[]
  readonly asked: string[]
}

async function open(k: number): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const [complaints, asked]: [string[], string[]] = [[], []]
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => asked.push(request.url()))
  await page.addInitScript(() => {
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (...when) {
      window.lastSound = this.buffer ?? undefined
      return start.apply(this, when)
    }
  })
  await page.goto(`${server.url}#${small.tokens[k]}`)
  return { context, page, complaints, asked }
}

const at = (page: Page, stage: string) => page.waitForSelector(`#stage[data-stage="${stage}"]`)
const titleOf = (page: Page) => page.textContent('#stage h1')
const statusOf = (page: Page) => page.textContent('#status')

const looks = [
  { name: 'desktop-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const

/** For screens with nothing on them that others have not. */
const twoLooks = [looks[0], looks[3]]

/** axe in both themes on both sizes; nothing wider than the screen; all that is pressed is 44 pixels high at least. */
async function inspect(page: Page, screen: string, at: readonly (typeof looks)[number][] = looks): Promise<void> {
  for (const { name, width, height, colorScheme } of at) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const faults = await page.evaluate(async (source) => {
      const known = window as unknown as {
        axe?: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      if (known.axe === undefined) new Function(source)()
      const { violations } = await (known.axe as NonNullable<typeof known.axe>).run()
      const small = [...document.querySelectorAll<HTMLElement>('button, select, input:not([type="checkbox"])')]
        .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44)
        .map((one) => `small: ${one.outerHTML}`)
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
      return [
        ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        ...small,
        ...(wide > 0 ? [`${wide} pixels too wide`] : []),
      ]
    }, axe)
    expect(faults, `${screen}, ${name}`).toEqual([])
    if (pictures === undefined) continue
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: path.join(pictures, `${screen}-${name}.png`) })
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
}

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

/** Hears both for long enough. */
async function hearBoth(page: Page): Promise<void> {
  await page.keyboard.press('Space')
  await page.waitForFunction(
    () => (document.querySelector<HTMLProgressElement>('[aria-label="Heard of A"]')?.value ?? 0) > 0.11,
  )
  await page.keyboard.press('b')
  await page.waitForFunction(() => document.querySelector('.answer')?.getAttribute('aria-disabled') === 'false')
}

test('a whole session by keyboard alone; axe finds nothing; it goes on after a reload and a cut network', async () => {
  const { context, page, complaints, asked } = await open(0)
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
  await inspect(page, 'keys')
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
  await inspect(page, 'answered')
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
  await inspect(page, 'end')
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
  const { context, page } = await open(1)
  await at(page, 'consent')
  await page.click('#help-open')
  await page.click('[aria-label="Change the key for Hear B"]')
  await page.keyboard.press('a')
  expect(await page.textContent('#keys-said')).toMatch(/taken: Hear A/)
  await page.keyboard.press('x')
  expect(await page.textContent('#keys-said')).toBe('Hear B: x.')
  await page.reload()
  await page.click('#help-open')
  expect(await page.textContent('#keys li:nth-child(2) .caps')).toBe('x')
  await page.click('#keys-on')
  await page.click('#help-close')
  await page.keyboard.press('?')
  expect(await page.locator('#help[open]').count()).toBe(0)
  await context.close()
})

test('a wrong link says so, and the organiser’s link opens the report', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${server.url}#${'A'.repeat(22)}`)
  await page.waitForSelector('[role="alert"]')
  expect(await page.textContent('[role="alert"]')).toBe('This link does not open anything here. Ask for a new one.')
  await page.goto(`${server.url}results.html#${small.organiser}`)
  await page.waitForURL('**/results/report.html')
  expect(await page.content()).toContain('<h1>What the judges heard</h1>')
  expect(page.url()).not.toContain(small.organiser)
  await context.close()
})

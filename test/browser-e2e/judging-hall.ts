// A judging session served to real Chromium: small, with clips that sound; what every test of the judges' page needs.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type JudgingServer, serveJudging } from '../../src/node/judge/index.ts'
import { drawOpaque } from '../../src/node/judge/session-files.ts'
import type { Statement } from '../../src/record/index.ts'
import { chromiumFile, usualArguments } from '../chromium.ts'
import { type SmallSession, type SmallWish, voteOn, writeSmallSession } from '../node/judge/small-session.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Pictures of every screen, where this names a folder. */
const pictures = process.env['HOCKET_PICTURES']

declare global {
  interface Window {
    /** The sound that was last started. */
    lastSound?: AudioBuffer | undefined
  }
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...(chromiumFile ? { executablePath: chromiumFile } : {}), args: usualArguments })
}

export interface Hall {
  readonly small: SmallSession
  readonly server: JudgingServer
}

export async function openHall(wish: Pick<SmallWish, 'judges' | 'abx' | 'pairs' | 'run'>): Promise<Hall> {
  const small = writeSmallSession({
    pairs: 1,
    ...wish,
    criteria: ['overall', 'interplay'],
    heardShare: 0.1,
    sound: 'tones',
  })
  const server = await serveJudging({
    folder: small.folder,
    host: '127.0.0.1',
    port: undefined,
    names: [],
    log: () => {},
    say: () => {},
  })
  return { small, server }
}
export interface Opened {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: string[]
  readonly asked: string[]
}

export async function open(browser: Browser, { server, small }: Hall, k: number): Promise<Opened> {
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

export const at = (page: Page, stage: string) => page.waitForSelector(`#stage[data-stage="${stage}"]`)
export const titleOf = (page: Page) => page.textContent('#stage h1')
export const statusOf = (page: Page) => page.textContent('#status')

/** Hears both for long enough. */
export async function hearBoth(page: Page): Promise<void> {
  await page.keyboard.press('Space')
  await page.waitForFunction(
    () => (document.querySelector<HTMLProgressElement>('[aria-label="Heard of A"]')?.value ?? 0) > 0.11,
  )
  await page.keyboard.press('b')
  await page.waitForFunction(() => document.querySelector('.answer')?.getAttribute('aria-disabled') === 'false')
}

export const looks = [
  { name: 'desktop-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const

/** For screens with nothing on them that others have not. */
export const twoLooks = [looks[0], looks[3]]

/**
 * axe in both themes on both sizes; nothing wider than the screen, on a telephone with text twice as large as well; all that is pressed is 44
 * pixels high at least; what is pressed and how much was heard is seen in a reader's own colours.
 */
export async function inspect(
  page: Page,
  screen: string,
  at: readonly (typeof looks)[number][] = looks,
): Promise<void> {
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
    await keepPicture(page, `${screen}-${name}`)
    if (width > 400 || !(await isJudging(page))) continue
    expect(await page.evaluate(readTooWide, 1), `${screen}, ${name}`).toEqual([])
    expect(await page.evaluate(readTooWide, 2), `${screen}, ${name}, text twice as large`).toEqual([])
    await keepPicture(page, `${screen}-${name}-large`)
    await page.evaluate(() => document.documentElement.removeAttribute('style'))
  }
  if ((await page.locator('main [aria-pressed="true"]').count()) > 0) await inspectForced(page, screen)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function keepPicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: path.join(pictures, `${name}.png`) })
}

/** Not the report. */
const isJudging = async (page: Page) => (await page.locator('main#stage').count()) > 0

/** Runs in the page: what does not fit with text so many times as large. */
const readTooWide = (times: number) => {
  // As a reader's own size of text does.
  document.documentElement.style.fontSize = `calc(${times} * 106.25%)`
  const frames = [document.documentElement, ...document.querySelectorAll<HTMLElement>('button, .scroll, dialog')]
  return frames
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && (one.offsetParent !== null || one.clientWidth > 0))
    .map((one) => `${one.outerHTML.slice(0, 80)} ${one.scrollWidth} in ${one.clientWidth}`)
}

/** Colours of the middle line of what is seen of it, without its frame. */
async function lookAtLine(page: Page, part: Locator): Promise<number[]> {
  return page.evaluate(
    async (png) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(png)]))
      const canvas = new OffscreenCanvas(picture.width, picture.height)
      const pencil = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
      pencil.drawImage(picture, 0, 0)
      const { data } = pencil.getImageData(4, picture.height >> 1, picture.width - 8, 1)
      return [...new Uint32Array(data.buffer)]
    },
    [...(await part.screenshot())],
  )
}

/** Windows' high contrast. */
async function inspectForced(page: Page, screen: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  const [pressed, other] = [true, false].map((is) => page.locator(`main [aria-pressed="${is}"]`).first())
  if (pressed === undefined || other === undefined) throw new Error('no buttons')
  const [ofPressed] = await lookAtLine(page, pressed)
  expect(ofPressed, `${screen}: what is pressed looks like the others`).not.toBe((await lookAtLine(page, other))[0])
  const bar = page.locator('progress').first()
  if ((await bar.count()) > 0 && (await bar.evaluate((one) => (one as HTMLProgressElement).value)) > 0.1)
    expect(new Set(await lookAtLine(page, bar)).size, `${screen}: what was heard is not seen`).toBeGreaterThan(1)
  await keepPicture(page, `${screen}-forced`)
  await page.emulateMedia({ forcedColors: 'none' })
}

/** What a page keeps for times without the network: all of the database, bytes by their number, and the addresses of its own files. */
export const lookAtKept = (page: Page) =>
  page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve) => request.addEventListener('success', () => resolve(request.result)))
    const opened = await done(indexedDB.open('hocket-judging-kept'))
    const read = async (name: string) => {
      const table = opened.transaction(name).objectStore(name)
      const [keys, values] = await Promise.all([done(table.getAllKeys()), done(table.getAll())])
      return keys.map((key, k) => ({
        key: key as string | [string, string | number],
        value: values[k] instanceof ArrayBuffer ? (values[k].byteLength as number) : JSON.stringify(values[k]),
      }))
    }
    const [sounds = [], visits = [], sessions = []] = await Promise.all(['sounds', 'visits', 'sessions'].map(read))
    const files = await (await caches.open('hocket-judging-page')).keys()
    opened.close()
    return { sounds, visits, sessions, files: files.map(({ url }) => url) }
  })

const answers = { overall: 'a', interplay: 'b' } as const
export const answerOn = (trial: number): Statement => voteOn(trial, { answers, heardSeconds: { a: 2, b: 2 } })

/** All that comes before a trial of a judge, the first if not told, over the API. */
export const sayBefore = (hall: Hall, trial: number, judge = 0): Promise<void> =>
  say(
    hall,
    [
      { id: drawOpaque(), kind: 'consent' },
      { id: drawOpaque(), kind: 'headphones', right: 6 },
      { id: drawOpaque(), kind: 'profile', age: null, training: null, hearing: null, dances: null },
      ...Array.from({ length: trial }, (_, k) => answerOn(k)),
    ],
    judge,
  )

/** Over the API, as another device does. */
export async function say({ server, small }: Hall, statements: readonly Statement[], judge = 0): Promise<void> {
  for (const statement of statements) {
    const headers = { authorization: `Bearer ${small.tokens[judge]}`, 'content-type': 'application/json' }
    const body = JSON.stringify(statement)
    expect((await fetch(`${server.url}api/judging/statements`, { method: 'POST', headers, body })).status).toBe(201)
  }
}

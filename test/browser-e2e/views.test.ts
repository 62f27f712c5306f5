// The views for any company, on a desk and on a phone: nothing overflows, nothing moves by itself, everybody is named, in real Chromium.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { longRecord } from '../../src/node/bench/long-record.ts'
import type { RecordLine } from '../../src/record/index.ts'
import { textOf } from '../node/records.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage } from './stage.ts'

const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let stage: Stage
let url: string

/** So many who talk at once, with names as long as people give them. */
const crowd = (agents: number): RecordLine[] =>
  [...longRecord({ agents, tokens: agents * 60 })].map((line) =>
    line.kind === 'session'
      ? { ...line, agents: line.agents.map((agent, k) => ({ ...agent, title: `Bartholomew the ${k + 1}th` })) }
      : line,
  )

beforeAll(async () => {
  stage = await openStage()
  const runs: [string, readonly RecordLine[]][] = [
    ['solo', await playShortParty(2, 3, { bpm: 200 }, 1)],
    ['party', await playShortParty(3, 3, { bpm: 200 })],
    ['other', await playShortParty(1, 5, { bpm: 200 })],
    ['four', crowd(4)],
    ['sixteen', crowd(16)],
  ]
  for (const [id, record] of runs) {
    mkdirSync(path.join(stage.runs, id), { recursive: true })
    writeFileSync(path.join(stage.runs, id, 'record.jsonl'), textOf(record))
  }
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

const open = async (id: string, screen: BrowserContextOptions, before = () => {}): Promise<Page> => {
  const { page } = await stage.openPage(`${url}#run=${id}`, screen, before)
  page.setDefaultTimeout(20_000)
  await page.waitForSelector('#start:enabled')
  return page
}
const says = (page: Page, id: string, words: RegExp) =>
  page.waitForFunction(
    ([where, pattern]) =>
      new RegExp(pattern as string, 'u').test(document.getElementById(where as string)?.textContent ?? ''),
    [id, words.source],
  )

test('16, 4, 2 and 1 agents: nothing overflows sideways, who plays is told in one breath; alone, no null is offered', async () => {
  const page = await open('sixteen', desk)
  expect(await page.textContent('#welcome-words')).toMatch(/^Bartholomew the 1th, .* 2th and 14 more, /)
  for (const id of ['sixteen', 'four', 'party', 'solo']) {
    await page.selectOption('#runs', id)
    await page.waitForFunction((run) => location.hash.includes(`run=${run}`), id)
    await page.waitForSelector('#start:enabled')
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([id, width, over]).toEqual([id, width, 0])
    }
  }
  expect(await page.getAttribute('#null', 'aria-disabled')).toBe('true')
  expect(await page.isDisabled('#seat')).toBe(true)
  await page.keyboard.press('n')
  await says(page, 'line', /nobody is there to fit with/)
  expect(await page.textContent('#cast-line')).toBe('')
  expect(await page.getAttribute('#null', 'aria-pressed')).toBe('false')
  await page.context().close()
})

interface Watched {
  readonly moved: string[]
  readonly named: Set<string>
}

/** Runs in the page before its own scripts: whatever moved by itself, and from which place to which. */
function watchShifts(): void {
  const moved: string[] = []
  Object.assign(window, { watched: { moved } })
  const place = ({ x, y }: DOMRectReadOnly) => `${Math.round(x)},${Math.round(y)}`
  new PerformanceObserver((list) => {
    // What was taken out of the page has moved nowhere.
    for (const entry of list.getEntries() as (PerformanceEntry & {
      sources: { node: Element | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
    })[])
      for (const { node, previousRect, currentRect } of entry.sources.filter((source) => source.node !== null))
        moved.push(`${node?.nodeName} ${node?.id} ${node?.className} ${place(previousRect)} to ${place(currentRect)}`)
  }).observe({ type: 'layout-shift', buffered: true })
}
const movedIn = (page: Page) => page.evaluate(() => (window as unknown as { watched: Watched }).watched.moved.splice(0))

for (const [name, screen] of [
  ['desk', desk],
  ['phone', phone],
] as const)
  test(`on a ${name} nothing moves by itself: opening, start, the null, the other run, a loop, the stage and back`, async () => {
    const page = await open('party', screen, watchShifts)
    const moved: string[] = []
    const still = async (after: string) => {
      await page.waitForTimeout(250)
      moved.push(...(await movedIn(page)).map((what) => `${after}: ${what}`))
    }
    await still('opening')
    await page.selectOption('#other', 'other')
    await page.click('#start')
    await page.waitForFunction(() => /^0:0[1-9]/.test(document.getElementById('clock')?.textContent ?? ''))
    await still('start')
    await page.keyboard.press('n')
    await says(page, 'cast-line', /^The null/)
    await still('the null')
    // The stranger's lane is seen whole, above the hands and what they say.
    const [lane, line] = [
      await page.locator('.swapped .lane canvas').boundingBox(),
      await page.locator('#cast-line').boundingBox(),
    ]
    expect((lane?.y ?? 0) + (lane?.height ?? 0)).toBeLessThanOrEqual((line?.y ?? 0) + 1)
    await page.keyboard.press('b')
    await says(page, 'cast-line', /^You hear/)
    await still('the other run')
    await page.keyboard.press('b')
    await page.keyboard.press('l')
    await says(page, 'loop-bars', /bars/)
    await still('a loop')
    await page.keyboard.press('l')
    await page.keyboard.press('f')
    await still('the stage')
    await page.keyboard.press('f')
    await still('back')
    await page.keyboard.press('ArrowRight')
    await still('the next slot')
    expect(moved).toEqual([])
    // The hands leave a phone its room.
    const foot = await page.locator('.foot').boundingBox()
    expect(foot?.height).toBeLessThan(150)
    await page.context().close()
  })

/** Runs in the page before its own scripts: what is written on the stage. */
function watchStage(): void {
  const named = new Set<string>()
  Object.assign(window, { watched: { named } })
  const write = CanvasRenderingContext2D.prototype.fillText
  CanvasRenderingContext2D.prototype.fillText = function (this: CanvasRenderingContext2D, ...said) {
    if (this.canvas.id === 'scene') named.add(said[0])
    write.apply(this, said)
  }
}

test('on the stage everybody is named, and a stranger at whatever seat', async () => {
  const page = await open('four', desk, watchStage)
  const isNamed = (words: string) =>
    page.waitForFunction(
      (wanted) => [...(window as unknown as { watched: Watched }).watched.named].join(' ').includes(wanted),
      words,
    )
  await page.selectOption('#other', 'sixteen')
  await page.selectOption('#seat', '3')
  await page.keyboard.press('n')
  await says(page, 'cast-line', /^The null: Bartholomew the 4th/)
  await page.keyboard.press('f')
  for (const k of [1, 2, 3]) await isNamed(`Bartholomew the ${k}th`)
  await isNamed('Bartholomew the 4th, a stranger from run sixteen')
  await page.context().close()
})

/** Runs in the page before its own scripts: how often a picture was wiped to be drawn anew. */
function countDrawings(): void {
  Object.assign(window, { drawings: 0 })
  const wipe = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (this: CanvasRenderingContext2D, ...box) {
    Object.assign(window, { drawings: Number(Reflect.get(window, 'drawings')) + 1 })
    wipe.apply(this, box)
  }
}

test('at rest no picture is drawn again within a moment; a change of theme is drawn all the same', async () => {
  const page = await open('party', desk, countDrawings)
  /** During ten frames in which the clock stands. */
  const drawnMeanwhile = () =>
    page.evaluate(async () => {
      const [now, stopped] = [performance.now, performance.now()]
      performance.now = () => stopped
      const frame = () => new Promise(requestAnimationFrame)
      for (let k = 0; k < 2; k++) await frame()
      const before = Number(Reflect.get(window, 'drawings'))
      for (let k = 0; k < 10; k++) await frame()
      performance.now = now
      return Number(Reflect.get(window, 'drawings')) - before
    })
  await expect.poll(drawnMeanwhile, { timeout: 15_000 }).toBe(0)
  await page.evaluate(() => {
    const stopped = performance.now()
    performance.now = () => stopped
  })
  const drawings = await page.evaluate(() => Number(Reflect.get(window, 'drawings')))
  await page.click('#theme')
  await page.waitForFunction((before) => Number(Reflect.get(window, 'drawings')) > before, drawings)
  await page.context().close()
})

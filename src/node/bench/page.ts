// What a long record costs the listening page: many agents, a million tokens, opened and played in Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { startServer } from '../server/server.ts'
import { recordName } from '../store/run-folder.ts'
import { createShelf } from '../store/shelf.ts'
import { launchChromium } from './chromium.ts'
import { type LongRecordSettings, writeLongRecord } from './long-record.ts'

export interface PageBench extends LongRecordSettings {
  readonly browser: string
  readonly recordBytes: number
  /** From asking for the page until it can be started, and until every line is there. */
  readonly readySeconds: number
  readonly wholeSeconds: number
  /** CPU seconds of the page's main thread: until every line is there, and a second of sound after that. Other programs do not count. */
  readonly mainThread: { readonly whole: number; readonly perSecond: number }
  /** JavaScript heap after a collection: when every line is there, and after playing. */
  readonly heapBytes: { readonly whole: number; readonly played: number }
  /** While it sounds, once every line is there. */
  readonly frames: { readonly seconds: number; readonly median: number; readonly p95: number; readonly longest: number }
  /** How often the music had to wait for a slot. */
  readonly waits: number
}

export interface PageBenchSettings extends LongRecordSettings {
  /** How long frames are counted. */
  readonly seconds: number
}

export async function measurePage({ agents, tokens, seconds }: PageBenchSettings): Promise<PageBench> {
  const runs = mkdtempSync(path.join(os.tmpdir(), 'hocket-page-bench-'))
  const browser = await launchChromium('page')
  try {
    mkdirSync(path.join(runs, 'long'))
    const { bytes: recordBytes, slots } = writeLongRecord(path.join(runs, 'long', recordName), { agents, tokens })
    const server = await startServer({ shelf: createShelf(runs) }, 0)
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      const figures = await playPage(page, `${server.url}#run=long`, { slots, seconds })
      return { agents, tokens, browser: `Chromium ${browser.version()}`, recordBytes, ...figures }
    } finally {
      await server.close()
    }
  } finally {
    await browser.close()
    rmSync(runs, { recursive: true, force: true })
  }
}

type Figures = Omit<PageBench, 'agents' | 'tokens' | 'browser' | 'recordBytes'>

const longestMilliseconds = 300_000
const untilThere = { timeout: longestMilliseconds }

/** Runs in the page: lengths of frames, and how often it had to wait for a slot. */
const watchPage = `(() => {
  const watch = { frames: [], waits: 0 }
  window.hocketWatch = watch
  let last = performance.now()
  requestAnimationFrame(function next(now) {
    watch.frames.push(now - last)
    last = now
    requestAnimationFrame(next)
  })
  new MutationObserver(() => {
    if (/^Waiting/.test(document.getElementById('line').textContent)) watch.waits++
  }).observe(document.getElementById('line'), { childList: true, characterData: true, subtree: true })
})()`

async function playPage(
  page: Page,
  url: string,
  { slots, seconds }: { slots: number; seconds: number },
): Promise<Figures> {
  const began = performance.now()
  const since = () => (performance.now() - began) / 1000
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  await page.waitForSelector('#start:enabled', untilThere)
  const readySeconds = since()
  await page.evaluate(watchPage)
  await page.click('#start')
  await page.waitForSelector(`#seek[max="${slots - 1}"]`, untilThere)
  const wholeSeconds = since()
  const wholeCpu = await cpuSecondsOf(session)
  const whole = await heapOf(session)
  const [cpuBefore, before] = [await cpuSecondsOf(session), since()]
  await page.evaluate('hocketWatch.frames = []')
  await page.waitForTimeout(1000 * seconds)
  const perSecond = ((await cpuSecondsOf(session)) - cpuBefore) / (since() - before)
  const watched = (await page.evaluate('hocketWatch')) as { frames: number[]; waits: number }
  const played = await heapOf(session)
  const frames = watched.frames.sort((a, b) => a - b)
  const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))] ?? 0
  return {
    readySeconds,
    wholeSeconds,
    mainThread: { whole: wholeCpu, perSecond },
    heapBytes: { whole, played },
    frames: { seconds, median: at(0.5), p95: at(0.95), longest: at(1) },
    waits: watched.waits,
  }
}

/** JavaScript objects of the page after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

async function cpuSecondsOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

// What it is to listen to a whole party in Chromium: how soon it is painted and sounds, frames while it sounds, whether the sound ever
// breaks, and whether memory stays where it is over an hour of the run walked through faster than it sounds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { defaultScenario } from '../../party/index.ts'
import { formatLine, type SessionLine } from '../../record/index.ts'
import { type LoadedInstruments, loadInstruments } from '../run/instruments.ts'
import { startServer } from '../server/server.ts'
import { recordName } from '../store/run-folder.ts'
import { createShelf } from '../store/shelf.ts'
import { playRecord } from '../twins/index.ts'
import { launchChromium } from './chromium.ts'
import { openSession } from './null.ts'

export interface ListeningBench {
  readonly browser: string
  readonly slots: number
  /** From asking for the page until something is painted. */
  readonly paintMilliseconds: number
  /** From the start button until the loudspeakers move. */
  readonly soundMilliseconds: number
  readonly sounding: {
    readonly seconds: number
    readonly frames: { readonly median: number; readonly p95: number; readonly longest: number }
    /** A second of sound: CPU seconds of the page's main thread, and how often it looked at all styles. Other programs do not count. */
    readonly mainThread: { readonly cpuSeconds: number; readonly styles: number }
    /** Times at which the audio clock fell behind, and by how much at most, milliseconds. */
    readonly breaks: number
    readonly longestBreak: number
    /** Score of layout shifts without a hand, 0 where nothing moved. */
    readonly moved: number
  }
  readonly walk: {
    /** Of the run, walked through slot by slot. */
    readonly seconds: number
    readonly tookSeconds: number
    /** JavaScript heap after a collection, bytes: after each round. */
    readonly heapBytes: readonly number[]
  }
}

export interface ListeningSettings {
  /** How long it sounds undisturbed. */
  readonly seconds: number
  /** Rounds through the run. */
  readonly rounds: number
}

/** Milliseconds at each slot of the walk: long enough to sound. */
const slotMilliseconds = 400

export async function measureListening(settings: ListeningSettings): Promise<ListeningBench> {
  const runs = mkdtempSync(path.join(os.tmpdir(), 'hocket-listening-'))
  const browser = await launchChromium('listening')
  try {
    const instruments = loadInstruments('party')
    await writeParty(path.join(runs, 'party'), openSession(instruments), instruments)
    const server = await startServer({ shelf: createShelf(runs) }, 0)
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      await page.addInitScript(watchPage)
      const figures = await listen(page, `${server.url}#run=party`, settings)
      return { browser: `Chromium ${browser.version()}`, slots: defaultScenario.slots, ...figures }
    } finally {
      await server.close()
    }
  } finally {
    await browser.close()
    rmSync(runs, { recursive: true, force: true })
  }
}

async function writeParty(folder: string, session: SessionLine, instruments: LoadedInstruments): Promise<void> {
  const record = await playRecord(session, session.seed, instruments)
  mkdirSync(folder)
  writeFileSync(path.join(folder, recordName), record.map((line) => `${formatLine(line)}\n`).join(''))
}

interface Watch {
  readonly frames: number[]
  readonly breaks: number[]
  readonly moved: number
  readonly soundMilliseconds: number
}

/**
 * Runs in the page before its own scripts. The sound breaks where the audio clock falls behind the wall's: of each second the least lag
 * counts (the clock moves in blocks), and a least lag 5 ms above the one before is a break.
 */
const watchPage = `(() => {
  const watch = { frames: [], breaks: [], moved: 0, soundMilliseconds: 0 }
  window.hocketWatch = watch
  let last = performance.now()
  requestAnimationFrame(function next(now) {
    watch.frames.push(now - last)
    last = now
    requestAnimationFrame(next)
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) watch.moved += entry.value
  }).observe({ type: 'layout-shift' })
  const Native = window.AudioContext
  window.AudioContext = class extends Native {
    constructor(...options) {
      super(...options)
      follow(this)
    }
  }
  const connect = AudioNode.prototype.connect
  let ear = null
  AudioNode.prototype.connect = function (...to) {
    if (to[0] instanceof AudioDestinationNode && this.context instanceof Native) {
      ear = this.context.createAnalyser()
      connect.call(this, ear)
    }
    return connect.apply(this, to)
  }
  window.hocketHears = () => {
    if (ear === null) return false
    const samples = new Float32Array(ear.fftSize)
    ear.getFloatTimeDomainData(samples)
    return samples.some((sample) => Math.abs(sample) > 1e-4)
  }
  function follow(audio) {
    let least = Infinity
    let before = Infinity
    let count = 0
    setInterval(() => {
      if (audio.state !== 'running') return
      least = Math.min(least, performance.now() - 1000 * audio.currentTime)
      if (++count % 20 > 0) return
      if (least - before > 5) watch.breaks.push(least - before)
      before = least
      least = Infinity
    }, 50)
  }
})()`

async function listen(
  page: Page,
  url: string,
  { seconds, rounds }: ListeningSettings,
): Promise<Omit<ListeningBench, 'browser' | 'slots'>> {
  await page.goto(url)
  await page.waitForSelector('#start:enabled')
  await page.waitForSelector(`#seek[max="${defaultScenario.slots - 1}"]`)
  const soundMilliseconds = await page.evaluate<number>(`(async () => {
    document.getElementById('start').click()
    const pressed = performance.now()
    while (!window.hocketHears()) await new Promise((done) => setTimeout(done, 4))
    return performance.now() - pressed
  })()`)
  await page.evaluate('hocketWatch.frames.length = hocketWatch.breaks.length = 0, hocketWatch.moved = 0')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await metricsOf(session)
  await page.waitForTimeout(1000 * seconds)
  const after = await metricsOf(session)
  await session.detach()
  const { frames, breaks, moved } = (await page.evaluate('hocketWatch')) as Watch
  const paintMilliseconds = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1`,
  )
  frames.sort((a, b) => a - b)
  const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))] ?? 0
  return {
    paintMilliseconds,
    soundMilliseconds,
    sounding: {
      seconds,
      mainThread: {
        cpuSeconds: (after.cpuSeconds - before.cpuSeconds) / seconds,
        styles: (after.styles - before.styles) / seconds,
      },
      frames: { median: at(0.5), p95: at(0.95), longest: at(1) },
      breaks: breaks.length,
      longestBreak: Math.max(0, ...breaks),
      moved,
    },
    walk: await walkThrough(page, rounds),
  }
}

/** From the first slot to the last, round after round, as the arrow key goes. */
async function walkThrough(page: Page, rounds: number): Promise<ListeningBench['walk']> {
  const session = await page.context().newCDPSession(page)
  const began = performance.now()
  const heaps: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.evaluate('hocketWatch.frames.length = 0')
    await page.keyboard.press('Home')
    for (let slot = 0; slot < defaultScenario.slots; slot++) {
      await page.waitForTimeout(slotMilliseconds)
      await page.keyboard.press('ArrowRight')
    }
    // What is on its way between threads is nobody's to keep.
    await page.waitForTimeout(1500)
    heaps.push(await heapOf(session))
  }
  return {
    seconds: (rounds * defaultScenario.slots * 32 * 60) / defaultScenario.bpm,
    tookSeconds: (performance.now() - began) / 1000,
    heapBytes: heaps,
  }
}

async function metricsOf(session: CDPSession): Promise<{ cpuSeconds: number; styles: number }> {
  const { metrics } = await session.send('Performance.getMetrics')
  const metricOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  return { cpuSeconds: metricOf('TaskDuration'), styles: metricOf('RecalcStyleCount') }
}

/** JavaScript objects of the page after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

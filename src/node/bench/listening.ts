// What it is to listen to a whole party in Chromium: how soon it is painted and sounds, frames while it sounds, whether the sound ever
// breaks, and whether memory stays where it is over an hour of the run walked through faster than it sounds.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { defaultScenario } from '../../party/index.ts'
import { formatLine, InputError, type SessionLine } from '../../record/index.ts'
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
    /** Buffers that came too late for the loudspeakers, as the browser itself counts them, and how much sound was missing, milliseconds. */
    readonly underruns: number
    readonly underrunMilliseconds: number
    /** Of how much sound, seconds. */
    readonly playedSeconds: number
    /** Score of layout shifts without a hand since the page was asked for, 0 where nothing moved. */
    readonly moved: number
  }
  readonly walk: {
    /** Of the run, walked through slot by slot. */
    readonly seconds: number
    readonly tookSeconds: number
    /** JavaScript heap after a collection, bytes: after each round. */
    readonly heapBytes: readonly number[]
    /** All memory of the page's process, workers and audio among it; empty where the system does not tell. */
    readonly residentBytes: readonly number[]
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
/** Of memory, as Linux on x86-64 and most others count it. */
const pageBytes = 4096

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
  readonly moved: number
  readonly soundMilliseconds: number
}

/** What a browser tells of an AudioContext (AudioPlaybackStats of the Web Audio API); brought up to date once a second. */
interface PlaybackStats {
  readonly underrunEvents: number
  /** Seconds. */
  readonly underrunDuration: number
  readonly totalDuration: number
}

/** Runs in the page before its own scripts. */
const watchPage = `(() => {
  const watch = { frames: [], moved: 0, soundMilliseconds: 0 }
  let audio = null
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
      audio = this
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
  window.hocketPlayed = () => {
    const { underrunEvents, underrunDuration, totalDuration } = audio?.playbackStats ?? {}
    return { underrunEvents, underrunDuration, totalDuration }
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
  await page.evaluate('hocketWatch.frames.length = 0')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const [before, playedBefore] = [await metricsOf(session), await playedOf(page)]
  await page.waitForTimeout(1000 * seconds)
  const [after, played] = [await metricsOf(session), await playedOf(page)]
  await session.detach()
  const { frames, moved } = (await page.evaluate('hocketWatch')) as Watch
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
      underruns: played.underrunEvents - playedBefore.underrunEvents,
      underrunMilliseconds: 1000 * (played.underrunDuration - playedBefore.underrunDuration),
      playedSeconds: played.totalDuration - playedBefore.totalDuration,
      moved,
    },
    walk: await walkThrough(page, rounds),
  }
}

/** From the first slot to the last, round after round, as the arrow key goes. */
async function walkThrough(page: Page, rounds: number): Promise<ListeningBench['walk']> {
  const session = await page.context().newCDPSession(page)
  const began = performance.now()
  const [heaps, resident]: [number[], number[]] = [[], []]
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
    resident.push(...(await residentOf(page)))
  }
  return {
    seconds: (rounds * defaultScenario.slots * 32 * 60) / defaultScenario.bpm,
    tookSeconds: (performance.now() - began) / 1000,
    heapBytes: heaps,
    residentBytes: resident,
  }
}

/** Throws InputError where the browser does not count underruns. */
async function playedOf(page: Page): Promise<PlaybackStats> {
  const played = (await page.evaluate('hocketPlayed()')) as Partial<PlaybackStats>
  const { underrunEvents, underrunDuration, totalDuration } = played
  if (underrunEvents === undefined || underrunDuration === undefined || totalDuration === undefined)
    throw new InputError(
      'old-browser',
      'bench listening: expected a Chromium with AudioContext.playbackStats, got one without. Take a newer one.',
    )
  return { underrunEvents, underrunDuration, totalDuration }
}

async function metricsOf(session: CDPSession): Promise<{ cpuSeconds: number; styles: number }> {
  const { metrics } = await session.send('Performance.getMetrics')
  const metricOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  return { cpuSeconds: metricOf('TaskDuration'), styles: metricOf('RecalcStyleCount') }
}

/** Of the renderers together. */
async function residentOf(page: Page): Promise<readonly number[]> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {}
  await session?.detach()
  const files = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => `/proc/${id}/statm`)
  if (files.length === 0 || !files.every((file) => existsSync(file))) return []
  const pages = files.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[1]), 0)
  return [pages * pageBytes]
}

/** JavaScript objects of the page after a collection. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize
}

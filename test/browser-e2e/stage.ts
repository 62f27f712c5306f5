// A stage for end-to-end tests: runs on disk, the real server over the built page, real Chromium with an ear at its loudspeakers.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type RunningServer, startServer } from '../../src/node/server/server.ts'
import { decodeSample, sampleNamesOf } from '../../src/node/sound/samples.ts'
import { createShelf } from '../../src/node/store/shelf.ts'
import { scoreRecord } from '../../src/pipeline.ts'
import { formatLine, type Library, type RecordLine } from '../../src/record/index.ts'
import { chromiumArguments, chromiumFile } from '../chromium.ts'
import { freshKernel } from '../kernel.ts'
import { shippedLexicon, shippedLibrary } from '../party.ts'

const page = fileURLToPath(new URL('../../dist/page/index.html', import.meta.url))

/** One for all files that a worker runs; it ends with the worker. */
let started: Promise<Browser> | undefined
function startBrowser(): Promise<Browser> {
  started ??= chromium.launch({ ...(chromiumFile ? { executablePath: chromiumFile } : {}), args: chromiumArguments })
  return started
}

export interface Stage {
  readonly runs: string
  /** On the stage's own runs unless told otherwise. */
  serve(port?: number, shelf?: string): Promise<RunningServer>
  /** `before` runs in the page before its own scripts. A page with an ear; what it complains about is collected in `complaints`. */
  openPage(
    url: string,
    options?: BrowserContextOptions,
    before?: () => void,
  ): Promise<{ page: Page; complaints: string[] }>
  close(): Promise<void>
}

/** `seldom`: where nothing is asserted of what is seen, the page draws a third of the frames that a screen asks for. */
export async function openStage(drawing: 'always' | 'seldom' = 'always'): Promise<Stage> {
  if (!existsSync(page)) throw new Error(`${page}: expected the built page, found nothing. Run \`npm run build\`.`)
  const runs = mkdtempSync(path.join(tmpdir(), 'hocket-page-'))
  const browser = await startBrowser()
  const contexts: BrowserContext[] = []
  const servers: RunningServer[] = []
  return {
    runs,
    async serve(port = 0, shelf = runs) {
      const server = await startServer({ shelf: createShelf(shelf) }, port)
      servers.push(server)
      return server
    },
    async openPage(url, options = {}, before = () => {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
      contexts.push(context)
      const opened = await context.newPage()
      const complaints: string[] = []
      opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      opened.on('pageerror', (error) => complaints.push(String(error)))
      await opened.addInitScript(putEar)
      if (drawing === 'seldom') await opened.addInitScript(drawSeldom)
      await opened.addInitScript(tellViolations)
      await opened.addInitScript(before)
      await opened.goto(url)
      return { page: opened, complaints }
    },
    async close() {
      for (const context of contexts) await context.close()
      for (const server of servers) await server.close()
      rmSync(runs, { recursive: true, force: true })
    },
  }
}

declare global {
  interface Window {
    /** Root mean square of what reaches the loudspeakers now; 0 before anything is connected. */
    readLoudspeakers?: () => number
  }
}

/** Runs in the page before its own scripts: listens beside whatever is connected to the loudspeakers. */
function putEar(): void {
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] instanceof AudioDestinationNode) {
      const ear = this.context.createAnalyser()
      const samples = new Float32Array(ear.fftSize)
      connect.call(this, ear)
      window.readLoudspeakers = () => {
        ear.getFloatTimeDomainData(samples)
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
      }
    }
    return connect.apply(this, to)
  } as typeof AudioNode.prototype.connect
}

/** Runs in the page before its own scripts. Painted without a graphics card, sixty frames a second take half of a core. */
function drawSeldom(): void {
  const ask = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (draw) => window.setTimeout(() => ask(draw), 40)
}

/** Runs in the page before its own scripts: what the content policy refused is an error on the console, also when a script caught it. */
function tellViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    console.error(`refused by the content policy: ${effectiveDirective} ${blockedURI}`),
  )
}

/** Loudest root mean square during so many milliseconds, or until it is above a level that is enough. */
export async function hearLoudest(
  opened: Page,
  milliseconds = 700,
  enough = Number.POSITIVE_INFINITY,
): Promise<number> {
  return opened.evaluate(
    async ([time, most]) => {
      let loudest = 0
      const end = performance.now() + time
      while (performance.now() < end && loudest <= most) {
        loudest = Math.max(loudest, window.readLoudspeakers?.() ?? 0)
        if (loudest <= most) await new Promise((done) => setTimeout(done, 15))
      }
      return loudest
    },
    [milliseconds, enough] as const,
  )
}

/** Waits until the loudspeakers are louder than a level, or quieter than it for a while. */
export async function waitForLevel(opened: Page, kind: 'above' | 'below', level: number): Promise<void> {
  const deadline = Date.now() + 25_000
  for (let heard = -1; ; ) {
    heard = await hearLoudest(opened, 400, kind === 'above' ? level : Number.POSITIVE_INFINITY)
    if (kind === 'above' ? heard > level : heard < level) return
    if (Date.now() > deadline) throw new Error(`expected a level ${kind} ${level}, heard ${heard}`)
  }
}

const recordings = new Map<string, Float32Array>()

/** The recordings of the tracks that a record's decks play, each decoded once for all files that one worker runs. */
async function recordingsOf(record: readonly RecordLine[], { tracks }: Library) {
  const played = new Set(record.flatMap((line) => (line.kind === 'world' ? line.decks.map(({ track }) => track) : [])))
  for (const name of sampleNamesOf(tracks.filter(({ id }) => played.has(id))))
    if (!recordings.has(name)) recordings.set(name, await decodeSample(name))
  return (name: string) => {
    const recording = recordings.get(name)
    if (recording === undefined) throw new Error(`expected no recording but those of the tracks played, got ${name}`)
    return recording
  }
}

/** A finished run on disk, with its scores. */
export async function storeRun(runs: string, id: string, record: readonly RecordLine[]): Promise<void> {
  const library = shippedLibrary()
  const samples = await recordingsOf(record, library)
  const { scores } = scoreRecord(record, { kernel: freshKernel(), library, lexicon: shippedLexicon(), samples })
  const hashes = { record: '', kernel: '', stems: {}, features: '' }
  mkdirSync(path.join(runs, id), { recursive: true })
  writeFileSync(path.join(runs, id, 'record.jsonl'), record.map((line) => `${formatLine(line)}\n`).join(''))
  writeFileSync(path.join(runs, id, 'scores.json'), JSON.stringify({ ...scores, hashes }))
}

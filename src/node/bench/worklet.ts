// How much of the audio thread's time it takes to hear 16 agents, measured inside Chromium: src/web/load is the page, this side serves it and asks.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { InputError } from '../../record/index.ts'
import type { HearingLoad, LoadPage } from '../../web/load/figures.ts'
import { kernelFile, loadFolder } from '../installation.ts'
import { listFiles, sendFile } from '../server/files.ts'
import { launchChromium } from './chromium.ts'
import { makeTestStem } from './test-sound.ts'

export interface WorkletBench extends HearingLoad {
  readonly agents: number
  readonly browser: string
}

export interface WorkletSettings {
  readonly agents: number
  readonly seconds: number
  readonly passes: number
}

/** Opens the page in Chromium and lets it measure. Throws InputError where the page, Playwright or Chromium is missing. */
export async function measureWorklet({ agents, seconds, passes }: WorkletSettings): Promise<WorkletBench> {
  const server = await servePage(agents, seconds)
  const browser = await launchChromium('worklet')
  try {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.waitForFunction(() => 'measureLoad' in window)
    const load = await page.evaluate((wanted) => (window as unknown as LoadPage).measureLoad(wanted), {
      agents,
      passes,
    })
    return { agents, browser: `Chromium ${browser.version()}`, ...load }
  } finally {
    await browser.close()
    server.close()
  }
}

/** The page, the kernel and the stems on a free port; isolated, so that the page's clock is as fine as may be. */
async function servePage(agents: number, seconds: number): Promise<{ url: string; close(): void }> {
  const files = listPage()
  const stems = Array.from({ length: agents }, (_, k) => makeTestStem(k, seconds))
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.res.headers.set('cross-origin-opener-policy', 'same-origin')
    context.res.headers.set('cross-origin-embedder-policy', 'require-corp')
  })
  app.get('/kernel.wasm', () => sendFile(kernelFile, undefined))
  app.get('/stems/:k', (context) => {
    const stem = stems[Number(context.req.param('k'))]
    return stem === undefined ? context.notFound() : new Response(new Uint8Array(stem.buffer as ArrayBuffer))
  })
  app.get('*', (context) => {
    const file = files.get(context.req.path === '/' ? 'index.html' : context.req.path.slice(1))
    return file === undefined ? context.notFound() : sendFile(file, undefined)
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

function listPage(): ReadonlyMap<string, string> {
  try {
    return listFiles(loadFolder)
  } catch {
    throw new InputError('no-page', `${loadFolder}: expected the built page, found nothing. Run \`npm run build\`.`)
  }
}

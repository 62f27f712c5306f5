// What the listening page may ask for. All of it is read-only; every name in a request is looked up in a list, never joined to a path.
import path from 'node:path'
import { Hono } from 'hono'
import { InputError } from '../../record/index.ts'
import { kernelFile, type LoadedLibrary, lexiconFile, loadLibrary, pageFolder } from '../installation.ts'
import { decodeSample, sampleNamesOf } from '../sound/samples.ts'
import { createCatalogue } from '../store/catalogue.ts'
import { recordName } from '../store/run-folder.ts'
import { describeEntry, listRunFiles, type Shelf } from '../store/shelf.ts'
import { createTails } from '../store/tail.ts'
import { type Chance, createChance } from './chance.ts'
import { streamRecord } from './events.ts'
import { listFiles, sendFile } from './files.ts'
import { guard, reportPolicy } from './guard.ts'
import { pageOfShelf } from './shelf-page.ts'
import { playTwin } from './twin.ts'

export interface AppSettings {
  readonly shelf: Shelf
  readonly page?: string
  /** What measures chance in the sound; left out: nothing does. */
  readonly chance?: Chance
}

/** Routes: see docs/command-line.md, "listen". */
export function createApp({ shelf, page = pageFolder, chance = createChance(null) }: AppSettings): Hono {
  const app = new Hono()
  app.use(guard)
  app.onError((error, context) =>
    context.json({ error: error instanceof InputError ? error.message : 'The server could not answer.' }, 500),
  )
  addRuns(app, shelf, chance)
  addSound(app)
  app.get('*', (context) => {
    const wanted = decodePath(context.req.path).slice(1)
    const file = listFiles(page).get(wanted === '' ? 'index.html' : wanted)
    return file === undefined ? context.notFound() : sendFile(file, context.req.header('range'))
  })
  return app
}

function addRuns(app: Hono, shelf: Shelf, chance: Chance): void {
  const catalogue = createCatalogue(shelf)
  const tails = createTails()
  app.get('/api/shelf', async (context) =>
    context.json(pageOfShelf(await catalogue.all(), new URL(context.req.url).searchParams)),
  )
  app.get('/api/runs', (context) => {
    const most = context.req.query('most') ?? ''
    return context.json(shelf.list(/^\d{1,6}$/.test(most) ? Number(most) : undefined))
  })
  app.get('/api/runs/:id', (context) => {
    const id = context.req.param('id')
    const folder = shelf.find(id)
    return folder === null ? context.notFound() : context.json(describeEntry(id, folder))
  })
  app.get('/api/runs/:id/record', (context) => {
    const folder = shelf.find(context.req.param('id'))
    return folder === null ? context.notFound() : streamRecord(context, path.join(folder, recordName), tails)
  })
  app.get('/api/runs/:id/scores', (context) => {
    const folder = shelf.find(context.req.param('id'))
    if (folder === null || !listRunFiles(folder).includes('scores.json')) return context.notFound()
    return sendFile(path.join(folder, 'scores.json'), undefined)
  })
  app.get('/api/runs/:id/chance', (context) => {
    const folder = shelf.find(context.req.param('id'))
    return folder === null ? context.notFound() : context.json({ state: chance.stateOf(folder) })
  })
  app.get('/api/runs/:id/twin', async (context) => {
    const folder = shelf.find(context.req.param('id'))
    if (folder === null) return context.notFound()
    const twin = await playTwin(folder)
    if ('whyNot' in twin) return context.json({ error: twin.whyNot }, 404)
    return context.body(twin.lines, 200, { 'content-type': 'application/jsonl; charset=utf-8' })
  })
  app.get('/api/runs/:id/files/:name{.+}', (context) => {
    const folder = shelf.find(context.req.param('id'))
    const name = context.req.param('name')
    if (folder === null || !listRunFiles(folder).includes(name)) return context.notFound()
    const kept = `${path.basename(path.resolve(folder))}-${path.basename(name)}`.replaceAll(/[^\w.-]/g, '_')
    const headers =
      name === 'report.html'
        ? { 'content-security-policy': reportPolicy }
        : { 'content-disposition': `attachment; filename="${kept}"` }
    return sendFile(path.join(folder, name), context.req.header('range'), headers)
  })
}

function addSound(app: Hono): void {
  const decoded = new Map<string, Promise<Float32Array>>()
  let loaded: LoadedLibrary | undefined
  const library = () => {
    loaded ??= loadLibrary()
    return loaded
  }
  app.get('/kernel.wasm', (context) => sendFile(kernelFile, context.req.header('range')))
  app.get('/api/library', (context) => sendFile(library().file, context.req.header('range')))
  app.get('/api/lexicon', (context) => sendFile(lexiconFile, context.req.header('range')))
  app.get('/api/samples/:name', async (context) => {
    const name = context.req.param('name')
    if (!sampleNamesOf(library().library.tracks).includes(name)) return context.notFound()
    const pcm = decoded.get(name) ?? decodeSample(name)
    decoded.set(name, pcm)
    const { buffer, byteOffset, byteLength } = await pcm
    return new Response(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), {
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(byteLength) },
    })
  })
}

function decodePath(asked: string): string {
  try {
    return decodeURIComponent(asked)
  } catch {
    return asked
  }
}

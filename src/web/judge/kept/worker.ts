// The service worker of the judges' page: a reload without the network shows the page. What is asked of the server (/api) never passes here,
// nor does anything but the page and its own files.
import { createPageFiles, type Drawer, networkFirst, pageAddress, sortRequest } from './page-files.ts'

/** As much of a worker's world as is used; the libraries of pages and workers cannot be had at once. */
interface WorkerEvent extends Event {
  readonly request: Request
  waitUntil(until: Promise<unknown>): void
  respondWith(answer: Promise<Response>): void
}
interface World {
  addEventListener(kind: 'install' | 'activate' | 'fetch', deed: (event: WorkerEvent) => void): void
  skipWaiting(): Promise<void>
}

const world = self as unknown as World
const patienceMilliseconds = 5000

/** Opened anew each time: the browser may have cleared it. */
const withCache = async <Value>(deed: (cache: Cache) => Promise<Value>) =>
  deed(await caches.open('hocket-judging-page'))
const drawer: Drawer = {
  match: (address) => withCache((cache) => cache.match(address, { ignoreVary: true })),
  put: (address, answer) => withCache((cache) => cache.put(address, answer)),
  addresses: () => withCache(async (cache) => (await cache.keys()).map(({ url }) => new URL(url).pathname)),
  delete: (address) => withCache((cache) => cache.delete(address)),
}
const files = createPageFiles({ drawer, fetch: (address) => fetch(address) })

world.addEventListener('install', (event) => {
  event.waitUntil(
    fetch(pageAddress)
      .then(files.keep)
      .then(() => world.skipWaiting()),
  )
})

world.addEventListener('fetch', (event) => {
  const asked = sortRequest(event.request)
  if (asked === undefined) return
  if (asked.kind === 'asset') return event.respondWith(files.asset(asked.address))
  const answer = fetch(event.request)
  event.waitUntil(answer.then((page) => files.keep(page.clone())).catch(() => {}))
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMilliseconds))
  event.respondWith(networkFirst(answer, { files, patience }))
})

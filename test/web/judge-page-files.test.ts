// The judges' page for times without the network: kept whole, newest first, and nothing else.
import { expect, test } from 'vitest'
import { assetsOf, createPageFiles, networkFirst, sortRequest } from '../../src/web/judge/kept/page-files.ts'

const html = (name: string) => `<script src="./assets/${name}.js"></script><link href="./assets/look.css">`

/** As fetch answers after it followed a redirection. */
const fromElsewhere = (body: string) => Object.defineProperty(new Response(body), 'redirected', { value: true })

function openFiles() {
  const drawer = new Map<string, string>()
  const web = new Map([
    ['/assets/old-1.js', 'old'],
    ['/assets/look.css', 'look'],
  ])
  const asked: string[] = []
  let somebodyElse = false
  const files = createPageFiles({
    drawer: {
      match: async (address) => (drawer.has(address) ? new Response(drawer.get(address)) : undefined),
      put: async (address, answer) => void drawer.set(address, await answer.text()),
      addresses: async () => [...drawer.keys()],
      delete: async (address) => drawer.delete(address),
    },
    fetch: async (address) => {
      asked.push(address)
      if (somebodyElse)
        return new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
      return new Response(web.get(address) ?? null, { status: web.has(address) ? 200 : 404 })
    },
  })
  const signIn = () => {
    somebodyElse = true
  }
  return { drawer, web, asked, signIn, files }
}

test('a page is kept with all that it names, or not at all; a newer one takes its place whole', async () => {
  const { drawer, web, asked, files } = openFiles()
  expect(assetsOf(html('old-1'))).toEqual(['/assets/old-1.js', '/assets/look.css'])
  await files.keep(new Response(html('old-1')))
  expect([...drawer.keys()].sort()).toEqual(['/', '/assets/look.css', '/assets/old-1.js'])
  // Its script cannot be had: the old one stays, complete.
  await expect(files.keep(new Response(html('new-2')))).rejects.toThrow(/404/)
  expect(drawer.get('/')).toBe(html('old-1'))
  web.set('/assets/new-2.js', 'new')
  await files.keep(new Response(html('new-2')))
  expect([...drawer.keys()].sort()).toEqual(['/', '/assets/look.css', '/assets/new-2.js'])
  // A hotel's page, and a proxy's.
  await expect(files.keep(new Response('<h1>Who are you?</h1>'))).rejects.toThrow(/expected the page/)
  await expect(files.keep(new Response(html('old-1'), { status: 502 }))).rejects.toThrow(/502/)
  await expect(files.keep(fromElsewhere(html('old-1')))).rejects.toThrow(/expected the page/)
  expect(drawer.get('/')).toBe(html('new-2'))
  const before = asked.length
  expect(await (await files.asset('/assets/look.css')).text()).toBe('look')
  expect(asked).toHaveLength(before)
})

test('a sign-in page is kept in the place of no file of the page', async () => {
  const { drawer, signIn, files } = openFiles()
  await files.keep(new Response(html('old-1')))
  signIn()
  await expect(files.keep(new Response(html('new-2')))).rejects.toThrow(/expected a file of the page/)
  expect([...drawer].sort()).toEqual([
    ['/', html('old-1')],
    ['/assets/look.css', 'look'],
    ['/assets/old-1.js', 'old'],
  ])
})

test('the network comes first; what is kept stands in when it fails, when it is not the page, or when it takes too long', async () => {
  const { files } = openFiles()
  const never = new Promise<never>(() => {})
  const answer = (from: Promise<Response>, patience: Promise<unknown> = never) =>
    networkFirst(from, { files, patience }).then((one) => one.text())
  const failed = () => Promise.reject(new TypeError('Failed to fetch'))
  await expect(answer(failed())).rejects.toThrow(/fetch/)
  expect(await answer(Promise.resolve(new Response('502', { status: 502 })))).toBe('502')
  await files.keep(new Response(html('old-1')))
  expect(await answer(Promise.resolve(new Response(html('new-2'))))).toBe(html('new-2'))
  expect(await answer(failed())).toBe(html('old-1'))
  for (const other of [
    ...[400, 401, 403, 404, 429, 502].map((status) => new Response('no', { status })),
    new Response('{"error":"unauthorized"}', { status: 401, headers: { 'content-type': 'application/json' } }),
    new Response('<h1>Sign in to the WiFi</h1>'),
    new Response(html('new-2'), { status: 404 }),
    Response.redirect('http://sign.in/'),
    fromElsewhere(html('new-2')),
  ])
    expect(await answer(Promise.resolve(other))).toBe(html('old-1'))
  expect(await answer(never, Promise.resolve())).toBe(html('old-1'))
})

test.each([
  ['GET', 'http://a/#SECRET', { kind: 'page' }],
  ['GET', 'http://a/assets/index-1_a.js', { kind: 'asset', address: '/assets/index-1_a.js' }],
  ['GET', 'http://a/api/judging/mine', undefined],
  ['GET', 'http://a/api/judging/sounds/0', undefined],
  ['POST', 'http://a/', undefined],
  ['GET', 'http://a/results/report.html', undefined],
  ['GET', 'http://a/results.html', undefined],
  ['GET', 'http://a/assets/../api/judging/mine', undefined],
] as const)('%s %s is the page, a file of it, or no business of the worker', (method, url, wanted) => {
  expect(sortRequest({ method, url })).toEqual(wanted)
})

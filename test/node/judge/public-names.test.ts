// Under which names a judging server answers, and which addresses it prints: none that it refuses.
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { serveJudging } from '../../../src/node/judge/index.ts'
import { createGuard } from '../../../src/node/judge/server/gate.ts'
import { publicAddress, readPublicName } from '../../../src/node/judge/server/public-names.ts'
import { runHere } from '../hocket.ts'
import { writeSmallSession } from './small-session.ts'

function guarded(...names: string[]) {
  const logged: string[] = []
  const app = new Hono()
  app.use(createGuard(names, (text) => logged.push(text)))
  app.get('/', (context) => context.text('in'))
  const ask = async (host: string, origin?: string) =>
    (await app.request('http://localhost/', { headers: { host, ...(origin === undefined ? {} : { origin }) } })).status
  return { ask, logged }
}

// RFC 6454 (origins) and RFC 9110, 7.2 (Host): browsers send names in lower case, IPv6 in brackets, and leave the scheme's own port out.
test.each([
  ['judge.example.org', 'judge.example.org', null],
  ['Judge.Example.ORG', 'judge.example.org', null],
  ['jürgen.example', 'xn--jrgen-kva.example', null],
  ['192.168.1.5', '192.168.1.5', null],
  ['fd00::2', '[fd00::2]', null],
  ['[FD00:0::2]', '[fd00::2]', null],
  ['https://judge.example.org', 'judge.example.org', 'https://judge.example.org'],
  ['HTTPS://Judge.Example.org:443/', 'judge.example.org', 'https://judge.example.org'],
  ['http://judge.example.org:8080', 'judge.example.org', 'http://judge.example.org:8080'],
  ['https://[fd00::2]:8443', '[fd00::2]', 'https://[fd00::2]:8443'],
])('a name that can be asked under: %s', async (text, host, origin) => {
  expect(readPublicName(text)).toEqual({ host, origin })
  const { ask } = guarded(text)
  // What is printed is answered, whether a proxy passes its port on or not, and pages from there may ask.
  const printed = new URL(publicAddress({ host: '127.0.0.1', port: 4760 }, [text]))
  expect(printed.origin).toBe(origin ?? `http://${host}:4760`)
  expect(await ask(printed.host, printed.origin)).toBe(200)
  expect(await ask(printed.hostname)).toBe(200)
  expect(await ask('elsewhere.example')).toBe(403)
})

const useless = [
  ...[
    'judge.example.org:8443',
    'judge.example.org/',
    'https://judge.example.org/session',
    'https://judge.example.org?x',
    'ws://judge.example.org',
  ],
  ...[
    'judge@example.org',
    'https://me@judge.example.org',
    'judge example',
    '*.example.org',
    '',
    'https://',
    '0.0.0.0',
    '::',
    '[fd00::2',
    'x:1',
  ],
]
test.each(useless)('a name that cannot: "%s"', (text) => {
  expect(readPublicName(text)).toBeNull()
})

test.each(['judge.example.org:8443', 'https://judge.example.org/here'])(
  'refused as wrong usage: --name %s',
  async (name) => {
    const { code, stderr } = await runHere(['judge', 'serve', '/nowhere', '--name', name])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--name.*Expected a host name, or an address/)])
  },
)

test.each([
  ['127.0.0.1', 'http://127.0.0.1:4760/'],
  ['Studio.local', 'http://studio.local:4760/'],
  ['fd00::2', 'http://[fd00::2]:4760/'],
  ['0.0.0.0', 'http://127.0.0.1:4760/'],
  ['::', 'http://[::1]:4760/'],
])('the address of what listens on %s is answered', async (host, address) => {
  expect(publicAddress({ host, port: 4760 }, [])).toBe(address)
  expect(await guarded(host).ask(new URL(address).host)).toBe(200)
})

// Of the loopback addresses, one that is not known as this machine's own beforehand; elsewhere than on Linux it cannot be had.
test.skipIf(process.platform !== 'linux')('a server prints an address under which it answers', async () => {
  const { folder, tokens } = writeSmallSession({ judges: 1 })
  const server = await serveJudging({ folder, host: '127.0.0.2', names: [], log() {}, say() {} })
  try {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.2:\d+\/$/)
    const headers = { authorization: `Bearer ${tokens[0]}` }
    expect((await fetch(`${server.url}api/judging/mine`, { headers })).status).toBe(200)
  } finally {
    await server.close()
  }
})

// A proxy that says its upstream for Host, as nginx does unless told otherwise.
test('behind a proxy that does not pass Host on, pages of the address that was given may ask, others not', async () => {
  const [origin, upstream] = ['https://judge.example.org', '127.0.0.1:4760']
  expect(await guarded(origin).ask(upstream, origin)).toBe(200)
  expect(await guarded(origin).ask(upstream, `${origin}.evil.example`)).toBe(403)
  expect(await guarded(origin).ask(upstream, 'http://judge.example.org')).toBe(403)
  expect(await guarded(origin).ask(upstream, 'null')).toBe(403)
  const plain = guarded('judge.example.org')
  expect(await plain.ask(upstream, origin)).toBe(403)
  expect(plain.logged).toEqual([expect.stringMatching(/Pages from elsewhere may not ask\. If a proxy stands before/)])
  expect(plain.logged[0]).not.toContain('example')
})

// Sounds over slow and broken networks: what came is not asked for again, silence ends a request and length does not, and only whole WAVs come out.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Coming } from '../../src/web/judge/downloads.ts'
import { openServer, ServerError } from '../../src/web/judge/server.ts'
import { waveOf } from './wave.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A network of one address: what each request is answered with, in turn; and which bytes were asked for. */
function network(...answers: (() => Response | Promise<Response>)[]) {
  const asked: (string | null)[] = []
  vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
    asked.push(new Headers(headers).get('range'))
    const next = answers.shift()
    if (next === undefined) throw new Error('asked too often')
    return next()
  })
  return asked
}

/** A body that comes piece by piece, so many milliseconds apart; `end`: how it ends. */
function slowly(pieces: readonly Uint8Array[], milliseconds: number, end: 'whole' | 'cut' | 'silent' = 'whole') {
  const left = [...pieces]
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(body) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      const piece = left.shift()
      if (piece !== undefined) body.enqueue(Uint8Array.from(piece))
      else if (end === 'whole') body.close()
      else if (end === 'cut') body.error(new TypeError('network error'))
      else await new Promise(() => {})
    },
  })
}

const sound = Uint8Array.from({ length: 1000 }, (_, k) =>
  k < 12 ? (new Uint8Array(waveOf(1000))[k] as number) : k % 251,
)
const parts = (from: number, to: number, count = 4) =>
  Array.from({ length: count }, (_, k) =>
    sound.slice(from + Math.round((k * (to - from)) / count), from + Math.round(((k + 1) * (to - from)) / count)),
  )
const rest = (from: number, range = `bytes ${from}-999/1000`) =>
  new Response(slowly(parts(from, 1000), 1), { status: 206, headers: { 'content-range': range } })

/** Lets all time pass that anybody waits for. */
async function ask(onComing?: (coming: Coming) => void) {
  const coming = server.sound('1a', onComing).then(
    (bytes) => new Uint8Array(bytes),
    (error: unknown) => error,
  )
  await vi.runAllTimersAsync()
  return coming
}
let server = openServer('T')
beforeEach(() => {
  server = openServer('T')
})

test('a sound may take ten minutes as long as it comes, and how much has come is told', async () => {
  network(() => new Response(slowly(parts(0, 1000, 60), 10_000)))
  const told: Coming[] = []
  expect(await ask((coming) => told.push(coming))).toEqual(sound)
  expect(told.length).toBeGreaterThan(50)
  for (const { of } of told) expect(of).toBe(1000)
  expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).toSorted((p, q) => p - q))
  // One that comes soon is no news.
  network(() => new Response(slowly(parts(0, 1000), 10)))
  told.length = 0
  await ask((coming) => told.push(coming))
  expect(told).toEqual([])
})

test.each(['cut', 'silent'] as const)(
  'a request that is %s ends, and the next one asks for what is missing',
  async (end) => {
    const asked = network(
      () => new Response(slowly(parts(0, 300), 1, end)),
      () =>
        new Response(slowly([sound.slice(300, 400)], 1, end), {
          status: 206,
          headers: { 'content-range': 'bytes 300-999/1000' },
        }),
      () => rest(400),
    )
    for (const words of end === 'cut' ? [/network error/, /network error/] : [/nothing came/, /nothing came/])
      expect(await ask()).toMatchObject({ message: expect.stringMatching(words) })
    expect(await ask()).toEqual(sound)
    expect(asked).toEqual([null, 'bytes=300-', 'bytes=400-'])
  },
)

test('a server that never answers is not waited for', async () => {
  network(() => new Promise(() => {}))
  expect(await ask()).toMatchObject({ message: expect.stringMatching(/nothing came/) })
})

test.each([
  ['the whole again', () => new Response(slowly(parts(0, 1000), 1)), [null, 'bytes=300-']],
  ['another part', () => rest(300, 'bytes 301-999/1000'), [null, 'bytes=300-', null]],
  ['a part of another sound', () => rest(300, 'bytes 300-998/999'), [null, 'bytes=300-', null]],
  ['that there is no such part', () => new Response(null, { status: 416 }), [null, 'bytes=300-', null]],
  ['a sign-in page', () => new Response('<h1>Sign in to the WiFi</h1>'), [null, 'bytes=300-', 'bytes=300-']],
  ['trouble', () => new Response('', { status: 503 }), [null, 'bytes=300-', 'bytes=300-']],
] as const)(
  'asked for the rest, it answers with %s: nothing is put together that does not belong together',
  async (_, other, ranges) => {
    const asked = network(
      () => new Response(slowly(parts(0, 300), 1, 'cut')),
      other,
      () => (asked.at(-1) === null ? new Response(slowly(parts(0, 1000), 1)) : rest(300)),
    )
    await ask()
    const second = await ask()
    if (ranges.length === 2) expect(second).toEqual(sound)
    else {
      expect(second).toBeInstanceOf(ServerError)
      expect(await ask()).toEqual(sound)
    }
    expect(asked).toEqual(ranges)
  },
)

test('what says that it is longer or shorter than it is does not come out', async () => {
  network(
    () => new Response(waveOf(48).slice(0, 40)),
    () => new Response(new Blob([waveOf(48), 'more'])),
    () => new Response(waveOf(48)),
  )
  expect(await ask()).toBeInstanceOf(Error)
  expect(await ask()).toBeInstanceOf(ServerError)
  expect(await ask()).toEqual(new Uint8Array(waveOf(48)))
})

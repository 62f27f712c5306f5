// The record stream: every line once and in order, whatever the connection does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordLine } from '../../src/record/index.ts'
import { claimConnection, type Locks } from '../../src/web/run/connections.ts'
import { type Connection, type EventChannel, openRecordStream } from '../../src/web/run/stream.ts'

/** A connection under the test's control. */
function createChannel() {
  const listeners = new Map<string, (event: MessageEvent) => void>()
  const channel: EventChannel & { readyState: number; closed: boolean } = {
    readyState: 1,
    closed: false,
    onopen: null,
    onmessage: null,
    onerror: null,
    addEventListener: (name: string, listener: (event: MessageEvent) => void) => void listeners.set(name, listener),
    close() {
      channel.closed = true
      channel.readyState = 2
    },
  }
  const send = (...lines: number[]) =>
    channel.onmessage?.({ data: lines.map((n) => JSON.stringify(lineOf(n))).join('\n') } as MessageEvent)
  const emit = (name: string, data = '') => listeners.get(name)?.({ data } as MessageEvent)
  return { channel, send, emit }
}

const lineOf = (n: number) => ({ n, kind: 'fault', agent: null, slot: 0, code: 'x', message: `line ${n}` })

function follow(mayStay?: Promise<boolean>) {
  const channels: ReturnType<typeof createChannel>[] = []
  const seen: number[] = []
  const states: Connection[] = []
  const words: string[] = []
  const later: (() => void)[] = []
  const urls: string[] = []
  const time = { now: 1e12, hidden: false, look: () => {} }
  const stop = openRecordStream({
    url: 'x',
    ...(mayStay === undefined ? {} : { mayStay }),
    onLine: (line: RecordLine) => void seen.push(line.n),
    onConnection: (state, said) => {
      states.push(state)
      words.push(said)
    },
    openChannel: (url) => {
      urls.push(url)
      const made = createChannel()
      channels.push(made)
      return made.channel
    },
    clock: {
      now: () => time.now,
      isHidden: () => time.hidden,
      later: (again) => void later.push(again),
      watch(look) {
        time.look = look
        return () => {
          time.look = () => {}
        }
      },
    },
  })
  /** So many seconds go by in which timers run as they should. */
  const pass = (seconds: number) => {
    for (let k = 0; k < seconds; k++) {
      time.now += 1000
      time.look()
    }
  }
  /** So many seconds go by in which nothing runs. */
  const sleep = (seconds: number) => {
    time.now += 1000 * seconds
    time.look()
  }
  return { channels, seen, states, words, later, stop, urls, time, pass, sleep }
}

test('a server that repeats lines after a drop never makes one count twice', () => {
  const cuts = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 8 })
  fc.assert(
    fc.property(cuts, (drops) => {
      const { channels, seen, later } = follow()
      for (const [more, back] of drops) {
        const from = Math.max(0, seen.length - back)
        const until = seen.length + more
        const lines = Array.from({ length: until - from }, (_, k) => from + k)
        if (back % 2 === 0 && lines.length > 0) channels.at(-1)?.send(...lines)
        else for (const n of lines) channels.at(-1)?.send(n)
        expect(seen).toHaveLength(until)
        const last = channels.at(-1)
        if (last === undefined) throw new Error('no channel')
        last.channel.readyState = 2
        last.channel.onerror?.({} as Event)
        later.shift()?.()
      }
      expect(seen).toEqual(seen.map((_, k) => k))
      expect(channels).toHaveLength(drops.length + 1)
    }),
    { numRuns: 60 },
  )
})

test('a lost connection is told in words; the browser tries again by itself unless it gave up', () => {
  const { channels, states, later, words } = follow()
  channels[0]?.channel.onopen?.({} as Event)
  const first = channels[0]
  if (first === undefined) throw new Error('no channel')
  first.channel.readyState = 0
  first.channel.onerror?.({} as Event)
  expect(states).toEqual(['connecting', 'open', 'lost'])
  expect(words.at(-1)).toMatch(/lost.*plays on/)
  expect(later).toHaveLength(0)
  first.channel.readyState = 2
  first.channel.onerror?.({} as Event)
  expect(later).toHaveLength(1)
})

test('a server that says it is still there is left alone; one that says nothing is asked again, after the last line seen', () => {
  const { channels, states, urls, words, pass } = follow()
  channels[0]?.channel.onopen?.({} as Event)
  channels[0]?.send(0, 1, 2)
  for (let k = 0; k < 9; k++) {
    pass(10)
    channels[0]?.emit('beat', '2')
  }
  expect(states).toEqual(['connecting', 'open'])
  pass(26)
  expect([states.at(-1), urls]).toEqual(['lost', ['x', 'x?after=2']])
  expect(channels[0]?.channel.closed).toBe(true)
  channels[1]?.channel.onopen?.({} as Event)
  expect([states.at(-1), words.at(-1)]).toEqual(['open', 'Connected again.'])
})

test('after a sleep it connects anew at once, says how long it stood still, and takes nothing from before', () => {
  const { channels, seen, states, words, urls, sleep } = follow()
  channels[0]?.channel.onopen?.({} as Event)
  channels[0]?.send(0, 1)
  sleep(3600)
  expect([states.at(-1), words.at(-1), urls.at(-1)]).toEqual([
    'slept',
    'This page stood still for 60 minutes; nothing is lost.',
    'x?after=1',
  ])
  channels[0]?.send(2) // still on its way from before
  channels[1]?.channel.onopen?.({} as Event)
  channels[1]?.send(2, 3)
  expect(seen).toEqual([0, 1, 2, 3])
  expect(words.at(-1)).toBe('This page stood still for 60 minutes; nothing is lost. Connected again.')
})

test('slow timers of a hidden page are no sleep as long as lines come; a clock put back is no silence', () => {
  const { channels, states, time, sleep, pass } = follow()
  channels[0]?.channel.onopen?.({} as Event)
  time.hidden = true
  pass(1)
  for (let k = 0; k < 4; k++) {
    time.now += 59_000
    channels[0]?.send(k)
    sleep(1)
  }
  time.now -= 1e9
  sleep(0)
  pass(20)
  expect(states).toEqual(['connecting', 'open'])
})

test('a record that was written anew ends the stream and is told', () => {
  const { channels, states, sleep } = follow()
  channels[0]?.send(0)
  channels[0]?.emit('anew')
  sleep(1000)
  expect([states.at(-1), channels.length]).toEqual(['anew', 1])
})

test('a gap ends the stream with what was expected and what came', () => {
  const { channels, seen, states, words } = follow()
  channels[0]?.send(0)
  channels[0]?.send(2)
  channels[0]?.send(1)
  expect(seen).toEqual([0])
  expect(states.at(-1)).toBe('broken')
  expect(words.at(-1)).toMatch(/expected line 1, got 2/)
  expect(channels[0]?.channel.closed).toBe(true)
})

test('the end event and the end line both end it; nothing is heard after', () => {
  const { channels, seen, states } = follow()
  channels[0]?.send(0)
  channels[0]?.emit('end')
  channels[0]?.send(1)
  expect(seen).toEqual([0])
  expect(states.at(-1)).toBe('ended')
})

test('what is no record line is refused', () => {
  const { channels, states, words } = follow()
  channels[0]?.channel.onmessage?.({ data: '<script>alert(1)</script>' } as MessageEvent)
  expect(states.at(-1)).toBe('broken')
  expect(words.at(-1)).toMatch(/expected one JSON object/)
})

test('a page that may keep no connection asks again and again, without a word of loss, and leaves each one', async () => {
  const { channels, seen, states, later, urls } = follow(Promise.resolve(false))
  expect(channels).toHaveLength(0)
  await Promise.resolve()
  for (const lines of [[0, 1], [2], []]) {
    const { channel, send, emit } = channels.at(-1) as (typeof channels)[number]
    channel.onopen?.({} as Event)
    if (lines.length > 0) send(...lines)
    emit('again')
    expect(channel.readyState).toBe(2)
    later.pop()?.()
  }
  expect(urls).toEqual(['x?brief', 'x?after=1&brief', 'x?after=2&brief', 'x?after=2&brief'])
  expect(seen).toEqual([0, 1, 2])
  expect(states).not.toContain('lost')
})

test('a few pages of a browser keep a connection, the others none until one is left', async () => {
  const held = new Set<string>()
  const request = async (name: string, _: unknown, use: (lock: { name: string } | null) => unknown) => {
    if (held.has(name)) return use(null)
    held.add(name)
    await use({ name })
    held.delete(name)
  }
  const locks = { request } as unknown as Locks
  const claims: ReturnType<typeof claimConnection>[] = []
  for (let page = 0; page < 5; page++) {
    const claim = claimConnection(locks)
    await claim.mayStay
    claims.push(claim)
  }
  expect(await Promise.all(claims.map(({ mayStay }) => mayStay))).toEqual([true, true, true, false, false])
  claims[1]?.release()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(await claimConnection(locks).mayStay).toBe(true)
})

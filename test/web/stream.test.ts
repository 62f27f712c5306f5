// The record stream: every line once and in order, whatever the connection does.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordLine } from '../../src/record/index.ts'
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
  const send = (n: number) => channel.onmessage?.({ data: JSON.stringify(lineOf(n)) } as MessageEvent)
  const emit = (name: string, data = '') => listeners.get(name)?.({ data } as MessageEvent)
  return { channel, send, emit }
}

const lineOf = (n: number) => ({ n, kind: 'fault', agent: null, slot: 0, code: 'x', message: `line ${n}` })

function follow() {
  const channels: ReturnType<typeof createChannel>[] = []
  const seen: number[] = []
  const states: Connection[] = []
  const words: string[] = []
  const later: (() => void)[] = []
  const stop = openRecordStream({
    url: 'x',
    onLine: (line: RecordLine) => void seen.push(line.n),
    onConnection: (state, said) => {
      states.push(state)
      words.push(said)
    },
    openChannel: () => {
      const made = createChannel()
      channels.push(made)
      return made.channel
    },
    later: (again) => void later.push(again),
  })
  return { channels, seen, states, words, later, stop }
}

test('a server that repeats lines after a drop never makes one count twice', () => {
  const cuts = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 8 })
  fc.assert(
    fc.property(cuts, (drops) => {
      const { channels, seen, later } = follow()
      for (const [more, back] of drops) {
        const from = Math.max(0, seen.length - back)
        const until = seen.length + more
        for (let n = from; n < until; n++) channels.at(-1)?.send(n)
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

// The record as it is written: server-sent events, each with one or more whole lines of the record.
// A dropped connection resumes after the last line seen; a line that comes twice is dropped by its number, so nothing sounds twice.
// A connection that says nothing at all, not even that it is still there, counts as dropped: after a sleep it may look open for ever.
import { InputError, parseLine, type RecordLine } from '../../record/index.ts'

/** `slept`: the page did not run for a while; `anew`: the record was written anew, so what is here is of another one. */
export type Connection = 'connecting' | 'open' | 'lost' | 'slept' | 'ended' | 'broken' | 'anew'

export interface RecordStreamEvents {
  /** Every line once, in order of n. */
  onLine(line: RecordLine): void
  onConnection(connection: Connection, words: string): void
}

/** What the stream needs of an EventSource; tests give their own. */
export interface EventChannel {
  readonly readyState: number
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onerror: ((event: Event) => void) | null
  addEventListener(name: 'end' | 'fault' | 'beat' | 'anew', listener: (event: MessageEvent) => void): void
  close(): void
}

/** Time as the stream needs it. */
export interface StreamClock {
  /** Unix time, milliseconds: it goes on while the computer sleeps. */
  now(): number
  /** Nobody looks at the page, so its timers may be slow. */
  isHidden(): boolean
  /** Runs `again` after so many milliseconds. */
  later(again: () => void, milliseconds: number): void
  /** Runs `look` about once a second, and when the page comes back. Returns how to stop. */
  watch(look: () => void): () => void
}

export interface RecordStreamSettings extends RecordStreamEvents {
  readonly url: string
  readonly openChannel?: (url: string) => EventChannel
  readonly clock?: StreamClock
}

const closed = 2
const patienceMilliseconds = [500, 1000, 2000, 4000, 8000]
/** The server says that it is still there every ten seconds. */
const silenceMilliseconds = 25_000
/** A page that did not run for longer was put aside; timers of a page that is not looked at run once a minute at worst. */
const sleepMilliseconds = { seen: 10_000, hidden: 75_000 }

const browserClock: StreamClock = {
  now: () => Date.now(),
  isHidden: () => document.visibilityState === 'hidden',
  later: (again, milliseconds) => void window.setTimeout(again, milliseconds),
  watch(look) {
    const timer = window.setInterval(look, 1000)
    const places = [
      [document, 'resume'],
      [document, 'visibilitychange'],
      [window, 'online'],
      [window, 'pageshow'],
    ] as const
    for (const [place, name] of places) place.addEventListener(name, look)
    return () => {
      window.clearInterval(timer)
      for (const [place, name] of places) place.removeEventListener(name, look)
    }
  },
}

/** Follows a record until its end line. Returns the way to stop. */
export function openRecordStream(settings: RecordStreamSettings): () => void {
  const { onLine, onConnection, clock = browserClock } = settings
  const openChannel = settings.openChannel ?? ((url) => new EventSource(url))
  let channel: EventChannel | null = null
  let next = 0
  let failures = 0
  let stopped = false
  let heardAt = clock.now()
  let lookedAt = heardAt
  let wasHidden = clock.isHidden()
  /** What is told once the connection stands again. */
  let missed: string | null = null

  const stop = () => {
    stopped = true
    unwatch()
    channel?.close()
  }
  const finish = (connection: Connection, words: string) => {
    stop()
    onConnection(connection, words)
  }
  const take = (text: string) => {
    const line = parseLine(text, next + 1)
    if (line.n < next) return
    if (line.n > next)
      throw new InputError('line-order', `record: expected line ${next}, got ${line.n}. A line is missing; reload.`)
    next++
    onLine(line)
    if (line.kind === 'end') finish('ended', 'The run is whole.')
  }
  const open = () => {
    if (stopped) return
    channel?.close()
    heardAt = clock.now()
    const source = openChannel(next === 0 ? settings.url : `${settings.url}?after=${next - 1}`)
    channel = source
    /** Nothing of a connection that was given up counts any more. */
    const heard = (act: (event: MessageEvent) => void) => (event: Event) => {
      if (stopped || channel !== source) return
      heardAt = clock.now()
      act(event as MessageEvent)
    }
    source.onopen = heard(() => {
      failures = 0
      onConnection('open', `${missed === null ? '' : `${missed} `}Connected${next === 0 ? '' : ' again'}.`)
      missed = null
    })
    source.onmessage = heard((event) => {
      try {
        for (const text of String(event.data).split('\n')) if (!stopped) take(text)
      } catch (error) {
        finish('broken', (error as Error).message)
      }
    })
    source.addEventListener(
      'beat',
      heard(() => undefined),
    )
    source.addEventListener(
      'end',
      heard(() => finish('ended', 'The run is whole.')),
    )
    source.addEventListener(
      'fault',
      heard((event) => finish('broken', String(event.data))),
    )
    source.addEventListener(
      'anew',
      heard(() => finish('anew', 'The record was written anew; opening it again.')),
    )
    source.onerror = () => {
      if (stopped || channel !== source) return
      onConnection('lost', 'Connection lost; what is here plays on. Trying again.')
      // The browser itself tries again unless it has given up (a status that is not 200).
      if (source.readyState !== closed) return
      clock.later(() => channel === source && open(), patienceMilliseconds[Math.min(failures++, 4)] ?? 8000)
    }
  }
  const look = () => {
    const now = clock.now()
    const [away, silence] = [now - lookedAt, now - heardAt]
    const slept = away > (wasHidden ? sleepMilliseconds.hidden : sleepMilliseconds.seen)
    lookedAt = now
    wasHidden = clock.isHidden()
    // A clock that was put back tells nothing about the silence.
    if (silence < 0) heardAt = now
    if (slept) {
      missed = `This page stood still for ${describeSpan(away)}; nothing is lost.`
      onConnection('slept', missed)
    } else if (silence > silenceMilliseconds)
      onConnection('lost', 'Nothing comes from the server; what is here plays on. Trying again.')
    if (slept || silence > silenceMilliseconds) open()
  }
  const unwatch = clock.watch(look)
  onConnection('connecting', 'Connecting.')
  open()
  return stop
}

function describeSpan(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  return minutes < 2 ? `${Math.round(milliseconds / 1000)} seconds` : `${minutes} minutes`
}

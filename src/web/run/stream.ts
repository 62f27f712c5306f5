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
  /** The connection stands and no line came for a while. */
  onQuiet?(): void
}

/** What the stream needs of an EventSource; tests give their own. */
export interface EventChannel {
  readonly readyState: number
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onerror: ((event: Event) => void) | null
  addEventListener(name: 'end' | 'fault' | 'beat' | 'anew' | 'again', listener: (event: MessageEvent) => void): void
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
  /** Whether this page may keep a connection open; one that may not asks now and then. Left out: it may. */
  readonly mayStay?: Promise<boolean>
}

/** A page without a connection of its own asks so often. */
const askMilliseconds = 1500
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
  const { onConnection, clock = browserClock, openChannel = (url) => new EventSource(url) } = settings
  const reader = createReader(settings.onLine)
  /** What is told once the connection stands again. */
  let missed: string | null = null
  const stop = () => {
    reader.close()
    unwatch()
    wire.close()
  }
  const finish = (connection: Connection, words: string) => {
    stop()
    onConnection(connection, words)
  }
  const words: WireWords = {
    open() {
      onConnection('open', `${missed === null ? '' : `${missed} `}Connected${reader.next === 0 ? '' : ' again'}.`)
      missed = null
    },
    text(text) {
      try {
        if (reader.read(text) === 'end') finish('ended', 'The run is whole.')
      } catch (error) {
        finish('broken', (error as Error).message)
      }
    },
    beat: () => settings.onQuiet?.(),
    end: () => finish('ended', 'The run is whole.'),
    fault: (reason) => finish('broken', reason),
    anew: () => finish('anew', 'The record was written anew; opening it again.'),
    lost: () => onConnection('lost', 'Connection lost; what is here plays on. Trying again.'),
  }
  let isBrief = false
  const url = () => {
    const asked = [...(reader.next === 0 ? [] : [`after=${reader.next - 1}`]), ...(isBrief ? ['brief'] : [])]
    return asked.length === 0 ? settings.url : `${settings.url}?${asked.join('&')}`
  }
  const wire = createWire({ url, openChannel, clock, words })
  const look = createLook(clock, wire, (slept) => {
    if (slept === null) onConnection('lost', 'Nothing comes from the server; what is here plays on. Trying again.')
    else {
      missed = `This page stood still for ${describeSpan(slept)}; nothing is lost.`
      onConnection('slept', missed)
    }
    wire.open()
  })
  const unwatch = clock.watch(look)
  onConnection('connecting', 'Connecting.')
  if (settings.mayStay === undefined) wire.open()
  else
    void settings.mayStay.then((may) => {
      isBrief = !may
      wire.open()
    })
  return stop
}

interface Reader {
  /** The number of the line that comes next. */
  readonly next: number
  /** One or more lines; those that came before are passed over. Throws InputError where one is missing or none. */
  read(text: string): 'end' | 'more'
  /** Reads no further. */
  close(): void
}

function createReader(onLine: (line: RecordLine) => void): Reader {
  let next = 0
  let isClosed = false
  const take = (text: string): RecordLine | null => {
    const line = parseLine(text, next + 1)
    if (line.n < next) return null
    if (line.n > next)
      throw new InputError('line-order', `record: expected line ${next}, got ${line.n}. A line is missing; reload.`)
    next++
    onLine(line)
    return line
  }
  return {
    get next() {
      return next
    },
    read(text) {
      for (const one of text.split('\n')) if (!isClosed && take(one)?.kind === 'end') return 'end'
      return 'more'
    },
    close() {
      isClosed = true
    },
  }
}

/** What comes over a connection. */
interface WireWords {
  open(): void
  text(text: string): void
  /** The server is still there, and no line came for a while. */
  beat(): void
  end(): void
  fault(reason: string): void
  anew(): void
  lost(): void
}

interface WireSettings {
  /** Where the next line is asked for. */
  readonly url: () => string
  readonly openChannel: (url: string) => EventChannel
  readonly clock: StreamClock
  readonly words: WireWords
}

interface Wire {
  /** Unix time at which something came last, or it was opened. */
  heardAt: number
  /** Anew, if it is open: nothing of a connection that was given up counts any more. */
  open(): void
  close(): void
}

function createWire({ url, openChannel, clock, words }: WireSettings): Wire {
  let channel: EventChannel | null = null
  let failures = 0
  let isClosed = false
  const open = () => {
    if (isClosed) return
    channel?.close()
    wire.heardAt = clock.now()
    const source = openChannel(url())
    channel = source
    const heard = (act: (data: string) => void) => (event: Event) => {
      if (isClosed || channel !== source) return
      wire.heardAt = clock.now()
      act(String((event as MessageEvent).data))
    }
    source.onopen = heard(() => {
      failures = 0
      words.open()
    })
    source.onmessage = heard(words.text)
    for (const name of ['beat', 'end', 'fault', 'anew'] as const) source.addEventListener(name, heard(words[name]))
    // All that is there for now came; the connection is left to others meanwhile.
    source.addEventListener(
      'again',
      heard(() => {
        source.close()
        clock.later(() => channel === source && open(), askMilliseconds)
      }),
    )
    source.onerror = () => {
      if (isClosed || channel !== source) return
      words.lost()
      // The browser itself tries again unless it has given up (a status that is not 200).
      if (source.readyState !== closed) return
      clock.later(() => channel === source && open(), patienceMilliseconds[Math.min(failures++, 4)] ?? 8000)
    }
  }
  const wire: Wire = {
    heardAt: clock.now(),
    open,
    close() {
      isClosed = true
      channel?.close()
    },
  }
  return wire
}

/** Looks whether the page slept (so many milliseconds), or nothing came for too long (null). */
function createLook(clock: StreamClock, wire: Wire, tell: (slept: number | null) => void): () => void {
  let lookedAt = clock.now()
  let wasHidden = clock.isHidden()
  return () => {
    const now = clock.now()
    const [away, silence] = [now - lookedAt, now - wire.heardAt]
    const slept = away > (wasHidden ? sleepMilliseconds.hidden : sleepMilliseconds.seen)
    lookedAt = now
    wasHidden = clock.isHidden()
    // A clock that was put back tells nothing about the silence.
    if (silence < 0) wire.heardAt = now
    if (slept) tell(away)
    else if (silence > silenceMilliseconds) tell(null)
  }
}

function describeSpan(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000)
  return minutes < 2 ? `${Math.round(milliseconds / 1000)} seconds` : `${minutes} minutes`
}

// The record as it is written: server-sent events, one record line each, id = line number.
// A dropped connection resumes after the last line seen; a line that comes twice is dropped, so nothing sounds twice.
import { InputError, parseLine, type RecordLine } from '../../record/index.ts'

export type Connection = 'connecting' | 'open' | 'lost' | 'ended' | 'broken'

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
  addEventListener(name: 'end' | 'fault', listener: (event: MessageEvent) => void): void
  close(): void
}

export interface RecordStreamSettings extends RecordStreamEvents {
  readonly url: string
  readonly openChannel?: (url: string) => EventChannel
  /** Runs `again` after so many milliseconds. */
  readonly later?: (again: () => void, milliseconds: number) => void
}

const closed = 2
const patienceMilliseconds = [500, 1000, 2000, 4000, 8000]

/** Follows a record until its end line. Returns the way to stop. */
export function openRecordStream(settings: RecordStreamSettings): () => void {
  const { onLine, onConnection } = settings
  const openChannel = settings.openChannel ?? ((url) => new EventSource(url))
  const later = settings.later ?? ((again, milliseconds) => window.setTimeout(again, milliseconds))
  let channel: EventChannel | null = null
  let next = 0
  let failures = 0
  let stopped = false

  const stop = () => {
    stopped = true
    channel?.close()
  }
  const finish = (connection: Connection, words: string) => {
    stop()
    onConnection(connection, words)
  }
  const receive = (event: MessageEvent) => {
    if (stopped) return
    try {
      const line = parseLine(String(event.data), next + 1)
      if (line.n < next) return
      if (line.n > next)
        throw new InputError('line-order', `record: expected line ${next}, got ${line.n}. A line is missing; reload.`)
      next++
      onLine(line)
      if (line.kind === 'end') finish('ended', 'The run is whole.')
    } catch (error) {
      finish('broken', (error as Error).message)
    }
  }
  const open = () => {
    if (stopped) return
    const source = openChannel(settings.url)
    channel = source
    source.onopen = () => {
      failures = 0
      if (!stopped) onConnection('open', 'Connected.')
    }
    source.onmessage = receive
    source.addEventListener('end', () => finish('ended', 'The run is whole.'))
    source.addEventListener('fault', (event) => finish('broken', String(event.data)))
    source.onerror = () => {
      if (stopped || channel !== source) return
      onConnection('lost', 'Connection lost; what is here plays on. Trying again.')
      // The browser itself tries again unless it has given up (a status that is not 200).
      if (source.readyState !== closed) return
      later(open, patienceMilliseconds[Math.min(failures++, patienceMilliseconds.length - 1)] ?? 8000)
    }
  }
  onConnection('connecting', 'Connecting.')
  open()
  return stop
}

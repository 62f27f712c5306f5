// A record as server-sent events: one event a line, its id the line's number n, so that a dropped connection goes on where it was.
// Works for a finished record and for one still being written; after the end line an event named `end` follows and the stream closes.
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { followFileLines } from '../store/lines.ts'
import { endLineOf } from '../store/shelf.ts'

const heartbeatMilliseconds = 15_000

/** Answers with the lines after `Last-Event-ID` (all without it). 204 when the record is finished and nothing is left: stop asking. */
export function streamRecord(context: Context, record: string): Response {
  const seen = lastSeen(context.req.header('last-event-id'))
  const end = endLineOf(record)
  if (end !== null && seen >= end) return context.body(null, 204)
  context.header('cache-control', 'no-store')
  context.header('x-accel-buffering', 'no')
  return streamSSE(context, async (stream) => {
    const leaving = new AbortController()
    stream.onAbort(() => leaving.abort())
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMilliseconds)
    try {
      await stream.write('retry: 1000\n\n')
      for await (const { number, text } of followFileLines(record, leaving.signal)) {
        const n = number - 1
        if (n > seen) await stream.writeSSE({ id: String(n), data: text })
        if (isEnd(text)) {
          await stream.writeSSE({ event: 'end', data: 'end' })
          break
        }
      }
    } catch (error) {
      await stream.writeSSE({ event: 'fault', data: (error as Error).message })
    } finally {
      clearInterval(heartbeat)
      leaving.abort()
    }
  })
}

function lastSeen(header: string | undefined): number {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : -1
}

/** End lines are short; parsing only short lines keeps the rest cheap. */
function isEnd(text: string): boolean {
  if (text.length > 500 || !text.includes('end')) return false
  try {
    return (JSON.parse(text) as { kind?: unknown } | null)?.kind === 'end'
  } catch {
    return false
  }
}

// A record as server-sent events: whole lines, as many as are there, in one event whose id is the number n of the last of them, so that
// a dropped connection goes on where it was. Works for a finished record and for one still being written.
import type { Context } from 'hono'
import { endLineOf } from '../store/shelf.ts'
import { type Block, type Place, start, type Tail, type Tails } from '../store/tail.ts'

/** What a brief answer waits for lines that are just being read, milliseconds. */
const briefMilliseconds = 250

/** Answers with the lines after `Last-Event-ID`, or after the parameter `after` (all without them). 204 when the record is finished and nothing is left: stop asking. With the parameter `brief` it sends what is there, says `again`, and closes. */
export function streamRecord(context: Context, record: string, tails: Tails): Response {
  const seen = lineNumberOf(context.req.header('last-event-id')) ?? lineNumberOf(context.req.query('after')) ?? -1
  const end = endLineOf(record)
  if (end !== null && seen >= end) return context.body(null, 204)
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  }
  return new Response(
    bytesOf((write, signal) => {
      if (context.req.query('brief') === undefined) return sendRecord(record, tails, { seen, write, signal })
      const over = new AbortController()
      const timer = setTimeout(() => over.abort(), briefMilliseconds)
      signal.addEventListener('abort', () => over.abort())
      return sendRecord(record, tails, { seen, write, signal: over.signal }).finally(() => clearTimeout(timer))
    }),
    { headers },
  )
}

interface Sending {
  readonly seen: number
  /** Resolves when there is room for more. */
  readonly write: (text: string | Uint8Array) => Promise<void>
  readonly signal: AbortSignal
}

async function sendRecord(record: string, tails: Tails, { seen, write, signal }: Sending): Promise<void> {
  await write('retry: 1000\n\n')
  try {
    await tails.follow(record, (tail) => sendTail(tail, { seen, write, signal }))
  } catch (error) {
    await write(eventOf('fault', (error as Error).message))
  }
}

/** Lines as they come; an event `beat` when none came for a while, `end` after the end line, `anew` when the record was written anew. */
async function sendTail(tail: Tail, { seen, write, signal }: Sending): Promise<void> {
  for (let place: Place = start; !signal.aborted; ) {
    const next = await tail.next(place, signal)
    if (next === 'anew') return write(eventOf('anew', 'anew'))
    if (next === 'quiet') {
      if (signal.aborted) break
      await write(eventOf('beat', String(place.line - 1)))
      continue
    }
    const { bytes, ended } = encode(next)
    if (next.from.line > seen) await write(bytes)
    else if (next.to.line - 1 > seen) await write(encodeFrom(next, seen + 1))
    place = next.to
    if (ended) return write(eventOf('end', 'end'))
  }
  await write(eventOf('again', 'again'))
}

interface Encoded {
  readonly bytes: Uint8Array
  readonly ended: boolean
}

const encoder = new TextEncoder()
/** A block that many follow is made into an event once. */
const encoded = new WeakMap<Block, Encoded>()

function encode(block: Block): Encoded {
  const known = encoded.get(block)
  if (known !== undefined) return known
  const made = { bytes: encodeFrom(block, block.from.line), ended: hasEnd(block.text) }
  encoded.set(block, made)
  return made
}

function encodeFrom({ from, to, text }: Block, first: number): Uint8Array {
  const lines = text
    .slice(0, -1)
    .split('\n')
    .slice(first - from.line)
  // A carriage return would end a field; inside JSON it can only be a space.
  const fields = lines.map((line) => `data: ${line.replaceAll('\r', ' ')}\n`)
  return encoder.encode(`id: ${to.line - 1}\n${fields.join('')}\n`)
}

const eventOf = (name: string, data: string) => `event: ${name}\ndata: ${data.replaceAll(/[\r\n]+/g, ' ')}\n\n`

function lineNumberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** End lines are short; parsing only short lines keeps the rest cheap. */
function hasEnd(text: string): boolean {
  if (!text.includes('"end"')) return false
  return text.split('\n').some((line) => line.length <= 500 && line.includes('"end"') && isEnd(line))
}

function isEnd(line: string): boolean {
  try {
    return (JSON.parse(line) as { kind?: unknown } | null)?.kind === 'end'
  } catch {
    return false
  }
}

/** What `send` writes, as a body; `signal` aborts when nobody reads any more. */
function bytesOf(send: (write: Sending['write'], signal: AbortSignal) => Promise<void>): ReadableStream<Uint8Array> {
  const leaving = new AbortController()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  writer.closed.catch(() => leaving.abort())
  const write = (text: string | Uint8Array) => writer.write(typeof text === 'string' ? encoder.encode(text) : text)
  send(write, leaving.signal)
    .then(() => writer.close())
    .catch(() => leaving.abort())
  return readable
}

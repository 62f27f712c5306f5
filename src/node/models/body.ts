// What comes back for a request for a stream, before the client reads it. A line that never ends is cut off, since a client gathers it in
// memory; an answer in one piece becomes a stream of one event, since some servers do not know of streams; a page is no answer.
import { brokenTurn } from '../../djs/index.ts'

type Fetch = typeof globalThis.fetch

/** Longest line of a stream, longest answer in one piece, bytes. */
const longestLine = 4 << 20

export function watchedFetch(fetch: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (init?.method?.toUpperCase() !== 'POST' || !response.ok || response.body === null) return response
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    if (type === 'text/html') return failing(response, 'a page (text/html)')
    if (/[/+]json$/.test(type)) return streamOf(response)
    return new Response(response.body.pipeThrough(boundLines()), response)
  }
}

/** The bytes as they are, until a line is too long. */
function boundLines(): TransformStream<Uint8Array, Uint8Array> {
  let open = 0
  return new TransformStream({
    transform(bytes, controller) {
      const last = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13))
      open = last < 0 ? open + bytes.length : bytes.length - last - 1
      if (open > longestLine) controller.error(brokenTurn('unreadable', `a line of more than ${longestLine} bytes`))
      else controller.enqueue(bytes)
    },
  })
}

function failing(response: Response, what: string): Response {
  void response.body?.cancel().catch(() => undefined)
  const body = new ReadableStream({ start: (controller) => controller.error(brokenTurn('unreadable', what)) })
  return new Response(body, { status: response.status })
}

async function streamOf(response: Response): Promise<Response> {
  const text = await readText(response)
  if (text === null) return failing(response, `an answer of more than ${longestLine} bytes`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failing(response, 'an answer in one piece that is no JSON')
  }
  const events = eventsOf(value)
  if (events === null) return failing(response, 'JSON that is no answer')
  const body = `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`
  return new Response(body, { status: response.status, headers: { 'content-type': 'text/event-stream' } })
}

async function readText({ body }: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body as ReadableStream<Uint8Array>) {
    size += part.length
    if (size > longestLine) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

interface Item {
  readonly content?: readonly { readonly type?: unknown; readonly text?: unknown; readonly refusal?: unknown }[]
}

/** null: neither a completion nor a response nor an error. */
function eventsOf(value: unknown): object[] | null {
  if (typeof value !== 'object' || value === null) return null
  const { choices, output, status, error } = value as Readonly<Record<string, unknown>>
  if (error) return [value]
  if (Array.isArray(choices))
    return [
      {
        ...value,
        choices: choices.map((choice: { message?: unknown } | null) => ({ ...choice, delta: choice?.message ?? {} })),
      },
    ]
  if (!Array.isArray(output)) return null
  const parts = (output as (Item | null)[]).flatMap((item) => (Array.isArray(item?.content) ? item.content : []))
  return [
    ...parts.flatMap((part) => {
      if (part?.type === 'refusal') return { type: 'response.refusal.delta', delta: part.refusal }
      return part?.type === 'output_text' ? { ...part, type: 'response.output_text.delta', delta: part.text } : []
    }),
    { type: status === 'incomplete' ? 'response.incomplete' : 'response.completed', response: value },
  ]
}

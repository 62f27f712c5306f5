// A server that answers as OpenAI-compatible ones do, the same bytes for the same number: what a tap is measured against. A request's body is
// {"number", "paceMilliseconds"?, "refuse"?}; one in eight answers is compressed, one in eight comes in one piece, one in eight speaks Responses.
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Random, seededRandom } from '../../random.ts'

export interface TapUpstream {
  /** http://127.0.0.1:port/v1 */
  readonly url: string
  /** Answers whose client left before their end. */
  left(): number
  close(): Promise<void>
}

export interface UpstreamAnswer {
  readonly headers: Readonly<Record<string, string>>
  /** What is sent, cut where it is cut: also within characters. */
  readonly pieces: readonly Buffer[]
}

const words = [
  'slow',
  ' water',
  ' over',
  ' bright',
  ' stones',
  ', Zoë',
  ' 🎶',
  '\n',
  ' 42',
  ' "quoted"',
  ' naïve',
  '。',
  ' and',
]
const tokensOfAnswer = 60

/** The answer with a number. */
export function answerOf(number: number): UpstreamAnswer {
  const random = seededRandom(number + 1)
  const kind = number % 8
  const said = Array.from({ length: tokensOfAnswer }, () => words[Math.floor(random() * words.length)] as string)
  const headers = { 'x-request-id': `req-${number}`, 'X-RateLimit-Remaining': '7' }
  if (kind === 6) {
    const body = JSON.stringify({
      id: `c${number}`,
      model: 'double',
      choices: [{ index: 0, message: { role: 'assistant', content: said.join('') } }],
    })
    return { headers: { ...headers, 'content-type': 'application/json' }, pieces: cut(Buffer.from(body), random) }
  }
  const text = kind === 7 ? asResponses(said, number) : asChat(said, number)
  const events = { ...headers, 'content-type': 'text/event-stream; charset=utf-8' }
  if (kind === 5) return { headers: { ...events, 'content-encoding': 'gzip' }, pieces: cut(gzipSync(text), random) }
  return { headers: events, pieces: cut(Buffer.from(text), random) }
}

function asChat(said: readonly string[], number: number): string {
  const chunks = said.map((content) => ({
    id: `c${number}`,
    object: 'chat.completion.chunk',
    model: 'double',
    choices: [{ index: 0, delta: { content } }],
  }))
  return [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'].join('')
}

function asResponses(said: readonly string[], number: number): string {
  const response = { id: `r${number}`, model: 'double' }
  const events = [
    { type: 'response.created', response },
    ...said.map((delta) => ({ type: 'response.output_text.delta', delta })),
    { type: 'response.completed', response },
  ]
  return events.map((event) => `event: ${event.type}\r\ndata: ${JSON.stringify(event)}\r\n\r\n`).join('')
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + Math.floor(random() * 300)
    pieces.push(bytes.subarray(from, to))
    from = to
  }
  return pieces
}

export async function startTapUpstream(): Promise<TapUpstream> {
  let left = 0
  const server = http.createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) left++
    })
    if (request.method === 'GET') {
      response.end(JSON.stringify({ left }))
      return
    }
    void answer(request, response)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    left: () => left,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const {
    number,
    paceMilliseconds = 0,
    refuse = false,
  } = JSON.parse(Buffer.concat(parts).toString()) as {
    number: number
    paceMilliseconds?: number
    refuse?: boolean
  }
  if (refuse) {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '17' })
    response.end(JSON.stringify({ error: { message: 'Too many requests.' } }))
    return
  }
  const { headers, pieces } = answerOf(number)
  response.writeHead(200, headers)
  for (const piece of pieces) {
    if (response.destroyed) return
    response.write(piece)
    if (paceMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, paceMilliseconds))
  }
  response.end()
}

// A loopback server that speaks as OpenAI-compatible ones do, and fails as they do: each request is answered by a script.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Piece {
  readonly text: string
  readonly tokens?: readonly { token: string; logprob: number; bytes?: number[] }[]
}

/** What becomes of one request. */
export type Script =
  | {
      readonly kind: 'answer'
      readonly pieces: readonly (string | Piece)[]
      readonly finish?: string | null
      readonly usage?: boolean
      readonly delay?: number
    }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly message?: string
      readonly param?: string
    }
  /** Bytes of the stream as they are, cut where they end; then the socket is destroyed or closed in order. */
  | { readonly kind: 'raw'; readonly chunks: readonly Uint8Array[]; readonly end: 'destroy' | 'close' }
  /** A whole body of any type, as servers answer that know of no streams, and what stands before them. */
  | { readonly kind: 'whole'; readonly type: string; readonly body: string }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'silence' }

export interface Asked {
  readonly path: string
  readonly body: Record<string, unknown>
  readonly authorization: string | undefined
}

export interface Double {
  readonly url: string
  readonly asked: Asked[]
  close(): Promise<void>
}

export async function startDouble(script: (index: number, asked: Asked) => Script): Promise<Double> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const one = { path: request.url ?? '', body, authorization: request.headers.authorization }
      if (one.path.endsWith('/models')) {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'm' }] }))
        return
      }
      asked.push(one)
      return play(script(asked.length - 1, one), one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

async function play(script: Script, asked: Asked, response: ServerResponse): Promise<void> {
  const isChat = asked.path.endsWith('/chat/completions')
  switch (script.kind) {
    case 'status': {
      response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers })
      response.end(JSON.stringify({ error: { message: script.message ?? 'no', param: script.param ?? null } }))
      return
    }
    case 'silence':
      return
    case 'raw': {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const chunk of script.chunks) {
        response.write(chunk)
        await pause(5)
      }
      if (script.end === 'destroy') response.destroy()
      else response.end()
      return
    }
    case 'whole':
      response.writeHead(200, { 'content-type': script.type })
      response.end(script.body)
      return
    case 'refusal':
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(isChat ? chatRefusal(script.text) : responsesRefusal(script.text))
      return
    case 'answer':
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      if (script.delay !== undefined) {
        response.flushHeaders()
        await pause(script.delay)
      }
      response.end(isChat ? chatAnswer(script) : responsesAnswer(script))
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const event = (data: unknown, name?: string) =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

const pieceOf = (piece: string | Piece): Piece => (typeof piece === 'string' ? { text: piece } : piece)

const chunk = (choices: unknown[], usage?: unknown) =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'double-1',
    choices,
    ...(usage ? { usage } : {}),
  })

export function chatAnswer({ pieces, finish = 'stop', usage = true }: Extract<Script, { kind: 'answer' }>): string {
  const deltas = pieces.map(pieceOf).map(({ text, tokens }) =>
    chunk([
      {
        index: 0,
        delta: { content: text },
        finish_reason: null,
        ...(tokens === undefined ? {} : { logprobs: { content: tokens.map(withTop) } }),
      },
    ]),
  )
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...deltas,
    finish === null ? '' : chunk([{ index: 0, delta: {}, finish_reason: finish }]),
    usage ? chunk([], { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 }) : '',
    finish === null ? '' : event('[DONE]'),
  ].join('')
}

const withTop = (token: { token: string; logprob: number; bytes?: number[] }) => ({
  bytes: null,
  ...token,
  top_logprobs: [
    { token: token.token, logprob: token.logprob, bytes: null },
    { token: 'else', logprob: -9999, bytes: null },
  ],
})

function chatRefusal(text: string): string {
  return [
    chunk([{ index: 0, delta: { role: 'assistant', refusal: text }, finish_reason: null }]),
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
    event('[DONE]'),
  ].join('')
}

function responsesAnswer({ pieces, finish = 'stop', usage = true }: Extract<Script, { kind: 'answer' }>): string {
  const response = {
    id: 'r',
    model: 'double-1',
    ...(usage ? { usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 } } : {}),
  }
  const last =
    finish === null
      ? ''
      : finish === 'length'
        ? event(
            {
              type: 'response.incomplete',
              response: { ...response, incomplete_details: { reason: 'max_output_tokens' } },
            },
            'response.incomplete',
          )
        : event({ type: 'response.completed', response }, 'response.completed')
  const deltas = pieces.map(pieceOf).map(({ text, tokens }) =>
    event(
      {
        type: 'response.output_text.delta',
        delta: text,
        item_id: 'i',
        output_index: 0,
        content_index: 0,
        logprobs: (tokens ?? []).map(withTop),
      },
      'response.output_text.delta',
    ),
  )
  return [event({ type: 'response.created', response: { id: 'r' } }, 'response.created'), ...deltas, last].join('')
}

function responsesRefusal(text: string): string {
  return [
    event({ type: 'response.refusal.delta', delta: text }, 'response.refusal.delta'),
    event({ type: 'response.completed', response: { id: 'r', model: 'double-1' } }, 'response.completed'),
  ].join('')
}

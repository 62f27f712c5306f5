// Requests of OpenAI's shape in, answers of the embedded model out. Nothing is sent anywhere.
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { explain, InputError } from '../../record/index.ts'
import { type Answer, answer } from './answer.ts'
import { chatBody, chatEvents, type Heading } from './chat.ts'
import type { Fetch } from './embedded-fetch.ts'
import { type EmbeddedModel, embeddedModel } from './embedded-model.ts'
import { type Asked, askedByChat, askedByResponses, baseName, chatSchema, responsesSchema } from './request.ts'
import { responsesBody, responsesEvents } from './responses.ts'

export interface EmbeddedFetchOptions {
  /** The model; the installed one when it is left out. Asked for at the first request. */
  readonly model?: () => EmbeddedModel
  /** Seconds since 1970 for `created`; 0 when it is left out, so that equal requests get equal bytes. */
  readonly seconds?: () => number
}

/** Answers POST /v1/chat/completions, POST /v1/responses and GET /v1/models of any host. Rejects only when the request was aborted. */
export function createEmbeddedFetch({ model = embeddedModel, seconds = () => 0 }: EmbeddedFetchOptions = {}): Fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const route = new URL(request.url).pathname.replace(/^\/v1(?=\/)/, '')
    try {
      if (route === '/models' && request.method === 'GET') return listModels(model())
      if (route === '/chat/completions' && request.method === 'POST')
        return await answerChat(request, model(), seconds())
      if (route === '/responses' && request.method === 'POST') return await answerResponses(request, model(), seconds())
    } catch (error) {
      if (error instanceof InputError) return refuse(400, error.message)
      throw error
    }
    return refuse(404, `${request.method} ${route}: expected /chat/completions, /responses or /models.`)
  }
}

async function answerChat(request: Request, model: EmbeddedModel, created: number): Promise<Response> {
  const { text, body } = await readBody(request, chatSchema)
  const asked = askedByChat(body)
  const given = answer(model, asked)
  if (given === null) return refuseModel(asked, model)
  const heading = headingOf('chatcmpl', text, created)
  if (body.stream !== true) return Response.json(chatBody(given, asked, heading))
  const usage = body.stream_options?.include_usage === true
  return streamEvents(chatEvents(given, asked, { heading, usage }), request.signal)
}

async function answerResponses(request: Request, model: EmbeddedModel, created: number): Promise<Response> {
  const { text, body } = await readBody(request, responsesSchema)
  const asked = askedByResponses(body)
  const given: Answer | null = answer(model, asked)
  if (given === null) return refuseModel(asked, model)
  const heading = headingOf('ngram', text, created)
  if (body.stream !== true) return Response.json(responsesBody(given, asked, heading))
  return streamEvents(responsesEvents(given, asked, heading), request.signal)
}

/** Equal requests have equal names. */
function headingOf(kind: string, text: string, created: number): Heading {
  return { id: `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, created }
}

async function readBody<Body>(request: Request, schema: z.ZodType<Body>): Promise<{ text: string; body: Body }> {
  const text = await request.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new InputError('bad-request', 'request body: expected JSON, got something else.')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new InputError('bad-request', `request body: ${explain(parsed.error)}.`)
  return { text, body: parsed.data }
}

/** A token is made when the reader wants it: who stops reading stops the model. */
function streamEvents(events: Iterator<string>, signal: AbortSignal): Response {
  const utf8 = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (signal.aborted) return
      const next = events.next()
      if (next.done) controller.close()
      else controller.enqueue(utf8.encode(next.value))
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}

const namesOf = ({ personas }: EmbeddedModel) => [baseName, ...personas.map((name) => `${baseName}:${name}`)]

function listModels(model: EmbeddedModel): Response {
  const data = namesOf(model).map((id) => ({ id, object: 'model', created: 0, owned_by: 'hocket' }))
  return Response.json({ object: 'list', data })
}

function refuseModel({ model: name }: Asked, model: EmbeddedModel): Response {
  return refuse(404, `model: expected ${namesOf(model).join(', ')}, got "${name}".`, 'model_not_found')
}

function refuse(status: number, message: string, code: string | null = null): Response {
  return Response.json({ error: { message, type: 'invalid_request_error', param: null, code } }, { status })
}

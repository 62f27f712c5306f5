// The tap itself: an HTTP server that hands every request on to the upstream and every answer back, byte by byte and as they come. It reads
// nothing on the way; copies go to the recorder after the client has its own.
import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import https from 'node:https'
import { InputError } from '../../record/index.ts'
import { listenOn } from '../server/listen-on.ts'
import { findRoute, isLocalRequest, isLoopback, type Route, type Upstream } from './address.ts'
import { askLogprobs } from './ask-logprobs.ts'
import { endToEnd, requestHeaders, secretsOf, valuesOf, withLength } from './headers.ts'
import type { AnswerTap, Recorder } from './recorder.ts'

export interface ProxySettings {
  readonly upstream: Upstream
  readonly recorder: Pick<Recorder, 'begin'>
  readonly host: string
  /** undefined: the usual one, or a free one. */
  readonly port?: number | undefined
  /** Needed where others may reach it. */
  readonly token: string | null
  /** Lower case. */
  readonly agentHeader: string
  readonly asksLogprobs: boolean
}

export interface RunningTap {
  /** What OPENAI_BASE_URL should be. */
  readonly url: string
  close(): Promise<void>
}

export const usualTapPort = 4750

/** Longest head of a request or an answer, bytes; Node's own limit is a quarter of it. */
const maxHeaderSize = 64 << 10
/** A body that is to be changed is held until it is whole; a longer one goes on as it is. */
const longestChanged = 32 << 20
/** Idle connections to the upstream are let go before servers usually close theirs (5 s), idle clients' are kept longer than clients keep them. */
const idleUpstream = 4000
const idleClient = 75_000

/** Throws InputError when it cannot listen. */
export async function startProxy(settings: ProxySettings): Promise<RunningTap> {
  const { secure } = settings.upstream
  const pool = { keepAlive: true, timeout: idleUpstream, maxSockets: Number.POSITIVE_INFINITY }
  const agent = secure ? new https.Agent(pool) : new http.Agent(pool)
  const server = http.createServer(
    { maxHeaderSize, keepAliveTimeout: idleClient, noDelay: true },
    (request, response) => passRequest(request, response, settings, agent),
  )
  server.maxConnections = 4096
  const port = await listenOn(server, { host: settings.host, port: settings.port, usual: usualTapPort })
  if (isSelf(settings.upstream, port, settings.host)) {
    server.close()
    throw new InputError(
      'usage',
      `--upstream: expected another server, got this tap itself (port ${port}). Name the model's server.`,
    )
  }
  const name = settings.host.includes(':') ? `[${settings.host}]` : settings.host
  const token = settings.token === null ? '' : `/token/${settings.token}`
  return {
    url: `http://${name}:${port}${token}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        agent.destroy()
      }),
  }
}

function isSelf({ hostname, port: upstreamPort }: Upstream, port: number, host: string): boolean {
  return port === upstreamPort && (hostname === host || isLoopback(hostname))
}

function passRequest(
  request: IncomingMessage,
  response: ServerResponse,
  settings: ProxySettings,
  agent: http.Agent,
): void {
  const { upstream, token } = settings
  const { host, origin } = request.headers
  // Whoever has the token may come from anywhere.
  if (token === null && !isLocalRequest(host, origin)) {
    refuse(response, 403, 'Ask under localhost, and from no foreign page.')
    return
  }
  const route = findRoute(request.url ?? '/', upstream, token)
  if (route === null) {
    refuse(response, 401, "The address lacks the tap's token: /token/TOKEN/v1.")
    return
  }
  const headers = requestHeaders(request.rawHeaders, upstream.host)
  const send = (sent: string[]) => ask({ request, response, settings, route, agent, headers: sent })
  if (settings.asksLogprobs && route.speaks !== null && request.method === 'POST') {
    void sendChanged(request, route.speaks, headers, send)
    return
  }
  passBody(request, send(headers))
}

function passBody(request: IncomingMessage, asked: http.ClientRequest): void {
  request.on('error', () => asked.destroy())
  request.pipe(asked)
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly settings: ProxySettings
  readonly route: Route
  readonly agent: http.Agent
  readonly headers: string[]
}

/** The request to the upstream, its answer on the way back already. */
function ask({ request, response, settings, route, agent, headers }: Exchange): http.ClientRequest {
  const { upstream } = settings
  const bodiless = request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined
  const sent = bodiless && request.method === 'POST' ? withLength(headers, 0) : headers
  const asked = (upstream.secure ? https : http).request({
    agent,
    host: upstream.hostname,
    port: upstream.port,
    method: request.method,
    path: route.path,
    // Node takes a flat list, its types do not know.
    headers: sent as unknown as OutgoingHttpHeaders,
    setHost: false,
    maxHeaderSize,
  })
  asked.setNoDelay(true)
  asked.on('response', (answer) => passAnswer(answer, { request, response, settings, route }))
  asked.on('error', (error: NodeJS.ErrnoException) => {
    if (response.headersSent) endBroken(response)
    else refuse(response, 502, `The upstream did not answer: ${error.code ?? 'connection lost'}.`)
  })
  // A client that leaves is a client that leaves the upstream.
  response.on('close', () => {
    if (!response.writableFinished) asked.destroy()
  })
  return asked
}

function passAnswer(
  answer: IncomingMessage,
  { request, response, settings, route }: Omit<Exchange, 'agent' | 'headers'>,
): void {
  response.sendDate = false
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    endToEnd(answer.rawHeaders) as unknown as OutgoingHttpHeaders,
  )
  response.flushHeaders()
  answer.on('end', () => response.addTrailers(answer.trailers))
  answer.pipe(response)
  answer.on('error', () => endBroken(response))
  answer.on('aborted', () => endBroken(response))
  const tapped = tapAnswer(answer, request, settings, route)
  answer.on('data', (bytes: Buffer) => tapped?.push(bytes))
  answer.on('close', () => tapped?.end())
}

/** An answer that broke off breaks off for the client too. */
function endBroken(response: ServerResponse): void {
  if (!response.writableEnded) response.destroy()
}

/** Only what somebody says is heard: answers that went well. */
function tapAnswer(
  answer: IncomingMessage,
  request: IncomingMessage,
  settings: ProxySettings,
  route: Route,
): AnswerTap | null {
  if (route.speaks === null || request.method !== 'POST' || answer.statusCode !== 200) return null
  const [named = null] = valuesOf(request.rawHeaders, settings.agentHeader)
  const asked = { names: [route.agent, named], secrets: secretsOf(request.rawHeaders) }
  const { 'content-type': type = '', 'content-encoding': encoding = '' } = answer.headers
  try {
    return settings.recorder.begin(asked, { type, encoding })
  } catch {
    return null
  }
}

async function sendChanged(
  request: IncomingMessage,
  api: NonNullable<Route['speaks']>,
  headers: string[],
  send: (headers: string[]) => http.ClientRequest,
): Promise<void> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      parts.push(part as Buffer)
      size += (part as Buffer).length
      if (size > longestChanged) break
    }
  } catch {
    return
  }
  const body = Buffer.concat(parts)
  if (size > longestChanged) {
    const asked = send(headers)
    asked.write(body)
    passBody(request, asked)
    return
  }
  const plain = valuesOf(headers, 'content-encoding').length === 0
  const changed = plain ? askLogprobs(body, api) : null
  send(withLength(headers, (changed ?? body).length)).end(changed ?? body)
}

/** In the shape of an OpenAI error, so that clients can show it. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({
    error: { message: `hocket tap: ${message}`, type: 'tap_error', param: null, code: null },
  })
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

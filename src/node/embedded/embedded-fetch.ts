// The embedded model behind a `fetch` of OpenAI's shape, so that it, local servers and clouds are reached by one and the same code:
//   new OpenAI({ baseURL: 'http://embedded/v1', fetch: embeddedFetch, apiKey: 'none' })
// It stands at the edge because Response and ReadableStream are the world's, not a pure room's, and because the model lies in a file.
// Model and tokeniser are loaded by the first request (together half a second), not by who imports this.

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

let served: Promise<Fetch> | undefined

/** The installed model. Answers POST /v1/chat/completions, POST /v1/responses and GET /v1/models of any host; rejects only when aborted. */
export const embeddedFetch: Fetch = async (input, init) => {
  served ??= import('./serve.ts').then(({ createEmbeddedFetch }) => createEmbeddedFetch())
  return (await served)(input, init)
}

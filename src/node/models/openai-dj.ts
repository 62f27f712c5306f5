// An OpenAI-compatible model at a deck, without patience or limits: those are wrappers. The client's own retries and logs are off.
import OpenAI, { APIError } from 'openai'
import type { Percept } from '../../djs/index.ts'
import { seededRandom } from '../../random.ts'
import type { ServerSpec } from '../../record/index.ts'
import { type AnswerEvent, readAnswer } from './answer.ts'
import { watchedFetch } from './body.ts'
import { chatEvents, chatRequest, type Question } from './chat.ts'
import { createWishes, type Wishes } from './parameters.ts'
import { responsesEvents, responsesRequest } from './responses.ts'
import type { AbortableDj } from './wrappers.ts'

export interface OpenAiDjOptions {
  readonly spec: Pick<ServerSpec, 'api' | 'model' | 'url' | 'temperature' | 'answerTokens' | 'timeoutSeconds'>
  /** null: the server asks for none. */
  readonly key: string | null
  /** Seed of the run; each turn's own is made from it. */
  readonly seed: number
  /** Instead of the network. */
  readonly fetch?: typeof globalThis.fetch
  /** Seconds of a steady clock. */
  readonly now?: () => number
}

/** Alternatives asked for with each token; servers may give fewer. */
const alternatives = 5

export function openaiDj(options: OpenAiDjOptions): AbortableDj {
  const { spec, key, seed, now = () => performance.now() / 1000 } = options
  const client = openClient(options)
  const wishes = createWishes(spec.url)
  return (percept, signal) => {
    const question = questionOf(percept, spec, seed)
    return readAnswer({
      open: (stop, onRequest) => ask({ client, spec, question, wishes, signal: stop, onRequest }),
      signal,
      key,
      prompt: `${percept.system}\n${percept.text}`,
      now,
    })
  }
}

export function openClient({ spec, key, fetch }: Pick<OpenAiDjOptions, 'spec' | 'key' | 'fetch'>): OpenAI {
  return new OpenAI({
    baseURL: spec.url,
    // The client wants one; servers without keys do not look.
    apiKey: key ?? 'none',
    maxRetries: 0,
    timeout: spec.timeoutSeconds * 1000,
    logLevel: 'off',
    fetch: watchedFetch(fetch),
    ...(new URL(spec.url).hostname === 'api.openai.com' ? {} : { organization: null, project: null }),
  })
}

/** Another slot, another agent, other dice; the same run, the same dice. */
export function questionOf(percept: Percept, spec: OpenAiDjOptions['spec'], seed: number): Question {
  const dice = seededRandom(`${seed}/${percept.agent}/server/${percept.slot}`)
  const { model, temperature, answerTokens } = spec
  const { system, text } = percept
  const said = [{ role: 'user', content: text }] as const
  return { model, system, said, seed: Math.floor(dice() * 2 ** 31), temperature, answerTokens, alternatives }
}

export interface Asked {
  readonly client: OpenAI
  readonly spec: Pick<ServerSpec, 'api'>
  readonly question: Question
  readonly wishes: Wishes
  readonly signal: AbortSignal
  onRequest(): void
}

/** Asks until the server takes the wishes that are left. */
export async function* ask(asked: Asked): AsyncGenerator<AnswerEvent> {
  for (;;) {
    asked.onRequest()
    try {
      const events = await openStream(asked)
      yield* events
      return
    } catch (error) {
      if (!(error instanceof APIError && asked.wishes.giveUp(error.status, error.message))) throw error
    }
  }
}

async function openStream({ client, spec, question, wishes, signal }: Asked): Promise<AsyncIterable<AnswerEvent>> {
  if (spec.api === 'responses')
    return responsesEvents(await client.responses.create(responsesRequest(question, wishes), { signal }))
  return chatEvents(await client.chat.completions.create(chatRequest(question, wishes), { signal }))
}

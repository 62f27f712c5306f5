// Responses as a stream of answer events.
import type OpenAI from 'openai'
import { brokenTurn } from '../../djs/index.ts'
import type { AnswerEvent } from './answer.ts'
import { count, type Question, readTokens } from './chat.ts'
import type { Wishes } from './parameters.ts'

type ResponsesRequest = OpenAI.Responses.ResponseCreateParamsStreaming
type ResponsesEvent = OpenAI.Responses.ResponseStreamEvent

/** The interface knows no seed. `store: false`: the server is asked to keep nothing. */
export function responsesRequest(question: Question, wishes: Wishes): ResponsesRequest {
  const { model, system, said, temperature, answerTokens, alternatives } = question
  return {
    model,
    instructions: system,
    input: said.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(wishes.has('store') ? { store: false } : {}),
    ...(wishes.has('logprobs') ? { include: ['message.output_text.logprobs'], top_logprobs: alternatives } : {}),
    ...(wishes.has('temperature') && temperature !== null ? { temperature } : {}),
    ...(wishes.has('limit') ? { max_output_tokens: answerTokens } : {}),
  }
}

export async function* responsesEvents(stream: AsyncIterable<ResponsesEvent | null>): AsyncGenerator<AnswerEvent> {
  for await (const event of stream) {
    switch (event?.type) {
      case 'response.output_text.delta':
        yield { kind: 'text', text: textOf(event.delta), tokens: readTokens(event.logprobs) }
        break
      case 'response.refusal.delta':
        yield { kind: 'refusal', text: textOf(event.delta) }
        break
      case 'response.completed':
        yield* closing(event.response, 'stop')
        break
      case 'response.incomplete':
        yield* closing(event.response, event.response?.incomplete_details?.reason ?? 'incomplete')
        break
      case 'response.failed':
        yield* closing(event.response, null)
        throw brokenTurn('server-error', `a response that failed (${event.response?.error?.code ?? 'no reason given'})`)
      case 'error':
        throw brokenTurn('server-error', `an error inside the stream (${event.code ?? 'no reason given'})`)
    }
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

function* closing(response: OpenAI.Responses.Response | undefined, finish: string | null): Generator<AnswerEvent> {
  if (typeof response?.model === 'string') yield { kind: 'model', model: response.model }
  if (response?.usage)
    yield {
      kind: 'usage',
      promptTokens: count(response.usage.input_tokens),
      answerTokens: count(response.usage.output_tokens),
    }
  if (finish !== null) yield { kind: 'finish', reason: finish }
}

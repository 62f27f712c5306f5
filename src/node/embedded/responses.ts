// An answer in the shape of OpenAI's Responses: one JSON body, or a stream of named server-sent events, one token a delta.
import type { Answer, Step } from './answer.ts'
import { type Heading, tellStep } from './chat.ts'
import type { Asked } from './request.ts'

type Status = 'in_progress' | 'completed' | 'incomplete'

/** The whole answer as one body. */
export function responsesBody(answer: Answer, asked: Asked, heading: Heading): object {
  const steps: Step[] = []
  let next = answer.steps.next()
  for (; !next.done; next = answer.steps.next()) steps.push(next.value)
  return finalResponse({ steps, reason: next.value, answer, asked, heading })
}

/** The answer as events, each as its text on the wire. */
export function* responsesEvents(answer: Answer, asked: Asked, heading: Heading): Generator<string> {
  let sequence = 0
  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`
  const item = itemId(heading)
  const place = { item_id: item, output_index: 0, content_index: 0 }
  const response = responseOf({ asked, heading, status: 'in_progress', output: [] })
  yield event('response.created', { response })
  yield event('response.in_progress', { response })
  yield event('response.output_item.added', { output_index: 0, item: messageOf(item, 'in_progress', []) })
  yield event('response.content_part.added', { ...place, part: partOf([], asked) })
  const steps: Step[] = []
  let next = answer.steps.next()
  for (; !next.done; next = answer.steps.next()) {
    steps.push(next.value)
    const logprobs = asked.withLogprobs ? [tellStep(next.value)] : []
    yield event('response.output_text.delta', { ...place, delta: next.value.text, logprobs })
  }
  const part = partOf(steps, asked)
  const status = statusOf(next.value)
  yield event('response.output_text.done', { ...place, text: part.text, logprobs: part.logprobs })
  yield event('response.content_part.done', { ...place, part })
  yield event('response.output_item.done', { output_index: 0, item: messageOf(item, status, [part]) })
  yield event(`response.${status}`, { response: finalResponse({ steps, reason: next.value, answer, asked, heading }) })
}

interface Finished {
  readonly steps: readonly Step[]
  readonly reason: 'stop' | 'length'
  readonly answer: Answer
  readonly asked: Asked
  readonly heading: Heading
}

function finalResponse({ steps, reason, answer, asked, heading }: Finished): object {
  const status = statusOf(reason)
  const output = [messageOf(itemId(heading), status, [partOf(steps, asked)])]
  return {
    ...responseOf({ asked, heading, status, output }),
    usage: {
      input_tokens: answer.promptTokens,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: steps.length,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: answer.promptTokens + steps.length,
    },
  }
}

const statusOf = (reason: 'stop' | 'length'): Status => (reason === 'stop' ? 'completed' : 'incomplete')
const itemId = ({ id }: Heading) => `msg-${id}`

function responseOf(of: { asked: Asked; heading: Heading; status: Status; output: readonly object[] }): object {
  const { asked, heading, status, output } = of
  return {
    id: `resp-${heading.id}`,
    object: 'response',
    created_at: heading.created,
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: null,
    max_output_tokens: asked.mostTokens,
    metadata: {},
    model: asked.model,
    output,
    parallel_tool_calls: false,
    temperature: asked.temperature,
    tool_choice: 'none',
    tools: [],
    top_p: 1,
  }
}

function messageOf(id: string, status: Status, content: readonly object[]): object {
  return { id, type: 'message', role: 'assistant', status, content }
}

function partOf(steps: readonly Step[], asked: Asked) {
  const text = steps.map((step) => step.text).join('')
  return { type: 'output_text', text, annotations: [], logprobs: asked.withLogprobs ? steps.map(tellStep) : [] }
}

// An answer in the shape of OpenAI's chat completions: one JSON body, or a stream of server-sent events, one token an event.
import { endToken, type SpokenToken } from '../../djs/embedded/index.ts'
import type { Answer, Step } from './answer.ts'
import type { Asked } from './request.ts'
import { bytesOfToken } from './tokens.ts'

/** What every body of one answer says of itself. */
export interface Heading {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
}

const utf8 = new TextDecoder()

/** A token as OpenAI tells it: `bytes` are exact, `token` is what they read as alone. */
export function tellToken({ id, logprob }: SpokenToken) {
  const bytes = bytesOfToken(id)
  return { token: utf8.decode(bytes), logprob: Math.min(0, logprob), bytes: [...bytes] }
}

/** A token with its alternatives; the end of the text is among these only inside the model. */
export function tellStep({ token, alternatives }: Step) {
  return { ...tellToken(token), top_logprobs: alternatives.map(tellAlternative) }
}

const endSign = '<|endoftext|>'

function tellAlternative(token: SpokenToken) {
  if (token.id !== endToken) return tellToken(token)
  return { token: endSign, logprob: Math.min(0, token.logprob), bytes: [...new TextEncoder().encode(endSign)] }
}

const usageOf = (promptTokens: number, said: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: said,
  total_tokens: promptTokens + said,
})

/** The whole answer as one body. */
export function chatBody(answer: Answer, asked: Asked, { id, created }: Heading): object {
  const steps: Step[] = []
  let next = answer.steps.next()
  for (; !next.done; next = answer.steps.next()) steps.push(next.value)
  const content = steps.map(({ text }) => text).join('')
  const choice = {
    index: 0,
    message: { role: 'assistant', content, refusal: null },
    logprobs: asked.withLogprobs ? { content: steps.map(tellStep), refusal: null } : null,
    finish_reason: next.value,
  }
  const usage = usageOf(answer.promptTokens, steps.length)
  return { id, object: 'chat.completion', created, model: asked.model, choices: [choice], usage }
}

/** The answer as events, each as its text on the wire. With `usage` an event tells the tokens used before the stream is done. */
export function* chatEvents(
  answer: Answer,
  asked: Asked,
  { heading, usage }: { heading: Heading; usage: boolean },
): Generator<string> {
  const common = { id: heading.id, object: 'chat.completion.chunk', created: heading.created, model: asked.model }
  const event = (choices: readonly object[], more: object = usage ? { usage: null } : {}) =>
    `data: ${JSON.stringify({ ...common, choices, ...more })}\n\n`
  const choice = (delta: object, finish: string | null, logprobs: object | null = null) => [
    { index: 0, delta, logprobs, finish_reason: finish },
  ]
  yield event(choice({ role: 'assistant', content: '', refusal: null }, null))
  let said = 0
  let next = answer.steps.next()
  for (; !next.done; next = answer.steps.next()) {
    const step = next.value
    said++
    const logprobs = asked.withLogprobs ? { content: [tellStep(step)], refusal: null } : null
    yield event(choice({ content: step.text }, null, logprobs))
  }
  yield event(choice({}, next.value))
  if (usage) yield event([], { usage: usageOf(answer.promptTokens, said) })
  yield 'data: [DONE]\n\n'
}

// The embedded model behind OpenAI's own client: what a program sees that thinks it talks to a server.
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { embeddedModel } from '../../src/node/embedded/embedded-model.ts'
import { embeddedFetch } from '../../src/node/embedded/index.ts'
import { createEmbeddedFetch } from '../../src/node/embedded/serve.ts'

const client = new OpenAI({ baseURL: 'http://embedded/v1', fetch: embeddedFetch, apiKey: 'none', maxRetries: 0 })
const messages = [{ role: 'user' as const, content: 'deep below the floor there is a river' }]
const ask = { model: 'hocket-ngram:mira', messages, seed: 7, temperature: 0.7 }

describe('chat completions', () => {
  test('stream and body hold the same answer, with true log-probabilities', async () => {
    const body = await client.chat.completions.create({ ...ask, logprobs: true, top_logprobs: 3 })
    const choice = body.choices[0]
    const content = choice?.logprobs?.content ?? []
    expect(choice?.message.content).not.toBe('')
    expect(content.map(({ bytes }) => Buffer.from(bytes ?? []).toString()).join('')).toBe(choice?.message.content)
    for (const { token, logprob, top_logprobs } of content) {
      expect(top_logprobs).toHaveLength(3)
      expect(top_logprobs.every((other) => other.logprob <= (top_logprobs[0]?.logprob ?? -1))).toBe(true)
      const own = top_logprobs.find((other) => other.token === token)
      if (own !== undefined) expect(own.logprob).toBe(logprob)
      else expect(logprob).toBeLessThanOrEqual(top_logprobs[2]?.logprob ?? 0)
    }
    const stream = await client.chat.completions.create({
      ...ask,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let finish: string | null = null
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      finish ??= chunk.choices[0]?.finish_reason ?? null
      usage = chunk.usage
    }
    expect(text).toBe(choice?.message.content)
    expect(finish).toBe(choice?.finish_reason)
    expect(usage).toEqual(body.usage)
  })

  test('equal requests get equal bytes; another seed or another word before it another answer', async () => {
    const bytes = async (change: object) => {
      const init = { method: 'POST', body: JSON.stringify({ ...ask, max_tokens: 20, ...change }) }
      return await (await embeddedFetch('http://embedded/v1/chat/completions', init)).text()
    }
    expect(await bytes({})).toBe(await bytes({}))
    const texts = await Promise.all(
      [{ seed: 8 }, { seed: 9 }, { messages: [{ role: 'user', content: 'sun' }] }].map(async (change) => {
        const { choices } = JSON.parse(await bytes(change)) as OpenAI.ChatCompletion
        return choices[0]?.message.content
      }),
    )
    expect(new Set(texts).size).toBe(3)
  })

  test('goes on from an own message, and knows its texts', async () => {
    const { choices } = await client.chat.completions.create({
      model: 'hocket-ngram',
      messages: [{ role: 'assistant', content: 'the United States of' }],
      temperature: 0,
      max_tokens: 1,
    })
    expect(choices[0]?.message.content).toBe(' America')
    expect(choices[0]?.finish_reason).toBe('length')
  })

  test('stops before a stop sign, even one that several tokens make', async () => {
    const full = await client.chat.completions.create({ ...ask, seed: 3 })
    const text = full.choices[0]?.message.content ?? ''
    const stop = text.slice(7, 12)
    expect(stop).toHaveLength(5)
    const cut = await client.chat.completions.create({ ...ask, seed: 3, stop })
    expect(cut.choices[0]?.message.content).toBe(text.slice(0, text.indexOf(stop)))
    expect(cut.choices[0]?.finish_reason).toBe('stop')
  })
})

describe('responses', () => {
  test('events tell the answer of the body', async () => {
    const asked = { model: 'hocket-ngram:orrin', input: 'bright hands', temperature: 0.7 }
    const body = await client.responses.create(asked)
    const stream = await client.responses.create({
      ...asked,
      stream: true,
      include: ['message.output_text.logprobs'],
    })
    const types: string[] = []
    let text = ''
    for await (const event of stream) {
      expect(event.sequence_number).toBe(types.length)
      types.push(event.type)
      if (event.type !== 'response.output_text.delta') continue
      expect(event.logprobs).toHaveLength(1)
      text += event.delta
    }
    expect(text).toBe(body.output_text)
    expect(types[0]).toBe('response.created')
    expect(types.at(-1)).toBe('response.completed')
  })

  test('an answer at its limit is incomplete', async () => {
    const body = await client.responses.create({ model: 'hocket-ngram', input: 'x', max_output_tokens: 2 })
    expect(body.status).toBe('incomplete')
    expect(body.incomplete_details).toEqual({ reason: 'max_output_tokens' })
    expect(body.usage?.output_tokens).toBe(2)
  })
})

test('says what it does not know: models, options, routes, bodies', async () => {
  await expect(client.chat.completions.create({ ...ask, model: 'gpt-4' })).rejects.toThrow(/404.*hocket-ngram:mira/)
  await expect(client.chat.completions.create({ ...ask, model: 'hocket-ngram:mira+nobody@0.5' })).rejects.toThrow(/404/)
  await expect(client.chat.completions.create({ ...ask, top_p: 0.5 })).rejects.toThrow(/400.*top_p/)
  const post = (route: string, body: string) => embeddedFetch(`http://embedded/v1/${route}`, { method: 'POST', body })
  expect((await post('embeddings', '{}')).status).toBe(404)
  const torn = await post('chat/completions', '{"model":')
  expect(torn.status).toBe(400)
  expect(await torn.json()).toMatchObject({ error: { message: expect.stringContaining('expected JSON') } })
  expect((await client.models.list()).data.map(({ id }) => id)).toContain('hocket-ngram:tock')
})

test('makes no token that nobody reads, and ends when aborted', async () => {
  const controller = new AbortController()
  const stream = await client.chat.completions.create({ ...ask, stream: true }, { signal: controller.signal })
  const chunks = stream[Symbol.asyncIterator]()
  await chunks.next()
  controller.abort()
  const rest = (async () => {
    for (;;) if ((await chunks.next()).done) return 'ended'
  })()
  await expect(rest.catch(() => 'aborted')).resolves.toMatch(/ended|aborted/)
  await expect(embeddedFetch('http://embedded/v1/models', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

test('the model is loaded when first asked', async () => {
  let loads = 0
  const lazy = createEmbeddedFetch({
    model: () => {
      loads++
      return embeddedModel()
    },
  })
  expect(loads).toBe(0)
  await lazy('http://embedded/v1/models')
  expect(loads).toBe(1)
})

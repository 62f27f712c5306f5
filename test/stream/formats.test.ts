// Formats of others, after their public descriptions (test/outside/transcripts/SOURCE.md): who said what, when, in which role.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { detectFormat, readTranscript, type Transcript } from '../../src/stream/index.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../outside/transcripts/${name}`, import.meta.url)), 'utf8')
const read = (name: string) => readTranscript(fixture(name), { strictness: 'strict' })
const saidIn = (transcript: Transcript) =>
  transcript.turns.map(({ speaker, tokens }) => [
    speaker,
    tokens
      .map(({ text }) => text)
      .join('')
      .trim(),
  ])
const startsIn = ({ turns }: Transcript) => turns.map(({ startSeconds }) => (startSeconds ?? 0) - 1_750_000_000)

test.each([
  ['batch-requests.jsonl', 'openai-batch'],
  ['batch-answers.jsonl', 'openai-batch'],
  ['chunks.sse', 'openai-stream'],
  ['responses.sse', 'openai-stream'],
  ['otlp.json', 'opentelemetry'],
  ['otlp-lines.jsonl', 'opentelemetry'],
  ['otlp-older.json', 'opentelemetry'],
  ['inspect.json', 'inspect-log'],
])('%s is recognised as %s', (name, format) => {
  expect(detectFormat(fixture(name))).toBe(format)
  expect(readTranscript(fixture(name)).format).toBe(format)
})

describe('OpenAI', () => {
  test('batches: answers follow their requests, failed ones are named', () => {
    expect(saidIn(read('batch-requests.jsonl'))).toEqual([
      ['user', 'What is a hocket?'],
      ['user', 'Name a rhythm.'],
    ])
    const both = readTranscript(`${fixture('batch-requests.jsonl')}${fixture('batch-answers.jsonl')}`)
    expect(saidIn(both)).toEqual([
      ['user', 'What is a hocket?'],
      ['m-large', 'A tune shared by turns.'],
      ['user', 'Name a rhythm.'],
      ['m-small', 'Clave.'],
    ])
    expect(both.complaints).toEqual(['line 5: expected an answer, got a failed request (batch_expired). Left out.'])
    expect(() => read('batch-answers.jsonl')).toThrow(/line 3: expected an answer/)
  })

  test('a captured stream: packets are tokens, probabilities where they are, two answers mixed', () => {
    const stream = read('chunks.sse')
    expect(saidIn(stream)).toEqual([
      ['m-large', 'Slow water'],
      ['m-small', 'Bright\nload {"track":3}'],
    ])
    expect(stream.turns[0]?.tokens).toEqual([
      { text: 'Slow', role: 'speech', logprob: -0.25 },
      { text: ' wa', role: 'speech', logprob: -1.5 },
      { text: 'ter', role: 'speech', logprob: -30 },
    ])
    expect(stream.turns[1]?.tokens.map(({ role }) => role)).toEqual(['speech', 'action', 'action'])
    expect([stream.clock, startsIn(stream)]).toEqual(['turns', [0, 2]])
  })

  test('events of the Responses API; a capture of the end alone has the whole answer', () => {
    const stream = read('responses.sse')
    expect(saidIn(stream)).toEqual([['m-large', 'Hear me.\nload {"track":3}']])
    expect(stream.turns[0]?.tokens.map(({ text }) => text)).toEqual(['Hear', ' me', '.', '\nload ', '{"track":3}'])
    const end = fixture('responses.sse').split('\n\n').at(-2) ?? ''
    expect(saidIn(readTranscript(end))).toEqual([['m-large', 'Hear me.']])
    const bare =
      fixture('responses.sse')
        .match(/(?<=^data: ).*/gm)
        ?.join('\n') ?? ''
    expect(saidIn(readTranscript(bare))).toEqual(saidIn(stream))
  })

  test('runs in a list, a run a line, a message a line, several agents by name', () => {
    const run = (a: string, b: string) => [
      { role: 'assistant', name: a, content: `${a} speaks` },
      { role: 'assistant', name: b, content: [{ type: 'text', text: `${b} answers` }, 'and goes on'] },
    ]
    const said = [
      ['Ada', 'Ada speaks'],
      ['Bob', 'Bob answers\nand goes on'],
      ['Cid', 'Cid speaks'],
      ['Dot', 'Dot answers\nand goes on'],
    ]
    const runs = [run('Ada', 'Bob'), run('Cid', 'Dot')]
    const texts = [
      JSON.stringify(runs),
      JSON.stringify(runs.map((messages) => ({ messages }))),
      runs.map((messages) => JSON.stringify({ messages })).join('\n'),
      runs
        .flat()
        .map((message) => JSON.stringify(message))
        .join('\n'),
    ]
    for (const text of texts) expect(saidIn(readTranscript(text, { strictness: 'strict' }))).toEqual(said)
  })
})

describe('traces', () => {
  test('OTLP: messages as JSON in a string or as values; agents by the spans around; said once', () => {
    const whole = read('otlp.json')
    expect(saidIn(whole)).toEqual([
      ['user', 'Plan a set.'],
      ['Planner', 'I open slowly.\nload {"track":3}'],
      ['tool', 'loaded'],
      ['Critic', 'I answer brightly.'],
    ])
    expect([whole.clock, startsIn(whole)]).toEqual(['turns', [0, 4, 5, 7]])
    expect(whole.turns[1]?.tokens.map(({ role }) => role)).toEqual(['speech', 'speech', 'speech', 'action', 'action'])
    expect(whole.turns[2]?.tokens[0]?.role).toBe('quoted')
    expect(saidIn(read('otlp-lines.jsonl'))).toEqual(saidIn(whole))
  })

  test('events and indexed attributes of older conventions', () => {
    expect(saidIn(read('otlp-older.json'))).toEqual([
      ['user', 'Who begins?'],
      ['m-old', 'I begin.'],
      ['m-other', 'And I follow.\nload {}'],
      ['Third', 'Last word.'],
    ])
  })

  test('OpenInference: flattened or nested, the agent around an answer', () => {
    const spans = read('openinference.jsonl')
    expect(spans.format).toBe('openinference')
    expect(saidIn(spans)).toEqual([
      ['user', 'Plan a set.'],
      ['Planner', 'I open slowly.\nload {"track": 3}'],
      ['m-small', 'I answer brightly.'],
    ])
    expect(startsIn(spans)).toEqual([0, 4, 8])
  })
})

describe('Inspect', () => {
  test('messages with attachments and reasoning; agents with spans of their own, with times', () => {
    const log = readTranscript(fixture('inspect.json'))
    expect(saidIn(log)).toEqual([
      ['user', 'Plan a set.'],
      ['openai/m-large', 'I open slowly.\nload {"track":3}'],
      ['tool', 'loaded'],
      ['openai/m-large', 'Done.'],
      ['planner', 'I open slowly.'],
      ['critic', 'I answer brightly.'],
    ])
    expect(startsIn(log).slice(4)).toEqual([2, 5])
  })
})

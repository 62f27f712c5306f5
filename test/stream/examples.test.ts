// Every example of docs/imports.md is read without a fault, as the format that its heading names.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readTranscript } from '../../src/stream/index.ts'

const page = readFileSync(new URL('../../docs/imports.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^## `([a-z-]+)`\n(?:(?!^## )[\s\S])*?```\w+\n([\s\S]*?)```/gm)].map((match) => [
  match[1] ?? '',
  match[2] ?? '',
])

test('there is one for each format', () => {
  expect(examples.map(([format]) => format)).toEqual([
    ...['token-events', 'openai-chat', 'openai-batch', 'openai-stream', 'opentelemetry', 'openinference'],
    ...['inspect-log', 'markdown-chat', 'plain'],
  ])
})

test.each(examples)('%s', (format, text) => {
  const transcript = readTranscript(text, { strictness: 'strict' })
  expect(transcript.format).toBe(format)
  expect(transcript.turns.length).toBeGreaterThan(0)
})

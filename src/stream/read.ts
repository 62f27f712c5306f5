// A file's text -> a transcript, whatever its format: the format is told by how the text begins, and named in the result.
import { InputError } from '../record/index.ts'
import { looksMarkdown, readMarkdown } from './markdown.ts'
import { readOpenAi } from './openai.ts'
import { looksPlain, readPlain } from './plain.ts'
import { looksLikeTokenEvents, readTokenEvents } from './token-events.ts'
import type { Transcript, TranscriptFormat } from './transcript.ts'

/** Throws InputError when it is none of the formats that hocket reads. */
export function detectFormat(text: string): TranscriptFormat {
  const lines = text.split(/\r?\n/)
  if (text.trim() === '') throw new InputError('empty-file', 'line 1: expected a transcript, got an empty file.')
  if (text.includes('\u0000')) throw new InputError('binary', 'line 1: expected text, got binary bytes.')
  if (/^\s*\{\s*"n"\s*:\s*0\s*,\s*"kind"\s*:\s*"session"/.test(text))
    throw new InputError(
      'is-record',
      'line 1: expected a transcript, got a hocket record. Use `hocket render` or `hocket replay` for records.',
    )
  if (looksLikeTokenEvents(lines)) return 'token-events'
  if (/^\s*(?:\{|\[\s*[\]{])/.test(text)) return 'openai-chat'
  if (looksMarkdown(lines)) return 'markdown-chat'
  if (looksPlain(lines)) return 'plain'
  throw new InputError(
    'unknown-format',
    `line 1: expected token events (JSON lines), OpenAI messages (JSON), a Markdown chat ("## Name") or "Name: text", got ${JSON.stringify(lines.find((line) => line.trim() !== '')?.slice(0, 60) ?? '')}.`,
  )
}

/** Throws InputError with a line number, or a message number for OpenAI transcripts. */
export function readTranscript(text: string): Transcript {
  const plain = text.replace(/^\ufeff/, '')
  const lines = plain.split(/\r?\n/)
  const format = detectFormat(plain)
  switch (format) {
    case 'token-events':
      return readTokenEvents(lines)
    case 'openai-chat':
      return readOpenAi(plain)
    case 'markdown-chat':
      return readMarkdown(lines)
    case 'plain':
      return readPlain(lines)
  }
}

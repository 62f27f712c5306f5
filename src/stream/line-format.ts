// One line of JSON -> the format that it belongs to, null for any other text.
import { looksBatch } from './batch.ts'
import { isMessage } from './chat.ts'
import type { Complaints } from './complaints.ts'
import { looksStreamEvent } from './event-stream.ts'
import { looksInspect } from './inspect.ts'
import { objectOf } from './json.ts'
import { looksSpans } from './spans.ts'
import { looksTokenEvent } from './token-events.ts'
import type { TranscriptFormat } from './transcript.ts'

export type LineFormat = Exclude<TranscriptFormat, 'markdown-chat' | 'plain' | 'openinference'>

export function formatOfLine(line: string): LineFormat | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (objectOf(value) === null) return null
  if (looksTokenEvent(value)) return 'token-events'
  if (looksBatch(value)) return 'openai-batch'
  if (looksStreamEvent(value)) return 'openai-stream'
  if (looksSpans(value)) return 'opentelemetry'
  if (looksInspect(value)) return 'inspect-log'
  return isMessage(value) || 'messages' in (value as object) ? 'openai-chat' : null
}

/** A line of another format among lines of text: complained of, and nobody's words. */
export function isForeign(line: string, number: number, complaints: Complaints): boolean {
  if (!/^\s*\{.*\}\s*$/.test(line)) return false
  const format = formatOfLine(line)
  if (format === null) return false
  complaints.add(
    'mixed-formats',
    `line ${number}: expected text as on the lines before, got JSON (${format}). Put each format in a file of its own.`,
    'Left out.',
  )
  return true
}

// `Name: what is said`, one turn a line, further lines belonging to it; a time may stand before the name: `[0:12] Name: ...`.
import { InputError } from '../record/index.ts'
import { cutTokens, makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

const turnLine =
  /^\s*(?:\[?((?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)\]?\s*[-–]?\s*)?([\p{L}][\p{L}\p{M}\p{N} ._'’-]{0,39}):(?:\s+(.*)|)$/u

interface OpenTurn {
  readonly speaker: string
  readonly startSeconds: number | null
  readonly text: string[]
}

export function looksPlain(lines: readonly string[]): boolean {
  return turnLine.test(lines.find((line) => line.trim() !== '') ?? '')
}

/** Throws InputError with a line number when the first line names nobody. */
export function readPlain(lines: readonly string[]): Transcript {
  const open: OpenTurn[] = []
  lines.forEach((line, i) => {
    if (line.trim() === '') return
    const match = turnLine.exec(line)
    const last = open.at(-1)
    if (match !== null)
      open.push({
        speaker: (match[2] ?? '').trim(),
        startSeconds: match[1] === undefined ? null : readClock(match[1]),
        text: [match[3] ?? ''],
      })
    else if (last !== undefined) last.text.push(line)
    else
      throw new InputError(
        'no-speaker',
        `line ${i + 1}: expected "Name: text", got ${JSON.stringify(line.slice(0, 60))}. Put the speaker's name and a colon in front.`,
      )
  })
  return makeTranscript(
    'plain',
    open.map(({ speaker, startSeconds, text }): TranscriptTurn => {
      const tokens = cutTokens(text.join('\n'))
      return startSeconds === null ? { speaker, tokens } : { speaker, tokens, startSeconds }
    }),
  )
}

/** `h:mm:ss`, `m:ss`, with decimals -> seconds. */
function readClock(text: string): number {
  return text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
}

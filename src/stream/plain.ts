// `Name: what is said`, one turn a line, further lines belonging to it; a time may stand before the name: `[0:12] Name: ...`.
import type { Complaints } from './complaints.ts'
import { linesOf } from './json.ts'
import { isForeign } from './line-format.ts'
import { checkWords, cleanText } from './tokens.ts'
import { makeTranscript, type Transcript, type TranscriptTurn, textTurn } from './transcript.ts'

const turnLine =
  /^\s*(?:\[?((?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)\]?\s*[-–]?\s*)?([\p{L}][\p{L}\p{M}\p{N} ._'’-]{0,39}):(?:\s+(.*)|)$/u
/** Longest beginning of a line in which a name is looked for. */
const longestName = 80
/** So many lines tell the format. */
const linesLookedAt = 2000

interface OpenTurn {
  readonly speaker: string
  readonly startSeconds: number | null
  readonly text: string[]
}

/** How many of the first lines begin with a name; 0 unless the first does, or three do and one name comes again: prose has colons too. */
export function countNames(text: string): number {
  const counts = new Map<string, number>()
  let first: boolean | null = null
  for (const { line, text: one } of linesOf(text)) {
    if (line > linesLookedAt) break
    const found = matchTurn(one)
    if (one.trim() !== '') first ??= found !== null
    if (found !== null) counts.set(found.speaker, (counts.get(found.speaker) ?? 0) + 1)
  }
  const all = [...counts.values()]
  const count = all.reduce((sum, one) => sum + one, 0)
  return first === true || (count >= 3 && Math.max(...all) > 1) ? count : 0
}

interface TurnStart {
  readonly clock: string | undefined
  readonly speaker: string
  readonly said: string
}

function matchTurn(line: string): TurnStart | null {
  const head = line.slice(0, longestName)
  const colon = /:(?=\s|$)/.exec(head)
  if (colon === null) return null
  const match = turnLine.exec(line.slice(0, colon.index + 1))
  if (match === null) return null
  return { clock: match[1], speaker: (match[2] ?? '').trim(), said: line.slice(colon.index + 1).trimStart() }
}

/** Lines before the first name are left out and complained of. Throws InputError with a line number when strict, or when nobody is named. */
export function readPlain(text: string, complaints: Complaints): Transcript {
  const open: OpenTurn[] = []
  let latest: number | null = null
  for (const { line, text: raw } of linesOf(text)) {
    if (raw.trim() === '') continue
    const one = cleanText(raw, () => `line ${line}`, complaints)
    checkWords(one, () => `line ${line}`, complaints)
    const start = matchTurn(one)
    const last = open.at(-1)
    if (start === null && isForeign(one, line, complaints)) continue
    if (start !== null) {
      const startSeconds = start.clock === undefined ? null : readClock(start.clock)
      warnOfReturn(latest, startSeconds, line, complaints)
      latest = startSeconds ?? latest
      open.push({ speaker: start.speaker, startSeconds, text: [start.said] })
    } else if (last !== undefined) last.text.push(one)
    else
      complaints.add(
        'no-speaker',
        `line ${line}: expected "Name: text", got ${JSON.stringify(one.slice(0, 60))}. Put the speaker's name and a colon in front.`,
        'Left out.',
      )
  }
  return makeTranscript('plain', open.map(closeTurn), complaints)
}

function closeTurn({ speaker, startSeconds, text }: OpenTurn): TranscriptTurn {
  return textTurn(speaker, text.join('\n'), startSeconds ?? undefined)
}

function warnOfReturn(before: number | null, seconds: number | null, line: number, complaints: Complaints): void {
  if (seconds === null || before === null || seconds >= before) return
  complaints.add(
    'time-order',
    `line ${line}: expected a time of ${before} s or later, got ${seconds} s.`,
    'Turns are heard in order of time.',
  )
}

/** `h:mm:ss`, `m:ss`, with decimals -> seconds. */
function readClock(text: string): number {
  return text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
}

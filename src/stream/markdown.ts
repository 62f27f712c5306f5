// A chat written as Markdown: a heading with the speaker's name (`## Ada`), or a bold name before the words (`**Ada:** ...`).
// Headings inside code fences are text; rules (`---`) are passed over; `> ` marks what is quoted.
import { InputError } from '../record/index.ts'
import { cutTokens, type HeardToken, makeTranscript, type Transcript } from './transcript.ts'

const heading = /^#{1,6}\s+(?:\*\*)?([^*#:]{1,60}?)(?:\*\*)?\s*:?\s*$/u
const bold = /^\*\*([^*:]{1,60}?)\s*:?\*\*\s*:?\s*(.*)$/u

type SpeakerMark = (line: string) => { readonly speaker: string; readonly rest: string } | null

const byHeading: SpeakerMark = (line) => {
  const match = heading.exec(line)
  return match?.[1] === undefined ? null : { speaker: match[1].trim(), rest: '' }
}
const byBold: SpeakerMark = (line) => {
  const match = bold.exec(line)
  return match?.[1] === undefined || !/:\*\*|\*\*\s*:/.test(line)
    ? null
    : { speaker: match[1].trim(), rest: match[2] ?? '' }
}

/** Bold names, if there are any, else headings: a chat with bold names may have headings for its title. */
function markOf(lines: readonly string[]): SpeakerMark | null {
  for (const mark of [byBold, byHeading]) if (lines.some((line) => mark(line) !== null)) return mark
  return null
}

export function looksMarkdown(lines: readonly string[]): boolean {
  return markOf(lines) !== null
}

/** Text before the first speaker is a preface and not spoken. Throws InputError when nobody is named. */
export function readMarkdown(lines: readonly string[]): Transcript {
  const mark = markOf(lines)
  if (mark === null)
    throw new InputError(
      'no-speaker',
      'line 1: expected a heading like "## Ada" or a bold name like "**Ada:**" for each speaker, got neither.',
    )
  const turns: { speaker: string; tokens: HeardToken[] }[] = []
  let fenced = false
  for (const line of lines) {
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced
      continue
    }
    const found = fenced ? null : mark(line)
    if (found !== null) turns.push({ speaker: found.speaker, tokens: cutTokens(found.rest) })
    else if (!/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) turns.at(-1)?.tokens.push(...readLine(line, fenced))
  }
  return makeTranscript('markdown-chat', turns)
}

/** One line's tokens; the break before it ends a sentence. */
function readLine(line: string, fenced: boolean): HeardToken[] {
  const quoted = /^\s*>\s?/.exec(line)
  const plain = line.slice(quoted?.[0].length ?? 0).replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/g, '')
  const role = fenced ? 'action' : quoted !== null ? 'quoted' : null
  const [first, ...rest] = cutTokens(plain)
  if (first === undefined) return []
  return [{ ...first, text: `\n${first.text}` }, ...rest].map((token) => (role === null ? token : { ...token, role }))
}

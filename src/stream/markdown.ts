// A chat written as Markdown: a heading with the speaker's name (`## Ada`), or a bold name before the words (`**Ada:** ...`).
// Headings inside code fences are text; rules (`---`) are passed over; `> ` marks what is quoted.
import type { Complaints } from './complaints.ts'
import { linesOf } from './json.ts'
import { isForeign } from './line-format.ts'
import { checkWords, cleanText, cutTokens, type HeardToken } from './tokens.ts'
import { makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

const heading = /^#{1,6}\s+(?:\*\*)?([^*#:]{1,60}?)(?:\*\*)?\s*:?\s*$/u
const bold = /^\*\*([^*:]{1,60}?)\s*:?\*\*\s*:?/u

/** So many lines tell the format. */
const linesLookedAt = 2000

type SpeakerMark = (line: string) => { readonly speaker: string; readonly rest: string } | null

const byHeading: SpeakerMark = (line) => {
  const match = line.length > 160 ? null : heading.exec(line)
  return match?.[1] === undefined ? null : { speaker: match[1].trim(), rest: '' }
}
const byBold: SpeakerMark = (line) => {
  const head = line.slice(0, 160)
  const match = bold.exec(head)
  return match?.[1] === undefined || !/:\*\*|\*\*\s*:/.test(match[0])
    ? null
    : { speaker: match[1].trim(), rest: line.slice(match[0].length).trimStart() }
}

/** Bold names, if there are any, else headings: a chat with bold names may have headings for its title. */
function markOf(text: string): SpeakerMark | null {
  let found: SpeakerMark | null = null
  for (const { text: line } of linesOf(text)) {
    if (byBold(line) !== null) return byBold
    if (byHeading(line) !== null) found = byHeading
  }
  return found
}

/** How many of the first lines name a speaker. */
export function countMarks(text: string): number {
  const mark = markOf(text)
  let count = 0
  for (const { line, text: one } of linesOf(text)) {
    if (line > linesLookedAt) break
    if (mark?.(one)) count++
  }
  return count
}

interface MarkdownLine {
  readonly text: string
  readonly fenced: boolean
}

/** Text before the first speaker is a preface and not spoken. Throws InputError when nobody speaks. */
export function readMarkdown(text: string, complaints: Complaints): Transcript {
  const mark = markOf(text) ?? byHeading
  const turns: { speaker: string; rest: string; lines: MarkdownLine[] }[] = []
  let fenced = false
  for (const { line, text: raw } of linesOf(text)) {
    if (/^\s*(?:```|~~~)/.test(raw)) {
      fenced = !fenced
      continue
    }
    const one = cleanText(raw, () => `line ${line}`, complaints)
    checkWords(one, () => `line ${line}`, complaints)
    const found = fenced ? null : mark(one)
    if (found === null && !fenced && isForeign(one, line, complaints)) continue
    if (found !== null) turns.push({ ...found, lines: [] })
    else if (!/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(one)) turns.at(-1)?.lines.push({ text: one, fenced })
  }
  return makeTranscript('markdown-chat', turns.map(closeTurn), complaints)
}

function closeTurn({ speaker, rest, lines }: { speaker: string; rest: string; lines: MarkdownLine[] }): TranscriptTurn {
  return {
    speaker,
    get tokens() {
      return [...cutTokens(rest), ...lines.flatMap(readLine)]
    },
  }
}

/** One line's tokens; the break before it ends a sentence. */
function readLine({ text, fenced }: MarkdownLine): HeardToken[] {
  const quoted = /^\s*>\s?/.exec(text)
  const plain = text.slice(quoted?.[0].length ?? 0).replace(/[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}/g, '')
  const role = fenced ? 'action' : quoted !== null ? 'quoted' : null
  const [first, ...rest] = cutTokens(plain)
  if (first === undefined) return []
  return [{ ...first, text: `\n${first.text}` }, ...rest].map((token) => (role === null ? token : { ...token, role }))
}

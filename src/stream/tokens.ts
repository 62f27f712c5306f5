// Text -> tokens, and text made safe to keep: without control characters and marks that turn the direction of reading.
import type { Role } from '../record/index.ts'
import type { Seconds } from '../units.ts'
import type { Complaints } from './complaints.ts'

export interface HeardToken {
  readonly text: string
  readonly role: Role
  /** Natural logarithm of its probability. */
  readonly logprob?: number
  /** When it came, on the source's own clock. */
  readonly seconds?: Seconds
}

/** A token that is longer is cut: nothing that a tokeniser makes is. UTF-16 units. */
export const longestToken = 256

/**
 * Text -> tokens, a word each with the blank before it. Digits are `number`, what stands in double quotes or after `>` is `quoted`,
 * what stands in back-quotes is `action`, the rest `speech`. All tokens together are the text without the blanks at its end.
 */
export function cutTokens(text: string): HeardToken[] {
  let quoted = false
  let code = false
  return (text.match(/\s*\S+/g) ?? []).flatMap((piece) => {
    const word = piece.trim()
    if (/^[“"«]/.test(word)) quoted = true
    if (/^`/.test(word)) code = true
    const role = code ? 'action' : quoted ? 'quoted' : roleOfWord(word)
    if (/[”"»][.,;:!?)]*$/.test(word)) quoted = false
    if (/`[.,;:!?)]*$/.test(word)) code = false
    return piece.length <= longestToken ? { text: piece, role } : cutLong(piece).map((part) => ({ text: part, role }))
  })
}

/** `number` when the first letter or digit is a digit, else `speech`. */
export function roleOfWord(word: string): Role {
  return /^[^\p{L}]{0,256}?\p{N}/u.test(word.slice(0, longestToken)) ? 'number' : 'speech'
}

/** Pieces of at most `longestToken` units that never part a surrogate pair. */
export function cutLong(text: string): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = from + longestToken
    const splits = end < text.length && isHighSurrogate(text.charCodeAt(end - 1))
    pieces.push(text.slice(from, splits ? end - 1 : end))
    from = splits ? end - 1 : end
  }
  return pieces
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00

/** No word of any language, nor the name of anything: a blob. */
const longestWord = 4096

/** Complains of a word that is none; it is heard in pieces all the same. */
export function checkWords(text: string, where: string | (() => string), complaints: Complaints): void {
  if (text.length <= longestWord) return
  const long = longestRun(text)
  if (long <= longestWord) return
  const place = typeof where === 'string' ? where : where()
  complaints.add(
    'long-word',
    `${place}: expected words, got ${long} characters without a blank.`,
    `Cut after every ${longestToken}.`,
  )
}

function longestRun(text: string): number {
  let longest = 0
  for (const { 0: run } of text.matchAll(/\S+/g)) longest = Math.max(longest, run.length)
  return longest
}

/** C0 and C1 without tab and line breaks; DEL; the marks of Unicode's bidirectional algorithm (UAX 9); lone surrogates. */
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u
const everyUnwanted = new RegExp(unwanted.source, 'gu')

/** The text without what is neither seen nor said; `where` ("line 3") is named in the complaint. */
export function cleanText(text: string, where: string | (() => string), complaints: Complaints): string {
  if (!unwanted.test(text)) return text
  const found = text.match(everyUnwanted) ?? []
  const place = typeof where === 'string' ? where : where()
  complaints.add(
    'control-characters',
    `${place}: expected text, got ${found.length} control or direction-changing character${found.length === 1 ? '' : 's'} (first ${nameCharacter(found[0] ?? '')}).`,
    'Left out.',
  )
  return text.replace(everyUnwanted, '')
}

function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

// Tokens of one turn -> words: what is said, by which token, in which role, how surprising, and what pause follows.
import type { Role, TokenLine } from '../record/index.ts'
import { readSyllables, type Syllable } from './syllables.ts'

/** After a word: nothing, a short rest (comma), a clause's end, a sentence's or line's end; and explicit rests of a beat or of a sixteenth. */
export interface Pause {
  readonly kind: 'none' | 'short' | 'clause' | 'sentence'
  readonly beats: number
  readonly sixteenths: number
}

export interface Word {
  readonly text: string
  readonly role: Role
  readonly syllables: readonly Syllable[]
  /** Line number of the token in which each syllable begins. */
  readonly tokens: readonly number[]
  /** When the token came in which the word begins, seconds. */
  readonly arrival: number
  /** -log2 p of the word, or null when its tokens carry no probability. */
  readonly bits: number | null
  readonly pause: Pause
  /** A hyphen and nothing else stands between it and the next word. */
  readonly hyphen: boolean
}

export interface SpokenTurn {
  readonly words: readonly Word[]
  /** Rest before the first word. */
  readonly upbeat: Pause
}

const wordPattern = /[\p{L}\p{M}]+(?:['’][\p{L}]+)*|\p{N}+/gu
const bitsPerNat = Math.LOG2E

/** The words of a turn's tokens, in order. A word may be spread over tokens and a token may hold many. */
export function readWords(tokens: readonly TokenLine[]): SpokenTurn {
  const text = tokens.map((token) => token.text).join('')
  const owner = ownersOf(tokens)
  const matches = [...text.matchAll(wordPattern)].filter((match) => !isSay(match[0], tokens[owner(match.index)]))
  const words = matches.map((match, i): Word => {
    const end = match.index + match[0].length
    const gap = text.slice(end, matches[i + 1]?.index ?? text.length)
    const syllables = /\p{N}/u.test(match[0]) ? numberSyllables(match[0]) : readSyllables(match[0])
    const first = tokens[owner(match.index)] as TokenLine
    return {
      text: match[0],
      role: first.role,
      syllables,
      tokens: syllables.map(({ start }) => (tokens[owner(match.index + start)] as TokenLine).n),
      arrival: first.t,
      bits: bitsOf(tokens.slice(owner(match.index), owner(end - 1) + 1)),
      pause: readPause(gap),
      hyphen: gap === '-',
    }
  })
  return { words, upbeat: readPause(text.slice(0, matches[0]?.index ?? text.length)) }
}

/** The keyword before quoted speech opens a mouth and is not itself said. */
const isSay = (word: string, token: TokenLine | undefined) => token?.role === 'action' && /^say$/i.test(word)

/** Which token a character of the joined text belongs to. Characters are asked for in nearly rising order. */
function ownersOf(tokens: readonly TokenLine[]): (at: number) => number {
  const starts: number[] = []
  let length = 0
  for (const token of tokens) {
    starts.push(length)
    length += token.text.length
  }
  return (at) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** Surprise of a word is that of its tokens together; one unknown token makes it unknown. */
function bitsOf(tokens: readonly TokenLine[]): number | null {
  let bits = 0
  for (const { logprob } of tokens) {
    if (logprob === undefined) return null
    bits -= logprob * bitsPerNat
  }
  return bits
}

function readPause(gap: string): Pause {
  const count = (pattern: RegExp) => gap.match(pattern)?.length ?? 0
  const beats = count(/…|\.{3,}|[–—]|(?<=\s)-+(?=\s)/g)
  const rest = gap.replace(/\.{3,}/g, '')
  const kind = /[.!?。！？\n]/.test(rest)
    ? 'sentence'
    : /[;:]/.test(rest)
      ? 'clause'
      : /[,、]/.test(rest)
        ? 'short'
        : 'none'
  return { kind, beats, sixteenths: count(/·/g) }
}

const spoken = [1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2]

/** Syllables of a number as it is read out: up to 999 as one, longer ones digit by digit. */
export function numberSyllables(digits: string): Syllable[] {
  const count = Math.max(1, countNumber(digits))
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor((i * digits.length) / count)
    return { start, letters: 3, stressed: i === 0 }
  })
}

function countNumber(digits: string): number {
  const plain = /^[0-9]{1,3}$/.test(digits) && !/^0./.test(digits)
  if (!plain) return [...digits].reduce((sum, digit) => sum + (digit === '0' ? 2 : (spoken[Number(digit)] ?? 1)), 0)
  const value = Number(digits)
  if (value === 0) return 2
  const hundreds = value >= 100 ? (spoken[Math.floor(value / 100)] ?? 1) + 2 : 0
  const rest = value % 100
  if (rest < 20) return hundreds + (rest === 0 ? 0 : (spoken[rest] ?? 1))
  const tens = Math.floor(rest / 10) === 7 ? 3 : 2
  return hundreds + tens + (rest % 10 === 0 ? 0 : (spoken[rest % 10] ?? 1))
}

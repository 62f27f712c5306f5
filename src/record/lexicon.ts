// A lexicon as bytes: which motif each word has, so that what means alike sounds consonant. Built by a committed script, read by the sonifier.
// Little-endian: "HKLX", version 1, notes a word, steps a key collection has, 0 (one byte each), how many words (4 bytes); then the words in
// code-unit order, each as how many letters it shares with the one before, how many follow, these letters (ASCII), its motif (a step a byte).
import { InputError } from './parse.ts'

export interface LexiconData {
  /** Rising in code-unit order. */
  readonly words: readonly string[]
  readonly notesPerWord: number
  /** Words x notes steps of a key collection, 0 .. steps - 1, counted from the tonic of its minor. */
  readonly motifs: Uint8Array
  readonly steps: number
}

const magic = [0x48, 0x4b, 0x4c, 0x58, 1]
const headerBytes = 12
const longestWord = 255

export function writeLexicon({ words, notesPerWord, motifs, steps }: LexiconData): Uint8Array {
  const count = words.length
  const bytes = [...magic, notesPerWord, steps, 0, count & 255, (count >> 8) & 255, (count >> 16) & 255, count >>> 24]
  let previous = ''
  words.forEach((word, i) => {
    let shared = 0
    while (shared < previous.length && word[shared] === previous[shared]) shared++
    const rest = [...word.slice(shared)].map((letter) => letter.charCodeAt(0))
    bytes.push(shared, rest.length, ...rest, ...motifs.subarray(i * notesPerWord, (i + 1) * notesPerWord))
    previous = word
  })
  return Uint8Array.from(bytes)
}

/** Throws InputError, naming the byte, for bytes that `writeLexicon` would not have written. */
export function readLexicon(bytes: Uint8Array, where = 'lexicon'): LexiconData {
  const fault = (at: number, expected: string) =>
    new InputError(
      'bad-lexicon',
      `${where}, byte ${at}: expected ${expected}, got something else. Fetch or build the lexicon again.`,
    )
  magic.forEach((byte, at) => {
    if (bytes[at] !== byte) throw fault(at, 'a lexicon of version 1')
  })
  if (bytes.length < headerBytes) throw fault(bytes.length, `a header of ${headerBytes} bytes`)
  const [notesPerWord = 0, steps = 0] = bytes.subarray(5, 7)
  if (notesPerWord < 1 || notesPerWord > 4 || steps < 1) throw fault(5, '1 to 4 notes a word and a step at least')
  const count = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(8, true)
  if (count * (2 + notesPerWord) > bytes.length) throw fault(8, 'no more words than there are bytes for')
  const words: string[] = []
  const text = lettersOf(bytes)
  const motifs = new Uint8Array(count * notesPerWord)
  let at = headerBytes
  for (let i = 0; i < count; i++) {
    const previous = words[i - 1] ?? ''
    const [shared = longestWord, more = longestWord] = bytes.subarray(at, at + 2)
    const from = at + 2 + more
    if (shared > previous.length || from + notesPerWord > bytes.length) throw fault(at, 'a whole word')
    const word = previous.slice(0, shared) + text.slice(at + 2, from)
    if (word <= previous) throw fault(at, 'words in rising order')
    words.push(word)
    for (let n = 0; n < notesPerWord; n++) {
      const step = bytes[from + n] as number
      if (step >= steps) throw fault(from + n, `a step below ${steps}`)
      motifs[i * notesPerWord + n] = step
    }
    at = from + notesPerWord
  }
  if (at !== bytes.length) throw fault(at, 'the end')
  return { words, notesPerWord, motifs, steps }
}

/** One letter a byte. */
function lettersOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

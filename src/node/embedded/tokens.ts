// o200k, OpenAI's public vocabulary, through gpt-tokenizer: text <-> token ids <-> bytes. Loading it takes longer than loading the model,
// so it happens when a first text comes.
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'

const utf8 = new TextEncoder()
/** Signs such as <|endoftext|> are read as the letters they are made of. */
const plain = { disallowedSpecial: new Set<string>() }

/** Token ids of a text. */
export function encodeText(text: string): number[] {
  return encode(text, plain)
}

/** Bytes of a token; they may be a part of a character. Throws RangeError when there is no such token. */
export function bytesOfToken(id: number): Uint8Array {
  const entry = ranks[id]
  if (entry === undefined)
    throw new RangeError(`bytesOfToken: expected an o200k token 0 .. ${ranks.length - 1}, got ${id}`)
  return typeof entry === 'string' ? utf8.encode(entry) : Uint8Array.from(entry)
}

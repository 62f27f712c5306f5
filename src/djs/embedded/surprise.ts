// The reference surprise meter: how unexpected text is to the base model, in bits. It stands in where a server gives no log-probabilities,
// and says so (`source: 'reference'`): it is the surprise of an n-gram reader, not of the model that wrote.
import { type NgramModel, probabilityOf } from './model.ts'
import { endToken } from './tables.ts'

/** Reads a text token by token; each (an o200k id) costs it -log2 p bits. */
export type SurpriseMeter = (id: number) => number

/** A meter at the beginning of a text. */
export function createSurpriseMeter(model: NgramModel): SurpriseMeter {
  const { rankOf } = model.ranking
  const reach = model.levels.length - 1
  let history = [rankOf[endToken] as number]
  return (id) => {
    const rank = rankOf[id] as number
    const bits = -Math.log2(probabilityOf(model, history, rank))
    history = [...history, rank].slice(-reach)
    return bits
  }
}

/** -log2 p of each token (o200k ids) and, last, of the text's end. The text begins with nothing before it. */
export function surpriseOfText(model: NgramModel, ids: ArrayLike<number>): number[] {
  return Array.from([...Array.from(ids), endToken], createSurpriseMeter(model))
}

/** Whole 64ths of a bit: logarithms differ in their last digits between engines, and what is written must not. */
export function roundBits(bits: number): number {
  return Math.round(64 * bits) / 64
}

/** A piece of a text with what it costs a reader who knows all before it. */
export interface PieceSurprise {
  readonly text: string
  /** Bits, whole 64ths. */
  readonly bits: number
  readonly source: 'reference'
}

/** An o200k token: its id and how many UTF-8 bytes it has. */
export interface MeteredToken {
  readonly id: number
  readonly bytes: number
}

/**
 * The surprise of each piece of a text: pieces may be words, a server's chunks or anything else that joined is the text. `tokens` are the
 * o200k tokens of the joined text; each shares its bits out by bytes over the pieces that it lies in. Throws RangeError when the tokens are
 * not as long as the pieces.
 */
export function surpriseOfPieces(
  model: NgramModel,
  pieces: readonly string[],
  tokens: readonly MeteredToken[],
): PieceSurprise[] {
  const bits = surpriseOfText(
    model,
    tokens.map(({ id }) => id),
  )
  let at = 0
  let spent = 0
  const surprises = pieces.map((text) => {
    let sum = 0
    for (let left = bytesIn(text); left > 0; ) {
      const token = tokens[at]
      if (token === undefined) throw new RangeError('surpriseOfPieces: expected tokens of all pieces, got fewer')
      const taken = Math.min(left, token.bytes - spent)
      sum += ((bits[at] as number) * taken) / token.bytes
      left -= taken
      spent += taken
      if (spent === token.bytes) {
        at++
        spent = 0
      }
    }
    return { text, bits: roundBits(sum), source: 'reference' as const }
  })
  if (at !== tokens.length) throw new RangeError('surpriseOfPieces: expected tokens of these pieces, got more')
  return surprises
}

/** Length in UTF-8; a half of a surrogate pair counts as the replacement character does. */
function bytesIn(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) as number
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

// Text that arrives in any pieces -> the very tokens that the whole text has in o200k (gpt-tokenizer). Piece by piece would be wrong:
// a word cut in two gives other tokens. The text is cut into pre-tokens by the encoding's own pattern, and the last two are held back,
// since what follows may still join them ("don" + "'" + "t"; line breaks after spaces).

export interface TokenCutter {
  /** Tokens that nothing can change any more. */
  push(text: string): string[]
  /** The rest. */
  finish(): string[]
}

/** Merging costs the square of a pre-token's length, so a longer one is cut here. Text of the kind has no words in it anyway. */
const longestPreToken = 500

export interface Tokenizer {
  /** Tokens joined are the text, but a character that is spread over several tokens belongs to the last of them. */
  tokenise(text: string): string[]
  /** The pattern of pre-tokens, with the global flag. */
  readonly pattern: RegExp
}

let loading: Promise<Tokenizer> | undefined

/** Read when first wanted: it takes half a second. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= openTokenizer()
  return loading
}

async function openTokenizer(): Promise<Tokenizer> {
  const [{ encode, setMergeCacheSize }, { default: ranks }, { O200K_TOKEN_SPLIT_REGEX }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
    import('gpt-tokenizer/encodingParams/constants'),
  ])
  setMergeCacheSize(10_000)
  const plain = { disallowedSpecial: new Set<string>() }
  const tokenise = (text: string) => {
    const decoder = new TextDecoder()
    return encode(text, plain).map((id) => {
      const token = ranks[id] ?? ''
      return typeof token === 'string' ? token : decoder.decode(new Uint8Array(token), { stream: true })
    })
  }
  return { tokenise, pattern: O200K_TOKEN_SPLIT_REGEX }
}

export function createTokenCutter({ tokenise, pattern }: Tokenizer): TokenCutter {
  let held = ''
  const release = (text: string) => cutLong(text).flatMap(tokenise)
  return {
    push(text) {
      held += text
      const pieces = held.match(pattern) ?? []
      // Half a character (a lone high surrogate) stands at the end only, within the last piece.
      const sure = pieces.slice(0, -2)
      const last = pieces.at(-1) ?? ''
      const tokens: string[] = []
      for (const piece of sure) tokens.push(...release(piece))
      held = held.slice(sure.reduce((sum, piece) => sum + piece.length, 0))
      if (last.length <= longestPreToken) return tokens
      const cut = wholeCharacters(held, held.length - last.length + longestPreToken)
      tokens.push(...(held.slice(0, cut).match(pattern)?.flatMap(release) ?? []))
      held = held.slice(cut)
      return tokens
    },
    finish() {
      const tokens = (held.match(pattern) ?? []).flatMap(release)
      held = ''
      return tokens
    },
  }
}

function cutLong(text: string): string[] {
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    const to = text.length - from <= longestPreToken ? text.length : wholeCharacters(text, from + longestPreToken)
    parts.push(text.slice(from, to))
    from = to
  }
  return parts
}

/** `at`, or one less where that would part a surrogate pair. */
function wholeCharacters(text: string, at: number): number {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && at > 1 ? at - 1 : at
}

// Tokens -> the same tokens without a key that an upstream may echo, however it is cut into tokens: what may be the beginning of a key
// is held back until the next token tells.

export const hidden = '[key]'

export interface Redactor<Token extends { readonly text: string }> {
  push(tokens: readonly Token[]): Token[]
  finish(): Token[]
}

export function createRedactor<Token extends { readonly text: string }>(secrets: readonly string[]): Redactor<Token> {
  let held: Token[] = []
  return {
    push(tokens) {
      if (secrets.length === 0) return [...tokens]
      const all = [...held, ...tokens]
      const shown = hideWhole(all, secrets)
      const text = shown.map((token) => token.text).join('')
      let open = Math.max(...secrets.map((secret) => openLength(text, secret)))
      let from = shown.length
      while (open > 0 && from > 0) open -= shown[--from]?.text.length ?? 0
      held = shown.slice(from)
      return shown.slice(0, from)
    },
    finish() {
      const rest = held
      held = []
      return rest
    },
  }
}

/** Text alone, in one piece. */
export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, hidden), text)
}

/** The token in which a key begins gets `[key]` for all of it; the others lose their parts of it. */
function hideWhole<Token extends { readonly text: string }>(
  tokens: readonly Token[],
  secrets: readonly string[],
): Token[] {
  let shown = [...tokens]
  for (const secret of secrets) {
    for (;;) {
      const at = shown
        .map((token) => token.text)
        .join('')
        .indexOf(secret)
      if (at < 0) break
      shown = cutOut(shown, at, at + secret.length)
    }
  }
  return shown
}

function cutOut<Token extends { readonly text: string }>(tokens: readonly Token[], from: number, to: number): Token[] {
  let start = 0
  return tokens.flatMap((token) => {
    const { text } = token
    const [low, high] = [Math.max(0, from - start), Math.min(text.length, to - start)]
    const begins = from >= start && from < start + text.length
    start += text.length
    if (high <= 0 || low >= text.length) return [token]
    const rest = text.slice(0, low) + (begins ? hidden : '') + text.slice(high)
    return rest === '' ? [] : [{ ...token, text: rest }]
  })
}

/** How much of the text's end is the beginning of the key. */
function openLength(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--)
    if (text.endsWith(secret.slice(0, length))) return length
  return 0
}

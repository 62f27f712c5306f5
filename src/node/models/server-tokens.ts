// The tokens that a server tells with their log-probabilities -> tokens of a turn. A character may be spread over several tokens: their
// bytes are joined, and it belongs to the last of them. -9999 stands for "not among the likeliest" and is no measurement.
import type { DjToken } from '../../djs/index.ts'

export interface ServerToken {
  readonly token: string
  readonly logprob: number | null
  readonly bytes?: readonly number[] | null | undefined
  readonly top?: readonly { readonly token: string; readonly logprob: number | null }[] | undefined
}

/** Least log-probability kept: one in ten thousand million (33 bits). Servers that say less say that they do not know. */
export const leastLogprob = -10 * Math.LN10
const mostAlternatives = 20

export interface TokenReader {
  /** null: these tokens are not this text's. */
  read(text: string, tokens: readonly ServerToken[]): DjToken[] | null
  /** What is left of a character that never came whole. */
  finish(): string[]
}

export function createTokenReader(): TokenReader {
  let open = new Uint8Array(0)
  return {
    read(text, tokens) {
      if (tokens.length === 0) return text === '' ? [] : null
      const before = open
      const read = tokens.map((token): DjToken => {
        const [whole, rest] = splitWhole(join(open, bytesOf(token)))
        open = rest
        return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole), ...likelihood(token) }
      })
      const agrees = read.map((token) => token.text).join('') === text
      if (agrees || before.length > 0 || open.length > 0) return read
      open = new Uint8Array(0)
      return null
    },
    finish() {
      const rest = open
      open = new Uint8Array(0)
      return rest.length > 0 ? [new TextDecoder().decode(rest)] : []
    },
  }
}

function bytesOf({ token, bytes }: ServerToken): Uint8Array {
  return Array.isArray(bytes) ? new Uint8Array(bytes) : new TextEncoder().encode(token)
}

function likelihood({ logprob, top }: ServerToken): Pick<DjToken, 'logprob' | 'top'> {
  const own = clampLogprob(logprob)
  const others = (top ?? []).flatMap(({ token, logprob }) => {
    const clamped = clampLogprob(logprob)
    return clamped === null ? [] : [{ text: token, logprob: clamped }]
  })
  return {
    ...(own === null ? {} : { logprob: own }),
    ...(others.length > 0 ? { top: others.slice(0, mostAlternatives) } : {}),
  }
}

/** null: none given. Rounding above 0 counts as certain. */
export function clampLogprob(logprob: unknown): number | null {
  if (typeof logprob !== 'number' || Number.isNaN(logprob)) return null
  return Math.min(0, Math.max(leastLogprob, logprob))
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

/** Whole characters, and the bytes of one that is not finished (at most three). */
function splitWhole(bytes: Uint8Array): [Uint8Array, Uint8Array<ArrayBuffer>] {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (length > back) return [bytes.subarray(0, bytes.length - back), bytes.slice(bytes.length - back)]
    break
  }
  return [bytes, new Uint8Array(0)]
}

// What a server's stream means, whichever interface it came through -> tokens, what they cost, and how the turn broke if it did.
// Log-probabilities are taken where they agree with the text; else the text is cut into tokens here.
import { type BrokenTurn, brokenTurn, type DjItem, type DjToken } from '../../djs/index.ts'
import type { Usage } from '../../record/index.ts'
import { breakOf } from './breaks.ts'
import { createTokenCutter, loadTokenizer, type TokenCutter } from './cutter.ts'
import { createTokenReader, type ServerToken } from './server-tokens.ts'

/** A step of a stream. */
export type AnswerEvent =
  | { readonly kind: 'text'; readonly text: string; readonly tokens: readonly ServerToken[] | null }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'finish'; readonly reason: string }
  | { readonly kind: 'usage'; readonly promptTokens: number | null; readonly answerTokens: number | null }
  | { readonly kind: 'model'; readonly model: string }

export interface Asking {
  /** Opens the stream; `onRequest` is called for every request made. */
  open(signal: AbortSignal, onRequest: () => void): AsyncIterable<AnswerEvent>
  readonly signal: AbortSignal
  readonly key: string | null
  /** The prompt, to count it where the server does not. */
  readonly prompt: string
  /** Seconds of any steady clock. */
  now(): number
}

/** A turn is one line of at most six moves: longer answers are none. UTF-16 units. */
export const longestTurn = 8_000
/** Past this the stream is left. */
const longestAnswer = 1_000_000

/** Tokens as they come, at last the usage; then the break, if there was one, is thrown. */
export async function* readAnswer(asking: Asking): AsyncGenerator<DjItem> {
  const state = createState(asking)
  let broken: BrokenTurn | null = null
  try {
    for await (const event of asking.open(asking.signal, state.onRequest)) {
      for (const token of await state.take(event)) yield token
      if (state.length() > longestAnswer) break
    }
  } catch (error) {
    broken = breakOf(error, { begun: state.length() > 0, key: asking.key })
  }
  for (const token of state.finish()) yield token
  yield { usage: await state.usage() }
  const fault = asking.signal.aborted ? brokenTurn('timed-out', 'no more of it in time') : (broken ?? state.fault())
  if (fault !== null) throw fault
}

function createState({ now, prompt, signal }: Asking) {
  const began = now()
  const reader = createTokenReader()
  let cutter: TokenCutter | undefined
  let firstToken: number | null = null
  let text = ''
  let refusal = ''
  let requests = 0
  let opened = false
  let given = 0
  let finish: string | null = null
  let model: string | null = null
  let told: { promptTokens: number | null; answerTokens: number | null } = { promptTokens: null, answerTokens: null }
  const plain = (tokens: readonly string[]): DjToken[] => tokens.map((token) => ({ text: token }))
  const takeText = async (part: string, tokens: readonly ServerToken[] | null): Promise<DjToken[]> => {
    if (part !== '' || (tokens?.length ?? 0) > 0) firstToken ??= now()
    const read = tokens === null ? null : reader.read(part, tokens)
    if (read === null) {
      text += part
      cutter ??= createTokenCutter(await loadTokenizer())
      return plain(cutter.push(part))
    }
    text += read.map((token) => token.text).join('')
    given += read.length
    return [...plain(cutter?.finish() ?? []), ...read]
  }
  return {
    onRequest: () => {
      requests++
    },
    length: () => text.length,
    async take(event: AnswerEvent): Promise<DjToken[]> {
      opened = true
      switch (event.kind) {
        case 'text':
          return takeText(event.text, event.tokens)
        case 'refusal':
          refusal += event.text
          return takeText(event.text, null)
        case 'finish':
          finish = event.reason.slice(0, 40)
          return []
        case 'usage':
          told = { promptTokens: event.promptTokens, answerTokens: event.answerTokens }
          return []
        case 'model':
          model = event.model.slice(0, 200)
          return []
      }
    },
    finish: (): DjToken[] => plain([...(cutter?.finish() ?? []), ...reader.finish()]),
    fault: () => faultOf({ text, refusal, finish }),
    async usage(): Promise<Usage> {
      const counts = { promptTokens: told.promptTokens, answerTokens: told.answerTokens }
      const counted = counts.promptTokens !== null && counts.answerTokens !== null ? 'server' : 'tokenizer'
      // What was refused before it began costs nothing; what was left in the middle may.
      if (counted === 'tokenizer' && (opened || signal.aborted)) {
        const { tokenise } = await loadTokenizer()
        counts.promptTokens ??= tokenise(prompt).length
        counts.answerTokens ??= tokenise(text.slice(0, longestTurn)).length
      }
      return {
        requests,
        ...counts,
        counted,
        firstTokenSeconds: firstToken === null ? null : rounded(firstToken - began),
        seconds: rounded(now() - began),
        finish,
        model,
        logprobs: given > 0 ? 'given' : 'missing',
        tried: [],
      }
    },
  }
}

const rounded = (seconds: number) => Math.round(Math.max(0, seconds) * 1000) / 1000

/** What is wrong with an answer whose stream came to an end. */
function faultOf({
  text,
  refusal,
  finish,
}: {
  text: string
  refusal: string
  finish: string | null
}): BrokenTurn | null {
  if (text.length > longestTurn)
    return brokenTurn(
      'long-answer',
      `an answer of ${text.length > longestAnswer ? 'more than ' : ''}${text.length} characters`,
    )
  if (finish === null) return brokenTurn('no-finish', 'a stream that ended without saying why')
  if (refusal !== '') return brokenTurn('refused', 'a refusal')
  if (finish === 'content_filter') return brokenTurn('refused', 'an answer that the server withheld (content_filter)')
  if (text.trim() === '') return brokenTurn('empty-answer', `an empty answer (${finish})`)
  return null
}

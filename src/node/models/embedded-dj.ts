// The embedded n-gram model at a deck: a scripted policy moves the deck, the model says what comes between the quotes of SAY, with its exact
// probabilities. It hears the words that stand in the percept, and nothing else; equal percepts and seeds give equal bytes.
import {
  BrokenTurn,
  type Dj,
  type DjItem,
  escapeWords,
  formatMoves,
  type Knowledge,
  parsePercept,
  parseTurn,
  scriptedMoves,
} from '../../djs/index.ts'
import type { Agent, EmbeddedSpec } from '../../record/index.ts'
import { embeddedFetch } from '../embedded/index.ts'
import { readAnswer } from './answer.ts'
import type { Said } from './chat.ts'
import { ask, openClient, questionOf } from './openai-dj.ts'
import { createWishes } from './parameters.ts'

const url = 'http://embedded/v1'

export interface EmbeddedDjOptions {
  readonly spec: EmbeddedSpec
  readonly mask: NonNullable<Agent['mask']>
  readonly agent: string
  readonly seed: number
}

export function embeddedDj({ spec, mask, agent, seed }: EmbeddedDjOptions): Dj {
  const client = openClient({
    spec: { ...spec, api: 'chat', url, timeoutSeconds: 60 },
    key: null,
    fetch: embeddedFetch,
  })
  const wishes = createWishes(url)
  const decideMoves = scriptedMoves({ policy: spec.policy, mask, seed, agent })
  return async function* (percept): AsyncGenerator<DjItem> {
    const knowledge = parsePercept(percept.text)
    const asked = questionOf(percept, { ...spec, api: 'chat', url, timeoutSeconds: 60 }, seed)
    const question = { ...asked, said: wordsHeard(knowledge) }
    const answer = readAnswer({
      open: (signal, onRequest) => ask({ client, spec: { api: 'chat' }, question, wishes, signal, onRequest }),
      signal: new AbortController().signal,
      key: null,
      prompt: '',
      now: () => 0,
    })
    const moves = decideMoves(knowledge).filter((move) => move.do !== 'hold')
    if (moves.length > 0) for (const [word] of `${formatMoves(moves)}; `.matchAll(/\S+\s*/g)) yield { text: word }
    yield { text: 'SAY "' }
    yield* sayWords(answer)
    yield { text: '"' }
  }
}

/** The partner's words and the own ones, as far as memory goes. */
function wordsHeard({ moments }: Knowledge): Said[] {
  return moments.flatMap((moment) => [
    ...moment.partner.map(({ text }): Said => ({ role: 'user', content: wordsOf(text) })),
    ...(moment.you === null ? [] : [{ role: 'assistant' as const, content: wordsOf(moment.you) }]),
  ])
}

const wordsOf = (turn: string) =>
  parseTurn(turn)
    .moves.flatMap((move) => (move.do === 'say' ? [move.words] : []))
    .join(' ')

/** Tokens up to the first line break, fit to stand between quotes. Time is the world's, so none is told. */
async function* sayWords(answer: AsyncIterable<DjItem>): AsyncGenerator<DjItem> {
  let ended = false
  try {
    for await (const item of answer) {
      if ('usage' in item) yield { usage: { ...item.usage, firstTokenSeconds: null, seconds: null } }
      else if (!ended) {
        const [line = '', more] = item.text.split(/[\r\n]/, 2)
        ended = more !== undefined
        yield { ...item, text: escapeWords(line) }
      }
    }
  } catch (error) {
    // Nothing to say is no fault.
    if (!(error instanceof BrokenTurn && error.code === 'empty-answer')) throw error
  }
}

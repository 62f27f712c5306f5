// A language model as judge of two sounds: it listens (input_audio) or reads words about them. The same wrappers as at a deck: asked again when it
// may help, within a budget, from the cache, no longer than its time. It learns nothing but the two sounds: no names, no prompts, no scores.
import { createHash } from 'node:crypto'
import { BrokenTurn, type Percept } from '../../djs/index.ts'
import { type MachineAnswer, readAnswer } from '../../judging/index.ts'
import { seededRandom } from '../../random.ts'
import type { Criterion, ServerSpec } from '../../record/index.ts'
import { readAnswer as readStream } from '../models/answer.ts'
import { type Budget, withBudget } from '../models/budget.ts'
import { withCache } from '../models/cache.ts'
import type { Said } from '../models/chat.ts'
import { ask, openClient } from '../models/openai-dj.ts'
import { createWishes } from '../models/parameters.ts'
import { countTokens } from '../models/seat.ts'
import { type AbortableDj, withRetry, withTimeout } from '../models/wrappers.ts'

export interface JudgeModel {
  readonly spec: ServerSpec
  readonly key: string | null
  readonly seed: number
  /** What is asked; overall when left out. */
  readonly criterion?: Criterion
  readonly budget: Budget
  /** Folder of kept answers; null: none are kept. */
  readonly cache: string | null
  readonly fetch?: typeof globalThis.fetch
}

/** What the model gets of one question. */
export type Material =
  | { readonly kind: 'heard'; readonly first: Uint8Array; readonly second: Uint8Array; readonly seconds: number }
  | { readonly kind: 'read'; readonly first: string; readonly second: string }

export type ModelJudge = (material: Material, question: number) => Promise<MachineAnswer>

/** As people are asked on the judging page. */
export const criterionQuestions: Readonly<Record<Criterion, string>> = {
  overall: 'Which do you prefer?',
  order: 'Which holds together better?',
  interplay: 'In which do the players listen to each other more?',
  evolution: 'Which leads somewhere?',
}

const taskOf = (criterion: Criterion) =>
  `You judge two pieces of music, each made by two players together. ${criterionQuestions[criterion]} Loudness does not matter. Answer with one word and nothing else: A, B, or TIE if neither.`
const tries = 4
/** What audio models count for a second of sound, both sounds apart: ten, as OpenAI's price list has it. */
const tokensPerSecond = 10

export function createModelJudge(model: JudgeModel): ModelJudge {
  const client = openClient(model)
  const wishes = createWishes(model.spec.url)
  const task = taskOf(model.criterion ?? 'overall')
  return async (material, question) => {
    const said = sayMaterial(material)
    const percept: Percept = { agent: 'judge', slot: question, system: task, text: said.content }
    const asked: AbortableDj = ({ system }, signal) =>
      readStream({
        open: (stop, onRequest) =>
          ask({
            client,
            spec: model.spec,
            wishes,
            signal: stop,
            onRequest,
            question: { ...settle(model, question), system, said: [said] },
          }),
        signal,
        key: model.key,
        prompt: `${task}\n${said.content}`,
        now: () => performance.now() / 1000,
      })
    return collect(wrap(asked, model, material, question)(percept))
  }
}

function settle({ spec, seed }: JudgeModel, question: number) {
  const { model, temperature, answerTokens } = spec
  const dice = seededRandom(`${seed}/judge/${question}`)
  return { model, seed: Math.floor(dice() * 2 ** 31), temperature, answerTokens, alternatives: 0 }
}

function sayMaterial(material: Material): Said {
  if (material.kind === 'read')
    return {
      role: 'user',
      content: `Piece A, bar by bar:\n${material.first}\n\nPiece B, bar by bar:\n${material.second}`,
    }
  const base64 = (wav: Uint8Array) => Buffer.from(wav).toString('base64')
  return {
    role: 'user',
    content: 'Listen to both pieces.',
    sounds: [
      { label: 'Piece A:', wavBase64: base64(material.first) },
      { label: 'Piece B:', wavBase64: base64(material.second) },
    ],
  }
}

function wrap(asked: AbortableDj, { spec, budget, cache, seed }: JudgeModel, material: Material, question: number) {
  const heard = material.kind === 'heard' ? Math.ceil(2 * material.seconds * tokensPerSecond) : 0
  const paid = withBudget(withRetry(asked, { tries }), {
    budget,
    answerTokens: spec.answerTokens,
    countTokens: async (text) => (await countTokens(text)) + heard,
  })
  const { timeoutSeconds, clock: _, ...settings } = spec
  const sounds = material.kind === 'heard' ? [hashOf(material.first), hashOf(material.second)] : []
  const kept =
    cache === null
      ? paid
      : withCache(paid, {
          folder: cache,
          settings: { ...settings, sounds },
          seedOf: () => settle({ spec, seed } as JudgeModel, question).seed,
        })
  return withTimeout(kept, timeoutSeconds)
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function collect(items: ReturnType<ReturnType<typeof withTimeout>>): Promise<MachineAnswer> {
  let text = ''
  try {
    for await (const item of items) if ('text' in item) text += item.text
  } catch (error) {
    if (!(error instanceof BrokenTurn)) throw error
    if (error.code === 'refused') return { kind: 'refused' }
    // It answered, and not as asked.
    if (error.code === 'long-answer' || error.code === 'empty-answer') return readAnswer(text)
    return { kind: 'unavailable', reason: error.code }
  }
  return readAnswer(text)
}

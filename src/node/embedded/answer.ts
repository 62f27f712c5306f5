// One answer of the embedded model, token by token. An n-gram model does not follow instructions: messages of others are what it heard
// lately (the recency cache), its own last message, if the conversation ends with one, is what it goes on from.
import {
  createVoice,
  endToken,
  overlapPersonas,
  type PersonaShare,
  type SpokenToken,
} from '../../djs/embedded/index.ts'
import { seededRandom } from '../../random.ts'
import type { EmbeddedModel } from './embedded-model.ts'
import { type Asked, type ModelName, readModelName } from './request.ts'
import { bytesOfToken, encodeText } from './tokens.ts'

/** A token of the answer: its share of the text (whole characters only) and how likely it and others were. */
export interface Step {
  readonly text: string
  readonly token: SpokenToken
  readonly alternatives: readonly SpokenToken[]
}

export interface Answer {
  readonly steps: Iterator<Step, 'stop' | 'length'>
  readonly promptTokens: number
}

/** Share of a persona in what is said, and of what was heard; chosen by ear. */
export const personaWeight = 0.8
export const memoryWeight = 0.05

/** Tokens of others' messages that are remembered at most. */
const mostHeard = 400

/** null when there is no such model. Equal requests get equal answers: the dice are seeded by the seed and the conversation. */
export function answer(model: EmbeddedModel, asked: Asked): Answer | null {
  const name = readModelName(asked.model, model)
  if (name === null) return null
  const encoded = asked.said.map(({ role, text }) => ({ role, ids: encodeText(text) }))
  const last = encoded.at(-1)
  const own = last?.role === 'assistant' ? last.ids : []
  const heard = encoded.filter(({ role }) => role === 'user').flatMap(({ ids }) => ids)
  const { base, workspace } = model
  const personas = personasOf(model, name)
  const voice = createVoice({ base, personas, memoryWeight, heard: heard.slice(-mostHeard), workspace })
  for (const id of own) voice.say(id)
  return {
    promptTokens: encoded.reduce((sum, { ids }) => sum + ids.length, 0),
    steps: holdStops(speak(asked, voice), asked.stops),
  }
}

function personasOf(model: EmbeddedModel, { persona, other, overlap }: ModelName): PersonaShare[] {
  if (persona === null) return []
  const own = model.personaOf(persona)
  if (other === null) return [{ model: own, weight: personaWeight }]
  return overlapPersonas(own, model.personaOf(other), { overlap, weight: personaWeight })
}

function* speak(asked: Asked, voice: ReturnType<typeof createVoice>): Generator<Step, 'stop' | 'length'> {
  const random = seededRandom(`${asked.seed}/${asked.model}/${JSON.stringify(asked.said)}`)
  const decoder = new TextDecoder()
  for (let i = 0; i < asked.mostTokens; i++) {
    const token = voice.draw(asked.temperature, random)
    if (token.id === endToken) return 'stop'
    const alternatives = asked.alternatives > 0 ? voice.alternatives(asked.alternatives) : []
    yield { text: decoder.decode(bytesOfToken(token.id), { stream: true }), token, alternatives }
    voice.say(token.id)
  }
  return 'length'
}

/** Ends before the first stop sign; holds back tokens as long as they may be the beginning of one. */
function* holdStops(
  steps: Iterator<Step, 'stop' | 'length'>,
  stops: readonly string[],
): Generator<Step, 'stop' | 'length'> {
  const held: Step[] = []
  for (;;) {
    const next = steps.next()
    if (next.done) {
      yield* held
      return next.value
    }
    held.push(next.value)
    const text = held.map((step) => step.text).join('')
    const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0)
    if (found.length > 0) {
      yield* cutSteps(held, Math.min(...found))
      return 'stop'
    }
    let free = text.length - beginningOfStop(text, stops)
    while (held[0] !== undefined && held[0].text.length <= free) {
      free -= held[0].text.length
      yield held.shift() as Step
    }
  }
}

function* cutSteps(steps: readonly Step[], length: number): Generator<Step> {
  let left = length
  for (const step of steps) {
    if (left <= 0) return
    yield { ...step, text: step.text.slice(0, left) }
    left -= step.text.length
  }
}

/** How many characters at the text's end may begin a stop sign. */
function beginningOfStop(text: string, stops: readonly string[]): number {
  let longest = 0
  for (const stop of stops)
    for (let n = Math.min(stop.length - 1, text.length); n > longest; n--)
      if (text.endsWith(stop.slice(0, n))) longest = n
  return longest
}

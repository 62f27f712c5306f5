// How fast the embedded n-gram model loads and speaks: user CPU seconds of this process. Speaking is the whole of it: the exact distribution
// over the vocabulary is formed for every token, one is drawn and its log-probability told, as behind the model's `fetch`.
import { statSync } from 'node:fs'
import { createVoice, densitiesOf, endToken } from '../../djs/embedded/index.ts'
import { seededRandom } from '../../random.ts'
import { createEmbeddedModel, loadNgramModel, ngramFile, readPersonas } from '../embedded/embedded-model.ts'
import { timePasses, userSeconds } from './clock.ts'

export interface LanguageModelBench {
  readonly bytes: number
  readonly ngrams: readonly number[]
  /** The first load of a process and the fastest of several. */
  readonly firstLoadSeconds: number
  readonly loadSeconds: number
  readonly speeds: readonly SpeedBench[]
  /** The farthest that any of the distributions tried lies from 1 in sum. */
  readonly sumError: number
}

export interface SpeedBench {
  readonly voice: string
  readonly temperature: number
  readonly tokens: number
  readonly tokensPerSecond: number
}

const tokensPerPass = 6000
const temperatures = [1, 0.7]
/** A persona of middling size. */
const persona = 'mira'

export function measureLanguageModel(passes: number): LanguageModelBench {
  const start = userSeconds()
  const base = loadNgramModel()
  const firstLoadSeconds = userSeconds() - start
  const loadSeconds = Math.min(...timePasses(passes, () => void loadNgramModel()))
  const model = createEmbeddedModel(base, readPersonas())
  const voices = [
    { voice: 'base model', personas: [] },
    { voice: `with persona ${persona} and memory`, personas: [{ model: model.personaOf(persona), weight: 0.8 }] },
  ]
  let sumError = 0
  const speeds = voices.flatMap(({ voice, personas }) =>
    temperatures.map((temperature) => {
      const heard = personas.length > 0 ? Array.from({ length: 200 }, (_, i) => base.ranking.idOf[7 * i] as number) : []
      const options = { base, personas, memoryWeight: 0.05, heard, workspace: model.workspace }
      const times = timePasses(passes, () => speak(options, temperature))
      const sum = densitiesOf(createVoice(options).next()).reduce((total, p) => total + p, 0)
      sumError = Math.max(sumError, Math.abs(sum - 1))
      return {
        voice,
        temperature,
        tokens: tokensPerPass,
        tokensPerSecond: Math.round(tokensPerPass / Math.min(...times)),
      }
    }),
  )
  const ngrams = base.levels.map((level) => level.rank.length)
  return { bytes: statSync(ngramFile).size, ngrams, firstLoadSeconds, loadSeconds, speeds, sumError }
}

/** Text after text, until enough tokens were drawn. */
function speak(options: Parameters<typeof createVoice>[0], temperature: number): void {
  const random = seededRandom(1)
  for (let tokens = 0; tokens < tokensPerPass; ) {
    const voice = createVoice(options)
    for (let id = -1; id !== endToken && tokens < tokensPerPass; tokens++) {
      id = voice.draw(temperature, random).id
      voice.say(id)
    }
  }
}

// Honesty of a mapping: what means nothing must not look alive. Texts whose words lie in random order (drawn from the lexicon, or spoken
// lines shuffled) are sounded, and each voice is ranked among twins: the same words in yet other orders. A mapping that reads something
// into mere order of tokens ranks them high or low; an honest one ranks them anywhere, evenly (Kolmogorov's test over many texts).
import { type EventStream, measureInterlock, measureVitality, symbolsOfNotes } from '../../measure/index.ts'
import { testUniform, type UniformTest } from '../../null/index.ts'
import { type Random, randomChoice, randomIndex, seededRandom, shuffled } from '../../random.ts'
import type { Mapping, Note, TokenLine } from '../../record/index.ts'
import { type Lexicon, sonifyTurn } from '../../sonify/index.ts'

export interface HonestyPlan {
  readonly mapping: Mapping
  readonly lexicon: Lexicon
  /** Words for random texts. */
  readonly vocabulary: readonly string[]
  /** Lines for shuffled texts. */
  readonly lines: readonly string[]
  readonly texts: number
  readonly twins: number
  readonly seed: number | string
  readonly onText?: (done: number) => void
}

export const sources = ['random', 'shuffled'] as const
export const qualities = ['interlock', 'vitality'] as const
export type Honesty = Record<
  (typeof sources)[number],
  Record<(typeof qualities)[number], UniformTest & { meanRank: number }>
>

/** Turns of a text and words of a turn: about a minute of speech. */
const turns = 4
const wordsPerTurn = 24
const slotSeconds = 16
const bpm = 120

export function auditHonesty(plan: HonestyPlan): Honesty {
  let done = 0
  const auditSource = (source: (typeof sources)[number]) => {
    const ranks = { interlock: [] as number[], vitality: [] as number[] }
    for (let text = 0; text < plan.texts; text++) {
      const random = seededRandom(`${plan.seed}/${source}/${text}`)
      const [a, b] = [drawTokens(source, plan, random), drawTokens(source, plan, random)]
      const voiceA = sing(a, 'a', plan)
      const own = measureVoices(voiceA, sing(b, 'b', plan))
      const twins = Array.from({ length: plan.twins }, () =>
        measureVoices(voiceA, sing(shuffled(random, b), 'b', plan)),
      )
      for (const quality of qualities) {
        const among = twins.map((twin) => twin[quality])
        ranks[quality].push(rankAmong(own[quality], among, random))
      }
      plan.onText?.(++done)
    }
    return { interlock: judgeRanks(ranks.interlock), vitality: judgeRanks(ranks.vitality) }
  }
  return { random: auditSource('random'), shuffled: auditSource('shuffled') }
}

const judgeRanks = (ranks: readonly number[]) => ({
  ...testUniform(ranks),
  meanRank: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
})

/** 0..1, even for a value drawn like its twins; ties are broken by chance. */
function rankAmong(value: number, twins: readonly number[], random: Random): number {
  const below = twins.filter((twin) => twin < value).length
  const equal = twins.filter((twin) => twin === value).length
  return (below + randomIndex(random, equal + 1) + random()) / (twins.length + 1)
}

/** A text's tokens in random order, punctuation on every sixth or so. */
function drawTokens(source: (typeof sources)[number], plan: HonestyPlan, random: Random): string[] {
  const count = turns * wordsPerTurn
  if (source === 'random') {
    const signs = ['', '', '', '', '', ',', '.']
    return Array.from({ length: count }, () => randomChoice(random, plan.vocabulary) + randomChoice(random, signs))
  }
  const spoken: string[] = []
  while (spoken.length < count) spoken.push(...randomChoice(random, plan.lines).split(/\s+/))
  return shuffled(random, spoken.slice(0, count))
}

function sing(tokens: readonly string[], agent: 'a' | 'b', { mapping, lexicon }: HonestyPlan): Note[] {
  const voice = { timbre: 'harmonic', registerMidi: agent === 'a' ? 60 : 67 } as const
  return Array.from({ length: turns }, (_, turn) => {
    const words = tokens.slice(turn * wordsPerTurn, (turn + 1) * wordsPerTurn)
    const startSeconds = turn * slotSeconds
    const lines = words.map((text, i): TokenLine => {
      const t = startSeconds + (i * slotSeconds) / wordsPerTurn
      return {
        n: turn * wordsPerTurn + i,
        kind: 'token',
        agent,
        slot: turn,
        turn,
        t,
        text: ` ${text}`,
        role: 'speech',
        source: 'scripted',
        clock: 'world',
      }
    })
    return sonifyTurn(lines, { mapping, voice, startSeconds, slotSeconds, bpm, lexicon })
  }).flat()
}

function measureVoices(a: readonly Note[], b: readonly Note[]) {
  const streamOf = (notes: readonly Note[]): EventStream => ({
    onsets: notes.map(({ onsetSeconds }) => onsetSeconds),
    marks: notes.map(({ mark }) => mark),
  })
  const symbols = symbolsOfNotes(b)
  const { score } = measureInterlock(streamOf(a), streamOf(b), { endSeconds: turns * slotSeconds })
  return { interlock: score, vitality: measureVitality(symbols).vitality ?? 0 }
}

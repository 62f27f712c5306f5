// Mixtures, draws and divergences: every one against a sum over the whole vocabulary or a closed form.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildLevels,
  countNgrams,
  createBaseModel,
  createModel,
  createPersonaModel,
  createSampler,
  createVoice,
  densitiesOf,
  densityOf,
  divergenceBits,
  endToken,
  likeliest,
  type NgramModel,
  overlapPersonas,
  probabilityOf,
  rankTokens,
  seenTokens,
  type Voice,
  vocabularySize,
} from '../../../src/djs/embedded/index.ts'
import { seededRandom } from '../../../src/random.ts'

const corpus = [
  [0, 1, 2, 3, 0, 1, 2, 4],
  [0, 1, 3, 2, 2, 0, 5],
  [5, 0, 1, 2],
]
const base = buildBase()
const persona = createPersonaModel(
  [
    [7, 8, 7, 9],
    [0, 1, 7, 8],
  ],
  base,
)

function buildBase(): NgramModel {
  const counted = countNgrams(corpus, 4)
  const ranking = rankTokens(seenTokens(counted))
  return createBaseModel(buildLevels(counted, ranking.rankOf, [1, 1, 1, 1]), ranking)
}

function voiceAfter(said: readonly number[], { weight = 0.4, memory = 0.1, heard = [3, 7, 11] } = {}): Voice {
  const voice = createVoice({ base, personas: [{ model: persona, weight }], memoryWeight: memory, heard })
  for (const id of said) voice.say(id)
  return voice
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
const history = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 })
const share = fc.double({ min: 0, max: 0.5, noNaN: true })

test('whatever is mixed sums to 1 over the whole vocabulary', () => {
  fc.assert(
    fc.property(history, share, share, history, (said, weight, memory, heard) => {
      expect(sum(densitiesOf(voiceAfter(said, { weight, memory, heard }).next()))).toBeCloseTo(1, 9)
    }),
    { numRuns: 25 },
  )
})

test('without personas and memory a voice is the base model', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 20 }), (said, id) => {
      const { rankOf } = base.ranking
      const next = voiceAfter(said, { weight: 0, memory: 0.3, heard: [] }).next()
      const ranks = [endToken, ...said].map((token) => rankOf[token] as number)
      const rank = rankOf[id] as number
      expect(densityOf(next, rank) / probabilityOf(base, ranks, rank)).toBeCloseTo(1, 12)
    }),
    { numRuns: 50 },
  )
})

test('a persona that does not know how to go on leaves it to the base', () => {
  const alone = densitiesOf(voiceAfter([4, 5], { weight: 0, memory: 0 }).next())
  expect(densitiesOf(voiceAfter([4, 5], { weight: 1, memory: 0 }).next())).toEqual(alone)
  const { rankOf } = base.ranking
  const known = voiceAfter([7], { weight: 1, memory: 0 }).next()
  expect(densityOf(known, rankOf[8] as number)).toBeGreaterThan(0.5)
})

test('the memory makes likelier what was heard, the later the more', () => {
  const { rankOf } = base.ranking
  const p = (heard: number[], id: number) => densityOf(voiceAfter([0], { heard }).next(), rankOf[id] as number)
  const silent = p([], 100)
  expect(p([100, 3, 3, 3], 100)).toBeGreaterThan(silent + 0.02)
  expect(p([3, 3, 3, 100], 100)).toBeGreaterThan(p([100, 3, 3, 3], 100))
  // The newest of n tokens has (1 - d) / (1 - d^n) of the memory.
  const d = 0.983
  expect(p([3, 3, 3, 100], 100) - 0.9 * silent).toBeCloseTo((0.1 * (1 - d)) / (1 - d ** 4), 6)
})

test('shares that exceed the whole are refused', () => {
  expect(() => voiceAfter([], { weight: 0.9, memory: 0.2 })).toThrow(/at most 1/)
  expect(() => voiceAfter([], { weight: -0.1 })).toThrow(/at most 1/)
})

describe('draws', () => {
  const draws = 40_000
  // After 12, which was never seen, nearly all tokens are unlisted.
  test.each([
    [0.3, 0],
    [0.7, 12],
    [1, 0],
    [1, 12],
    [1.6, 0],
  ])('at temperature %f after %i tokens come as often as p^(1/T) says', (temperature, said) => {
    const next = voiceAfter([said]).next()
    const weights = densitiesOf(next).map((p) => p ** (1 / temperature))
    const total = sum(weights)
    const counts = new Map<number, number>()
    const sample = createSampler(base.singles)
    const random = seededRandom(5)
    for (let i = 0; i < draws; i++) {
      const rank = sample(next, temperature, random)
      counts.set(rank, (counts.get(rank) ?? 0) + 1)
    }
    // The ten likeliest singly and all others together, each within four standard deviations.
    const top = likeliest(next, 10)
    let others = 1
    for (const rank of top) {
      const p = (weights[rank] as number) / total
      others -= p
      expectWithin(counts.get(rank) ?? 0, p)
    }
    const seen = top.reduce((left, rank) => left - (counts.get(rank) ?? 0), draws)
    expectWithin(seen, Math.max(0, others))
  })

  function expectWithin(count: number, p: number) {
    expect(Math.abs(count - draws * p)).toBeLessThanOrEqual(1 + 4 * Math.sqrt(draws * p * (1 - p)))
  }

  test('temperature 0 takes the likeliest, of equals the commoner', () => {
    const next = voiceAfter([7]).next()
    const [best] = likeliest(next, 1)
    expect(createSampler(base.singles)(next, 0, seededRandom(1))).toBe(best)
    expect(densitiesOf(next).indexOf(Math.max(...densitiesOf(next).slice(0, 50)))).toBe(best)
    expect(() => createSampler(base.singles)(next, -1, seededRandom(1))).toThrow(/temperature/)
  })

  test('the likeliest are those of the whole vocabulary, unlisted ones too', () => {
    const next = voiceAfter([4]).next()
    const all = densitiesOf(next)
    const order = [...all.keys()].sort((a, b) => (all[b] as number) - (all[a] as number) || a - b)
    expect(likeliest(next, 30)).toEqual(order.slice(0, 30))
  })

  test('log-probabilities are those of the distribution, without temperature', () => {
    const voice = voiceAfter([0])
    const { id, logprob } = voice.draw(0.5, seededRandom(3))
    expect(logprob).toBe(Math.log(densityOf(voice.next(), base.ranking.rankOf[id] as number)))
  })
})

describe('divergence of two tastes', () => {
  /** Begins a text with one of its tokens, all equally likely, and leaves nothing to chance. */
  function opener(ids: readonly number[]): NgramModel {
    const ranks = Int32Array.from(ids, (id) => base.ranking.rankOf[id] as number).sort()
    const end = base.ranking.rankOf[endToken] as number
    const none = [0, 0, 0] as const
    const first = { start: Int32Array.of(0, 1), rank: Int32Array.of(end), count: Int32Array.of(1) }
    const second = { start: Int32Array.of(0, ids.length), rank: ranks, count: ranks.map(() => 1) }
    const levels = [first, second].map((level) => ({ ...level, pruned: Int32Array.of(0), discounts: none }))
    return createModel(levels, base.ranking, base.singles)
  }

  test('of disjoint tastes that overlap by o it is (1 - o) log2((2 - o) / o)', () => {
    const [own, other] = [opener([21, 22, 23]), opener([24, 25])]
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (overlap) => {
        const voiceOf = (a: NgramModel, b: NgramModel) =>
          createVoice({ base, personas: overlapPersonas(a, b, { overlap, weight: 1 }), memoryWeight: 0, heard: [] })
        const bits = divergenceBits(voiceOf(own, other).next(), voiceOf(other, own).next())
        expect(bits).toBeCloseTo((1 - overlap) * Math.log2((2 - overlap) / overlap), 9)
      }),
      { numRuns: 10 },
    )
  })

  test('is 0 for equals, never negative, and falls as tastes overlap', () => {
    const second = createPersonaModel([[0, 9, 9, 9]], base)
    const bits = [0, 0.3, 0.6, 1].map((overlap) => {
      const voices = [
        overlapPersonas(persona, second, { overlap, weight: 0.8 }),
        overlapPersonas(second, persona, { overlap, weight: 0.8 }),
      ]
      const [one, two] = voices.map((personas) => createVoice({ base, personas, memoryWeight: 0, heard: [] }).next())
      return divergenceBits(one as never, two as never)
    })
    expect(bits[3]).toBe(0)
    for (let i = 1; i < bits.length; i++) expect(bits[i] as number).toBeLessThan(bits[i - 1] as number)
  })

  test('is infinite when the other excludes what may come', () => {
    const alone = (model: NgramModel) =>
      createVoice({ base, personas: [{ model, weight: 1 }], memoryWeight: 0, heard: [] }).next()
    expect(divergenceBits(alone(opener([21])), alone(opener([22])))).toBe(Number.POSITIVE_INFINITY)
  })
})

test('the vocabulary is what it says', () => expect(densitiesOf(voiceAfter([]).next())).toHaveLength(vocabularySize))

// The verdict: three sentences that follow the numbers, and say so where there is no number.
import { describe, expect, test } from 'vitest'
import { describeVerdict } from '../../src/feedback/index.ts'
import { type Scores, scoresSchema } from '../../src/record/index.ts'

const interlock = { score: 0.72, presence: 1, pulse: 0.95, space: 0.8, evenness: 0.7, refrain: 0.3, variety: 0.6 }
const alive = {
  vitality: 0.81,
  order: 0.6,
  surpriseBits: 2,
  evolution: 0.1,
  collapse: { repeating: false, fromIndex: null },
}
const empty = { seconds: [], values: [] }
const agent = (name: string, patternSurvival: number | null, meanComfort: number | null) => ({
  agent: name,
  consonanceWithin: 0.7,
  vitality: alive,
  patternSurvival,
  collapses: { repetition: null, modeCollapse: null, scoreLeak: null },
  meanComfort,
  presence: 1,
  loudnessLufs: -18,
})
const apart = { aToB: 0.01, bToA: 0, pAToB: 0.4, pBToA: 0.7, leader: null, channel: null }
const scores: Scores = scoresSchema.parse({
  version: 1,
  hashes: { record: 'r', kernel: 'k', stems: {}, features: 'f' },
  seconds: 731,
  agents: [agent('a', 0.8, 0.42), agent('b', 0.3, 0.2)],
  pairs: [
    {
      a: 'a',
      b: 'b',
      roughnessBetween: 0.14,
      smoothnessBetween: 0.66,
      spectralPitchClassSimilarity: 0.4,
      pitchCommonality: 0.3,
      gain: -0.08,
      rubbing: [],
      interlock: { voice: interlock, deck: interlock },
      coupling: { voice: apart, deck: { ...apart, aToB: 0.21, pAToB: 0.024, leader: 'a', channel: 'tones' } },
      collapses: { attractor: null, goodbye: null, domination: null },
    },
  ],
  together: { consonance: 0.6, vitality: alive, crowdEnergy: 0.4, fairness: 0.2, clashHeardAs: 0.5 },
  ranking: {
    settings: 'equal-2',
    weighting: 'equal, not learned',
    score: 0.5,
    components: {
      consonance: 0.6,
      interlock: 0.7,
      patterned: 0.9,
      alive: 0.8,
      vitality: 0.8,
      words: 0.9,
      own: 1,
      takenUp: 1,
      balance: 1,
      goingOn: 1,
    },
  },
  series: {
    consonance: { together: empty, within: {} },
    smoothness: { between: empty },
    interlock: { voice: empty, deck: empty },
    vitality: {},
    crowdEnergy: empty,
    comfort: {},
  },
  undefined: {},
})
const pairOf = (given: Scores) => {
  const pair = given.pairs[0]
  if (pair === undefined) throw new Error('a pair expected')
  return pair
}

describe('the verdict', () => {
  test('says three things, in order: sound, rhythm, life', () => {
    expect(describeVerdict(scores, { a: 'Ada', b: 'Bo' })).toEqual([
      'Together they sounded neither dissonant nor consonant (consonance 0.60 of 1), less consonant than each of them alone (by 0.08; two sounds nearly always are); what the one did to the other was neither rough nor smooth (smoothness 0.66; two notes a semitone apart have 0.29, without any beating it is 0.92).',
      "Their voices wove tightly (interlock 0.72 of 1, their decks 0.72): both were there throughout, but not both kept a pattern one could follow; Ada covered Bo (patterns left in the mix: Bo 0.30, Ada 0.80); Bo's deck answered Ada's (p 0.02).",
      'As a whole it stayed alive (vitality 0.81 of 1), the floor was half full (40 % danced on average), and Ada enjoyed it more than Bo (comfort 0.42 against 0.20).',
    ])
  })

  test('follows the numbers', () => {
    const pair = pairOf(scores)
    const other = describeVerdict({
      ...scores,
      agents: [agent('a', 0.7, 0.3), agent('b', 0.75, 0.31)],
      pairs: [
        {
          ...pair,
          smoothnessBetween: 0.1,
          gain: 0.3,
          interlock: { ...pair.interlock, voice: { ...interlock, score: 0 } },
        },
      ],
      together: { ...scores.together, vitality: { ...alive, vitality: 0.1 }, crowdEnergy: 0.05 },
    })
    expect(other[0]).toContain('very rough')
    expect(other[0]).toContain('more consonant than each of them alone')
    expect(other[1]).toContain('did not weave')
    expect(other[1]).toContain('neither covered the other')
    expect(other[2]).toContain('did not stay alive')
    expect(other[2]).toContain('nearly empty')
    expect(other[2]).toContain('both felt about the same')
  })

  test('of parts that are equally strong it tells the one that says most', () => {
    const even = { score: 0.03, presence: 1, pulse: 1, space: 1, evenness: 0.03, refrain: 1, variety: 1 }
    const [, woven] = describeVerdict({
      ...scores,
      pairs: [{ ...pairOf(scores), interlock: { voice: even, deck: even } }],
    })
    expect(woven).toContain('they left each other room, but the line they made together had holes')
  })

  test('a comfort of nearly nothing has no sign', () => {
    const verdict = describeVerdict({ ...scores, agents: [agent('a', 0.8, -0.19), agent('b', 0.8, -0.004)] })
    expect(verdict[2]).toContain('(comfort 0.00 against -0.19)')
  })

  test('two of one name are told apart', () => {
    expect(describeVerdict(scores, { a: 'Ada', b: 'Ada' })[1]).toContain('Ada (a) covered Ada (b)')
  })

  test('says who fell into repetition', () => {
    const looped = { ...alive, vitality: 0, collapse: { repeating: true, fromIndex: 0 } }
    const ended = { ...alive, vitality: 0.2, collapse: { repeating: true, fromIndex: 400 } }
    const [first, second] = [agent('a', 1, 0.3), agent('b', 1, 0.3)]
    const verdict = describeVerdict({
      ...scores,
      agents: [
        { ...first, vitality: looped },
        { ...second, vitality: ended },
      ],
    })
    expect(verdict[2]).toContain('a only repeated itself and b ended up repeating itself')
  })

  test('is honest where nothing could be measured, with the reason', () => {
    const none = { score: null, presence: null, pulse: null, space: null, evenness: null, refrain: null, variety: null }
    const dead = { vitality: null, order: null, surpriseBits: null, evolution: null, collapse: null }
    const verdict = describeVerdict({
      ...scores,
      agents: [agent('a', null, null), agent('b', null, null)].map((each) => ({ ...each, vitality: dead })),
      pairs: [{ ...pairOf(scores), smoothnessBetween: null, gain: null, interlock: { voice: none, deck: none } }],
      together: { consonance: null, vitality: dead, crowdEnergy: null, fairness: null, clashHeardAs: null },
      undefined: {
        'pairs.0.smoothnessBetween': 'b was silent.',
        'pairs.0.interlock.voice.score': 'b was silent',
        'together.vitality.vitality': 'expected at least 64 symbols, got 12',
      },
    })
    expect(verdict).toEqual([
      'How they sounded together could not be measured (b was silent).',
      "How their voices' rhythms wove could not be measured (b was silent); whether one covered the other could not be measured.",
      'Whether it stayed alive is unknown (expected at least 64 symbols, got 12), there was no crowd to ask, and how they felt is unknown.',
    ])
  })

  test('of one agent alone claims nothing about two', () => {
    const verdict = describeVerdict({ ...scores, agents: scores.agents.slice(0, 1), pairs: [] })
    expect(verdict[0]).toContain('Only one agent played')
    expect(verdict[1]).toBe('With one agent there were no two rhythms to weave.')
    expect(verdict.join(' ')).not.toMatch(/covered|each of them|both/)
  })
})

test('who answered whom is said when chance hardly reaches it, and not otherwise', () => {
  expect(describeVerdict(scores)[1]).toContain("; b's deck answered a's (p 0.02)")
  const strangers = { ...scores, pairs: [{ ...pairOf(scores), coupling: { voice: apart, deck: apart } }] }
  expect(describeVerdict(strangers)[1]).not.toContain('answered')
})

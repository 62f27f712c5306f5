// The made-up party's scores, and the measures of time that both share.
import { type InterlockScore, type Scores, type Series, scoresSchema } from '../../../src/record/index.ts'

export const bpm = 126
export const slots = 48
export const slotSeconds = (32 * 60) / bpm
export const agents = ['a', 'b'] as const

export const comfortAt = (slot: number, place: number) => 0.32 + 0.18 * Math.sin(slot / 9 + place * 2)

export function makeScores(): Scores {
  const grid = (step: number) => Array.from({ length: Math.floor((slots * slotSeconds) / step) }, (_, i) => i * step)
  const series = (step: number, valueAt: (seconds: number) => number | null): Series => ({
    seconds: grid(step),
    values: grid(step).map(valueAt),
  })
  const wave =
    (base: number, size: number, period: number, phase = 0) =>
    (t: number) =>
      Math.min(
        1,
        Math.max(0, base + size * Math.sin((2 * Math.PI * t) / period + phase) + 0.05 * Math.sin(t / 3 + phase)),
      )
  const after = (from: number, valueAt: (t: number) => number) => (t: number) => (t < from ? null : valueAt(t))
  const interlock: InterlockScore = {
    score: 0.68,
    presence: 0.97,
    pulse: 0.91,
    space: 0.74,
    evenness: 0.62,
    refrain: 0.35,
    variety: 0.8,
  }
  const alive = {
    vitality: 0.79,
    order: 0.61,
    surpriseBits: 1.9,
    evolution: 0.12,
    collapse: { repeating: false, fromIndex: null },
  }
  const agent = (name: string, place: number) => ({
    agent: name,
    consonanceWithin: 0.71 - 0.06 * place,
    vitality: { ...alive, vitality: 0.84 - 0.2 * place },
    collapses: {
      repetition: place === 0 ? null : { slot: 40, seconds: 40 * slotSeconds },
      modeCollapse: null,
      scoreLeak: null,
    },
    patternSurvival: place === 0 ? 0.82 : 0.61,
    meanComfort: place === 0 ? 0.37 : 0.29,
    presence: 0.98,
    loudnessLufs: -17.4 - place,
  })
  return scoresSchema.parse({
    version: 1,
    hashes: {
      record: '9b2f'.repeat(16),
      kernel: '3f1c'.repeat(16),
      features: 'c0de'.repeat(16),
      stems: {
        'a.voice': '11aa'.repeat(16),
        'a.deck': '22bb'.repeat(16),
        'b.voice': '33cc'.repeat(16),
        'b.deck': '44dd'.repeat(16),
      },
    },
    seconds: slots * slotSeconds,
    agents: agents.map(agent),
    pairs: [
      {
        a: 'a',
        b: 'b',
        smoothnessBetween: 0.58,
        roughnessBetween: 0.2,
        spectralPitchClassSimilarity: 0.4,
        pitchCommonality: 0.3,
        rubbing: [
          { aHz: 220, bHz: 233.1, share: 0.4 },
          { aHz: 659.3, bHz: 698.5, share: 0.1 },
        ],
        gain: -0.07,
        interlock: { voice: interlock, deck: { ...interlock, score: 0.41, space: 0.3 } },
        coupling: {
          voice: { aToB: 0.01, bToA: 0, pAToB: 0.4, pBToA: 0.7, leader: null, channel: null },
          deck: { aToB: 0.21, bToA: 0, pAToB: 0.024, pBToA: 0.7, leader: 'a', channel: 'tones' },
        },
        collapses: { attractor: null, goodbye: null, domination: { slot: 44, seconds: 44 * slotSeconds, by: 'a' } },
      },
    ],
    together: { consonance: 0.6, vitality: alive, crowdEnergy: 0.44, fairness: 0.29, clashHeardAs: null },
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
      consonance: {
        together: series(2, wave(0.55, 0.15, 180)),
        within: { a: series(2, wave(0.7, 0.1, 240)), b: series(2, wave(0.64, 0.12, 200, 1)) },
      },
      smoothness: { between: series(2, after(16, wave(0.5, 0.25, 180, 0.5))) },
      interlock: {
        voice: series(2, after(6, wave(0.6, 0.3, 300))),
        deck: series(2, after(30, wave(0.4, 0.2, 260, 2))),
      },
      vitality: {
        a: series(slotSeconds, after(40, wave(0.8, 0.12, 400))),
        b: series(slotSeconds, after(50, wave(0.6, 0.2, 350, 2))),
        together: series(slotSeconds, after(30, wave(0.75, 0.1, 500, 1))),
      },
      crowdEnergy: series(slotSeconds, (t) => 0.45 + 0.3 * Math.sin(t / slotSeconds / 7 + 0.8)),
      comfort: {
        a: series(slotSeconds, (t) => comfortAt(t / slotSeconds, 0)),
        b: series(slotSeconds, (t) => comfortAt(t / slotSeconds, 1)),
      },
    },
    undefined: { 'together.clashHeardAs': 'fewer than 8 slots in which both decks sound' },
  })
}

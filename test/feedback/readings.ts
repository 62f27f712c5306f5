// Readings and scores for the tests of feedback: any that the schemas allow, and a plain one.
import fc from 'fast-check'
import type { AgentReading, SlotReading } from '../../src/measure/index.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })

export const agentReadings = (agent: string): fc.Arbitrary<AgentReading> =>
  fc.record({
    agent: fc.constant(agent),
    consonanceWithin: maybe(share),
    vitality: maybe(share),
    order: maybe(share),
    repeating: fc.boolean(),
    loudnessLufs: maybe(fc.double({ min: -70, max: 0, noNaN: true })),
    voiceEvents: fc.integer({ min: 0, max: 200 }),
    deckEvents: fc.integer({ min: 0, max: 400 }),
    voiceMidi: maybe(fc.double({ min: 24, max: 96, noNaN: true })),
  })

export const slotReadings: fc.Arbitrary<SlotReading> = fc.record({
  slot: fc.integer({ min: 0, max: 95 }),
  agents: fc.tuple(agentReadings('a'), agentReadings('b')),
  consonanceTogether: maybe(share),
  smoothnessBetween: maybe(share),
  interlock: fc.record({
    score: maybe(share),
    presence: maybe(share),
    pulse: maybe(share),
    space: maybe(share),
    evenness: maybe(share),
    refrain: maybe(share),
    variety: maybe(share),
  }),
  collisions: maybe(share),
  rubbing: fc.array(
    fc.record({
      aHz: fc.double({ min: 40, max: 5000, noNaN: true }),
      bHz: fc.double({ min: 40, max: 5000, noNaN: true }),
      share,
    }),
    { maxLength: 3 },
  ),
})

const plainAgent = (agent: string): AgentReading => ({
  agent,
  consonanceWithin: 0.8,
  vitality: 0.7,
  order: 0.6,
  repeating: false,
  loudnessLufs: -18,
  voiceEvents: 40,
  deckEvents: 120,
  voiceMidi: 60,
})

export const plainReading: SlotReading = {
  slot: 3,
  agents: [plainAgent('a'), plainAgent('b')],
  consonanceTogether: 0.6,
  smoothnessBetween: 0.5,
  interlock: { score: 0.5, presence: 1, pulse: 0.9, space: 0.8, evenness: 0.7, refrain: 0.4, variety: 0.6 },
  collisions: 0.1,
  rubbing: [
    { aHz: 110, bHz: 116.54, share: 0.6 },
    { aHz: 440, bHz: 452, share: 0.1 },
  ],
}

// Transcripts without probabilities get the n-gram model's surprise, labelled; what a source tells is kept; long ones are left alone.
import { expect, test } from 'vitest'
import { surpriseOfText } from '../../../src/djs/embedded/index.ts'
import { embeddedModel } from '../../../src/node/embedded/embedded-model.ts'
import { encodeText } from '../../../src/node/embedded/tokens.ts'
import { meterPlan, mostMeteredTokens } from '../../../src/node/transcript/surprise.ts'
import { defaultMapping, formatLine, parseRecord, type TokenLine } from '../../../src/record/index.ts'
import { type PlannedRecord, planRecord, readTranscript } from '../../../src/stream/index.ts'

const mapping = { ...defaultMapping, timing: 'arrival' as const }
const planOf = (text: string) => planRecord(readTranscript(text), { bpm: 126, mapping, kernel: 'k', hocket: '0' })
const tokensOf = (plan: PlannedRecord) => [...plan.lines()].filter((line): line is TokenLine => line.kind === 'token')

test('each turn is read from its beginning, in whole 64ths of a bit', async () => {
  const plan = planOf('Ada: the deep sea\nBob: the deep sea\nAda: the zyzzyva sea')
  const metered = await meterPlan(plan)
  const tokens = tokensOf(metered)
  const bits = tokens.map(({ logprob = 0 }) => -logprob / Math.LN2)
  const truth = surpriseOfText(embeddedModel().base, encodeText('the deep sea'))
  expect(bits.slice(0, 3)).toEqual(bits.slice(3, 6))
  for (const [i, value] of bits.slice(0, 3).entries()) {
    expect(value).toBeCloseTo(truth[i] as number, 1)
    expect(Math.abs(value * 64 - Math.round(value * 64))).toBeLessThan(1e-9)
  }
  expect(bits[7]).toBeGreaterThan(2 * (bits[4] as number))
  expect(tokens.every(({ source }) => source === 'reference-model')).toBe(true)
  const bare = (line: TokenLine) => ({ ...line, logprob: undefined, source: undefined })
  expect(tokens.map(bare)).toEqual(tokensOf(plan).map(bare))
  parseRecord([...metered.lines()].map(formatLine))
})

test('what the source tells is kept, and heard by the model for what follows', async () => {
  const event = (text: string, logprob?: number) => JSON.stringify({ agent: 'Ada', text, turn: 0, logprob })
  const tokens = tokensOf(await meterPlan(planOf([event('in', -0.5), event(' the'), event(' sea', -2)].join('\n'))))
  expect(tokens.map(({ logprob, source }) => [logprob, source])).toEqual([
    [-0.5, 'import'],
    [
      expect.closeTo(-Math.LN2 * (surpriseOfText(embeddedModel().base, encodeText('in the'))[1] ?? 0), 1),
      'reference-model',
    ],
    [-2, 'import'],
  ])
})

test('nothing is done to a transcript that has them all, nor to one that is too long', async () => {
  const known = planOf('{"agent":"Ada","text":"in","logprob":-1}')
  expect(await meterPlan(known)).toBe(known)
  const long: PlannedRecord = { ...planOf('Ada: one'), tokens: mostMeteredTokens + 1 }
  expect(await meterPlan(long)).toBe(long)
})

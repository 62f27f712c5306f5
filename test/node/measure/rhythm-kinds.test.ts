// measure rhythm, spikes, event-series, information, syncopation, onset-match, beat-match: what a line may say, and how nulls are told.
import { describe, expect, test } from 'vitest'
import {
  measureBeats,
  measureOnsets,
  measureRhythm,
  measureSpikes,
  measureSyncopation,
} from '../../../src/measure/index.ts'
import { askOne } from './ask.ts'

const beats = [0.1, 0.5, 1, 1.4, 2, 2.6, 5.1, 5.5, 6, 6.6]
const others = beats.map((time) => time + 0.02)
const printed = ({ undefined: reasons = {}, ...fields }: { undefined?: Readonly<Record<string, string>> }) => ({
  id: '0',
  ...fields,
  ...(Object.keys(reasons).length > 0 ? { undefined: reasons } : {}),
})

describe('an answer is what the measure says', () => {
  test('rhythm', async () => {
    const [a, b] = [{ onsets: beats, marks: beats.map(String) }, { onsets: others }]
    expect(await askOne('rhythm', { a, b, windowSeconds: 0.01, lagSeconds: 0.02 })).toEqual(
      printed(measureRhythm(a, b, { windowSeconds: 0.01, lagSeconds: 0.02 })),
    )
  })
  test('spikes', async () => {
    const span = { startSeconds: 0, endSeconds: 7 }
    expect(await askOne('spikes', { trains: [beats, others, []], ...span })).toEqual(
      printed(measureSpikes([beats, others, []], span)),
    )
  })
  test('syncopation, looped unless told otherwise', async () => {
    const bar = { pattern: 'x..x..x...x..x..', meter: '4/4' }
    expect(await askOne('syncopation', bar)).toEqual(printed(measureSyncopation(bar.pattern, '4/4', 'looped')))
    expect(await askOne('syncopation', { ...bar, looped: false })).toEqual(
      printed(measureSyncopation(bar.pattern, '4/4', 'single')),
    )
  })
  test('onset-match and beat-match', async () => {
    const match = { reference: beats, estimate: others }
    expect(await askOne('onset-match', match)).toEqual({ id: '0', ...measureOnsets(match) })
    expect(await askOne('beat-match', match)).toEqual({ id: '0', ...measureBeats(match) })
  })
})

describe('event-series', () => {
  test('directions and rates in their order', async () => {
    const answer = await askOne('event-series', { x: [1, 2, 3, 4], y: [1.1, 2.1, 3.1, 4.1], deltaT: 0.2 })
    expect(answer).toEqual({ id: '0', es: [0, 1], eca: [0, 0, 1, 1] })
  })
  test('any unit, also before 0', async () => {
    const answer = await askOne('event-series', { x: [-4000, -3000, -2000], y: [-3900, -2900, -1900], deltaT: 200 })
    expect(answer['es']).toEqual([0, 1])
  })
  test('nulls are told by their place', async () => {
    expect(await askOne('event-series', { x: [], y: [1, 2, 3], deltaT: 0.1 })).toEqual({
      id: '0',
      es: null,
      eca: [null, 0, 0, null],
      undefined: {
        es: 'a series has fewer than three events',
        'eca.0': 'no event could have a partner',
        'eca.3': 'no event could have a partner',
      },
    })
    expect(await askOne('event-series', { x: [1], y: [1] })).toMatchObject({
      eca: null,
      undefined: { eca: 'deltaT is not given' },
    })
  })
})

describe('information', () => {
  const copied = { source: [0, 1, 1, 0, 1, 0, 0, 1], target: [0, 0, 1, 1, 0, 1, 0, 0] }
  test.each([
    [{ kind: 'transfer-entropy', ...copied }, 0.965],
    [{ kind: 'conditional-transfer-entropy', ...copied, condition: [copied.source] }, 0],
    [{ kind: 'active-information', target: [0, 1, 0, 1, 0, 1, 0, 1, 0], k: 2 }, 0.985],
    [
      {
        kind: 'mutual-information',
        source: [
          [0, 1],
          [0, 1],
        ],
        target: [
          [5, 7],
          [5, 7],
        ],
      },
      1,
    ],
  ])('%j', async (request, bits) => {
    expect((await askOne('information', request))['bits']).toBeCloseTo(bits, 3)
  })
  test('too short is null', async () => {
    expect(await askOne('information', { kind: 'active-information', target: [1, 2], k: 2 })).toEqual({
      id: '0',
      bits: null,
      undefined: { bits: 'no run of the target is longer than k = 2' },
    })
  })
})

const pair = { a: { onsets: beats }, b: { onsets: others } }
const bar = { pattern: 'x...', meter: '4/4' }
const coins = { kind: 'mutual-information', source: [0, 1], target: [0, 1] }
test.each([
  ['rhythm', { ...pair, a: {} }, /field "a\.onsets": expected a list, got nothing/],
  ['rhythm', { ...pair, a: { onsets: [1, 0.5] } }, /a\.onsets\[1\]: expected 1 s or later, got 0\.5 s/],
  ['rhythm', { ...pair, a: { onsets: [-1] } }, /field "a\.onsets\.0": expected at least 0, got -1/],
  ['rhythm', { ...pair, a: { onsets: [1], marks: [1] } }, /field "a\.marks\.0": expected a text, got 1/],
  ['rhythm', { ...pair, a: { onsets: [1], marks: [] } }, /a\.marks: expected as many marks as onsets/],
  ['rhythm', { ...pair, colour: 1 }, /expected known fields only, got "colour"/],
  ['rhythm', { ...pair, startSeconds: 4, endSeconds: 3 }, /endSeconds/],
  ['spikes', { trains: [beats], startSeconds: 0, endSeconds: 7 }, /field "trains": expected at least 2 entries/],
  ['spikes', { trains: [beats, others], startSeconds: 0, endSeconds: 3 }, /expected spikes from 0 to 3 s/],
  ['spikes', { trains: [beats, others], startSeconds: 0 }, /field "endSeconds": expected a number, got nothing/],
  ['event-series', { x: [2, 1], y: [] }, /x\[1\]: expected 2 or later, got 1/],
  ['event-series', { x: [1, null], y: [] }, /field "x\.1": expected a number, got null/],
  ['event-series', { x: [], y: [], deltaT: -1 }, /field "deltaT": expected at least 0, got -1/],
  ['information', { ...coins, kind: 'gossip' }, /field "kind": expected one of/],
  ['information', { ...coins, source: [0] }, /source: expected as many values as target \(2\), got 1/],
  ['information', { ...coins, source: undefined }, /field "source": expected a list, got nothing/],
  ['information', { ...coins, k: 1 }, /field "k": expected nothing with mutual-information/],
  ['information', { ...coins, kind: 'active-information' }, /field "source": expected nothing with active-information/],
  ['information', { ...coins, condition: [] }, /field "condition": expected nothing with mutual-information/],
  ['information', { ...coins, target: [0, 0.5] }, /field "target": expected a list of whole numbers/],
  ['syncopation', { ...bar, pattern: '' }, /field "pattern": expected at least 1 characters/],
  ['syncopation', { ...bar, pattern: 'x..o' }, /got "o" in cell 4/],
  ['syncopation', { ...bar, meter: 'waltz' }, /meter: expected a count over a power of two/],
  ['onset-match', { reference: [2, 1], estimate: [] }, /reference\[1\]: expected 2 or later, got 1/],
  ['beat-match', { reference: [6], estimate: [null] }, /field "estimate\.0": expected a number, got null/],
])('%s: %j is refused', async (kind, request, message) => {
  const { error, ...rest } = await askOne(kind, request)
  expect(error?.message).toMatch(message)
  expect(rest).toEqual({ id: '0' })
})

// Own voice: whose surprise is it?
import { expect, test } from 'vitest'
import { measureOwnVoice } from '../../src/measure/vitality/index.ts'
import { evolvingLoop, fill, grammar, loopOf, noise, round } from './vitality-streams.ts'

const length = 400
const inStep = (size: number, lag = 0) => Array.from({ length: size }, (_, i) => Math.max(0, i + 1 - lag))
const streams = {
  grammar: grammar(length, 'own'),
  'evolving loop': evolvingLoop(2, length, 'own'),
  noise: noise(12, length, 'own'),
}

test.each(Object.entries(streams))(
  'a copy of a %s is not its own, at any lag, and however it is translated',
  (_, other) => {
    const late = (lag: number) => [...noise(12, lag, 'lead'), ...other.slice(0, length - lag)]
    for (const lag of [0, 1, 7, 40, 90]) {
      const { share } = measureOwnVoice(late(lag), other, inStep(length))
      expect(share, `lag ${lag}`).toBeLessThan(0.35)
    }
    const mirrored = other.map((symbol) => `${12 - Number(symbol)}`)
    expect(measureOwnVoice(mirrored, other, inStep(length)).share).toBeLessThan(0.5)
  },
)

test('who goes its own way keeps its own', () => {
  for (const own of Object.values(streams))
    for (const other of [grammar(length, 'x'), evolvingLoop(3, length, 'y'), noise(12, length, 'z')])
      expect(measureOwnVoice(own, other, inStep(length)).share).toBeGreaterThan(0.9)
})

test('the one who is copied keeps its own', () => {
  for (const own of Object.values(streams)) {
    const copy = [...noise(12, 9, 'lead'), ...own].slice(0, length)
    expect(measureOwnVoice(own, copy, inStep(length)).share).toBeGreaterThan(0.9)
  }
})

test('two loops copy nothing, for there is no surprise to own; too little says nothing', () => {
  const constant = fill(length, () => 1)
  expect(measureOwnVoice(constant, loopOf(round, length), inStep(length))).toEqual({
    share: null,
    undefined: { share: expect.stringContaining('no surprise') },
  })
  expect(measureOwnVoice(['1'], ['1'], [0]).undefined['share']).toMatch(/at least 64/)
})

test('silence beside changes nothing, and names mean nothing', () => {
  const { share } = measureOwnVoice(streams.grammar, [], new Array(length).fill(0))
  expect(share).toBeGreaterThan(0.9)
  const renamed = (symbols: string[]) => symbols.map((symbol) => `n${symbol}`)
  expect(measureOwnVoice(renamed(streams.grammar), renamed(streams.noise), inStep(length))).toEqual(
    measureOwnVoice(streams.grammar, streams.noise, inStep(length)),
  )
})

// hocket bench agents and length on a second of sound: fields, their sums, and processes of their own. No times are judged.
import { expect, test } from 'vitest'
import { measureAgents } from '../../../src/node/bench/agents.ts'
import { measureLength } from '../../../src/node/bench/length.ts'
import { createTestStream } from '../../../src/node/bench/stream.ts'
import { benchRate, makeTestStem } from '../../../src/node/bench/test-sound.ts'
import { freshKernel } from '../../kernel.ts'
import { runHocket } from '../hocket.ts'

test('agents: spectra and pairs make up the whole', () => {
  const { pairs, spectrumCpuSeconds, pairCpuSeconds, cpuSeconds, xRealtime, ...rest } = measureAgents(5, 1)
  expect([rest.agents, rest.seconds, pairs]).toEqual([5, 1, 10])
  expect(spectrumCpuSeconds + pairCpuSeconds).toBeCloseTo(cpuSeconds, 12)
  expect(xRealtime).toBeCloseTo(1 / cpuSeconds, 6)
  expect(pairCpuSeconds).toBeGreaterThan(0)
  expect(rest.peakRssBytes).toBeGreaterThan(1e7)
})

test('length: the pair is heard for as long as was asked', () => {
  const { seconds, cpuSeconds, cpuPerAudioSecond, peakRssBytes } = measureLength(2)
  expect([seconds, cpuPerAudioSecond]).toEqual([2, cpuSeconds / 2])
  expect(peakRssBytes).toBeGreaterThan(1e7)
  let frames = 0
  createTestStream(freshKernel(), 2).hear(20, ({ roughnessSums }) => {
    expect(roughnessSums[1]).toBeGreaterThanOrEqual(0)
    frames++
  })
  expect(frames).toBe(125)
})

test('several lengths or numbers of agents: a process each, in order', async () => {
  const { code, stdout, stderr } = await runHocket([
    'bench',
    'agents',
    'length',
    '--agents',
    '2,3',
    '--seconds',
    '1,2',
    '--json',
  ])
  expect([code, stderr]).toEqual([0, ''])
  const { agents, length } = JSON.parse(stdout)
  expect(agents.map((row: { agents: number }) => row.agents)).toEqual([2, 3])
  expect(length.map((row: { seconds: number }) => row.seconds)).toEqual([1, 2])
  expect(Object.keys(agents[0]).sort()).toEqual(
    [
      'agents',
      'pairs',
      'seconds',
      'spectrumCpuSeconds',
      'pairCpuSeconds',
      'cpuSeconds',
      'xRealtime',
      'peakRssBytes',
    ].sort(),
  )
  expect(Object.keys(length[0]).sort()).toEqual(['seconds', 'cpuSeconds', 'cpuPerAudioSecond', 'peakRssBytes'].sort())
})

test('the test sound stays below full scale and is the same every time', () => {
  for (const index of [0, 1, 2, 3, 7]) {
    const stem = makeTestStem(index, 1)
    expect(stem).toHaveLength(benchRate)
    const peak = stem.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    expect(peak).toBeGreaterThan(0.1)
    expect(peak).toBeLessThan(1)
    expect(makeTestStem(index, 1)).toEqual(stem)
  }
})

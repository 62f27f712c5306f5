// hocket bench worklet on a second of three stems: the page in Chromium does the same work as Node, and every figure is there. No times are judged.
import { expect, test } from 'vitest'
import { createAnalyser } from '../../src/hear/index.ts'
import { planMixtures } from '../../src/measure/index.ts'
import { makeTestStem } from '../../src/node/bench/test-sound.ts'
import { measureWorklet } from '../../src/node/bench/worklet.ts'
import { freshKernel } from '../kernel.ts'

test('work is counted as in Node, and every share is a number', async () => {
  const load = await measureWorklet({ agents: 3, seconds: 1, passes: 1 })
  const { agents, browser, quanta, meanPoints, mostPoints, offlineSeconds, offlineFrames, ...shares } = load
  expect([agents, quanta, offlineSeconds]).toEqual([3, 375, 1])
  expect(browser).toMatch(/^Chromium \d+/)
  expect(Object.keys(shares).sort()).toEqual(
    ['meanShare', 'mostShare', 'worstShare', 'transformShare', 'offlineShare', 'clockMicroseconds'].sort(),
  )
  for (const share of Object.values(shares)) expect(share).toBeGreaterThan(0)
  expect(shares.meanShare).toBeLessThanOrEqual(shares.mostShare)
  expect(shares.mostShare).toBeLessThanOrEqual(shares.worstShare)
  expect({ meanPoints, mostPoints, offlineFrames }).toEqual(countInNode(3))
})

function countInNode(agents: number) {
  const kernel = freshKernel()
  const stems = Array.from({ length: agents }, (_, k) => makeTestStem(k, 1))
  const { mixtures } = planMixtures(stems.map((_, k) => ({ name: `${k}`, stems: [k] })))
  const analyser = createAnalyser(kernel, { sampleRate: 48000, stems: agents, mixtures })
  const points: number[] = []
  let offlineFrames = 0
  for (let at = 0; at + 128 <= 48000; at += 128) {
    const before = kernel.transformedPoints()
    analyser.push(
      stems.map((stem) => stem.subarray(at, at + 128)),
      () => offlineFrames++,
    )
    points.push(kernel.transformedPoints() - before)
  }
  analyser.dispose()
  const sum = points.reduce((a, b) => a + b, 0)
  return { meanPoints: sum / points.length, mostPoints: Math.max(...points), offlineFrames }
}

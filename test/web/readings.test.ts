// The curves: what was heard, and nothing where nothing was heard.
import { expect, test } from 'vitest'
import type { HeardFrame } from '../../src/hear/index.ts'
import { stemsOf } from '../../src/record/index.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import { createReadings } from '../../src/web/run/readings.ts'
import { createSeatLog } from '../../src/web/run/rubbing.ts'
import { describeRubbing } from '../../src/web/view/moment.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

test('a stretch that was jumped over stays undefined; one that is heard later fills it', async () => {
  const composer = createComposer({ library: shippedLibrary(), lexicon: shippedLexicon() })
  for (const line of await playShortParty(1)) composer.add(line)
  if (composer.score === undefined) throw new Error('no score')
  const stems = stemsOf(composer.score.session).length
  const readings = createReadings(composer.score)
  const hear = (timeSeconds: number) => readings.hear(smoothFrame(timeSeconds, stems))
  const heard = () => readings.lines('consonance')[0]?.heard.values.map((value) => value !== null)

  for (const seconds of [0.2, 0.7, 4.2]) hear(seconds)
  expect(readings.lines('consonance')[0]?.heard.seconds).toEqual([0.5, 1.5, 2.5, 3.5, 4.5])
  expect(heard()).toEqual([true, false, false, false, true])
  expect(readings.at(0.9).consonance).not.toBeNull()
  expect(readings.at(5.1).consonance).not.toBeNull() // the stretch has only begun
  expect(readings.at(2.5).consonance).toBeNull()
  readings.seek(2)
  hear(2.5)
  expect(heard()).toEqual([true, false, true, false, true])
})

/** Every stem sounds; no partial rubs. */
function smoothFrame(timeSeconds: number, stems: number): HeardFrame {
  const none = new Float64Array()
  const stem = { partialsHz: none, amplitudes: none, chroma: none, weightedPower: 0.01, power: 0.01, tonality: 1 }
  const notes = { midi: none, saliences: none }
  const mixture = { partialsHz: none, amplitudes: none, weightedPower: 0.01, harmonicity: 1.2, notes }
  return {
    index: 0,
    timeSeconds,
    stems: Array.from({ length: stems }, () => stem),
    roughnessSums: new Float64Array(stems * stems),
    partialPower: new Float64Array(stems).fill(1),
    mixtures: Array.from({ length: 3 }, () => mixture), // each alone, both
    similarities: new Float64Array(9),
  }
}

test('what rubs is named, where anything does', async () => {
  const composer = createComposer({ library: shippedLibrary(), lexicon: shippedLexicon() })
  for (const line of await playShortParty(1)) composer.add(line)
  if (composer.score === undefined) throw new Error('no score')
  const stems = stemsOf(composer.score.session)
  const readings = createReadings(composer.score)
  const second = stems.findIndex((stem) => stem.agent !== stems[0]?.agent)
  const tones = new Map([
    [0, 440],
    [second, 466],
  ])
  const frame = smoothFrame(2.5, stems.length)
  const sums = new Float64Array(stems.length ** 2)
  for (const at of [second, second * stems.length]) sums[at] = 0.9
  readings.hear({
    ...frame,
    stems: frame.stems.map((stem, k) => {
      const hertz = tones.get(k)
      const [partialsHz, amplitudes] = [hertz, 1].map((x) => Float64Array.from(hertz === undefined ? [] : [x ?? 0]))
      return { ...stem, partialsHz: partialsHz ?? stem.partialsHz, amplitudes: amplitudes ?? stem.amplitudes }
    }),
    roughnessSums: sums,
  })
  readings.hear(smoothFrame(3.5, stems.length))
  expect(readings.rubbingAt(2.5)).toEqual({ aHz: 440, bHz: 466, share: 1 })
  expect(describeRubbing(readings.rubbingAt(2.5))).toBe('A4 rubs on B♭4 (440 and 466 Hz).')
  expect(readings.rubbingAt(3.5)).toBeNull()
  expect(readings.rubbingAt(9)).toBeNull()
  expect(describeRubbing(null)).toBe('')
})

test('of many agents those who rub most are named, the roughest first, by the mean of a stretch', () => {
  const log = createSeatLog()
  const pair = (a: number, b: number, smoothness: number | null) => ({ a, b, smoothness })
  log.hear(3, [pair(0, 1, 0.2), pair(0, 2, 0.9), pair(1, 2, 0.6), pair(2, 3, null)])
  log.hear(3, [pair(0, 1, 0.4), pair(0, 2, 0.9), pair(1, 2, 0.2), pair(2, 3, null)])
  const [first, second, ...more] = log.at(3)
  expect([first?.a, first?.b, second?.a, second?.b, more.length]).toEqual([0, 1, 1, 2, 0])
  expect(first?.smoothness).toBeCloseTo(0.3)
  log.hear(4, [pair(0, 1, 0.1), pair(0, 2, 0.2), pair(1, 2, 0.3), pair(2, 3, 0.4)])
  expect(log.at(4)).toHaveLength(3) // no more strings than can be told apart
  expect(log.at(5)).toEqual([])
})

// The curves: what was heard, and nothing where nothing was heard.
import { expect, test } from 'vitest'
import type { HeardFrame } from '../../src/hear/index.ts'
import { stemsOf } from '../../src/record/index.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import { createReadings } from '../../src/web/run/readings.ts'
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
  readings.seek()
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

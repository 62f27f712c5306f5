// The degrees are worked out by hand from the paper's definitions: weight of what comes next, less the note's own, plus the instruments' weight.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DrumKit, measureGroove } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'

const silent = '................'
const eighths = 'x.x.x.x.x.x.x.x.'
const kit = (bassDrum: string, snareDrum: string, hiHat: string): DrumKit => ({ bassDrum, snareDrum, hiHat })

test.each([
  ['rock beat under eighths', kit('x.......x.......', '....x.......x...', eighths), 0],
  ['silence', kit(silent, silent, silent), 0],
  ['hi-hat alone', kit(silent, silent, '.x.x.x.x.x.x.x.x'), 0],
  // bass at 3 (-3), then hi-hat alone on the second beat (-1): 2 + 5
  ['bass before a beat of hi-hat', kit('x..x....x.......', silent, eighths), 7],
  // bass at 3 (-3), then snare and hi-hat on the second beat (-1): 2 + 2; the snare there is followed by a weaker hi-hat
  ['bass before the backbeat', kit('x..x....x.......', '....x...........', eighths), 4],
  // snare at 7 (-3), then bass and hi-hat on the third beat (-1): 2 + 1
  ['snare before bass', kit('x.......x.......', '.......x........', eighths), 3],
  // bass at 14 (-2), then bass on the downbeat: its own drum
  ['bass before bass', kit('x.............x.', silent, eighths), 0],
  // bass at 14 (-2), then a silent downbeat (0), before anything sounds: 2 + 6
  ['bass before silence', kit('..............x.', silent, '..x.............'), 8],
])('%s', (_, played, syncopation) => {
  expect(measureGroove(played).syncopation).toBe(syncopation)
})

const pattern = fc.array(fc.constantFrom('x', '.'), { minLength: 16, maxLength: 16 }).map((cells) => cells.join(''))
const spread = (cells: string) => [...cells].map((cell) => `${cell}.`).join('')

test('groove is an inverted U over syncopation', () => {
  fc.assert(
    fc.property(pattern, pattern, pattern, (bass, snare, hat) => {
      const { syncopation, groove } = measureGroove(kit(bass, snare, hat))
      expect(syncopation).toBeGreaterThanOrEqual(0)
      expect(groove).toBeCloseTo(Math.max(0, 1 - ((syncopation - 20) / 20) ** 2), 12)
    }),
  )
})

test('finer cells are the same beat, where no silence lies between', () => {
  fc.assert(
    fc.property(pattern, pattern, (bass, snare) => {
      const coarse = measureGroove(kit(bass, snare, 'x'.repeat(16)))
      expect(measureGroove(kit(spread(bass), spread(snare), 'x.'.repeat(16)))).toEqual(coarse)
    }),
  )
})

test.each([
  [kit('x...', 'x..', '....'), /expected three patterns of one length, got 4, 3 and 4 cells/],
  [kit('x..', 'x..', '...'), /expected 4, 8, 16, 32 or so cells to the bar, got 3/],
  [kit('', '', ''), /got 0/],
  [kit('xo..', '....', '....'), /got "o" in cell 2/],
])('%j is refused', (played, message) => {
  expect(() => measureGroove(played)).toThrow(InputError)
  expect(() => measureGroove(played)).toThrow(message)
})

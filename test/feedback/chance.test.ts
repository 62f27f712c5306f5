// Why a score has no band is found by its own path, by that of its family, and by places in a list.
import { expect, test } from 'vitest'
import { whyNoBand } from '../../src/feedback/index.ts'
import type { Scores, TwinBand, Twins } from '../../src/record/index.ts'

const band: TwinBand = { twins: 'partners', count: 1, low: 0, high: 1, mean: 0.5, z: null, percentile: 0.5, p: 1 }
const twins: Twins = {
  draws: 1,
  lifeDraws: 1,
  others: [],
  bands: { 'pairs.0.gain': band },
  series: {},
  undefined: {
    'pairs.*.gain': 'not heard',
    pairs: 'too few',
    'agents.1.presence': 'own path',
    'agents.*.presence': 'any',
  },
}
const why = (path: string) => whyNoBand({ twins } as Pick<Scores, 'twins'>, path)

test('the nearest reason counts; what has a band has none', () => {
  expect(why('pairs.0.gain')).toBeNull()
  expect(why('pairs.12.gain')).toBe('not heard')
  expect(why('pairs.0.interlock.voice.score')).toBe('too few')
  expect(why('agents.1.presence')).toBe('own path')
  expect(why('agents.0.presence')).toBe('any')
  expect(why('together.consonance')).toBeNull()
  expect(whyNoBand({}, 'pairs.0.gain')).toBeNull()
})

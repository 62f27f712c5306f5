// What published tools and people say, as data for the tests of consonance.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { PartialTone } from '../../../src/measure/index.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../outside/consonance/${name}`, import.meta.url), 'utf8'))

/** Values of published models for 24 chords (R package incon): name -> midi and a value by model. */
export const published = Object.entries(
  read('model-values.json') as Record<string, { midi: number[] } & Record<string, number>>,
)

/** Relative error below 1e-5; of values near 0, absolute below 1e-8. */
export function expectPublished(got: number | null | undefined, want: number | undefined): void {
  const [value, truth] = [got ?? NaN, want ?? NaN]
  expect(Math.abs(value - truth), `${value} should be ${truth}`).toBeLessThanOrEqual(
    1e-5 * Math.max(Math.abs(truth), 1e-3),
  )
}

/** Any partial that can be heard. */
export const partial: fc.Arbitrary<PartialTone> = fc.record({
  hertz: fc.double({ min: 30, max: 8000, noNaN: true }),
  amplitude: fc.double({ min: 0.001, max: 1, noNaN: true }),
})

/** Sounds that break careless code: nothing, silence, one partial, the smallest and largest numbers, coincident partials. */
export const oddSounds: readonly (readonly PartialTone[])[] = [
  [],
  [{ hertz: 440, amplitude: 0 }],
  [{ hertz: 440, amplitude: 1 }],
  [{ hertz: 440, amplitude: 5e-324 }],
  [440, 466].map((hertz) => ({ hertz, amplitude: 5e-324 })),
  [440, 466].map((hertz) => ({ hertz, amplitude: 1e-200 })),
  [440, 466].map((hertz) => ({ hertz, amplitude: 1e300 })),
  [
    { hertz: 5e-324, amplitude: 1 },
    { hertz: 1e300, amplitude: 1 },
  ],
  [440, 440, 440 * (1 + 1e-12)].map((hertz) => ({ hertz, amplitude: 1 })),
  [
    { hertz: 440, amplitude: 1 },
    { hertz: 441, amplitude: 5e-324 },
  ],
]

// Statistics of directions: where on its cycle a stream falls, and how surely.
//   R = |mean of exp(i angle)|, direction = its argument
//   circular SD = sqrt(-2 ln R)                                                       Mardia & Jupp 2000, 2.3
//   Rayleigh: z = n R^2, p = exp(-z) (1 + (2z - z^2) / 4n - (24z - 132z^2 + 76z^3 - 9z^4) / 288n^2), even spread against one direction
//             (from 50 directions on exp(-z) alone, as astropy has it)                  Mardia & Jupp 2000, 6.3; Wilkie 1983
//   PPC = (n R^2 - 1) / (n - 1): R^2 without the bias of small n                       Vinck et al. 2010
// R 0 = spread evenly (or in balance: a metronome's two halves cancel), 1 = always at one place. An offset is a direction, not a fault: unison and
// antiphase have the same R.
import { InputError } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'

export interface CircularStatistics {
  readonly count: number
  /** Radians, -pi to pi; null without a direction. */
  readonly meanRadians: number | null
  /** R, 0..1. */
  readonly resultantLength: number | null
  /** Radians, 0 and up. */
  readonly circularSd: number | null
  readonly rayleighZ: number | null
  /** Chance of such an R in directions without preference, 0..1. */
  readonly rayleighP: number | null
  /** At most 1; a little below 0 by chance. */
  readonly phaseConsistency: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** Statistics of angles in radians. Throws InputError for angles that are not finite. */
export function measureAngles(angles: readonly number[]): CircularStatistics {
  let [re, im] = [0, 0]
  angles.forEach((angle, i) => {
    if (!Number.isFinite(angle))
      throw new InputError('angle', `angles[${i}]: expected finite radians, got ${angle}. Leave it out.`)
    re += Math.cos(angle)
    im += Math.sin(angle)
  })
  const count = angles.length
  if (count === 0) return withoutAngles()
  const length = Math.min(1, Math.hypot(re, im) / count)
  const directed = length > 1e-12 // below: rounding of a sum that is 0
  return {
    count,
    meanRadians: directed ? Math.atan2(im, re) : null,
    resultantLength: length,
    circularSd: directed ? Math.sqrt(Math.max(0, -2 * Math.log(length))) : null,
    rayleighZ: count * length ** 2,
    rayleighP: rayleigh(count, length),
    phaseConsistency: count < 2 ? null : (count * length ** 2 - 1) / (count - 1),
    undefined: {
      ...(directed ? {} : reasons(['meanRadians', 'circularSd'], 'the directions cancel')),
      ...(count < 2 ? { phaseConsistency: 'fewer than two directions' } : {}),
    },
  }
}

/** Where events fall on a cycle of `periodSeconds`, 0 at `startSeconds`. Throws InputError. */
export function measurePhases(
  onsets: readonly Seconds[],
  { periodSeconds, startSeconds = 0 }: { readonly periodSeconds: Seconds; readonly startSeconds?: Seconds },
): CircularStatistics {
  if (!(periodSeconds > 0 && Number.isFinite(periodSeconds)))
    throw new InputError('period', `periodSeconds: expected finite seconds above 0, got ${periodSeconds}.`)
  return measureAngles(onsets.map((onset) => 2 * Math.PI * fraction((onset - startSeconds) / periodSeconds)))
}

const fraction = (cycles: number) => cycles - Math.floor(cycles)

function rayleigh(n: number, length: number): number {
  const z = n * length ** 2
  const series = (2 * z - z ** 2) / (4 * n) - (24 * z - 132 * z ** 2 + 76 * z ** 3 - 9 * z ** 4) / (288 * n ** 2)
  return Math.min(1, Math.max(0, Math.exp(-z) * (n < 50 ? 1 + series : 1)))
}

const reasons = (fields: readonly string[], reason: string) =>
  Object.fromEntries(fields.map((field) => [field, reason]))

function withoutAngles(): CircularStatistics {
  const values = {
    meanRadians: null,
    resultantLength: null,
    circularSd: null,
    rayleighZ: null,
    rayleighP: null,
    phaseConsistency: null,
  }
  return { count: 0, ...values, undefined: reasons(Object.keys(values), 'no directions') }
}

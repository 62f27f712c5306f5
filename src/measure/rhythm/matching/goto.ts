// Goto's score: 1 if one long stretch of beats is tracked well, else 0.
//   error of a reference beat = (estimate - reference) / half the interval on that side, for the one estimate between the middles of its
//   intervals; 1 with none or several there, and for the first and the last beat. A beat is right with |error| <= .35.
//   The longest run between wrong beats (both taken in) must be longer than a quarter of the beats and have mean |error| < .2, SD < .2.
//   With no more than two wrong beats (the first and the last): the run between them, less its last beat, whatever its length.
// Goto & Muraoka 1997 (IJCAI workshop), thresholds and runs as in mir_eval.
import { firstIndexFrom } from '../phasors.ts'

const rightWithin = 0.35
const meanBelow = 0.2
const sdBelow = 0.2
const longerThanShare = 0.25

/** 1 or 0. Ascending lists. */
export function goto(reference: Float64Array, estimate: Float64Array): number {
  const errors = reference.map((_, n) => errorOf(reference, estimate, n))
  const run = longestRun(errors)
  return run !== undefined && isTight(run) ? 1 : 0
}

function errorOf(reference: Float64Array, estimate: Float64Array, n: number): number {
  if (n === 0 || n === reference.length - 1) return 1
  const beat = reference[n] as number
  const before = 0.5 * (beat - (reference[n - 1] as number))
  const after = 0.5 * ((reference[n + 1] as number) - beat)
  const [from, to] = [firstIndexFrom(estimate, beat - before), firstIndexFrom(estimate, beat + after)]
  if (to - from !== 1) return 1
  const offset = (estimate[from] as number) - beat
  return offset / (offset < 0 ? before : after)
}

function longestRun(errors: Float64Array): Float64Array | undefined {
  const wrong: number[] = []
  errors.forEach((error, n) => {
    if (Math.abs(error) > rightWithin) wrong.push(n)
  })
  if (wrong.length < 3)
    return errors.subarray((wrong[0] ?? 0) + 1, Math.max((wrong[0] ?? 0) + 1, (wrong.at(-1) ?? 0) - 1))
  let longest = 1
  for (let i = 2; i < wrong.length; i++) if (gapBefore(wrong, i) > gapBefore(wrong, longest)) longest = i
  if (gapBefore(wrong, longest) - 1 <= longerThanShare * (errors.length - 2)) return undefined
  return errors.subarray(wrong[longest - 1], (wrong[longest] as number) + 1)
}

const gapBefore = (wrong: readonly number[], i: number) => (wrong[i] as number) - (wrong[i - 1] as number)

function isTight(errors: Float64Array): boolean {
  const count = errors.length
  if (count < 2) return false
  const mean = errors.reduce((sum, error) => sum + error, 0) / count
  const absolute = errors.reduce((sum, error) => sum + Math.abs(error), 0) / count
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (count - 1)
  return absolute < meanBelow && Math.sqrt(variance) < sdBelow
}

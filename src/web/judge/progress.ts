// Which pair comes next, and what it is called: the first not yet judged from where the judge is, then any that was left behind; those that are
// judged are not asked again.
import type { Mine } from './server.ts'

/** `judged`: has the places that are; null: all are. */
export function nextPlace(
  places: readonly number[],
  judged: { has(place: number): boolean },
  from: number,
): number | null {
  const open = places.filter((place) => !judged.has(place))
  return open.find((place) => place >= from) ?? open[0] ?? null
}

export function titleOf({ trials }: Mine, place: number): string {
  const training = trials.filter((trial) => trial.training).length
  const abx = trials.filter(({ x }) => x !== undefined).length
  const pairs = trials.length - training - abx
  if (place < training) return `Training pair ${place + 1} of ${training}`
  return place < training + pairs
    ? `Pair ${place + 1 - training} of ${pairs}`
    : `A, B and X: ${place + 1 - training - pairs} of ${abx}`
}

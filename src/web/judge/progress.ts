// Which pair comes next: the first not yet judged from where the judge is, then any that was left behind; those that are judged are not asked again.

/** `judged`: has the places that are; null: all are. */
export function nextPlace(
  places: readonly number[],
  judged: { has(place: number): boolean },
  from: number,
): number | null {
  const open = places.filter((place) => !judged.has(place))
  return open.find((place) => place >= from) ?? open[0] ?? null
}

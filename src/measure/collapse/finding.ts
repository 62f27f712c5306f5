// What a detector says: where it found something, or why there is nothing. An abstention is no all-clear and says so.

export type Finding<Place = number> = { readonly at: Place } | { readonly none: string }

/** Looked, and found nothing. */
export const holdsOn = 'it does not come to that'

/** Not looked: what a judgement would need is not there. */
export const notAsked = (why: string) => ({ none: `not asked: ${why}` })

export function foundAt<Place>(place: Place | null): Finding<Place> {
  return place === null ? { none: holdsOn } : { at: place }
}

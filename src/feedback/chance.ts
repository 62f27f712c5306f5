// Whether a score says anything: where it lies among what pairs of strangers reach, in words.
import type { Scores, TwinBand } from '../record/index.ts'

export type Place = 'below' | 'inside' | 'above' | 'untold'

/** Inside the band of the twins a value is no more than chance; outside it at most 1 in 20 that are chance would lie, on either side. */
export function placeAmongTwins(value: number, { low, high, count }: Pick<TwinBand, 'low' | 'high' | 'count'>): Place {
  const leastP = 1 / (count + 1)
  if (leastP > 0.05) return 'untold'
  if (value > high) return 'above'
  return value < low ? 'below' : 'inside'
}

/** Each place in words. */
export const placeWords: Record<Place, string> = {
  above: 'more than chance',
  inside: 'no more than chance',
  below: 'less than chance',
  untold: 'too few twins to tell',
}

/** "; no more than chance: strangers reach 0.60 to 0.95", or nothing when no twins were drawn. `path` names the score. */
export function tellChance(scores: Scores, path: string, value: number | null): string {
  const band = scores.twins?.bands[path]
  if (band === undefined || value === null) return ''
  const whose = band.twins === 'partners' ? 'pairs of strangers reach' : 'its own words in another order reach'
  const reach = `${whose} ${round(band.low)} to ${round(band.high)}`
  return `; ${placeWords[placeAmongTwins(value, band)]}: ${reach}`
}

const round = (value: number) => value.toFixed(2).replace(/^-(?=0\.00$)/, '')

/**
 * Why a score has no band: by its own path, or by the path of all that it belongs to, `*` standing for a place in a list. null where it
 * has one, and when no twins were drawn.
 */
export function whyNoBand({ twins }: Pick<Scores, 'twins'>, path: string): string | null {
  if (twins === undefined || twins.bands[path] !== undefined) return null
  const steps = path.split('.')
  for (let length = steps.length; length > 0; length--) {
    const own = steps.slice(0, length)
    const any = own.map((step) => (/^\d+$/.test(step) ? '*' : step))
    const reason = twins.undefined[own.join('.')] ?? twins.undefined[any.join('.')]
    if (reason !== undefined) return reason
  }
  return null
}

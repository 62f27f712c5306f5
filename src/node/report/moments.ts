// Which half minutes are worth looking at closely: where the voices wove most, and where the two sounded roughest.
// In: series of scores. Out: a span on the bar grid and the mean that chose it, or null when no series says anything.
import type { Series } from '../../record/index.ts'
import type { Run, Span } from './run.ts'

const closeUpSeconds = 30

export interface Found {
  readonly span: Span
  readonly mean: number
}

/** Voices that weave at least so much are shown first; else the layer that weaves more. */
const tellingInterlock = 0.3

/** The half minute with the highest mean interlock, and of which layer: the voices' if they wove at all, else whichever wove more. */
export function findWoven(run: Run): (Found & { readonly layer: 'voices' | 'decks' }) | null {
  const { voice, deck } = run.scores.series.interlock
  const [voices, decks] = [findExtreme(run, voice, 1), findExtreme(run, deck, 1)]
  if (voices !== null && (decks === null || voices.mean >= Math.min(tellingInterlock, decks.mean)))
    return { ...voices, layer: 'voices' }
  return decks === null ? null : { ...decks, layer: 'decks' }
}

/** The half minute in which the agents rub most against each other (the least consonant one when nothing lies between). */
export function findRough(run: Run): Found | null {
  const { smoothness, consonance } = run.scores.series
  return findExtreme(run, smoothness.between, -1) ?? findExtreme(run, consonance.together, -1)
}

function findExtreme(run: Run, series: Series, sign: 1 | -1): Found | null {
  const bar = run.slotSeconds / 8
  const length = Math.min(closeUpSeconds, run.seconds)
  let best: Found | null = null
  for (let from = 0; from + length <= run.seconds + bar; from += bar) {
    const start = Math.min(from, run.seconds - length)
    const mean = meanWithin(series, { from: start, to: start + length })
    if (mean !== null && (best === null || sign * mean > sign * best.mean + 1e-9))
      best = { span: { from: start, to: start + length }, mean }
  }
  return best
}

/** null unless at least half of the span's values are known. */
function meanWithin(series: Series, span: Span): number | null {
  let sum = 0
  let known = 0
  let all = 0
  series.seconds.forEach((seconds, i) => {
    if (seconds < span.from || seconds >= span.to) return
    all++
    const value = series.values[i] ?? null
    if (value === null) return
    known++
    sum += value
  })
  return known > 0 && 2 * known >= all ? sum / known : null
}

// Longuet-Higgins & Lee: a note that is held over, or followed by silence on, a stronger place than its own is a syncopation.
//   The bar is divided as its meter says until every part is a lone note at its head, or silent. Each part weighs minus the level at which
//   it was split off (the first of a split keeps its parent's weight). For every silent part: the nearest note before it that is not
//   stronger; LHL = sum of (weight of the silence - weight of that note), -1 if there is none.
// Longuet-Higgins & Lee 1984 (Music Perception 1), as computed by SynPy (Song 2014). -1 = no syncopation; 0 and up otherwise. A looped bar has the last
// note of the bar before it in front; a silence at the head of a bar alone has no note before it.
import type { Bar } from './bar.ts'
import { fitBar } from './weights.ts'

interface Part {
  readonly kind: 'note' | 'silence'
  readonly weight: number
}

/** -1 without syncopation; undefined when the pattern does not lie in the meter's divisions. */
export function longuetHigginsLee(bar: Bar): number | undefined {
  const fitted = fitBar(bar)
  if (fitted === undefined) return undefined
  const parts = splitBar(fitted)
  const last = parts.findLast(({ kind }) => kind === 'note')
  const heard = bar.course === 'looped' && last !== undefined ? [last, ...parts] : parts
  const latest: number[] = [] // by depth (minus the weight): where its last note stands
  const steps: number[] = []
  heard.forEach(({ kind, weight }, i) => {
    if (kind === 'note') latest[-weight] = i
    else {
      const nearest = latest.slice(-weight).reduce((later, at) => Math.max(later, at ?? -1), -1)
      if (nearest >= 0) steps.push(weight - (heard[nearest] as Part).weight)
    }
  })
  return steps.length === 0 ? -1 : steps.reduce((sum, step) => sum + step, 0)
}

function splitBar({ cells, onsets, meter }: Bar): Part[] {
  const parts: Part[] = []
  /** The part from cell `from`, in which onsets[first..end) sound. */
  const split = (from: number, size: number, first: number, end: number, weight: number, level: number): void => {
    if (first === end) parts.push({ kind: 'silence', weight })
    else if (end === first + 1 && onsets[first] === from) parts.push({ kind: 'note', weight })
    else {
      const count = meter.divisions[level] ?? 2
      for (let i = 0, next = first; i < count; i++) {
        const start = next
        while (next < end && (onsets[next] as number) < from + ((i + 1) * size) / count) next++
        split(from + (i * size) / count, size / count, start, next, i === 0 ? weight : -(level + 1), level + 1)
      }
    }
  }
  split(0, cells, 0, onsets.length, 0, 0)
  return parts
}

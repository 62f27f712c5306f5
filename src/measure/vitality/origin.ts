// Origin: who was first with it? In: symbols of one agent and of the other, and how much of the other came before each. Out: share of the
// agent's surprise, in bits, that does not stand in a run of symbols that the other had before it, wherever and however long ago that was.
// Own voice foretells by the other's place or lag; who copies this bar from here and that bar from there, or every bar backwards, still
// surprises it. Runs are compared as they are named: tone rows in their four forms (as they were, backwards, upside down, both), transposed
// or not, so that no turning makes a copy another's own.
import { createInformedListener } from './coding.ts'
import { fewestSymbols, numberSymbols } from './vitality.ts'

/** Names of a run of symbols: the first as it is, then every form in which it may come back; null for a run that tells nothing. */
export interface RunNames {
  /** Symbols of a run: so many alike in order are no chance. */
  readonly size: number
  readonly nameOf: (run: readonly string[]) => string | null
  /** `nameOf` of the forms that the run may come back in. */
  readonly formsOf: (run: readonly string[]) => readonly string[]
}

const fewestTones = 3
const intervals = (tones: readonly number[], sign: 1 | -1) =>
  tones.map((tone) => (((sign * (tone - (tones[0] as number))) % 12) + 12) % 12).join(' ')

/** Eight pitch classes by their distances from the first; below three tones there is no row. */
export const toneRows: RunNames = {
  size: 8,
  nameOf: (run) => (new Set(run).size < fewestTones ? null : intervals(run.map(Number), 1)),
  formsOf: (run) => {
    const forwards = run.map(Number)
    const backwards = forwards.toReversed()
    return [intervals(forwards, 1), intervals(backwards, 1), intervals(forwards, -1), intervals(backwards, -1)]
  },
}

/** Four words in a row. */
export const wordRuns: RunNames = {
  size: 4,
  nameOf: (run) => run.join(' '),
  formsOf: (run) => [run.join(' ')],
}

/** Below so many bits there is no surprise to own. */
const leastBits = 0.05

/** 0 (all of its news came from the other) to 1; null where there is no surprise. `known[i]`: symbols of the other before own symbol i, or with it. */
export function measureOrigin(
  own: readonly string[],
  other: readonly string[],
  known: ArrayLike<number>,
  names: RunNames,
): number | null {
  if (own.length < fewestSymbols) return null
  const { numbers, kinds } = numberSymbols(own)
  const listen = createInformedListener(kinds, own.length)
  const taken = markTaken(own, firstHeard(other, names), known, names)
  const from = Math.floor(own.length / 4)
  let all = 0
  let others = 0
  numbers.forEach((symbol, i) => {
    const bits = -Math.log2(listen(symbol))
    if (i < from) return
    all += bits
    if (taken[i] === 1) others += bits
  })
  return all < leastBits * (own.length - from) ? null : 1 - others / all
}

/** How many symbols of the other there were when a run was complete for the first time, by every name it may come back under. */
function firstHeard(other: readonly string[], { size, formsOf }: RunNames): Map<string, number> {
  const heard = new Map<string, number>()
  for (let end = size; end <= other.length; end++)
    for (const name of formsOf(other.slice(end - size, end))) if (!heard.has(name)) heard.set(name, end)
  return heard
}

function markTaken(
  own: readonly string[],
  heard: ReadonlyMap<string, number>,
  known: ArrayLike<number>,
  { size, nameOf }: RunNames,
): Uint8Array {
  const taken = new Uint8Array(own.length)
  for (let end = size; end <= own.length; end++) {
    const name = nameOf(own.slice(end - size, end))
    const first = name === null ? undefined : heard.get(name)
    if (first !== undefined && first <= (known[end - 1] as number)) taken.fill(1, end - size, end)
  }
  return taken
}

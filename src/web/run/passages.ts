// A measure taken in passages, each heard from some moment on without a jump, as one series. Nothing is told of what was jumped over, nor of a
// window that begins before its passage; what was heard anew replaces what was heard before; the series breaks between passages.
import type { Series } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'

interface Point {
  readonly seconds: Seconds
  readonly value: number | null
  readonly passage: number
}

export interface Passages {
  readonly series: Series
  /** The sound goes on elsewhere. */
  begin(from: Seconds): void
  /** What was measured of the present passage, on the run's own clock. */
  take(series: Series): void
}

const hair = 1e-3

/** `windowSeconds`: a value is of so much before its moment; 0: of all since its passage began. */
export function createPassages(windowSeconds: Seconds): Passages {
  let from: Seconds = 0
  let passage = 0
  let older: readonly Point[] = []
  let present: readonly Point[] = []
  let series: Series = { seconds: [], values: [] }
  // From the start on nothing lies before: the first window may be shorter.
  const isHeard = (seconds: Seconds) => seconds > from + hair && (from === 0 || seconds - windowSeconds >= from - hair)
  const gather = () => {
    const [first, last] = [present[0]?.seconds, present.at(-1)?.seconds]
    if (first === undefined || last === undefined) return older
    const others = older.filter(({ seconds }) => seconds < first - hair || seconds > last + hair)
    return [...others, ...present].sort((a, b) => a.seconds - b.seconds)
  }
  return {
    get series() {
      return series
    },
    begin(next) {
      older = gather()
      present = []
      passage++
      from = next
    },
    take({ seconds, values }) {
      const points = seconds.map((time, k): Point => ({ seconds: time, value: values[k] ?? null, passage }))
      present = points.filter((point) => isHeard(point.seconds))
      series = join(gather())
    },
  }
}

/** With an undefined value between passages, so that no line is drawn there. */
function join(points: readonly Point[]): Series {
  const broken = points.flatMap((point, k) => {
    const before = points[k - 1]
    if (before === undefined || before.passage === point.passage) return [point]
    return [{ ...point, seconds: (before.seconds + point.seconds) / 2, value: null }, point]
  })
  return { seconds: broken.map((point) => point.seconds), values: broken.map((point) => point.value) }
}

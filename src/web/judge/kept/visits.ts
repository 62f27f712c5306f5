// The visits of a session: in the page's hand, and kept in the browser as they change, at most once in a while, and at once where something
// was said. A reload opens them as they were.
import { type KeptVisit, newVisit, packVisit, unpackVisit, type Visit } from '../visit.ts'

export interface Visits {
  has(place: number): boolean
  /** What was done with the pair, or nothing yet. */
  at(place: number): Visit
  /** Something small changed: kept soon. */
  touch(place: number): void
  /** Everything that changed is kept now. */
  save(): void
  /** Keeps nothing from now on. */
  close(): void
}

export interface VisitsSettings {
  readonly before: ReadonlyMap<number, KeptVisit>
  keep(place: number, visit: KeptVisit): void
  /** Does it after so many milliseconds. */
  readonly later: (deed: () => void, milliseconds: number) => void
}

const soonMilliseconds = 1000

export function openVisits({ before, keep, later }: VisitsSettings): Visits {
  const visits = new Map([...before].map(([place, visit]) => [place, unpackVisit(visit)]))
  const changed = new Set<number>()
  let [waiting, closed] = [false, false]
  const save = () => {
    for (const place of changed) {
      const visit = visits.get(place)
      if (visit !== undefined && !closed) keep(place, packVisit(visit))
    }
    changed.clear()
  }
  return {
    has: (place) => visits.has(place),
    at(place) {
      const visit = visits.get(place) ?? newVisit()
      visits.set(place, visit)
      return visit
    },
    touch(place) {
      changed.add(place)
      if (waiting) return
      waiting = true
      later(() => {
        waiting = false
        save()
      }, soonMilliseconds)
    },
    save,
    close() {
      closed = true
    },
  }
}

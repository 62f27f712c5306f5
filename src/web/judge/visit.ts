// What a judge did with a trial so far: in the page's hand, as it is kept in the browser (plain data), and the clock that counts the time spent with it.
import type { Answer } from '../../record/index.ts'
import { createHeard, type Heard, type Stretch } from './heard.ts'
import { newHeard, type Side } from './player.ts'
import type { Question } from './questions.ts'

export interface Moment {
  readonly side: Side
  readonly seconds: number
}

export interface Note extends Moment {
  readonly text: string
}

export interface Visit {
  readonly heard: Readonly<Record<Side, Heard>>
  readonly answers: Partial<Record<Question, Answer>>
  readonly notes: Note[]
  /** A note that is not pinned yet. */
  draft: string
  /** Where it will be pinned; null: nothing is written (visits kept by older pages have none). */
  draftAt?: Moment | null
  elapsedSeconds: number
  switches: number
  first: Side | null
}

/** A visit as plain data, which a database takes. */
export type KeptVisit = Omit<Visit, 'heard'> & { readonly heard: Readonly<Record<Side, readonly Stretch[]>> }

export const newVisit = (): Visit => ({
  heard: newHeard(),
  answers: {},
  notes: [],
  draft: '',
  elapsedSeconds: 0,
  switches: 0,
  first: null,
})

/** What happens to the visit afterwards does not reach it. */
export const packVisit = ({ heard, answers, notes, ...rest }: Visit): KeptVisit => ({
  ...rest,
  answers: { ...answers },
  notes: [...notes],
  heard: { a: heard.a.stretches(), b: heard.b.stretches(), x: heard.x.stretches() },
})

export const unpackVisit = ({ heard, answers, notes, ...rest }: KeptVisit): Visit => ({
  ...rest,
  answers: { ...answers },
  notes: [...notes],
  heard: { a: createHeard(heard.a), b: createHeard(heard.b), x: createHeard(heard.x) },
})

export interface Clock {
  /** Seconds with the trial since the last look. */
  look(nowMilliseconds: number, page: { readonly hidden: boolean; readonly playing: boolean }): number
}

/** A page that is looked at looks at its clock far more often; a longer gap is a machine that slept. */
const longestGapSeconds = 5

/** Counts neither while the page is hidden and silent, nor while the machine sleeps; what plays is listened to, seen or not. */
export function createClock(nowMilliseconds: number): Clock {
  let since = nowMilliseconds
  let away = false
  return {
    look(now, { hidden, playing }) {
      const gap = Math.max(0, now - since) / 1000
      const counts = playing || (!away && gap <= longestGapSeconds)
      since = now
      away = hidden && !playing
      return counts ? gap : 0
    },
  }
}

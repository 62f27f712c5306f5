// What a transcript holds that cannot be heard as it stands: remembered, so that the rest is heard, or refused at once (`strict`).
// In: a code and a sentence that names the line. Out: the sentences, a few of each kind and a count of the others.
import { InputError } from '../record/index.ts'

export type Strictness = 'strict' | 'lenient'

export interface Complaints {
  /** `what` names the place, what was expected, what was there; `instead` says what is done about it. Throws InputError when strict. */
  add(code: string, what: string, instead: string): void
  /** The first complaint as an error, for when nothing is left to hear. */
  first(): InputError | null
  list(): string[]
}

/** Of one kind so many are told in full. */
const mostOfAKind = 3

export function createComplaints(strictness: Strictness): Complaints {
  const counts = new Map<string, number>()
  const told: { code: string; text: string }[] = []
  let first: InputError | null = null
  return {
    add(code, what, instead) {
      first ??= new InputError(code, what)
      if (strictness === 'strict') throw first
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      if (count <= mostOfAKind) told.push({ code, text: `${what} ${instead}` })
    },
    first: () => first,
    list() {
      const more = [...counts].filter(([, count]) => count > mostOfAKind)
      return [
        ...told.map(({ text }) => text),
        ...more.map(([code, count]) => `${code}: ${count - mostOfAKind} more of that kind.`),
      ]
    },
  }
}

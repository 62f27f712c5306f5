// The mean of many readings of one kind: every number by itself, over the readings in which it is defined.
import type { SoundMeasures } from './measure-sound.ts'

type Value = number | null | readonly Value[] | { readonly [name: string]: Value }

/** Means of measures of one shape; a value that is defined in none stays null, with the first reason given. `list` must not be empty. */
export function meanOfMeasures<Measures extends SoundMeasures>(list: readonly Measures[]): Measures {
  const reasons: Record<string, string> = {}
  const explain = (path: string) => {
    const reason = list.map((measures) => measures.undefined[path]).find((text) => text !== undefined)
    if (reason !== undefined) reasons[path] = reason
  }
  const values = list.map(({ undefined: _, ...rest }) => rest as unknown as Value)
  const means = meanOfValues(values, '', explain)
  return { ...(means as unknown as Measures), undefined: reasons }
}

function meanOfValues(values: readonly Value[], path: string, explain: (path: string) => void): Value {
  const first = values.find((value) => value !== null) ?? null
  const inner = (name: string | number) =>
    meanOfValues(
      values.map((value) => (value as { readonly [name: string | number]: Value })[name] ?? null),
      path === '' ? `${name}` : `${path}.${name}`,
      explain,
    )
  if (Array.isArray(first)) return first.map((_, i) => inner(i))
  if (first !== null && typeof first === 'object')
    return Object.fromEntries(Object.keys(first).map((name) => [name, inner(name)]))
  const defined = values.filter((value) => typeof value === 'number')
  if (defined.length === 0) explain(path)
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length
}

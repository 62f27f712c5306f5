// What is searched, filtered and sorted by: a form, kept in the address.
import type { ShelfPage } from '../../record/index.ts'
import { displayText, find, make } from '../view/elements.ts'
import { stateWords } from './words.ts'

export interface Wishes {
  /** Place in the list that the address names. */
  readonly from: number
  /** The parameters of a request. */
  query(from: number, count: number): string
  /** Path of the measure that the list is sorted by; null when it is sorted by something else. */
  sort(): string | null
  /** Writes the wishes into the address. */
  keep(from: number): void
  /** Choices as the shelf has them. */
  offer(page: ShelfPage): void
}

const names = ['search', 'condition', 'dj', 'mask', 'scenario', 'state', 'sort', 'by', 'order'] as const
const facetNames = ['condition', 'dj', 'mask', 'scenario', 'state'] as const
const sorts = [
  { path: '', name: 'newest' },
  { path: 'name', name: 'name' },
  { path: 'seconds', name: 'length' },
]
const patienceMilliseconds = 150

export function createWishes(onChange: () => void): Wishes {
  const form = find('wishes', HTMLFormElement)
  const asked = new URLSearchParams(location.search)
  const values = new Map<string, string>(names.map((name) => [name, asked.get(name) ?? '']))
  const controls = new Map(names.map((name) => [name, controlOf(form, name)]))
  for (const [name, control] of controls)
    if (control instanceof HTMLInputElement) control.value = values.get(name) ?? ''
  let waiting = 0
  const changed = () => {
    for (const [name, control] of controls) values.set(name, control.value)
    window.clearTimeout(waiting)
    waiting = window.setTimeout(onChange, patienceMilliseconds)
  }
  form.addEventListener('input', changed)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => window.setTimeout(changed, 0))
  const given = () => [...values].filter(([, value]) => value !== '')
  const offer = (name: (typeof names)[number], options: readonly { value: string; words: string }[]) => {
    const select = controls.get(name)
    if (select instanceof HTMLSelectElement) refill(select, options, values.get(name) ?? '')
  }
  return {
    from: /^\d{1,9}$/.test(asked.get('from') ?? '') ? Number(asked.get('from')) : 0,
    query: (from, count) =>
      new URLSearchParams([...given(), ['from', String(from)], ['count', String(count)]]).toString(),
    sort() {
      const sort = values.get('sort') ?? ''
      return sort.includes('.') ? sort : null
    },
    keep(from) {
      const wishes = new URLSearchParams(given())
      if (from > 0) wishes.set('from', String(from))
      history.replaceState(null, '', wishes.size === 0 ? location.pathname : `?${wishes}`)
    },
    offer({ facets, measures }) {
      for (const name of facetNames) {
        const found = facets[name].map((facet) => ({
          value: facet.name,
          words: `${displayText(name === 'state' ? stateWords(facet.name) : facet.name, 60)} (${facet.count})`,
        }))
        offer(name, [{ value: '', words: 'any' }, ...found])
      }
      offer(
        'sort',
        [...sorts, ...measures].map(({ path, name }) => ({ value: path, words: name })),
      )
      offer('by', [
        { value: '', words: 'the value' },
        { value: 'percentile', words: 'its place among twins' },
      ])
      const order = controls.get('order')
      if (order !== undefined) order.value = values.get('order') ?? ''
    },
  }
}

function controlOf(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement {
  const control = form.elements.namedItem(name)
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) return control
  throw new TypeError(`page: expected a field named "${name}" in runs.html`)
}

/** Only when the choices changed: a list that is open stays open. A wish that the shelf does not have is kept, so that it can be undone. */
function refill(select: HTMLSelectElement, options: readonly { value: string; words: string }[], chosen: string): void {
  const known = options.some(({ value }) => value === chosen)
  const all = known ? options : [...options, { value: chosen, words: `${displayText(chosen, 60)} (0)` }]
  const mark = JSON.stringify(all)
  if (select.dataset.mark !== mark) {
    select.dataset.mark = mark
    select.replaceChildren(...all.map(({ value, words }) => make('option', { value }, words)))
  }
  select.value = chosen
}

// The list itself: a row per run, three measures with their bands, one more when the list is sorted by it.
import type { RunSummary, ShelfPage } from '../../record/index.ts'
import { displayText, find, make, setText } from '../view/elements.ts'
import { nameRun } from '../view/runs.ts'
import { createBand, describePlace } from './band.ts'
import type { Preview } from './preview.ts'
import { describeDay, describeLength, describeState } from './words.ts'

export interface Table {
  /** `sort`: path of the measure that the list is sorted by. */
  show(page: ShelfPage, sort: string | null): void
}

const usualMeasures = ['together.consonance', 'pairs.*.interlock.voice.score', 'agents.*.vitality.vitality']
const plainHeads = ['Run', 'Who plays', 'Condition', 'State', 'Length', 'Last change']
const noRuns =
  'No run yet. Play one with "hocket party", or make a conversation of your agents audible with "hocket sonify FILE --out runs/NAME"; it appears here by itself.'

export function createTable(preview: Preview): Table {
  const list = find('list', HTMLTableElement)
  const rows = find('rows', HTMLElement)
  const nothing = find('nothing', HTMLElement)
  let shown = ''
  walkByKeys(rows, preview)
  return {
    show(page, sort) {
      list.hidden = page.runs.length === 0
      nothing.hidden = page.runs.length > 0
      setText(nothing, page.total === 0 ? noRuns : 'No run fits. Take a filter away, or press Clear.')
      const paths = [...new Set([...usualMeasures, ...(sort === null ? [] : [sort])])]
      // The list is asked for again and again; what did not change is not touched, so focus and hovering stay.
      const mark = JSON.stringify([paths, page.runs])
      if (mark === shown) return
      shown = mark
      const focused = document.activeElement?.closest('tr')?.dataset.run
      showHeads(page, paths, sort)
      rows.replaceChildren(...page.runs.map((run) => createRow(run, paths, page, preview)))
      const again = [...rows.querySelectorAll('tr')].find((row) => row.dataset.run === focused)
      if (focused !== undefined) again?.querySelector('a')?.focus({ preventScroll: true })
    },
  }
}

function showHeads({ measures }: ShelfPage, paths: readonly string[], sort: string | null): void {
  const nameOf = (path: string) => measures.find((measure) => measure.path === path)?.name ?? path
  const head = (name: string, attributes: Record<string, string> = {}) =>
    make('th', { role: 'columnheader', scope: 'col', ...attributes }, name)
  find('heads', HTMLElement).replaceChildren(
    ...plainHeads.map((name) => head(name)),
    ...paths.map((path) => head(nameOf(path), { class: path === sort ? 'measure sorted' : 'measure' })),
    head('Preview'),
  )
}

function createRow(run: RunSummary, paths: readonly string[], page: ShelfPage, preview: Preview): HTMLElement {
  const cell = (label: string, ...children: (Node | string)[]) =>
    make('td', { role: 'cell', 'data-label': label }, ...children)
  const name = nameRun(run.id)
  const link = make('a', { class: 'open', href: `./index.html#run=${encodeURIComponent(run.id)}` }, name)
  const measures = paths.map((path) => {
    const label = page.measures.find((measure) => measure.path === path)?.name ?? path
    const one = run.measures[path]
    return one === undefined
      ? cell(label, make('span', { class: 'none' }, 'none'))
      : cell(label, createBand(path, one), make('span', { class: 'place' }, describePlace(one)))
  })
  const row = make(
    'tr',
    { role: 'row', 'data-run': run.id },
    make('th', { role: 'rowheader', scope: 'row' }, link),
    cell('Who plays', ...describeAgents(run)),
    cell('Condition', ...describePlan(run)),
    cell('State', describeState(run)),
    cell('Length', describeLength(run.seconds)),
    cell('Last change', describeDay(run.changed)),
    ...measures,
    cell('Preview', preview.button(run)),
  )
  return row
}

function describeAgents({ agents, agentCount }: RunSummary): Node[] {
  const shown = agents.map(({ title, dj, mask }) =>
    make(
      'span',
      { class: 'member' },
      displayText(title, 40),
      make('span', { class: 'dj' }, ` ${displayText(mask === null ? dj : `${dj}, ${mask}`, 60)}`),
    ),
  )
  const more = agentCount - agents.length
  return more > 0 ? [...shown, make('span', { class: 'member dj' }, `and ${more} more`)] : shown
}

function describePlan({ condition, scenario, seed }: RunSummary): Node[] {
  const below = [scenario, seed === null ? null : `seed ${seed}`].filter((part) => part !== null).join(', ')
  return [
    make('span', { class: 'member' }, displayText(condition ?? 'transcript', 40)),
    make('span', { class: 'member dj' }, displayText(below, 80)),
  ]
}

/** Up and down from link to link; P tries a run; / goes to the search. */
function walkByKeys(rows: HTMLElement, preview: Preview): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target instanceof HTMLElement ? event.target : document.body
    if (target.matches('input, select')) return
    const row = target.closest('tr')
    if (event.key === '/') find('search', HTMLInputElement).focus()
    else if (event.key.toLowerCase() === 'p' && row !== null) preview.toggle(row.dataset.run ?? '')
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const links = [...rows.querySelectorAll<HTMLElement>('a.open')]
      const now = links.findIndex((link) => link.closest('tr') === row)
      const next = links[now < 0 ? 0 : now + (event.key === 'ArrowDown' ? 1 : -1)]
      if (next === undefined) return
      next.focus()
    } else return
    event.preventDefault()
  })
}

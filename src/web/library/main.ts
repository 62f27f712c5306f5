// The page of all runs: found, sorted, tried, opened. What is asked for stands in the address, so that a list can be linked to.
import '../parsing.ts'
import { type ShelfPage, shelfPageSchema } from '../../record/index.ts'
import { fetchChecked } from '../run/server.ts'
import { find, setText } from '../view/elements.ts'
import { createTheme } from '../view/theme.ts'
import { createPreview } from './preview.ts'
import { createTable } from './table.ts'
import { createWishes } from './wishes.ts'

const count = 50
/** Runs that play now grow; the list looks again so often while it is looked at. */
const againMilliseconds = 10_000

function openLibrary(): void {
  createTheme(find('theme', HTMLButtonElement), () => {})
  const told = find('count', HTMLElement)
  const preview = createPreview(find('preview', HTMLAudioElement), (words) => setText(told, words))
  const table = createTable(preview)
  const wishes = createWishes(() => void show(0))
  openWhenWide(find('more', HTMLDetailsElement))
  let from = wishes.from
  let asked = 0

  const show = async (place: number) => {
    from = place
    wishes.keep(from)
    const own = ++asked
    const sort = wishes.sort() // the form may have changed when the answer comes
    try {
      const page = await fetchChecked(`api/shelf?${wishes.query(from, count)}`, shelfPageSchema, 'the list of runs')
      if (own !== asked) return // a later wish is on its way
      from = page.from
      wishes.offer(page)
      table.show(page, sort)
      showPlace(page)
      setText(told, describeCount(page))
    } catch (error) {
      if (own === asked) setText(told, `${(error as Error).message} What is shown may be old; trying again.`)
    }
  }
  find('before', HTMLButtonElement).addEventListener('click', () => void show(Math.max(0, from - count)))
  find('after', HTMLButtonElement).addEventListener('click', () => void show(from + count))
  window.setInterval(() => document.visibilityState === 'visible' && void show(from), againMilliseconds)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void show(from))
  void show(from)
}

/** On a narrow screen the filters wait behind their name. */
function openWhenWide(more: HTMLDetailsElement): void {
  const wide = window.matchMedia('(min-width: 901px)')
  const follow = () => {
    more.open = wide.matches
  }
  wide.addEventListener('change', follow)
  follow()
}

function showPlace({ from, runs, matched }: ShelfPage): void {
  find('pages', HTMLElement).hidden = matched <= count && from === 0
  find('before', HTMLButtonElement).disabled = from === 0
  find('after', HTMLButtonElement).disabled = from + runs.length >= matched
  setText(find('place', HTMLElement), `${from + 1} to ${from + runs.length} of ${matched}`)
}

function describeCount({ total, matched }: ShelfPage): string {
  if (total === 0) return ''
  if (matched === total) return total === 1 ? 'One run.' : `${total} runs.`
  return `${matched} of ${total} runs.`
}

openLibrary()

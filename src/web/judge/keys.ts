// The keyboard of the judging page: one table of deeds, each with keys that the judge may change or turn off (WCAG 2.1.4). What was chosen
// stays in this browser.
import { make } from './elements.ts'

export const deeds = {
  hearA: { says: 'Hear A', keys: ['a', '1'] },
  hearB: { says: 'Hear B', keys: ['b', '2'] },
  hearX: { says: 'Hear X, where there is one', keys: ['x', '3'] },
  play: { says: 'Play or pause', keys: [' '] },
  back: { says: 'Back 2 seconds', keys: ['ArrowLeft'] },
  on: { says: 'On 2 seconds', keys: ['ArrowRight'] },
  backLittle: { says: 'Back a tenth of a second', keys: ['Shift+ArrowLeft'] },
  onLittle: { says: 'On a tenth of a second', keys: ['Shift+ArrowRight'] },
  loopFrom: { says: 'Loop from this bar', keys: ['['] },
  loopTo: { says: 'Loop to the end of this bar', keys: [']'] },
  loop: { says: 'Loop on or off', keys: ['l'] },
  restart: { says: 'From the start', keys: ['r'] },
  voteA: { says: 'Answer A, or: X is A', keys: ['Shift+A'] },
  voteTie: { says: 'Answer: a tie', keys: ['t'] },
  voteB: { says: 'Answer B, or: X is B', keys: ['Shift+B'] },
  voteNeither: { says: 'Answer: neither is good', keys: ['n'] },
  undo: { says: 'Back to the pair before', keys: ['u'] },
  note: { says: 'Write a note', keys: ['c'] },
  help: { says: 'These keys', keys: ['?'] },
} as const satisfies Record<string, { says: string; keys: readonly string[] }>

export type Deed = keyof typeof deeds
const deedNames = Object.keys(deeds) as Deed[]

const kept = 'hocket-judging-keys'

interface Chosen {
  readonly on: boolean
  readonly keys: Partial<Record<Deed, string>>
}

/** `Shift+A`, `a`, `ArrowLeft`, `[`: marks keep their own name whatever it takes to type them. */
export function nameKey(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  const { key, shiftKey } = event
  if (/^\p{L}$/u.test(key)) return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase()
  return shiftKey && key.length > 1 ? `Shift+${key}` : key
}

const spoken = (key: string) => (key === ' ' ? 'Space' : key.replace('Arrow', 'Arrow '))
const modifiers = new Set([
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'CapsLock',
  'Tab',
  'Escape',
  'Enter',
  'Dead',
  'Unidentified',
])

export interface Keys {
  /** Takes what the keys do now; what has no function does nothing. */
  bind(functions: Partial<Record<Deed, () => void>>): void
}

export function openKeys(help: { dialog: HTMLDialogElement; open: HTMLButtonElement }): Keys {
  let chosen = readChosen()
  let functions: Partial<Record<Deed, () => void>> = {}
  const change = (next: Chosen) => {
    chosen = next
    keep(chosen)
  }
  const show = () => {
    if (!help.dialog.open) help.dialog.showModal()
  }
  openHelp(help, { read: () => chosen, change })
  help.open.addEventListener('click', show)
  document.addEventListener('keydown', (event) => {
    if (!chosen.on || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || help.dialog.open)
      return
    const target = event.target instanceof Element ? event.target : null
    if (target?.matches('input:not([type="checkbox"], [type="range"]), textarea, select')) return
    const name = nameKey(event)
    // Where a key means something already, it keeps its meaning.
    if (target?.matches('input[type="range"]') && name.includes('Arrow')) return
    if (name === ' ' && target?.matches('button, summary, a, input')) return
    const deed = deedNames.find((one) => keysOf(one, chosen).includes(name))
    if (deed === undefined) return
    const does = deed === 'help' ? show : functions[deed]
    if (does === undefined) return
    event.preventDefault()
    does()
  })
  return {
    bind(wanted) {
      functions = wanted
    },
  }
}

function keysOf(deed: Deed, chosen: Chosen): readonly string[] {
  const own = chosen.keys[deed]
  return own === undefined ? deeds[deed].keys : [own]
}

interface Choice {
  read(): Chosen
  change(next: Chosen): void
}

function openHelp({ dialog }: { dialog: HTMLDialogElement }, choice: Choice): void {
  const inside = <Kind extends HTMLElement>(id: string) => dialog.querySelector(`#${id}`) as Kind
  const said = inside<HTMLElement>('keys-said')
  const on = inside<HTMLInputElement>('keys-on')
  const list = listKeys(inside<HTMLUListElement>('keys'), choice, (deed) => {
    waiting = deed
    said.textContent = `Press the key for "${deeds[deed].says}". Escape leaves it.`
  })
  let waiting: Deed | null = null
  const draw = () => {
    on.checked = choice.read().on
    list.draw()
  }
  dialog.addEventListener('keydown', (event) => {
    if (waiting === null || (modifiers.has(event.key) && event.key !== 'Escape')) return
    event.preventDefault()
    const { told, done } = event.key === 'Escape' ? leftAsItWas : takeKey(waiting, nameKey(event), choice)
    said.textContent = told
    if (!done) return
    const deed = waiting
    waiting = null
    draw()
    list.focus(deed)
  })
  on.addEventListener('change', () => choice.change({ ...choice.read(), on: on.checked }))
  inside('keys-reset').addEventListener('click', () => {
    choice.change({ on: true, keys: {} })
    said.textContent = 'All keys are as they were.'
    draw()
  })
  inside('help-close').addEventListener('click', () => dialog.close())
  draw()
}

const leftAsItWas = { told: 'Left as it was.', done: true }

/** A key does one thing. */
function takeKey(deed: Deed, name: string, { read, change }: Choice): { told: string; done: boolean } {
  const other = deedNames.find((one) => one !== deed && keysOf(one, read()).includes(name))
  if (other !== undefined)
    return { told: `${spoken(name)} is taken: ${deeds[other].says}. Press another.`, done: false }
  change({ ...read(), keys: { ...read().keys, [deed]: name } })
  return { told: `${deeds[deed].says}: ${spoken(name)}.`, done: true }
}

function listKeys(list: HTMLUListElement, { read }: Choice, onChange: (deed: Deed) => void) {
  const draw = () =>
    list.replaceChildren(
      ...deedNames.map((deed) => {
        const label = `Change the key for ${deeds[deed].says}`
        const button = make('button', { type: 'button', class: 'plain', 'aria-label': label }, 'Change')
        button.addEventListener('click', () => onChange(deed))
        const keys = keysOf(deed, read()).map((key) => make('kbd', {}, spoken(key)))
        return make('li', {}, make('span', {}, deeds[deed].says), make('span', { class: 'caps' }, ...keys), button)
      }),
    )
  return { draw, focus: (deed: Deed) => list.querySelectorAll('button')[deedNames.indexOf(deed)]?.focus() }
}

// A browser may forbid storage; then the choice lasts as long as the page.
function readChosen(): Chosen {
  try {
    const stored = JSON.parse(localStorage.getItem(kept) ?? 'null') as Partial<Chosen> | null
    return { on: stored?.on !== false, keys: typeof stored?.keys === 'object' ? stored.keys : {} }
  } catch {
    return { on: true, keys: {} }
  }
}

function keep(chosen: Chosen): void {
  try {
    localStorage.setItem(kept, JSON.stringify(chosen))
  } catch {
    return
  }
}

// The keyboard: one table, from which both the help and the listening come.
import { make } from './elements.ts'

export interface KeyDeed {
  readonly keys: string
  readonly says: string
  /** Whether an event is this key. */
  readonly fits: (event: KeyboardEvent) => boolean
  readonly does: (event: KeyboardEvent) => void
}

const repeating = /^(?:Arrow(?:Left|Right|Up|Down)|[-+=])$/

/** A key that is held says itself again and again: arrows, - and + go on, whatever turns on and off is done once. */
export const counts = ({ repeat, key: name }: Pick<KeyboardEvent, 'repeat' | 'key'>): boolean =>
  !repeat || repeating.test(name)

/** A deed of one key, whatever the case it is typed in. */
export function key(keys: string, says: string, name: string, does: () => void): KeyDeed {
  return { keys, says, fits: (event) => event.key === name || event.key.toLowerCase() === name, does }
}

/** The digit of the physical key, so that Shift+1 counts on every layout; null for others. */
export function digitOf(event: KeyboardEvent): number | null {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1]
  return digit === undefined ? null : Number(digit)
}

const editable = 'input, select, textarea, [contenteditable]'

export function listenToKeys(deeds: readonly KeyDeed[], list: HTMLElement): void {
  for (const deed of deeds) list.append(make('div', {}, make('dt', {}, deed.keys), make('dd', {}, deed.says)))
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (document.querySelector('dialog[open]') !== null) return
    const target = event.target instanceof Element ? event.target : null
    // A button that has the focus is pressed once too, however long Enter is held.
    if (event.repeat && event.key === 'Enter' && target?.matches('button')) return event.preventDefault()
    const deed = deeds.find((one) => one.fits(event))
    if (deed === undefined) return
    // Sliders and lists keep the arrows, buttons and summaries keep Space: those keys already mean something there.
    if (target?.matches(editable) && (event.key.startsWith('Arrow') || event.key.length === 1)) {
      const slider = target.matches('input[type="range"]')
      if (!slider || event.key.startsWith('Arrow')) return
    }
    if (event.key === ' ' && target?.matches('button, summary, a')) return
    event.preventDefault()
    if (counts(event)) deed.does(event)
  })
}

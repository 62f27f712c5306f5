// What an agent says in this slot, as running text; the token that sounds lights up, those that sounded stay dark.
import type { Seconds } from '../../units.ts'
import type { AgentSlot } from '../run/slots.ts'
import { displayText, make } from './elements.ts'
import { watchSight } from './sight.ts'

interface SpokenWord {
  readonly element: HTMLElement
  readonly start: Seconds
  readonly end: Seconds
  state: 'to come' | 'sounding' | 'spoken'
}

export interface Words {
  show(part: AgentSlot | undefined): void
  light(now: Seconds): void
  dispose(): void
}

const mostTokens = 600
/** As high as the style sheet makes it. */
const shownLines = 2
/** The line that is spoken is looked for so often; each look costs the browser a layout. */
const lookMilliseconds = 250

/** Words of an agent that is out of sight are neither laid out nor lit before it comes into sight. */
export function createWords(root: HTMLElement): Words {
  let part: AgentSlot | undefined
  let shown: AgentSlot | undefined
  let words: SpokenWord[] = []
  let lookedAt = 0
  const sight = watchSight(root)
  const lay = () => {
    shown = part
    words = part === undefined ? [] : layWords(part)
    root.replaceChildren(...words.map((word) => word.element))
    root.scrollTop = 0
  }
  return {
    show(next) {
      part = next
    },
    light(now) {
      if (!sight.isSeen()) return
      if (part !== shown) lay()
      let sounding: HTMLElement | null = null
      for (const word of words) {
        const state = now < word.start ? 'to come' : now < word.end ? 'sounding' : 'spoken'
        if (state === word.state) continue
        word.state = state
        word.element.classList.toggle('sounding', state === 'sounding')
        word.element.classList.toggle('spoken', state === 'spoken')
        if (state === 'sounding') sounding = word.element
      }
      if (sounding === null || performance.now() - lookedAt < lookMilliseconds) return
      lookedAt = performance.now()
      keepInView(root, sounding)
    },
    dispose: sight.dispose,
  }
}

/** Tokens without a note of their own (spaces, marks) light with the last that has one. */
function layWords(part: AgentSlot): SpokenWord[] {
  const times = new Map<number, { start: Seconds; end: Seconds }>()
  for (const note of part.voiceNotes) {
    if (note.token === undefined) continue
    const end = note.onsetSeconds + Math.max(0.12, note.durationSeconds)
    const known = times.get(note.token)
    if (known === undefined) times.set(note.token, { start: note.onsetSeconds, end })
    else known.end = Math.max(known.end, end)
  }
  let last = { start: -1, end: -1 }
  return part.tokens.slice(0, mostTokens).map((token, k, all) => {
    const isNewTurn = k > 0 && all[k - 1]?.turn !== token.turn
    const own = times.get(token.n)
    if (own !== undefined) last = own
    const { start, end } = own ?? { start: last.end, end: last.end }
    return {
      element: make('span', { class: token.role }, `${isNewTurn ? ' ' : ''}${displayText(token.text)}`),
      start,
      end,
      state: 'to come',
    }
  })
}

/** Whole lines only: the one that is read comes to the top. */
function keepInView(root: HTMLElement, word: HTMLElement): void {
  const lineHeight = root.clientHeight / shownLines
  const line = Math.round(word.offsetTop / lineHeight) * lineHeight // counted from the paragraph, which is positioned
  if (line < root.scrollTop || line + lineHeight > root.scrollTop + root.clientHeight + 1) root.scrollTop = line
}

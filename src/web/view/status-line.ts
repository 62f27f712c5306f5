// The one line that says what happens. What is wrong for now stands beside whatever else is said, until it is over.

export interface StatusLine {
  say(words: string): void
  /** What the sound does; nothing to tell leaves other words standing. `when it lasts`: told only after a moment. */
  showState(words: string, when?: 'at once' | 'when it lasts'): void
  /** Something is wrong for now. */
  warn(topic: WarningTopic, words: string): void
  /** That is over; what else was said meanwhile stays beside it. Nothing is said when nothing was wrong. */
  relieve(topic: WarningTopic, words: string): void
  /** Something is wrong for good: nothing else is said until another run is opened. */
  fail(words: string): void
  reset(): void
}

/** What may be wrong: the record's connection, the server otherwise, the sound device, what is to sound next. */
export type WarningTopic = 'connection' | 'server' | 'device' | 'sound'

/** A state shorter than this is not told, where it is to last. */
const patienceMilliseconds = 700

/** What is needed of an element. */
type Line = Pick<HTMLElement, 'textContent'> & { readonly classList: Pick<DOMTokenList, 'toggle'> }

export function createStatusLine(element: Line): StatusLine {
  const warnings = new Map<WarningTopic, string>()
  let failed = false
  let told = ''
  let ofState = ''
  let pending: ReturnType<typeof setTimeout> | undefined
  const show = (words: string) => {
    if (failed) return
    told = words
    const warning = [...warnings.values()].at(-1)
    const text = warning === undefined || words === warning ? words : `${words} ${warning}`.trim()
    if (element.textContent !== text) element.textContent = text
    element.classList.toggle('alert', warning !== undefined)
  }
  return {
    say: show,
    showState(words, when = 'at once') {
      clearTimeout(pending)
      const isOld = told === ofState
      ofState = words
      if (when === 'when it lasts') pending = setTimeout(() => show(words), patienceMilliseconds)
      else if (words !== '' || isOld) show(words)
    },
    warn(topic, words) {
      if (warnings.get(topic) === words) return
      warnings.delete(topic)
      warnings.set(topic, words)
      show(words)
    },
    relieve(topic, words) {
      const warning = warnings.get(topic)
      if (!warnings.delete(topic)) return
      const isNews = told !== warning && told !== ofState
      show(isNews ? `${told} ${words}` : words)
    },
    fail(words) {
      warnings.set('connection', words)
      show(words)
      failed = true
    },
    reset() {
      clearTimeout(pending)
      warnings.clear()
      failed = false
      show('')
    },
  }
}

// The one line that says what happens. What is wrong for now stands beside whatever else is said, until it is over.

export interface StatusLine {
  say(words: string): void
  /**
   * What the sound does; nothing to tell leaves other words standing, and words that were said just before stand beside it: a state comes
   * some time after the hand that asked for it. `when it lasts`: told only after a moment.
   */
  showState(words: string, when?: 'at once' | 'when it lasts'): void
  /** Something is wrong for now; words that were said just before stand beside it. */
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
/** Words younger than this may still be unread. */
const readingMilliseconds = 4000

/** What is needed of an element. */
type Line = Pick<HTMLElement, 'textContent'> & { readonly classList: Pick<DOMTokenList, 'toggle'> }

/** `now`: milliseconds. */
export function createStatusLine(element: Line, now = () => performance.now()): StatusLine {
  const warnings = new Map<WarningTopic, { readonly words: string; readonly at: number }>()
  let failed = false
  let told = ''
  let ofState = ''
  let news = { words: '', at: 0 }
  let pending: ReturnType<typeof setTimeout> | undefined
  const show = (words: string) => {
    if (failed) return
    told = words
    const warning = [...warnings.values()].at(-1)?.words
    const text = warning === undefined || words === warning ? words : `${words} ${warning}`.trim()
    if (element.textContent !== text) element.textContent = text
    element.classList.toggle('alert', warning !== undefined)
  }
  const fresh = () => (now() - news.at < readingMilliseconds ? news.words : '')
  const showState = (words: string) => {
    ofState = `${fresh()} ${words}`.trim()
    show(ofState)
  }
  const say = (words: string) => {
    news = { words, at: now() }
    show(words)
  }
  return {
    say,
    showState(words, when = 'at once') {
      clearTimeout(pending)
      const isOld = told === ofState
      if (when === 'when it lasts') pending = setTimeout(() => showState(words), patienceMilliseconds)
      else if (words !== '' || isOld) showState(words)
    },
    warn(topic, words) {
      const before = warnings.get(topic)
      if (before?.words === words) return
      warnings.delete(topic)
      warnings.set(topic, { words, at: before?.at ?? now() })
      show(fresh() || words)
    },
    relieve(topic, words) {
      const warning = warnings.get(topic)
      if (warning === undefined) return
      warnings.delete(topic)
      const isNews = news.words !== '' && news.at >= warning.at && told !== ofState
      say(`${isNews ? news.words : fresh()} ${words}`.trim())
    },
    fail(words) {
      warnings.set('connection', { words, at: now() })
      show(words)
      failed = true
    },
    reset() {
      clearTimeout(pending)
      warnings.clear()
      failed = false
      news = { words: '', at: 0 }
      show('')
    },
  }
}

// What the page's frame shows of a run: start button, transport, runs, downloads, and the line that says what happens.

import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import type { RunEntry } from '../run/server.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Connection } from '../run/stream.ts'
import type { Stretch } from '../sound/loops.ts'
import type { PlayerState } from '../sound/player.ts'
import { displayText, setText } from './elements.ts'
import { createHands } from './hands.ts'
import { showMarks } from './marks.ts'
import { describeTime } from './moment.ts'
import { findParts, type Parts } from './parts.ts'
import { listDownloads, listRuns } from './runs.ts'

export interface ControlsSettings {
  readonly listening: () => Listening | undefined
  readonly onRun: (id: string) => void
  readonly onLink: (seconds: number | null) => void
  readonly onTheme: () => void
}

export interface Controls {
  showRuns(runs: readonly RunEntry[], chosen: string | null): void
  /** Another run is being opened. */
  reset(entry: RunEntry | undefined): void
  /** It can be started. */
  ready(score: PartyScore): void
  showState(state: PlayerState): void
  showGrowth(score: PartyScore): void
  showMoment(now: Seconds, total: Seconds): void
  showConnection(connection: Connection, words: string): void
  showNews(words: string): void
  /** Goes along with a run that still plays. */
  goAlong(): void
  /** A stretch of the run was marked by hand. */
  markStretch(stretch: Stretch): void
  showFailure(words: string): void
}

const stateWords: Readonly<Record<PlayerState, string>> = {
  playing: '',
  paused: 'Paused.',
  waiting: 'Waiting for the next slot.',
  ended: 'The end of the run.',
}

/** A wait shorter than this is not told. */
const patienceMilliseconds = 700

export function createControls(settings: ControlsSettings): Controls {
  const parts = findParts()
  const line = createStatusLine(parts.line)
  const hands = createHands({ ...settings, parts, say: line.say })
  showMarks(parts.marks)
  let known: readonly RunEntry[] = []
  return {
    showRuns(runs, chosen) {
      listRuns(parts.runs, runs, chosen)
      known = runs
      if (runs.length === 0) setText(parts.welcomeWords, 'No run yet. Run "hocket party" to make one, then reload.')
    },
    reset(entry) {
      line.reset()
      parts.welcome.hidden = false
      enable(parts, false)
      setText(parts.title, displayText(entry?.title ?? '', 160))
      setText(parts.welcomeWords, 'Opening the run.')
      listDownloads(parts.downloads, entry)
      parts.play.classList.remove('playing')
      parts.play.setAttribute('aria-label', 'Play')
      hands.doubt.listOthers(known, entry?.id ?? null)
      hands.doubt.reset(null)
      hands.repeat.reset()
      hands.keep.reset()
    },
    ready(score) {
      enable(parts, true)
      setText(parts.welcomeWords, describeRun(score))
      if (document.activeElement === document.body) parts.start.focus({ preventScroll: true })
      hands.applyLevel()
      hands.doubt.reset(score)
      hands.repeat.reset()
      hands.keep.grew(score)
    },
    showState(state) {
      const sounds = state === 'playing' || state === 'waiting'
      parts.play.classList.toggle('playing', sounds)
      parts.play.setAttribute('aria-label', sounds ? 'Pause' : 'Play')
      line.showState(stateWords[state])
    },
    showGrowth(score) {
      parts.seek.max = String(Math.max(0, score.slots.length - 1))
      hands.keep.grew(score)
      if (!parts.start.disabled) setText(parts.welcomeWords, describeRun(score))
    },
    showMoment(now, total) {
      const clock = `${describeTime(now)} of ${describeTime(total)}`
      setText(parts.clock, clock)
      hands.keep.refresh()
      hands.repeat.refresh()
      hands.doubt.refresh()
      if (hands.isSeeking()) return
      parts.seek.value = String(hands.slotNow())
      parts.seek.setAttribute('aria-valuetext', `slot ${hands.slotNow() + 1}, ${clock}`)
    },
    showConnection(connection, words) {
      if (connection === 'lost' || connection === 'slept') line.warn(words)
      else if (connection === 'broken') line.fail(words)
      else line.relieve(words)
    },
    showNews: line.say,
    goAlong: hands.keep.goAlong,
    markStretch: hands.repeat.mark,
    showFailure(words) {
      line.fail(words)
      setText(parts.welcomeWords, words)
    },
  }
}

interface StatusLine {
  say(words: string): void
  /** What the sound does. Waiting is told only when it lasts; nothing to tell leaves other words standing. */
  showState(words: string): void
  /** Something is wrong for now. */
  warn(words: string): void
  /** The warning is over; without one, nothing is said. */
  relieve(words: string): void
  /** Something is wrong for good: nothing else is said until another run is opened. */
  fail(words: string): void
  reset(): void
}

function createStatusLine(element: HTMLElement): StatusLine {
  let warning: string | null = null
  let failed = false
  let told = ''
  let ofState = ''
  let pending = 0
  const show = (words: string) => {
    if (failed) return
    told = words
    // A warning stands until it is relieved, whatever else is said meanwhile.
    setText(element, warning === null || words === warning ? words : `${words} ${warning}`.trim())
    element.classList.toggle('alert', warning !== null)
  }
  return {
    say: show,
    showState(words) {
      window.clearTimeout(pending)
      const isOld = told === ofState
      ofState = words
      if (words === stateWords.waiting) pending = window.setTimeout(() => show(words), patienceMilliseconds)
      else if (words !== '' || isOld) show(words)
    },
    warn(words) {
      warning = words
      show(words)
    },
    relieve(words) {
      if (warning === null) return
      warning = null
      show(words)
    },
    fail(words) {
      warning = words
      show(words)
      failed = true
    },
    reset() {
      warning = null
      failed = false
      show('')
    },
  }
}

function enable(parts: Parts, enabled: boolean): void {
  const { start, play, back, on, seek, loop, loopFrom, loopTo, speed, record } = parts
  for (const control of [start, play, back, on, seek, loop, loopFrom, loopTo, speed, record])
    control.disabled = !enabled
}

function describeRun(score: PartyScore): string {
  const names = score.session.agents.map((agent) => displayText(agent.title, 60)).join(' and ')
  const minutes = Math.max(1, Math.round((score.plannedSlots * score.slotSeconds) / 60))
  return `${names}, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}

// What the page's frame shows of a run: start button, transport, runs, downloads, and the line that says what happens.

import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import type { RunEntry } from '../run/server.ts'
import type { PartyScore } from '../run/slots.ts'
import { type Standing, standingOf } from '../run/standing.ts'
import type { Connection } from '../run/stream.ts'
import type { Stretch } from '../sound/loops.ts'
import type { PlayerState } from '../sound/player.ts'
import { displayText, setText } from './elements.ts'
import { createHands } from './hands.ts'
import type { Keep } from './keep.ts'
import { showMarks } from './marks.ts'
import { describeTime } from './moment.ts'
import { findParts, type Parts } from './parts.ts'
import { listDownloads, listRuns } from './runs.ts'
import { listNames } from './seats.ts'
import { createStatusLine, type StatusLine, type WarningTopic } from './status-line.ts'

export interface ControlsSettings {
  readonly listening: () => Listening | undefined
  readonly onRun: (id: string) => void
  readonly onLink: (place: Seconds | 'live') => void
  readonly onTheme: () => void
}

export interface Controls {
  showRuns(runs: readonly RunEntry[], chosen: string | null): void
  /** How a run stands and what of it can be downloaded, as the server knows it now. */
  showEntry(entry: RunEntry): void
  /** Another run is being opened. */
  reset(entry: RunEntry | undefined): void
  /** It can be started. */
  ready(score: PartyScore): void
  showState(state: PlayerState): void
  showGrowth(score: PartyScore): void
  showMoment(now: Seconds, total: Seconds): void
  showConnection(connection: Connection, words: string): void
  /** Something is wrong for now. */
  warn(topic: WarningTopic, words: string): void
  /** That is over; nothing is said when it never was. */
  relieve(topic: WarningTopic, words: string): void
  showNews(words: string): void
  /** A hand went to a moment. */
  touch(seconds: Seconds): void
  keepRecording: Keep['keepRecording']
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
/** The record has it; its sound is still being made. */
const rendering = 'Waiting for this slot.'
/** Seconds. */
const endMargin = 0.4
const brokenOff = 'The record breaks off here, without an end; nobody writes it any more.'

export function createControls(settings: ControlsSettings): Controls {
  const parts = findParts()
  const line = createStatusLine(parts.line)
  const hands = createHands({ ...settings, parts, say: line.say })
  showMarks(parts.marks)
  /** Whether there is more of the record than has sounded; it waits a little before the end of what there is. */
  const isHere = () => {
    const { player, score } = settings.listening() ?? {}
    return (
      player !== undefined &&
      score !== undefined &&
      player.seconds() + endMargin < score.slots.length * score.slotSeconds
    )
  }
  const standing = createStandingView(parts, line, { onStanding: hands.keep.stands, isHere })
  return {
    showRuns(runs, chosen) {
      listRuns(parts.runs, runs, chosen)
      standing.list(runs)
      if (runs.length === 0)
        setText(parts.welcomeWords, 'No run yet. Run "hocket party" to make one; it opens here by itself.')
    },
    reset(entry) {
      line.reset()
      parts.welcome.hidden = false
      enable(parts, false)
      setText(parts.welcomeWords, 'Opening the run.')
      if (entry !== undefined) parts.runs.value = entry.id
      parts.play.classList.remove('playing')
      parts.play.setAttribute('aria-label', 'Play')
      hands.doubt.listOthers(standing.known, entry?.id ?? null)
      hands.doubt.reset(null)
      hands.repeat.reset()
      hands.keep.reset()
      standing.reset(entry)
    },
    showEntry: standing.show,
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
      standing.showState(state)
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
      if (connection === 'lost' || connection === 'slept') line.warn('connection', words)
      else if (connection === 'broken') line.fail(words)
      else line.relieve('connection', words)
    },
    warn: line.warn,
    relieve: line.relieve,
    showNews: line.say,
    touch: hands.touch,
    keepRecording: hands.keep.keepRecording,
    goAlong: hands.keep.goAlong,
    markStretch: hands.repeat.mark,
    showFailure(words) {
      line.fail(words)
      setText(parts.welcomeWords, words)
    },
  }
}

interface StandingView {
  readonly known: readonly RunEntry[]
  list(runs: readonly RunEntry[]): void
  reset(entry: RunEntry | undefined): void
  show(entry: RunEntry): void
  /** What the sound does, in words that fit how the run stands. */
  showState(state: PlayerState): void
}

interface StandingWords {
  readonly onStanding: Keep['stands']
  /** Whether the record has come to the slot that is to sound. */
  readonly isHere: () => boolean
}

/** Title, downloads and state of a run, as the server tells them now. */
function createStandingView(parts: Parts, line: StatusLine, { onStanding, isHere }: StandingWords): StandingView {
  let known: readonly RunEntry[] = []
  let shown = ''
  let standing: Standing = 'ended'
  let state: PlayerState = 'paused'
  const tellState = () => {
    if (state === 'waiting' && isHere()) line.showState(rendering, 'when it lasts')
    else if (state === 'waiting' && standing === 'broken off') line.showState(brokenOff)
    else line.showState(stateWords[state], state === 'waiting' ? 'when it lasts' : 'at once')
  }
  const showFiles = (entry: RunEntry | undefined) => {
    // A list that is open stays so, unless something came to it.
    const next = JSON.stringify([entry?.id, entry?.live, entry?.files])
    if (next !== shown) listDownloads(parts.downloads, entry)
    shown = next
  }
  const show = (entry: RunEntry) => {
    showFiles(entry)
    setText(parts.title, displayText(entry.title, 160))
    const was = known.find(({ id }) => id === entry.id)
    known = known.map((run) => (run.id === entry.id ? entry : run))
    const isNew = standingOf(entry) !== standing
    standing = standingOf(entry)
    onStanding(standing)
    if (isNew && state === 'waiting') tellState()
    if (was !== undefined && was.live !== entry.live) listRuns(parts.runs, known, parts.runs.value)
  }
  return {
    get known() {
      return known
    },
    list(runs) {
      known = runs
    },
    reset(entry) {
      state = 'paused'
      standing = 'ended'
      setText(parts.title, '')
      if (entry === undefined) showFiles(entry)
      else show(entry)
    },
    show,
    showState(next) {
      state = next
      tellState()
    },
  }
}

function enable(parts: Parts, enabled: boolean): void {
  const { start, play, back, on, seek, loop, loopFrom, loopTo, speed, record } = parts
  for (const control of [start, play, back, on, seek, loop, loopFrom, loopTo, speed, record])
    control.disabled = !enabled
}

function describeRun(score: PartyScore): string {
  const names = listNames(score.session.agents.map((agent) => displayText(agent.title, 60)))
  const minutes = Math.max(1, Math.round((score.plannedSlots * score.slotSeconds) / 60))
  return `${names}, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}

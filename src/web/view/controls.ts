// Start button, transport, run picker, downloads, keys: what a hand can do, and the status line that says what happens.

import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import type { RunEntry } from '../run/server.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Connection } from '../run/stream.ts'
import type { PlayerState } from '../sound/player.ts'
import { displayText, find, make, setText } from './elements.ts'
import { digitOf, type KeyDeed, listenToKeys } from './keys.ts'
import { showMarks } from './marks.ts'
import { describeTime } from './moment.ts'

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
  ready(score: PartyScore): void
  showState(state: PlayerState): void
  showGrowth(score: PartyScore): void
  showMoment(now: Seconds, total: Seconds): void
  showConnection(connection: Connection, words: string): void
  showNews(words: string): void
  showFailure(words: string): void
}

export function createControls(settings: ControlsSettings): Controls {
  const { listening } = settings
  const parts = findParts()
  let muted = false
  let failed = false
  let held = false // the seek slider is in somebody's hand

  const play = () => {
    parts.welcome.hidden = true
    void listening()?.player?.play()
    if (document.activeElement === document.body || document.activeElement === parts.start) parts.play.focus()
  }
  const toggle = () => {
    const player = listening()?.player
    if (parts.play.disabled || player === undefined) return
    if (player.state === 'playing' || player.state === 'waiting') player.pause()
    else play()
  }
  const slotNow = () => {
    const one = listening()
    if (one?.player === undefined || one.score === undefined) return 0
    return Math.floor(one.player.seconds() / one.score.slotSeconds + 1e-6)
  }
  const move = (slots: number) => goTo(slotNow() + slots)
  const goTo = (slot: number) => {
    const one = listening()
    const last = (one?.score?.slots.length ?? 0) - 1
    if (one?.score === undefined || last < 0) return
    const target = Math.max(0, Math.min(last, slot))
    parts.seek.value = String(target)
    one.seek(target)
    settings.onLink(target * one.score.slotSeconds)
  }
  const mute = () => {
    muted = !muted
    listening()?.player?.mixer.setMuted(muted)
    parts.mute.setAttribute('aria-pressed', String(muted))
    setText(parts.mute, muted ? 'Muted' : 'Mute')
  }
  const strip = (event: KeyboardEvent) => {
    const one = listening()
    const digit = digitOf(event) ?? 0
    const strips = one?.player?.mixer.strips ?? []
    if (digit === 0) for (const every of strips) every.solo = every.mute = false
    const control = strips[digit - 1]
    if (control !== undefined && event.shiftKey) control.mute = !control.mute
    else if (control !== undefined) control.solo = !control.solo
    one?.view?.refreshStrips()
    if (control !== undefined)
      say(`${control.agent} ${control.layer}: ${control.solo ? 'solo' : control.mute ? 'muted' : 'open'}.`)
  }
  const say = (words: string, alert = false) => {
    setText(parts.line, words)
    parts.line.classList.toggle('alert', alert)
  }
  const level = () =>
    listening()?.player?.mixer.setMasterDecibels(Number(parts.master.value) <= -36 ? -200 : Number(parts.master.value))
  const openHelp = () => parts.help.showModal()
  const read = () => listening()?.view?.read(slotNow())

  parts.start.addEventListener('click', play)
  parts.play.addEventListener('click', toggle)
  parts.back.addEventListener('click', () => move(-1))
  parts.on.addEventListener('click', () => move(1))
  parts.seek.addEventListener('input', () => {
    held = true
  })
  parts.seek.addEventListener('change', () => {
    held = false
    goTo(Number(parts.seek.value))
  })
  parts.mute.addEventListener('click', mute)
  parts.master.addEventListener('input', level)
  parts.helpOpen.addEventListener('click', openHelp)
  parts.helpClose.addEventListener('click', () => parts.help.close())
  parts.runs.addEventListener('change', () => settings.onRun(parts.runs.value))
  listenToKeys(
    listDeeds({ toggle, move, goTo, mute, strip, read, openHelp, theme: settings.onTheme, listening }),
    parts.keys,
  )
  showMarks(parts.marks)

  return {
    showRuns(runs, chosen) {
      parts.runs.replaceChildren(
        ...runs.map((run) => make('option', { value: run.id }, `${run.id}${run.live ? ', playing now' : ''}`)),
      )
      parts.runs.disabled = runs.length === 0
      if (chosen !== null) parts.runs.value = chosen
      if (runs.length === 0) setText(parts.welcomeWords, 'No run yet. Run "hocket party" to make one, then reload.')
    },
    reset(entry) {
      failed = false
      parts.welcome.hidden = false
      for (const button of [parts.start, parts.play, parts.back, parts.on, parts.seek]) button.disabled = true
      setText(parts.title, displayText(entry?.title ?? '', 160))
      setText(parts.welcomeWords, 'Opening the run.')
      listDownloads(parts.downloads, entry)
      parts.play.classList.remove('playing')
    },
    ready(score) {
      for (const button of [parts.start, parts.play, parts.back, parts.on, parts.seek]) button.disabled = false
      setText(parts.welcomeWords, describeRun(score))
      if (document.activeElement === document.body) parts.start.focus({ preventScroll: true })
      level()
    },
    showState(state) {
      parts.play.classList.toggle('playing', state === 'playing' || state === 'waiting')
      parts.play.setAttribute('aria-label', state === 'playing' || state === 'waiting' ? 'Pause' : 'Play')
      if (state === 'playing') parts.welcome.hidden = true
      if (!failed)
        say(
          { playing: '', paused: 'Paused.', waiting: 'Waiting for the next slot.', ended: 'The end of the run.' }[
            state
          ],
        )
    },
    showGrowth(score) {
      parts.seek.max = String(Math.max(0, score.slots.length - 1))
      if (parts.start.disabled) return
      setText(parts.welcomeWords, describeRun(score))
    },
    showMoment(now, total) {
      const clock = `${describeTime(now)} of ${describeTime(total)}`
      setText(parts.clock, clock)
      if (held) return
      parts.seek.value = String(slotNow())
      parts.seek.setAttribute('aria-valuetext', `slot ${slotNow() + 1}, ${clock}`)
    },
    showConnection(connection, words) {
      if (connection === 'lost' || connection === 'broken') say(words, true)
      else if (parts.line.classList.contains('alert') && !failed)
        say(connection === 'open' ? 'Connected again.' : words)
      if (connection === 'broken') failed = true
    },
    showNews: (words) => say(words),
    showFailure(words) {
      failed = true
      say(words, true)
      setText(parts.welcomeWords, words)
    },
  }
}

function findParts() {
  return {
    welcome: find('welcome', HTMLElement),
    welcomeWords: find('welcome-words', HTMLElement),
    start: find('start', HTMLButtonElement),
    play: find('play', HTMLButtonElement),
    back: find('back', HTMLButtonElement),
    on: find('on', HTMLButtonElement),
    seek: find('seek', HTMLInputElement),
    clock: find('clock', HTMLElement),
    master: find('master', HTMLInputElement),
    mute: find('mute', HTMLButtonElement),
    line: find('line', HTMLElement),
    title: find('title', HTMLElement),
    runs: find('runs', HTMLSelectElement),
    downloads: find('downloads', HTMLDetailsElement),
    help: find('help', HTMLDialogElement),
    helpOpen: find('help-open', HTMLButtonElement),
    helpClose: find('help-close', HTMLButtonElement),
    keys: find('keys', HTMLElement),
    marks: find('marks', HTMLElement),
  }
}

interface Deeds {
  readonly toggle: () => void
  readonly move: (slots: number) => void
  readonly goTo: (slot: number) => void
  readonly mute: () => void
  readonly strip: (event: KeyboardEvent) => void
  readonly read: () => void
  readonly openHelp: () => void
  readonly theme: () => void
  readonly listening: () => Listening | undefined
}

function listDeeds({ toggle, move, goTo, mute, strip, read, openHelp, theme, listening }: Deeds): KeyDeed[] {
  const key = (keys: string, says: string, name: string, does: (event: KeyboardEvent) => void): KeyDeed => ({
    keys,
    says,
    fits: (event) => event.key === name || event.key.toLowerCase() === name,
    does,
  })
  const last = () => (listening()?.score?.slots.length ?? 1) - 1
  return [
    key('Space', 'play, pause', ' ', toggle),
    key('←', 'eight bars back, and read them', 'ArrowLeft', () => move(-1)),
    key('→', 'eight bars on, and read them', 'ArrowRight', () => move(1)),
    key('Home', 'to the start', 'Home', () => goTo(0)),
    key('End', 'to the last slot that is there', 'End', () => goTo(last())),
    key('R', 'read this moment in words', 'r', read),
    {
      keys: '1 – 4',
      says: 'solo a channel, counted from the top',
      fits: (event) => digitOf(event) !== null && !event.shiftKey,
      does: strip,
    },
    {
      keys: 'Shift 1 – 4',
      says: 'mute a channel',
      fits: (event) => digitOf(event) !== null && event.shiftKey,
      does: strip,
    },
    { keys: '0', says: 'open every channel', fits: () => false, does: () => {} },
    key('M', 'mute everything', 'm', mute),
    key('T', 'dark, light', 't', theme),
    key('?', 'this help', '?', openHelp),
  ]
}

function describeRun(score: PartyScore): string {
  const names = score.session.agents.map((agent) => displayText(agent.title, 60)).join(' and ')
  const minutes = Math.max(1, Math.round((score.plannedSlots * score.slotSeconds) / 60))
  return `${names}, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}

const fileNames: Readonly<Record<string, string>> = {
  'record.jsonl': 'Record',
  'scores.json': 'Scores',
  'mix.wav': 'Mix',
  'notes.mid': 'Notes (MIDI)',
  'report.html': 'Report',
}

function listDownloads(menu: HTMLDetailsElement, entry: RunEntry | undefined): void {
  menu.hidden = entry === undefined || entry.files.length === 0
  menu.open = false
  const links = (entry?.files ?? []).map((file) => {
    const href = `api/runs/${encodeURIComponent(entry?.id ?? '')}/files/${file.split('/').map(encodeURIComponent).join('/')}`
    return make('li', {}, make('a', { href, download: '' }, fileNames[file] ?? file.replace(/^stems\//, 'Stem ')))
  })
  menu.querySelector('ul')?.replaceChildren(...links)
}

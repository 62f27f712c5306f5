// What a hand can do, by button, slider or key: play, move, mute, solo, read.
import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import { createDoubt, type Doubt } from './doubt.ts'
import { setText } from './elements.ts'
import { createKeep, type Keep } from './keep.ts'
import { digitOf, type KeyDeed, key, listenToKeys } from './keys.ts'
import type { Parts } from './parts.ts'
import { createRepeat, type Repeat } from './repeat.ts'
import { createStageHands } from './stage-hands.ts'

export interface HandsSettings {
  readonly parts: Parts
  readonly listening: () => Listening | undefined
  readonly onRun: (id: string) => void
  readonly onLink: (place: Seconds | 'live') => void
  readonly onTheme: () => void
  readonly say: (words: string) => void
}

export interface Hands {
  /** The slot that sounds now. */
  slotNow(): number
  /** Whether somebody holds the seek slider. */
  isSeeking(): boolean
  /** A hand went to a moment: going along ends, the address follows. */
  touch(seconds: Seconds | null): void
  /** Gives a newly opened run the level and mute that are set. */
  applyLevel(): void
  readonly doubt: Doubt
  readonly repeat: Repeat
  readonly keep: Keep
}

export function createHands(settings: HandsSettings): Hands {
  const { parts, listening } = settings
  const level = createLevel(settings)
  const keep = createKeep(settings)
  const touch = (seconds: Seconds | null) => {
    keep.stay()
    if (seconds !== null) settings.onLink(seconds)
  }
  const move = createMoves(settings)
  const doubt = createDoubt({ ...settings, slotNow: move.slotNow })
  const repeat = createRepeat({ ...settings, onTouch: touch })
  const stage = createStageHands({
    button: parts.stage,
    leave: parts.stageLeave,
    onChange: () => listening()?.view?.repaint(),
  })
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
  const read = () => listening()?.view?.read(move.slotNow())
  const openHelp = () => parts.help.showModal()
  parts.start.addEventListener('click', play)
  parts.play.addEventListener('click', toggle)
  parts.helpOpen.addEventListener('click', openHelp)
  parts.helpClose.addEventListener('click', () => parts.help.close())
  parts.runs.addEventListener('change', () => settings.onRun(parts.runs.value))
  const theme = settings.onTheme
  const deeds = [
    key('Space', 'play, pause', ' ', toggle),
    ...move.deeds,
    ...doubt.deeds,
    ...repeat.deeds,
    ...keep.deeds,
    ...stage.deeds,
    key('R', 'read this moment in words', 'r', read),
    ...listStripDeeds(settings),
    key('M', 'mute everything', 'm', level.mute),
    key('T', 'dark, light', 't', theme),
    key('?', 'this help', '?', openHelp),
  ]
  listenToKeys(deeds, parts.keys)
  return { slotNow: move.slotNow, isSeeking: move.isSeeking, touch, applyLevel: level.apply, doubt, repeat, keep }
}

function barKey(keys: string, says: string, name: string, does: () => void): KeyDeed {
  return { keys, says, fits: (event) => event.shiftKey && event.key === name, does }
}

interface Moves {
  readonly deeds: readonly KeyDeed[]
  slotNow(): number
  isSeeking(): boolean
}

function createMoves({ parts, listening }: HandsSettings): Moves {
  let held = false
  const slotNow = () => {
    const one = listening()
    if (one?.player === undefined || one.score === undefined) return 0
    return Math.floor(one.player.seconds() / one.score.slotSeconds + 1e-6)
  }
  const lastSlot = () => (listening()?.score?.slots.length ?? 0) - 1
  const goTo = (slot: number) => {
    const one = listening()
    if (one?.score === undefined || lastSlot() < 0) return
    const target = Math.max(0, Math.min(lastSlot(), slot))
    parts.seek.value = String(target)
    one.seek(target * one.score.slotSeconds)
  }
  const moveBars = (bars: number) => {
    const one = listening()
    if (one?.player === undefined || one.score === undefined) return
    const bar = 240 / one.score.session.bpm
    one.seek(Math.max(0, (Math.floor(one.player.seconds() / bar + 0.1) + bars) * bar))
  }
  const move = (slots: number) => goTo(slotNow() + slots)
  parts.back.addEventListener('click', () => move(-1))
  parts.on.addEventListener('click', () => move(1))
  parts.seek.addEventListener('input', () => {
    held = true
  })
  parts.seek.addEventListener('change', () => {
    held = false
    goTo(Number(parts.seek.value))
  })
  return {
    slotNow,
    isSeeking: () => held,
    deeds: [
      barKey('Shift ←', 'a bar back', 'ArrowLeft', () => moveBars(-1)),
      barKey('Shift →', 'a bar on', 'ArrowRight', () => moveBars(1)),
      key('←', 'eight bars back, and read them', 'ArrowLeft', () => move(-1)),
      key('→', 'eight bars on, and read them', 'ArrowRight', () => move(1)),
      key('Home', 'to the start', 'Home', () => goTo(0)),
      key('End', 'to the last slot that is there', 'End', () => goTo(lastSlot())),
    ],
  }
}

function createLevel({ parts, listening }: HandsSettings): { mute: () => void; apply: () => void } {
  let muted = false
  const apply = () => {
    const mixer = listening()?.player?.mixer
    const decibels = Number(parts.master.value)
    mixer?.setMasterDecibels(decibels <= Number(parts.master.min) ? Number.NEGATIVE_INFINITY : decibels)
    mixer?.setMuted(muted)
  }
  const mute = () => {
    muted = !muted
    parts.mute.setAttribute('aria-pressed', String(muted))
    setText(parts.mute, muted ? 'Muted' : 'Mute')
    apply()
  }
  parts.mute.addEventListener('click', mute)
  parts.master.addEventListener('input', apply)
  return { mute, apply }
}

/** Digits are channels, counted from the top; 0 opens them all. */
function listStripDeeds({ listening, say }: HandsSettings): KeyDeed[] {
  const strips = () => listening()?.player?.mixer.strips ?? []
  const press = (event: KeyboardEvent, dial: 'solo' | 'mute') => {
    const strip = strips()[(digitOf(event) ?? 0) - 1]
    if (strip === undefined) return
    strip[dial] = !strip[dial]
    listening()?.view?.refreshStrips()
    say(`${strip.agent} ${strip.layer}: ${strip.mute ? 'muted' : strip.solo ? 'solo' : 'open'}.`)
  }
  const openAll = () => {
    for (const strip of strips()) strip.solo = strip.mute = false
    listening()?.view?.refreshStrips()
    say('Every channel open.')
  }
  const isDigit = (event: KeyboardEvent, shifted: boolean) => (digitOf(event) ?? 0) > 0 && event.shiftKey === shifted
  return [
    {
      keys: '1 – 4',
      says: 'solo a channel, counted from the top',
      fits: (event) => isDigit(event, false),
      does: (event) => press(event, 'solo'),
    },
    {
      keys: 'Shift 1 – 4',
      says: 'mute a channel',
      fits: (event) => isDigit(event, true),
      does: (event) => press(event, 'mute'),
    },
    { keys: '0', says: 'open every channel', fits: (event) => digitOf(event) === 0, does: openAll },
  ]
}

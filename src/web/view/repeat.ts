// Hands that repeat and slow down: a loop that keeps to bars, and the speed.

import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import { longestLoop, type Stretch } from '../sound/loops.ts'
import { press } from './doubt.ts'
import { setText } from './elements.ts'
import { type KeyDeed, key } from './keys.ts'
import type { Parts } from './parts.ts'

export interface RepeatSettings {
  readonly parts: Parts
  readonly listening: () => Listening | undefined
  /** A hand was laid on what sounds; at a moment, if it went there. */
  readonly onTouch: (seconds: Seconds | null) => void
  readonly say: (words: string) => void
}

export interface Repeat {
  readonly deeds: readonly KeyDeed[]
  /** A stretch of the run marked by hand: made whole bars and repeated. */
  mark(stretch: Stretch): void
  /** The buttons as the player has it now. */
  refresh(): void
  reset(): void
}

const beatsPerBar = 4
const usualBars = 4

interface Bars {
  readonly from: number
  readonly to: number
}

export function createRepeat(settings: RepeatSettings): Repeat {
  const { parts, listening, onTouch, say } = settings
  const speed = createSpeed(settings)
  let bars: Bars | null = null

  const barSeconds = (): Seconds => (60 * beatsPerBar) / (listening()?.score?.session.bpm ?? 120)
  const barNow = () => Math.floor((listening()?.player?.seconds() ?? 0) / barSeconds() + 1e-6)
  const refresh = () => {
    const loop = listening()?.player?.loop ?? null
    press(parts.loop, loop !== null)
    setText(parts.loopBars, bars === null ? 'no loop' : nameBars(bars, ' – '))
    speed.refresh()
  }
  const start = async (wanted: Bars) => {
    const { player, score } = listening() ?? {}
    if (player === undefined || score === undefined || score.slots.length === 0) return
    bars = fitBars(wanted, score.slots.length * 8, Math.floor(longestLoop(score, player.speed) / barSeconds()))
    const stretch: Stretch = { from: bars.from * barSeconds(), to: bars.to * barSeconds() }
    const isThere = player.seconds() >= stretch.from && player.seconds() < stretch.to
    onTouch(isThere ? null : stretch.from)
    const armed = player.setLoop(stretch)
    refresh()
    say(`Loop of ${nameBars(bars, ' to ')}. Measures rest while it repeats.`)
    await armed.catch((error: Error) => say(error.message))
    refresh()
  }
  const stop = () => {
    void listening()?.player?.setLoop(null)
    refresh()
    say('No loop; it goes on at the end of the stretch.')
  }
  const isOn = () => (listening()?.player?.loop ?? null) !== null
  const toggle = () => {
    if (isOn()) stop()
    else void start(bars ?? { from: barNow(), to: barNow() + usualBars })
  }
  const set = (next: Bars) => {
    bars = next
    if (isOn()) void start(next)
    else say(`Marked ${nameBars(next, ' to ')}; L repeats ${next.to - next.from === 1 ? 'it' : 'them'}.`)
    refresh()
  }
  const setFrom = () => set({ from: barNow(), to: Math.max(bars?.to ?? 0, barNow() + 1) })
  const setTo = () =>
    set({ from: Math.min(bars?.from ?? Math.max(0, barNow() + 1 - usualBars), barNow()), to: barNow() + 1 })
  parts.loop.addEventListener('click', toggle)
  parts.loopFrom.addEventListener('click', setFrom)
  parts.loopTo.addEventListener('click', setTo)
  return {
    deeds: [
      key('[', 'loop from this bar', '[', setFrom),
      key(']', 'loop to the end of this bar', ']', setTo),
      key('L', 'loop on, off', 'l', toggle),
      ...speed.deeds,
    ],
    mark({ from, to }) {
      const first = Math.floor(from / barSeconds() + 1e-6)
      void start({ from: first, to: Math.max(first + 1, Math.ceil(to / barSeconds() - 1e-6)) })
    },
    refresh,
    reset() {
      bars = null
      refresh()
    },
  }
}

/** "bar 3", "bars 3 to 6": counted from 1, the last one in it. */
export function nameBars({ from, to }: Bars, between: string): string {
  return to - from === 1 ? `bar ${to}` : `bars ${from + 1}${between}${to}`
}

/** At most `most` bars, inside the run. */
function fitBars({ from, to }: Bars, known: number, most: number): Bars {
  const end = Math.max(1, Math.min(known, to))
  const start = Math.max(0, Math.min(from, end - 1))
  return { from: start, to: Math.min(end, start + Math.max(1, most)) }
}

function createSpeed({ parts, listening, onTouch, say }: RepeatSettings): { deeds: KeyDeed[]; refresh(): void } {
  const speeds = () => [...parts.speed.options].map((option) => Number(option.value))
  /** Asked for, until the player has come to it. */
  let wanted: number | null = null
  const set = (speed: number) => {
    const { player, score } = listening() ?? {}
    if (player === undefined || score === undefined) return
    wanted = speed
    parts.speed.value = String(speed)
    onTouch(null)
    player.setSpeed(speed)
    const bpm = Math.round(score.session.bpm * speed * 10) / 10
    say(
      speed === 1
        ? `At its own tempo again; ${player.loop === null ? 'it is measured from here on.' : 'measures rest while it repeats.'}`
        : `At ${bpm} bpm, every sound rendered anew: pitch stays. Nothing is measured at this speed.`,
    )
  }
  const step = (by: number) => {
    const all = speeds()
    const next = all[all.indexOf(Number(parts.speed.value)) + by]
    if (next !== undefined) set(next)
  }
  parts.speed.addEventListener('change', () => set(Number(parts.speed.value)))
  return {
    deeds: [
      key('-', 'slower', '-', () => step(-1)),
      { keys: '+', says: 'faster', fits: ({ key: name }) => name === '+' || name === '=', does: () => step(1) },
    ],
    refresh() {
      const now = listening()?.player?.speed
      if (now === undefined || now === wanted) wanted = null
      parts.speed.value = String(wanted ?? now ?? 1)
    },
  }
}

// A channel strip per stem: solo, mute, level, pan, and a hair-thin meter.
import { make } from './elements.ts'

/** One channel as the mixer offers it. */
export interface StripControl {
  readonly agent: string
  readonly layer: 'voice' | 'deck'
  solo: boolean
  mute: boolean
  levelDecibels: number
  pan: number
  /** Root mean square of the last moment, 0..1. */
  readLevel(): number
}

export interface StripView {
  /** Shows what the control says, e.g. after a key was pressed. */
  refresh(): void
  meter(): void
}

export interface StripSettings {
  readonly control: StripControl
  readonly title: string
  /** From 1; the key that solos it. */
  readonly number: number
  readonly onChange: () => void
}

/** A meter moves so often; each move costs the browser a look at all styles. */
const meterMilliseconds = 60

export function createStrip(root: HTMLElement, { control, title, number, onChange }: StripSettings): StripView {
  const name = `${title}, ${control.layer}`
  const solo = make(
    'button',
    { type: 'button', 'aria-label': `Solo ${name}`, 'aria-keyshortcuts': String(number) },
    'S',
  )
  const mute = make(
    'button',
    { type: 'button', 'aria-label': `Mute ${name}`, 'aria-keyshortcuts': `Shift+${number}` },
    'M',
  )
  const level = range(`Level of ${name}, decibels`, { min: '-36', max: '6', step: '1' })
  const pan = range(`Place of ${name}, left to right`, { min: '-1', max: '1', step: '0.1' })
  const bar = make('i')
  root.append(
    make(
      'div',
      { class: 'strip' },
      make('span', { class: 'name' }, control.layer),
      solo,
      mute,
      make('div', { class: 'dials' }, level, pan),
      make('div', { class: 'meter', 'aria-hidden': 'true' }, bar),
    ),
  )
  const refresh = () => {
    solo.setAttribute('aria-pressed', String(control.solo))
    mute.setAttribute('aria-pressed', String(control.mute))
    level.value = String(control.levelDecibels)
    pan.value = String(control.pan)
  }
  solo.addEventListener('click', () => {
    control.solo = !control.solo
    onChange()
  })
  mute.addEventListener('click', () => {
    control.mute = !control.mute
    onChange()
  })
  level.addEventListener('input', () => {
    control.levelDecibels = Number(level.value)
  })
  pan.addEventListener('input', () => {
    control.pan = Number(pan.value)
  })
  refresh()
  let metered = 0
  let shown = ''
  return {
    refresh,
    meter() {
      if (performance.now() - metered < meterMilliseconds) return
      metered = performance.now()
      // Square root: a quiet voice still shows.
      const level = Math.min(1, Math.sqrt(control.readLevel() * 2)).toFixed(2)
      if (level === shown) return
      shown = level
      bar.style.setProperty('transform', `scaleX(${level})`)
    },
  }
}

function range(label: string, bounds: { min: string; max: string; step: string }): HTMLInputElement {
  return make('input', { type: 'range', 'aria-label': label, title: label, ...bounds })
}

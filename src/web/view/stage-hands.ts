// Going on stage and off it: full screen where the browser allows it, the page's hands hidden until the pointer or a key asks for them.
import { press } from './doubt.ts'
import { type KeyDeed, key } from './keys.ts'

export interface StageHands {
  readonly deeds: readonly KeyDeed[]
}

/** Hands stay so long after the pointer last moved. */
const handsMilliseconds = 2500

export function createStageHands(button: HTMLButtonElement, onChange: () => void): StageHands {
  const root = document.documentElement
  let hiding = 0
  const isOn = () => root.dataset.stage !== undefined
  const showHands = () => {
    if (!isOn()) return
    root.dataset.stage = 'hands'
    window.clearTimeout(hiding)
    hiding = window.setTimeout(() => {
      // Whoever is among the controls with the keyboard keeps them.
      if (isOn() && document.activeElement?.matches('.foot :focus-visible') !== true) root.dataset.stage = 'bare'
    }, handsMilliseconds)
  }
  const enter = () => {
    root.dataset.stage = 'bare'
    press(button, true)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    root.requestFullscreen?.().catch(() => {}) // without it the page itself is the stage
    onChange()
  }
  const leave = () => {
    window.clearTimeout(hiding)
    delete root.dataset.stage
    press(button, false)
    if (document.fullscreenElement !== null) void document.exitFullscreen()
    onChange()
  }
  const toggle = () => (isOn() ? leave() : enter())
  button.addEventListener('click', toggle)
  document.addEventListener('pointermove', showHands)
  document.addEventListener('pointerdown', showHands)
  document.addEventListener('focusin', () => document.activeElement?.matches(':focus-visible') && showHands())
  document.addEventListener('fullscreenchange', () => {
    if (document.fullscreenElement === null && isOn()) leave()
  })
  return {
    deeds: [
      key('F', 'the stage: full screen, for an audience; back', 'f', toggle),
      {
        keys: 'Esc',
        says: 'off the stage',
        fits: (event) => event.key === 'Escape' && isOn(),
        does: leave,
      },
    ],
  }
}

// Going on stage and off it: full screen where the browser allows it, the page's hands hidden until the pointer or a key asks for them.
import { press } from './doubt.ts'
import { type KeyDeed, key } from './keys.ts'

export interface StageHands {
  readonly deeds: readonly KeyDeed[]
}

export interface StageHandsSettings {
  /** On stage and off it. */
  readonly button: HTMLButtonElement
  /** Off it; seen on stage only, with the other hands. */
  readonly leave: HTMLButtonElement
  readonly onChange: () => void
}

/** Hands stay so long after the pointer last moved. */
const handsMilliseconds = 2500

export function createStageHands({ button, leave: leaveButton, onChange }: StageHandsSettings): StageHands {
  const root = document.documentElement
  let hiding = 0
  const isOn = () => root.dataset.stage !== undefined
  const showHands = () => {
    if (!isOn()) return
    root.dataset.stage = 'hands'
    window.clearTimeout(hiding)
    hiding = window.setTimeout(() => {
      // Whoever is among the controls with the keyboard keeps them.
      const isAmongHands = document.activeElement?.matches(':is(.foot *, .stage-leave):focus-visible') === true
      if (isOn() && !isAmongHands) root.dataset.stage = 'bare'
    }, handsMilliseconds)
  }
  const leave = () => {
    if (!isOn()) return
    window.clearTimeout(hiding)
    delete root.dataset.stage
    press(button, false)
    fullScreen.follow()
    onChange()
  }
  const enter = () => {
    root.dataset.stage = 'bare'
    press(button, true)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    fullScreen.follow()
    onChange()
  }
  const fullScreen = followWish(isOn, leave)
  const toggle = () => (isOn() ? leave() : enter())
  button.addEventListener('click', () => {
    toggle()
    showHands() // a hand that pressed the button sees how to leave
  })
  leaveButton.addEventListener('click', leave)
  document.addEventListener('pointermove', showHands)
  document.addEventListener('pointerdown', showHands)
  document.addEventListener('focusin', () => document.activeElement?.matches(':focus-visible') && showHands())
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

/** Full screen as it is wished last, one step after the other: the browser takes its time, and fingers are faster. */
function followWish(isWished: () => boolean, onLeft: () => void): { follow(): void } {
  const root = document.documentElement
  const isFull = () => document.fullscreenElement !== null
  let isSettling = false
  const settle = async () => {
    isSettling = true
    let wasFull = isFull()
    try {
      while (isWished() !== isFull()) {
        if (isWished()) await root.requestFullscreen()
        else await document.exitFullscreen()
        wasFull ||= isFull()
        if (isWished() && !isFull()) break // left again before it was told
      }
    } catch {
      // Without it the page itself is the stage.
      wasFull = false
    } finally {
      isSettling = false
    }
    if (wasFull && isWished() && !isFull()) onLeft()
  }
  document.addEventListener('fullscreenchange', () => {
    if (!isSettling && !isFull()) onLeft() // by Esc, or the browser's own hand
  })
  return {
    follow() {
      if (!isSettling && root.requestFullscreen !== undefined) void settle()
    },
  }
}

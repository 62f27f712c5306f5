// Small hands of the judging page, beside those that every page has.

import { make } from '../view/elements.ts'

export { find, make, setText } from '../view/elements.ts'

/** A button that does something. */
export function button(
  look: 'main' | 'plain',
  text: string,
  does: () => void,
  more: Readonly<Record<string, string>> = {},
) {
  const made = make('button', { type: 'button', class: look, ...more }, text)
  made.addEventListener('click', does)
  return made
}

/** Resolves when it is pressed. */
export function pressed(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => element.addEventListener('click', () => resolve(), { once: true }))
}

/** 0:07 */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

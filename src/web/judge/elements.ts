// Small hands for the DOM of the judging page. Text always becomes text nodes.

type Child = Node | string

/** A new element with attributes and children. No handler and no `style`: the content policy refuses both. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value)
  element.append(...children)
  return element
}

export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new TypeError(`page: expected a ${kind.name} with id "${id}"`)
}

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

export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** 0:07 */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

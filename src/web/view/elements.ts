// Small hands for the DOM. Text always becomes text nodes: what agents say is never markup.

/** A child: an element, or text. */
type Child = Node | string

interface Attributes {
  readonly class?: string
  readonly [name: string]: string | undefined
}

/** A new element with attributes and children. No attribute may be a handler or `style`: those would break the content policy. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** The page's element with this id, checked to be of its kind. */
export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new TypeError(`page: expected a ${kind.name} with id "${id}"`)
}

/** Sets text only when it changed, so that screen readers and layout stay quiet. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** What agents wrote, made safe to look at: no control or direction-changing characters, bounded length. */
export function displayText(text: string, longest = 400): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return cut.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, (mark) =>
    /\s/.test(mark) ? ' ' : '',
  )
}

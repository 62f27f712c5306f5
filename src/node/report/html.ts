// Markup that cannot be broken by text: whatever is put into the template `html` is escaped unless it is itself markup made by it.
// In: text from anywhere, agents' words included. Out: HTML in which that text is text.

declare const markup: unique symbol
/** Made by `html` only. */
export interface Html {
  readonly [markup]: true
  readonly text: string
}
type Part = Html | string | number | null | readonly Part[]

/** Text and numbers are escaped, markup passes, lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? ''
  parts.forEach((part, i) => {
    text += write(part) + (strings[i + 1] ?? '')
  })
  return { text } as Html
}

/** Markup from this folder's own constants (styles); never from data. */
export function trusted(text: string): Html {
  return { text } as Html
}

function write(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeText(part)
  if (isList(part)) return part.map(write).join('')
  return part.text
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Control, direction and invisible characters and lone surrogates: they can make text look like other text. (Line feed, tab and joiners are harmless.) */
const treacherous = /(?![\n\t\u00ad\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/** Markup characters become entities; treacherous ones are spelled out. */
export function escapeText(text: string): string {
  return text
    .replace(treacherous, (c) => `\u27e8U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`)
    .replace(/[&<>"']/g, (c) => entities[c] ?? '')
}

/** At most so many characters, with an ellipsis where it was cut. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(text.slice(0, 2 * most + 2))
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}

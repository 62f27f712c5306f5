// A table of a judging report: captioned, its rows headed, short cells in one line; what is wider than the page scrolls in a group of its own,
// with the rows' heads in sight. A group and no landmark: the same tables come again for each criterion, and its section is the landmark.
import { type Html, html } from '../../report/html.ts'

export type Cell = string | Html

/** Cells up to so many characters are not broken: `judge-12`, `12 of 23`, `0 to 100 %`. */
const longestShort = 16

export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const heading = head.some((cell) => cell !== '')
    ? html`<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>`
    : null
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>${heading}<tbody>${rows.map(
    ([first = '', ...rest]) =>
      html`<tr><th scope="row"${lookOf(first)}>${first}</th>${rest.map((cell) => html`<td${lookOf(cell)}>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

const lookOf = (cell: Cell): Html | null =>
  typeof cell === 'string' && cell.length <= longestShort ? html` class="short"` : null

/** Figures as they stand in text: a minus as long as a plus, none before what is rounded to 0. */
export function figure(value: number, digits: number): string {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212')
}

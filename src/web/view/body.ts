// An agent's body: a small vessel that fills with comfort, and a word for it.
import type { WorldLine } from '../../record/index.ts'
import { make, setText } from './elements.ts'

type Body = WorldLine['bodies'][number]
const svgSpace = 'http://www.w3.org/2000/svg'

/** How a body feels, in words. */
export function describeBody(body: Body | undefined): string {
  if (body === undefined) return 'no body'
  if (body.pain > 0.3) return 'in pain'
  if (body.pain > 0.02) return 'uneasy'
  if (body.comfort < 0.35) return 'lukewarm'
  if (body.comfort < 0.5) return 'at ease'
  return body.comfort < 0.7 ? 'comfortable' : 'glowing'
}

export function createBody(root: HTMLElement): (body: Body | undefined) => void {
  const svg = document.createElementNS(svgSpace, 'svg')
  svg.setAttribute('viewBox', '0 0 34 34')
  svg.setAttribute('aria-hidden', 'true')
  const shell = document.createElementNS(svgSpace, 'circle')
  const fill = document.createElementNS(svgSpace, 'circle')
  for (const circle of [shell, fill]) {
    circle.setAttribute('cx', '17')
    circle.setAttribute('cy', '17')
  }
  shell.setAttribute('class', 'shell')
  shell.setAttribute('r', '16')
  fill.setAttribute('class', 'fill')
  fill.setAttribute('r', '1')
  svg.append(shell, fill)
  const words = make('span')
  root.append(svg, words)
  return (body) => {
    const share = Math.max(0, Math.min(1, body?.comfort ?? 0))
    fill.setAttribute('r', (1 + 14 * Math.sqrt(share)).toFixed(1))
    root.classList.toggle('pained', (body?.pain ?? 0) > 0.02)
    setText(words, describeBody(body))
    root.hidden = body === undefined
  }
}

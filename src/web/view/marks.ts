// The legend: each kind of note with its shape, its colour and its name.
import { make } from './elements.ts'

const svgSpace = 'http://www.w3.org/2000/svg'
const marks = [
  { name: 'speech', says: 'spoken words', path: 'M6 5h20a4 4 0 0 1 0 8H6a4 4 0 0 1 0-8z', filled: true },
  { name: 'action', says: 'what it does at the deck', path: 'M2 9l6-6 22 6-22 6z', filled: true },
  { name: 'number', says: 'numbers', path: 'M3 3h5v5h22v2H8v5H3z', filled: true },
  { name: 'quoted', says: 'quoted words', path: 'M6 5h20a4 4 0 0 1 0 8H6a4 4 0 0 1 0-8z', filled: false },
  {
    name: 'deck',
    says: 'the deck: drums at the foot, other parts by height; faint when faded out',
    path: 'M2 8h18v2H2zM24 8h3v3h-3z',
    filled: true,
  },
]

export function showMarks(list: HTMLElement): void {
  for (const mark of marks) {
    const svg = document.createElementNS(svgSpace, 'svg')
    svg.setAttribute('viewBox', '0 0 32 18')
    svg.setAttribute('width', '32')
    svg.setAttribute('height', '18')
    svg.setAttribute('aria-hidden', 'true')
    svg.setAttribute('class', `mark-${mark.name}`)
    const path = document.createElementNS(svgSpace, 'path')
    path.setAttribute('d', mark.path)
    path.setAttribute('fill', mark.filled ? 'currentColor' : 'none')
    path.setAttribute('stroke', 'currentColor')
    path.setAttribute('stroke-width', mark.filled ? '0' : '1.5')
    svg.append(path)
    list.append(make('li', {}, svg, mark.says))
  }
}

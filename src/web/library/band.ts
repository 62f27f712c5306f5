// A measure as a mark on a line, with the stretch behind it that chance reaches; and in words where it stands among its twins.
import type { SummaryValue } from '../../record/index.ts'

const svg = 'http://www.w3.org/2000/svg'
const width = 72
const height = 14

/** From -1 to 1 for what may be negative, else from 0 to 1; what lies beyond stands at the edge. */
export function createBand(path: string, { value, band }: SummaryValue): SVGElement {
  const least = /\.gain$|pitchCommonality$/.test(path) ? -1 : 0
  const x = (at: number) => 1 + (width - 2) * Math.max(0, Math.min(1, (at - least) / (1 - least)))
  const root = draw('svg', { class: 'band', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' })
  root.append(draw('rect', { class: 'line', x: 0, y: height - 2, width, height: 1 }))
  if (band !== null) {
    const [low, high] = [x(band.low), x(band.high)]
    root.append(draw('rect', { class: 'chance', x: low, y: 2, width: Math.max(1.5, high - low), height: height - 4 }))
  }
  root.append(draw('rect', { class: 'value', x: x(value) - 1, y: 0, width: 2.5, height }))
  return root
}

function draw(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(svg, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}

/** "0.86, above 70 % of 30 twins" */
export function describePlace({ value, band }: SummaryValue): string {
  const number = value.toFixed(2).replace('-', '−')
  if (band === null) return `${number}, no band`
  if (band.percentile === null) return `${number}, ${band.count} twins`
  const inside = value >= band.low && value <= band.high ? '' : ', outside'
  return `${number}, above ${Math.round(100 * band.percentile)} % of ${band.count}${inside}`
}

// The frame that every figure stands in: an SVG that stretches with the page, and labels in HTML around it, so that type keeps its size
// on a phone. In: times in seconds, values on a scale. Out: markup. Coordinates inside the SVG run from 0 to 1000 both ways.
import { type Html, html } from '../html.ts'
import { clock, type Span } from '../run.ts'

export interface Scale {
  readonly low: number
  readonly high: number
}

export interface Plot {
  /** Unique on the page. */
  readonly id: string
  /** What is shown, in a few words, and what there is to see: for those who do not see it. */
  readonly title: string
  readonly description: string
  readonly heightRem: number
  readonly time: Span
  readonly marks?: readonly { readonly at: number; readonly label: string }[]
  readonly body: readonly Html[]
  /** Written left of the plot instead of marks. */
  readonly name?: Html | null
}

export const xOf = (seconds: number, time: Span): number =>
  tenth((1000 * (seconds - time.from)) / (time.to - time.from))
export const yOf = (value: number, scale: Scale): number =>
  tenth(1000 * (1 - (value - scale.low) / (scale.high - scale.low)))
export const tenth = (value: number): number => Math.round(value * 10) / 10
export const percent = (seconds: number, time: Span): string => `${(xOf(seconds, time) / 10).toFixed(2)}%`

/** One plot: marks of the scale at the left, the drawing beside them. */
export function drawPlot(plot: Plot): Html {
  return html`<div class="plot"><div class="scale">${plot.name ?? null}${(plot.marks ?? []).map(
    (mark) => html`<span style="top:${(mark.at / 10).toFixed(1)}%">${mark.label}</span>`,
  )}</div><div class="field" style="height:${plot.heightRem}rem"><svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-labelledby="${plot.id}-t ${plot.id}-d"><title id="${plot.id}-t">${plot.title}</title><desc id="${plot.id}-d">${plot.description}</desc>${plot.body}</svg></div></div>`
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600]

/** Times to mark: round numbers, at most about a dozen. */
export function ticksOf(time: Span): number[] {
  const step = steps.find((each) => (time.to - time.from) / each <= 13) ?? 86400
  const first = Math.ceil(time.from / step - 1e-9)
  const count = Math.floor(time.to / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step)
}

/** The clock below a figure. On a phone every second label is left out. */
export function drawClock(time: Span): Html {
  return html`<div class="plot clock" aria-hidden="true"><div class="scale"></div><div class="field">${ticksOf(
    time,
  ).map(
    (tick, i) =>
      html`<span${i % 2 === 1 ? trustedClass('odd') : null} style="left:${percent(tick, time)}">${clock(tick)}</span>`,
  )}</div></div>`
}

/** Upright lines at the clock's marks. */
export function drawTimeGrid(time: Span): Html {
  const path = ticksOf(time).map((tick) => `M${xOf(tick, time)} 0V1000`)
  return html`<path class="grid" d="${path.join('')}"/>`
}

/** Level lines at these values. */
export function drawLevels(values: readonly number[], scale: Scale): Html {
  return html`<path class="grid" d="${values.map((value) => `M0 ${yOf(value, scale)}H1000`).join('')}"/>`
}

function trustedClass(name: 'odd'): Html {
  return html` class="${name}"`
}

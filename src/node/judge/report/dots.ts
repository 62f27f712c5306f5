// The dot-plot: a row an entry, a dot at its strength (log-odds), a thick line for the interval that takes votes for independent, a thin one
// for the interval by judge, which is the one to read. Entries that votes do not link are drawn apart.
import type { CriterionResult, EntryResult } from '../../../judging/index.ts'
import { type Html, html } from '../../report/html.ts'

const [width, rowHeight] = [1000, 44]

export function drawDots(result: CriterionResult, labels: Readonly<Record<string, string>>): Html {
  const known = result.entries.filter(({ strength }) => strength !== null)
  if (known.length === 0) return html`<p class="small">There is nothing to draw yet.</p>`
  const ends = known.flatMap(({ strength, interval, voteInterval }) => [
    strength ?? 0,
    ...(interval ?? []),
    ...(voteInterval ?? []),
  ])
  const most = Math.max(1, ...ends.map(Math.abs)) * 1.05
  const x = (value: number) => ((value / most + 1) * width) / 2
  const parts = result.parts
    .map((part) => known.filter(({ entry }) => part.includes(entry)))
    .filter((part) => part.length > 0)
  const zero =
    parts.length > 1
      ? '0 the mean of each part: votes do not link the parts, which cannot be compared'
      : '0 the mean of all'
  const step = most > 6 ? 4 : most > 3 ? 2 : most > 1.5 ? 1 : 0.5
  const marks = Array.from({ length: 2 * Math.floor(most / step) + 1 }, (_, k) => (k - Math.floor(most / step)) * step)
  return html`<figure>${parts.map(
    (part) => html`<div class="dots">
${part.map((entry) => drawRow(entry, labels[entry.entry] ?? '', { x, marks }))}
<div class="name"></div><div class="scale" aria-hidden="true">${marks.map((mark) => html`<span style="left:${(100 * x(mark)) / width}%">${mark === 0 ? '0' : signed(mark)}</span>`)}</div>
</div>`,
  )}<figcaption>Strength in log-odds of being preferred (1.1 is 3 : 1), ${zero}. Thin line: 95 % interval with judges as the units, the one to read. Thick line: the interval if every vote were independent.</figcaption></figure>`
}

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value)}`

function drawRow(
  { entry, strength, interval, voteInterval }: EntryResult,
  label: string,
  { x, marks }: { readonly x: (value: number) => number; readonly marks: readonly number[] },
): Html {
  const middle = rowHeight / 2
  const line = (ends: readonly [number, number] | null, look: string) =>
    ends === null
      ? null
      : html`<line class="${look}" x1="${x(ends[0])}" x2="${x(ends[1])}" y1="${middle}" y2="${middle}"/>`
  return html`<div class="name"><b>${entry}</b><small>${label}</small></div>
<svg viewBox="0 0 ${width} ${rowHeight}" role="img" aria-label="${describe(entry, strength, interval)}" preserveAspectRatio="none">
${marks.map((mark) => html`<line class="${mark === 0 ? 'zero' : 'grid'}" x1="${x(mark)}" x2="${x(mark)}" y1="0" y2="${rowHeight}"/>`)}
${line(interval, 'thin')}${line(voteInterval, 'thick')}<line class="dot" x1="${x(strength ?? 0)}" x2="${x(strength ?? 0)}" y1="${middle}" y2="${middle}"/></svg>`
}

function describe(entry: string, strength: number | null, interval: readonly [number, number] | null): string {
  const range =
    interval === null ? 'no interval by judge' : `from ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`
  return `${entry}: ${(strength ?? 0).toFixed(2)}, ${range}`
}

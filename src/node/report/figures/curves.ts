// Curves over time: one line per series, told apart by colour and by dash.
// In: series of scores.json. Out: a figure with its key. Where a value is null the line is broken.
import type { Series, TwinSeries } from '../../../record/index.ts'
import { type Html, html } from '../html.ts'
import { figure, type Span } from '../run.ts'
import { drawClock, drawLevels, drawPlot, drawTimeGrid, type Scale, xOf, yOf } from './plot.ts'

export interface Curve {
  readonly label: string
  readonly series: Series
  /** Class that gives colour and dash: p0, p1 ... for players, both, between, faint. */
  readonly look: string
  readonly filled?: boolean
}

export interface CurveFigure {
  readonly id: string
  readonly title: string
  readonly time: Span
  readonly scale: Scale
  readonly levels: readonly number[]
  readonly curves: readonly Curve[]
  readonly heightRem: number
  /** Shaded stretch of the scale, e.g. pain. */
  readonly band?: { readonly scale: Scale; readonly label: string }
  /** What twins reach, over time. */
  readonly chance?: readonly TwinSeries[]
}

export function drawCurves(given: CurveFigure): Html {
  const known = given.curves.filter((curve) => curve.series.values.some((value) => value !== null))
  if (known.length === 0) return html`<p class="none">Nothing here was defined in this run.</p>`
  const plot = drawPlot({
    id: given.id,
    title: given.title,
    description: known.map((curve) => describeCurve(curve)).join(' '),
    heightRem: given.heightRem,
    time: given.time,
    marks: given.levels.map((level) => ({ at: yOf(level, given.scale), label: String(level) })),
    body: [
      given.band === undefined ? html`` : drawBand(given.band.scale, given.scale),
      ...(given.chance ?? []).map((chance) => drawChance(chance, given)),
      drawTimeGrid(given.time),
      drawLevels(given.levels, given.scale),
      ...known.map((curve) => drawCurve(curve, given)),
    ],
  })
  return html`${drawKey(known, given.band?.label ?? null, given.chance !== undefined && given.chance.length > 0)}${plot}${drawClock(given.time)}`
}

function drawBand(band: Scale, scale: Scale): Html {
  const top = yOf(Math.min(band.high, scale.high), scale)
  const bottom = yOf(Math.max(band.low, scale.low), scale)
  return html`<rect class="band" x="0" width="1000" y="${top}" height="${Math.max(0, bottom - top)}"/>`
}

/** The band of the twins; it breaks where too few have a value. */
function drawChance({ seconds, low, high }: TwinSeries, { time, scale }: CurveFigure): Html {
  const areas: string[] = []
  let run: number[] = []
  const close = () => {
    const edge = (values: readonly (number | null)[], k: number) =>
      `${xOf(seconds[k] ?? 0, time)} ${yOf(values[k] ?? 0, scale)}`
    if (run.length > 1)
      areas.push(`M${[...run.map((k) => edge(low, k)), ...run.toReversed().map((k) => edge(high, k))].join('L')}Z`)
    run = []
  }
  seconds.forEach((_, k) => {
    if (low[k] === null || high[k] === null) close()
    else run.push(k)
  })
  close()
  return html`<path class="chance" d="${areas.join('')}"/>`
}

function drawKey(curves: readonly Curve[], band: string | null, chance: boolean): Html {
  const sample = (look: string) =>
    html`<svg class="sample" viewBox="0 0 28 10" aria-hidden="true"><path class="line ${look}" d="M1 5H27"/></svg>`
  return html`<ul class="key">${curves.map((curve) => html`<li>${sample(curve.look)}<bdi>${curve.label}</bdi></li>`)}${
    band === null ? null : html`<li><i class="band-sample"></i>${band}</li>`
  }${chance ? html`<li><i class="chance-sample"></i>no more than chance</li>` : null}</ul>`
}

/** Most points drawn per line: more than this the eye cannot part, and lines hide each other. */
const mostPoints = 240

function drawCurve(curve: Curve, given: CurveFigure): Html {
  const points = thin(curve.series)
  let path = ''
  let open = false
  for (const [seconds, value] of points) {
    if (value === null) {
      open = false
      continue
    }
    path += `${open ? 'L' : 'M'}${xOf(seconds, given.time)} ${yOf(value, given.scale)}`
    open = true
  }
  const area = curve.filled === true ? drawArea(points, given, curve.look) : null
  return html`${area}<path class="line ${curve.look}" d="${path}"/>`
}

function drawArea(points: readonly Point[], given: CurveFigure, look: string): Html | null {
  const known = points.filter((point): point is readonly [number, number] => point[1] !== null)
  const first = known[0]
  const last = known.at(-1)
  if (first === undefined || last === undefined) return null
  const line = known.map(([seconds, value]) => `L${xOf(seconds, given.time)} ${yOf(value, given.scale)}`).join('')
  return html`<path class="area ${look}" d="M${xOf(first[0], given.time)} 1000${line}L${xOf(last[0], given.time)} 1000Z"/>`
}

type Point = readonly [seconds: number, value: number | null]

/** Neighbours averaged until few enough are left; a gap where half of them or more are null. */
function thin(series: Series): Point[] {
  const size = Math.max(1, Math.ceil(series.seconds.length / mostPoints))
  const points: Point[] = []
  for (let i = 0; i < series.seconds.length; i += size) {
    const values = series.values.slice(i, i + size)
    const known = values.filter((value) => value !== null)
    const mean = 2 * known.length > values.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null
    points.push([series.seconds[i] ?? 0, mean])
  }
  return points
}

function describeCurve(curve: Curve): string {
  const known = curve.series.values.flatMap((value, i) =>
    value === null ? [] : [{ value, at: curve.series.seconds[i] ?? 0 }],
  )
  const sorted = [...known].sort((a, b) => a.value - b.value)
  const mean = known.reduce((sum, point) => sum + point.value, 0) / known.length
  return `${curve.label}: mean ${figure(mean)}, lowest ${figure(sorted[0]?.value)} at ${Math.round(sorted[0]?.at ?? 0)} s, highest ${figure(sorted.at(-1)?.value)} at ${Math.round(sorted.at(-1)?.at ?? 0)} s.`
}

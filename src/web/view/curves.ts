// Three quiet curves over the whole run. Bold: measured from the sound as it was heard here. Faint: as stored with the run. Behind them,
// shaded, what twins reach: inside it a value is no more than chance.
import type { Series, TwinSeries } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { Stretch } from '../sound/loops.ts'
import { createPicture, type Inks, type Picture, readInks } from './canvas.ts'
import { make, setText } from './elements.ts'

export interface CurveLine {
  readonly name: string
  readonly heard: Series
  readonly stored: Series | null
  /** null: no twins were drawn. */
  readonly chance: TwinSeries | null
  /** Why there is none beside stored scores that have twins; null where there is one, or nothing to say. */
  readonly whyNoChance: string | null
  /** It is being measured. */
  readonly isChanceComing?: boolean
}

export interface Curve {
  show(state: CurveState, reading: string): void
  redraw(): void
  dispose(): void
}

export interface CurveSettings {
  readonly name: string
  /** Names of the lines, when there are several. */
  readonly legend: readonly string[]
  readonly onSeek: (share: number) => void
  /** A stretch was marked by dragging, shares in order. */
  readonly onStretch: (from: number, to: number) => void
  readonly onPoint: (share: number | null) => void
}

/** A titled curve; pointing at it reads that moment, clicking goes there. */
export function createCurve(root: HTMLElement, { name, legend, ...settings }: CurveSettings): Curve {
  const reading = make('span', { class: 'reading' })
  const canvas = make('canvas', { 'aria-hidden': 'true' })
  root.append(
    make(
      'div',
      { class: 'curve' },
      make('div', { class: 'curve-head' }, make('h2', {}, name), ...listLines(legend), reading),
      canvas,
    ),
  )
  let state: CurveState = { lines: [], now: 0, total: 1, loop: null }
  let inks = readInks()
  const picture = createPicture(canvas, () => draw())
  const draw = () => drawCurve(picture(), inks, state)
  listenToPointer(canvas, settings)
  return {
    show(next, words) {
      state = next
      setText(reading, words)
      draw()
    },
    redraw() {
      inks = readInks()
      draw()
    },
    dispose: () => picture.dispose(),
  }
}

/** A click goes there, a drag marks a stretch, pointing reads. */
function listenToPointer(
  canvas: HTMLCanvasElement,
  { onSeek, onStretch, onPoint }: Omit<CurveSettings, 'name' | 'legend'>,
): void {
  const shareAt = (x: number) => {
    const box = canvas.getBoundingClientRect()
    return Math.max(0, Math.min(1, (x - box.left) / Math.max(1, box.width)))
  }
  let pressedAt: number | null = null
  canvas.addEventListener('pointerdown', (event) => {
    pressedAt = event.clientX
    canvas.setPointerCapture(event.pointerId)
  })
  canvas.addEventListener('pointerup', (event) => {
    if (pressedAt === null) return
    const [from, to] = [pressedAt, event.clientX].toSorted((a, b) => a - b) as [number, number]
    pressedAt = null
    if (to - from < dragPixels) onSeek(shareAt(event.clientX))
    else onStretch(shareAt(from), shareAt(to))
  })
  canvas.addEventListener('pointercancel', () => {
    pressedAt = null
  })
  canvas.addEventListener('pointermove', (event) => onPoint(shareAt(event.clientX)))
  canvas.addEventListener('pointerleave', () => onPoint(null))
}

/** Shorter ways of the pointer are clicks. */
const dragPixels = 6

/** Which line is whose: whole or broken, as it is drawn. Of more than two, how many there are: so many names would find no room. */
function listLines(names: readonly string[]): HTMLElement[] {
  if (names.length > 2) return [make('span', { class: 'voices' }, `${names.length} voices`)]
  return names.map((name, k) => make('span', { class: k % 2 === 0 ? 'whose' : 'whose broken' }, name))
}

export interface CurveState {
  readonly lines: readonly CurveLine[]
  readonly now: Seconds
  readonly total: Seconds
  /** What is repeated. */
  readonly loop: Stretch | null
}

function drawCurve({ context, width, height }: Picture, inks: Inks, state: CurveState): void {
  const { lines, now, loop } = state
  const total = Math.max(1, state.total)
  context.clearRect(0, 0, width, height)
  if (loop !== null) {
    context.fillStyle = inks.speech
    context.globalAlpha = 0.16
    context.fillRect((loop.from / total) * width, 0, ((loop.to - loop.from) / total) * width, height)
  }
  context.fillStyle = inks.line
  context.globalAlpha = 1
  for (const level of [0, 0.5, 1]) context.fillRect(0, Math.round(1 + (height - 3) * (1 - level)), width, 1)
  for (const { chance } of lines)
    if (chance !== null) fillBand(context, chance, { width, height, total, colour: inks.quiet })
  lines.forEach((line, k) => {
    context.setLineDash(k % 2 === 0 ? [] : [5, 4])
    context.lineJoin = 'round'
    const place = { width, height, total }
    if (line.stored !== null)
      strokeSeries(context, line.stored, { ...place, colour: inks.quiet, weight: 1, alpha: 0.55 })
    strokeSeries(context, line.heard, {
      ...place,
      colour: k % 2 === 0 ? inks.speech : inks.action,
      weight: 2,
      alpha: 1,
    })
  })
  context.setLineDash([])
  context.globalAlpha = 1
  context.fillStyle = inks.ink
  context.fillRect(Math.round((now / total) * width), 0, 1, height)
}

interface Field {
  readonly width: number
  readonly height: number
  readonly total: Seconds
  readonly colour: string
}

function placeOf(seconds: Seconds, value: number, { width, height, total }: Field): [x: number, y: number] {
  return [(seconds / total) * width, 1.5 + (height - 3) * (1 - Math.max(0, Math.min(1, value)))]
}

/** The stretch between the twins' edges; moments in which no twin has a value are left out. */
function fillBand(context: CanvasRenderingContext2D, { seconds, low, high }: TwinSeries, field: Field): void {
  context.fillStyle = field.colour
  context.globalAlpha = 0.16
  context.beginPath()
  const known = seconds.flatMap((time, k) => {
    const [bottom, top] = [low[k] ?? null, high[k] ?? null]
    return bottom === null || top === null ? [] : [{ time, bottom, top }]
  })
  for (const { time, bottom } of known) context.lineTo(...placeOf(time, bottom, field))
  for (const { time, top } of known.toReversed()) context.lineTo(...placeOf(time, top, field))
  context.fill()
  context.globalAlpha = 1
}

interface Stroke extends Field {
  readonly weight: number
  readonly alpha: number
}

/** A line through the defined values; it breaks where a value is undefined. */
function strokeSeries(context: CanvasRenderingContext2D, series: Series, stroke: Stroke): void {
  context.strokeStyle = stroke.colour
  context.lineWidth = stroke.weight
  context.globalAlpha = stroke.alpha
  context.beginPath()
  let drawing = false
  series.values.forEach((value, k) => {
    const seconds = series.seconds[k]
    if (value === null || seconds === undefined) {
      drawing = false
      return
    }
    const [x, y] = placeOf(seconds, value, stroke)
    if (drawing) context.lineTo(x, y)
    else context.moveTo(x, y)
    drawing = true
  })
  context.stroke()
}

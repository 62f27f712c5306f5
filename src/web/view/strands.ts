// Why it is rough: strings from the partial of the one voice to the partial of the other that rub against it, second by second as it was
// heard. They span the gap between the two lanes and beat where they sound now.
import { midiOfHertz, pitchNameOf, type Seconds } from '../../units.ts'
import type { Readings } from '../run/readings.ts'
import type { Look } from './agent.ts'
import { createPicture } from './canvas.ts'
import { make } from './elements.ts'
import { bandsOf, type Layers, placeOfPitch, type Times, timesOf } from './lane-bands.ts'

export interface StrandsSettings {
  readonly root: HTMLElement
  /** The two lanes, the upper one first. */
  readonly lanes: readonly [HTMLCanvasElement, HTMLCanvasElement]
  readonly registersMidi: readonly [number, number]
  readonly bpm: number
  readonly layers: Layers
  readonly readings: Readings
}

export interface Strands {
  draw(now: Seconds, look: Look): void
  /** Nothing to show: what sounds is not what is measured. */
  clear(): void
  dispose(): void
}

interface Strand {
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly share: number
  readonly words: string
}

/** Beats are drawn slower than they sound, at most so often a second: no picture flickers. */
const mostBeats = 2.5

export function createStrands(settings: StrandsSettings): Strands {
  const { root, lanes, bpm, layers, readings, registersMidi } = settings
  const canvas = make('canvas', { class: 'strands', 'aria-hidden': 'true' })
  root.append(canvas)
  let upper = 0
  let lower = 0
  const place = () => {
    const [first, second] = lanes.map((lane) => lane.getBoundingClientRect()) as [DOMRect, DOMRect]
    const box = root.getBoundingClientRect()
    const set = (name: string, pixels: number) => canvas.style.setProperty(name, `${pixels}px`)
    set('left', first.left - box.left)
    set('top', first.top - box.top)
    set('width', first.width)
    set('height', Math.max(1, second.bottom - first.top))
    upper = first.height
    lower = second.top - first.top
  }
  const observer = new ResizeObserver(place)
  for (const element of [root, ...lanes]) observer.observe(element)
  place()
  const picture = createPicture(canvas, () => {})
  let isEmpty = true
  const clear = () => {
    if (isEmpty) return
    const { context, width, height } = picture()
    context.clearRect(0, 0, width, height)
    isEmpty = true
  }
  const strandAt = (second: number, times: Times): Strand | null => {
    const pair = readings.rubbingAt(second + 0.5)
    if (pair === null) return null
    const { height } = picture()
    return {
      x: times.x(second + 0.5),
      top: placeOfPitch(midiOfHertz(pair.aHz), registersMidi[0], bandsOf(upper, 'down', layers)),
      bottom: lower + placeOfPitch(midiOfHertz(pair.bHz), registersMidi[1], bandsOf(height - lower, 'up', layers)),
      share: pair.share,
      words: `${pitchNameOf(pair.aHz)} rubs on ${pitchNameOf(pair.bHz)}`,
    }
  }
  return {
    clear,
    draw(now, { inks, still }) {
      const { context, width, seen } = picture()
      if (!seen) return
      clear()
      const times = timesOf(width, { now, bpm, still })
      context.strokeStyle = inks.action
      context.fillStyle = inks.action
      for (let second = Math.max(0, Math.floor(times.from)); second <= now; second++) {
        const strand = strandAt(second, times)
        if (strand === null || strand.x < 0) continue
        isEmpty = false
        const sounds = second === Math.floor(now)
        const swing = sounds && !still ? 5 * Math.sin(2 * Math.PI * mostBeats * now) : 0
        drawStrand(context, strand, { swing, alpha: sounds ? 1 : 0.38 })
        if (sounds) writeWords(context, strand, (upper + lower) / 2)
      }
      context.globalAlpha = 1
    },
    dispose() {
      observer.disconnect()
      picture.dispose()
      canvas.remove()
    },
  }
}

function drawStrand(
  context: CanvasRenderingContext2D,
  { x, top, bottom, share }: Strand,
  { swing, alpha }: { readonly swing: number; readonly alpha: number },
): void {
  const third = (bottom - top) / 3
  context.globalAlpha = alpha
  context.lineWidth = 1 + 2 * share
  context.beginPath()
  context.moveTo(x, top)
  context.bezierCurveTo(x + swing, top + third, x - swing, bottom - third, x, bottom)
  context.stroke()
  for (const y of [top, bottom]) {
    context.beginPath()
    context.arc(x, y, 2.5 + 1.5 * share, 0, 2 * Math.PI)
    context.fill()
  }
}

function writeWords(context: CanvasRenderingContext2D, { x, words }: Strand, middle: number): void {
  context.font = 'italic 13px system-ui, sans-serif'
  context.globalAlpha = 1
  context.fillText(words, x + 10, middle + 4)
}

// Canvases that stay sharp at any pixel density, and the theme's colours as numbers for them.
import { watchSight } from './sight.ts'

export interface Picture {
  readonly context: CanvasRenderingContext2D
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** It is on the screen. */
  readonly seen: boolean
}

/** A canvas that follows its own box, asked as it is now. */
export interface PictureFrame {
  (): Picture
  /** Follows it no more. Canvases of index.html outlive every run: whoever draws on one lets it go. */
  dispose(): void
}

/** A change of size empties a canvas: whoever draws seldom draws again when this has grown. */
export const timesFitted = (): number => fitted
let fitted = 0

/** Makes a canvas follow its own box. `draw` is called after each change of size. */
export function createPicture(canvas: HTMLCanvasElement, draw: () => void): PictureFrame {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('page: this browser gives no 2d canvas')
  let size = { width: 0, height: 0 }
  const fit = () => {
    const box = canvas.getBoundingClientRect()
    const ratio = Math.min(2, window.devicePixelRatio || 1)
    size = { width: box.width, height: box.height }
    canvas.width = Math.max(1, Math.round(box.width * ratio))
    canvas.height = Math.max(1, Math.round(box.height * ratio))
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    fitted++
    draw()
  }
  const observer = new ResizeObserver(fit)
  observer.observe(canvas)
  const sight = watchSight(canvas)
  const dispose = () => {
    observer.disconnect()
    sight.dispose()
  }
  return Object.assign(() => ({ context, ...size, seen: sight.isSeen() }), { dispose })
}

export const inkNames = [
  'ink',
  'quiet',
  'line',
  'faint',
  'paper',
  'speech',
  'action',
  'number',
  'quoted',
  'warm',
] as const
export type Inks = Readonly<Record<(typeof inkNames)[number], string>>

/** The theme's colours as the style sheet has them now. */
export function readInks(): Inks {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(inkNames.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Record<
    (typeof inkNames)[number],
    string
  >
}

/** Whether the listener asked for less motion. */
export function wantsStillness(): boolean {
  motion ??= window.matchMedia('(prefers-reduced-motion: reduce)')
  return motion.matches
}
/** Asked for once; it follows the system by itself. */
let motion: MediaQueryList | null = null

// How deep in the meter each cell of a bar lies: 0 is the downbeat, 1 the cells that the first division adds, and so on.
import { type Bar, levelsOf, shorten } from './bar.ts'

/** A bar in its shortest form whose cells are one level of its meter. */
export interface LeveledBar {
  readonly bar: Bar
  /** Level of each cell, 0 for the downbeat. */
  readonly levels: Int32Array
  /** Number of the lowest level, 0 for a bar of one cell. */
  readonly lowest: number
}

/** The bar on that level of its meter which has as many cells as its shortest form; undefined when none has. */
export function levelBar(bar: Bar): LeveledBar | undefined {
  const short = shorten(bar)
  const sizes = levelsOf(bar.meter, short.cells)
  const lowest = sizes.indexOf(short.cells)
  if (lowest < 0) return undefined
  const levels = new Int32Array(short.cells)
  for (let level = lowest; level >= 0; level--) {
    const step = short.cells / (sizes[level] as number)
    for (let cell = 0; cell < short.cells; cell += step) levels[cell] = level
  }
  return { bar: short, levels, lowest }
}

/** Why `levelBar` has no answer. */
export const whyNoLevel = (bar: Bar) => `no level of ${bar.meter.name} has ${shorten(bar).cells} cells`

/** The bar in as few cells as hold both its onsets and a level of the meter; undefined when no level is a multiple of it. */
export function fitBar(bar: Bar): Bar | undefined {
  const short = shorten(bar)
  const cells = levelsOf(bar.meter, short.cells * 2 ** bar.meter.divisions.length).find((s) => s % short.cells === 0)
  if (cells === undefined) return undefined
  return { ...short, cells, onsets: short.onsets.map((onset) => (onset * cells) / short.cells) }
}

/** Why `fitBar` has no answer. */
export const whyNoFit = (bar: Bar) =>
  `${shorten(bar).cells} even cells do not lie in the divisions of ${bar.meter.name}`

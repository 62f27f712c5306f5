// Pattern survival: is an agent's own refrain still there in the mix, or has the other's sound destroyed it? Own and other's events
// in, 0..1 out. Ours.
//   alone = leave-one-out Brier skill of own cells at their best period p (refrain.ts), .03 and more beyond its null
//   heard_i = mean over the sounds in cell i of w(sound),  w = share of that sound's cells in the mix that are own's
//   told_i  = 1 if anything sounds in cell i, else 0
//   survival = clip(max(skill of foretelling own cells from heard, from told, at period p) / alone)
// A listener has no labels: sounds that only this agent makes are known as its own, sounds both make are not, an attack that falls
// together with the other's is half heard, and whoever cannot tell the sounds apart still hears the rhythm of the whole.
// 1: silence beside it, a hocket of two timbres, unison (its rhythm is all there). 0: flooded by the same sound in every cell.
import type { Note } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import {
  checkWindows,
  cutPair,
  type EventStream,
  fewestAttacks,
  type Pair,
  type RhythmSpan,
  readPair,
} from './events.ts'
import { layGrid } from './grid.ts'
import { drawShuffles, findRefrain, foretell, occupy } from './refrain.ts'
import { clip } from './weave.ts'

/** Strength (refrain.ts) from which a pattern is one: coin tosses reach it in 5 of 100 spans of 16 s, in 1 of 100 of 30 s. */
const leastStrength = 0.2
/** Share of windows with a refrain below which a run has none: chance reaches 3 to 5 %, but neighbouring windows share its flukes. */
const leastShare = 0.25
/** Phase consistency up to which interlock hears no pulse either (interlock.ts). */
const noPulse = 0.1

export interface PatternSurvival {
  /** 0..1; null when there is no refrain that could survive. */
  readonly survival: number | null
  /** Period of the refrain in cells (over windows: their upper median), null without one. */
  readonly periodCells: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/**
 * How far the refrain of `own` can be recovered from the mix with `other`, relative to alone. Marks should name what can be told
 * apart (timbre, pitch class). Throws InputError as `measureInterlock` does, naming `own` and `other`.
 */
export function measurePatternSurvival(own: EventStream, other: EventStream, span: RhythmSpan = {}): PatternSurvival {
  return survivalOf(readPair(own, other, span, ['own', 'other']))
}

function survivalOf(pair: Pair): PatternSurvival {
  if (pair.a.times.length < fewestAttacks)
    return noRefrain(`own stream has ${pair.a.times.length} attacks, a refrain needs ${fewestAttacks}`)
  const { a, b, cells, consistency } = layGrid(pair)
  if (consistency.a <= noPulse) return noRefrain('own stream keeps no pulse')
  const occupied = occupy(a, cells)
  const refrain = findRefrain(occupied, drawShuffles(cells))
  if (refrain.strength < leastStrength) return noRefrain('own stream repeats itself no more than shuffled cells do')
  const alone = foretell(occupied, Float64Array.from(occupied), refrain.period)
  const heard = hearOwn({ cells: a, sounds: pair.a.sounds }, { cells: b, sounds: pair.b.sounds }, cells)
  const others = occupy(b, cells)
  const told = Float64Array.from(occupied, (sounds, i) => sounds | (others[i] as number))
  const best = Math.max(foretell(occupied, heard, refrain.period), foretell(occupied, told, refrain.period))
  return { survival: clip(best / alone), periodCells: refrain.period, undefined: {} }
}

export interface SurvivalSettings extends RhythmSpan {
  readonly windowSeconds: Seconds
  readonly hopSeconds: Seconds
}

/**
 * Pattern survival of a run of minutes: the mean over the windows in which own has a refrain, since one that evolves is a refrain in
 * each of its half minutes, not over all of them. null when hardly a window has one. Throws InputError.
 */
export function averagePatternSurvival(
  own: EventStream,
  other: EventStream,
  settings: SurvivalSettings,
): PatternSurvival {
  const { windowSeconds, hopSeconds, startSeconds = 0, endSeconds, clock } = settings
  checkWindows(settings)
  readPair(own, other, settings, ['own', 'other'])
  const end = endSeconds ?? Math.max(own.onsets.at(-1) ?? 0, other.onsets.at(-1) ?? 0)
  const found: { survival: number; periodCells: number }[] = []
  let windows = 0
  for (let from = startSeconds; from + windowSeconds <= end + 1e-9; from = startSeconds + ++windows * hopSeconds) {
    const span = { startSeconds: from, endSeconds: from + windowSeconds, clock }
    const { survival, periodCells } = survivalOf(cutPair(own, other, span))
    if (survival !== null && periodCells !== null) found.push({ survival, periodCells })
  }
  if (found.length === 0 || found.length < leastShare * windows)
    return noRefrain(`own stream has a refrain in ${found.length} of ${windows} windows`)
  const survival = found.reduce((sum, moment) => sum + moment.survival, 0) / found.length
  const periods = found.map(({ periodCells }) => periodCells).sort((p, q) => p - q)
  return { survival, periodCells: periods[periods.length >> 1] ?? null, undefined: {} }
}

function noRefrain(reason: string): PatternSurvival {
  return { survival: null, periodCells: null, undefined: { survival: reason, periodCells: reason } }
}

/** A voice as a listener to the mix tells it apart: by timbre as well as pitch. Notes in order of onset. */
export function timbredStream(notes: readonly Note[]): EventStream {
  return {
    onsets: notes.map((note) => note.onsetSeconds),
    marks: notes.map((note) => `${note.timbre} ${note.mark}`),
  }
}

interface Sounding {
  readonly cells: Int32Array
  readonly sounds: Int32Array
}

/** For every cell, how surely a listener to the mix hears the own stream in it. */
function hearOwn(own: Sounding, other: Sounding, count: number): Float64Array {
  const [mine, theirs] = [soundsByCell(own, count), soundsByCell(other, count)]
  const counts = new Map<number, { own: number; all: number }>()
  const tally = (sounds: Set<number>, add: number) => {
    for (const sound of sounds) {
      const known = counts.get(sound) ?? { own: 0, all: 0 }
      counts.set(sound, { own: known.own + add, all: known.all + 1 })
    }
  }
  for (const sounds of mine) tally(sounds, 1)
  for (const sounds of theirs) tally(sounds, 0)
  return Float64Array.from({ length: count }, (_, i) => {
    const together = [...new Set([...(mine[i] as Set<number>), ...(theirs[i] as Set<number>)])]
    const weights = together.map((sound) => {
      const known = counts.get(sound) as { own: number; all: number }
      return known.own / known.all
    })
    return weights.length === 0 ? 0 : weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  })
}

function soundsByCell({ cells, sounds }: Sounding, count: number): Set<number>[] {
  const byCell = Array.from({ length: count }, () => new Set<number>())
  for (let i = 0; i < cells.length; i++) (byCell[cells[i] as number] as Set<number>).add(sounds[i] as number)
  return byCell
}

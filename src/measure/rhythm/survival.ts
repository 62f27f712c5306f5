// Pattern survival: is an agent's own refrain still there in the mix, or has the other's sound destroyed it? Own and other's events
// in, 0..1 out. Ours.
//   alone = leave-one-out Brier skill of own cells at their best period p (refrain.ts); a refrain needs alone above its null
//   heard_i = mean over the sounds in cell i of w(sound),  w = share of that sound's cells in the mix that are own's
//   told_i  = 1 if anything sounds in cell i, else 0
//   survival = clip(max(skill of foretelling own cells from heard, from told, at period p) / alone)
// A listener has no labels: sounds that only this agent makes are known as its own, sounds both make are not, an attack that falls
// together with the other's is half heard, and whoever cannot tell the sounds apart still hears the rhythm of the whole.
// 1: silence beside it, a hocket of two timbres, unison (its rhythm is all there). 0: flooded by the same sound in every cell.
import { type EventStream, fewestAttacks, type RhythmSpan, readPair } from './events.ts'
import { layGrid } from './grid.ts'
import { drawShuffles, findRefrain, foretell, occupy } from './refrain.ts'
import { clip } from './weave.ts'

export interface PatternSurvival {
  /** 0..1; null when there is no refrain that could survive. */
  readonly survival: number | null
  /** Period of the refrain in cells, null without one. */
  readonly periodCells: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/**
 * How far the refrain of `own` can be recovered from the mix with `other`, relative to alone. Marks should name what can be told
 * apart (timbre, pitch class). Throws InputError as `measureInterlock` does, naming `own` and `other`.
 */
export function measurePatternSurvival(own: EventStream, other: EventStream, span: RhythmSpan = {}): PatternSurvival {
  const pair = readPair(own, other, span, ['own', 'other'])
  if (pair.a.times.length < fewestAttacks)
    return noRefrain(`own stream has ${pair.a.times.length} attacks, a refrain needs ${fewestAttacks}`)
  const { a, b, cells } = layGrid(pair)
  const occupied = occupy(a, cells)
  const refrain = findRefrain(occupied, drawShuffles(cells))
  if (refrain.excess <= 0) return noRefrain('own stream repeats itself no more than shuffled cells do')
  const alone = foretell(occupied, Float64Array.from(occupied), refrain.period)
  const heard = hearOwn({ cells: a, sounds: pair.a.sounds }, { cells: b, sounds: pair.b.sounds }, cells)
  const others = occupy(b, cells)
  const told = Float64Array.from(occupied, (sounds, i) => sounds | (others[i] as number))
  const best = Math.max(foretell(occupied, heard, refrain.period), foretell(occupied, told, refrain.period))
  return { survival: clip(best / alone), periodCells: refrain.period, undefined: {} }
}

function noRefrain(reason: string): PatternSurvival {
  return { survival: null, periodCells: null, undefined: { survival: reason, periodCells: reason } }
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

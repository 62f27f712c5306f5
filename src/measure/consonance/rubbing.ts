// Which tones of one agent rub most with which of another's: pairs of heard partials by their share of the roughness between the two.
// Each frame's parts are divided by its power, so that a quiet frame counts like a loud one; partials within a quarter tone are one.
import type { HeardFrame } from '../../hear/index.ts'
import type { RubbingPair } from '../reading.ts'
import type { StemGroup } from './agents.ts'
import type { PartialTone } from './partials.ts'
import { visitPairs } from './roughness/hutchinson-knopoff-1978.ts'

interface Gathered {
  part: number
  aHz: number
  bHz: number
}

const quarterTones = (hertz: number) => Math.round(24 * Math.log2(hertz))

/** Gathers what rubs between two groups, frame by frame. */
export interface Rubbing {
  add(frame: HeardFrame): void
  /** The `count` most rubbing pairs, greatest share first; empty when nothing rubs. Shares are of all roughness between the groups. */
  pairs(count?: number): RubbingPair[]
}

export function createRubbing(a: StemGroup, b: StemGroup): Rubbing {
  const gathered = new Map<string, Gathered>()
  let total = 0
  return {
    add(frame) {
      const own = partialsOf(frame, a)
      const other = partialsOf(frame, b)
      const power = [...own, ...other].reduce((sum, { amplitude }) => sum + amplitude * amplitude, 0)
      total += visitPairs(own, other, (p, q, part) => gather(gathered, p.hertz, q.hertz, part / power)) / (power || 1)
    },
    pairs: (count = 5) =>
      [...gathered.values()]
        .sort((p, q) => q.part - p.part || p.aHz - q.aHz || p.bHz - q.bHz)
        .slice(0, count)
        .map(({ part, aHz, bHz }) => ({ aHz: aHz / part, bHz: bHz / part, share: part / total })),
  }
}

/** The pairs that rub most in these frames. */
export function findRubbingPairs(frames: readonly HeardFrame[], a: StemGroup, b: StemGroup, count = 5): RubbingPair[] {
  const rubbing = createRubbing(a, b)
  for (const frame of frames) rubbing.add(frame)
  return rubbing.pairs(count)
}

/** Adds a part to its pair of pitches; the pair's frequencies are means weighted by parts. */
function gather(gathered: Map<string, Gathered>, aHz: number, bHz: number, part: number): void {
  const key = `${quarterTones(aHz)} ${quarterTones(bHz)}`
  const pair = gathered.get(key) ?? { part: 0, aHz: 0, bHz: 0 }
  pair.part += part
  pair.aHz += part * aHz
  pair.bHz += part * bHz
  gathered.set(key, pair)
}

/** What a group sounds, ascending. */
export function partialsOf(frame: HeardFrame, group: StemGroup): PartialTone[] {
  const partials: PartialTone[] = []
  for (const index of group.stems) {
    const stem = frame.stems[index]
    stem?.partialsHz.forEach((hertz, i) => {
      partials.push({ hertz, amplitude: stem.amplitudes[i] ?? 0 })
    })
  }
  return partials.sort((p, q) => p.hertz - q.hertz)
}

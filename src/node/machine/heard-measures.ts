// What our measures make of a clip by its sound alone, the same sound that people hear: no record, no stems. One channel in; a value 0..1 out.
//   consonance   of all that sounds, mean over bars in which something tonal does (measureHeard)
//   vitality     of what is heard on a grid of sixteen cells a bar: no attack, or an attack and the pitch class that is strongest after it
// combined as the ranking composite combines its components, with the weights that they have there. What needs to know who plays what (interlock,
// own voice, words) cannot be heard in a mix and is left out.
import { longWindowSeconds } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { combineRanking, hearSound, measureHeard, measureVitality } from '../../measure/index.ts'
import { type RankingSettings, rankingComponents } from '../../record/index.ts'
import { type HeardClip, hearClip } from './hear-clip.ts'
import type { MonoSound } from './sounds.ts'

export interface ClipReading {
  /** null where nothing tonal sounds. */
  readonly consonance: number | null
  /** null for clips of fewer than 64 cells. */
  readonly vitality: number | null
  /** 0 for silence, of which that is known; null where neither is known. */
  readonly value: number | null
}

const cellsPerBar = 16

export function measureClip(
  sound: MonoSound,
  {
    barSeconds,
    kernel,
    settings,
  }: { readonly barSeconds: number; readonly kernel: Kernel; readonly settings: RankingSettings },
): ClipReading {
  const heard = hearClip(sound, kernel)
  if (heard.frames.every((frame) => (frame.stems[0]?.power ?? 0) === 0))
    return { consonance: null, vitality: null, value: 0 }
  const consonance = readConsonance(heard, barSeconds)
  const { vitality } = measureVitality(spellCells(heard, barSeconds / cellsPerBar))
  const known = Object.fromEntries(rankingComponents.map((name) => [name, null])) as Parameters<
    typeof combineRanking
  >[0]
  return { consonance, vitality, value: combineRanking({ ...known, consonance, vitality }, settings) }
}

function readConsonance({ frames, seconds, sampleRate }: HeardClip, barSeconds: number): number | null {
  const bars = Math.max(1, Math.round(seconds / barSeconds))
  const known: number[] = []
  for (let bar = 0; bar < bars; bar++) {
    const own = frames.filter(({ timeSeconds }) => Math.floor(timeSeconds / barSeconds) === bar)
    const stretch = { frames: own, mixture: 0, seconds: barSeconds, windowSeconds: longWindowSeconds(sampleRate) }
    const { consonance } = measureHeard(hearSound(stretch))
    if (consonance !== null) known.push(consonance)
  }
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

function spellCells({ frames, onsets, seconds }: HeardClip, cellSeconds: number): string[] {
  const cells = new Array<string>(Math.max(1, Math.round(seconds / cellSeconds))).fill('rest')
  const first = frames[0]?.timeSeconds ?? 0
  const hop = (frames[1]?.timeSeconds ?? first + 1) - first
  for (const { timeSeconds } of onsets) {
    const cell = Math.min(cells.length - 1, Math.floor(timeSeconds / cellSeconds))
    // The frame after the attack: the one that it falls in still holds what was before.
    const after = frames[Math.min(frames.length - 1, Math.ceil((timeSeconds - first) / hop) + 1)]
    const chroma = after?.stems[0]?.chroma ?? new Float64Array(12)
    const strongest = chroma.reduce((best, energy, k) => (energy > (chroma[best] ?? 0) ? k : best), 0)
    cells[cell] = (chroma[strongest] ?? 0) > 0 ? `tone ${strongest}` : 'beat'
  }
  return cells
}

// How long each pitch class sounds in some sections of a track, by its notes: truth for keys without any ear.
import { type PartName, patternOf, type Track } from '../../../src/record/index.ts'

const tonal: readonly PartName[] = ['bass', 'chords', 'lead']

/** 12 weights, C first: steps x velocity x the part's level. */
export function chromaOfNotes(track: Track, sections: readonly string[]): number[] {
  const chroma = new Array<number>(12).fill(0)
  for (const section of track.sections.filter(({ name }) => sections.includes(name)))
    for (const part of tonal) {
      const { notes, bars } = patternOf(track, section, part)
      for (const { midi, steps, velocity } of notes)
        chroma[midi % 12] = (chroma[midi % 12] ?? 0) + (steps * velocity * section.levels[part] * 8) / bars
    }
  return chroma
}

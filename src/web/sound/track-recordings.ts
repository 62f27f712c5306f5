// Which tracks a run plays, which recordings a track uses, and the track as it can still be played when some of them are missing.
import type { Library, Track } from '../../record/index.ts'
import type { PartyScore } from '../run/slots.ts'

type Parts = Track['parts']

export function recordingsOf(track: Track): string[] {
  const patterns = [track.parts, ...track.sections.map((section) => section.parts)].flatMap((parts) =>
    Object.values(parts ?? {}),
  )
  return [...new Set(patterns.flatMap((pattern) => pattern.samples.map((use) => use.sample)))]
}

/** The same track with these recordings silent, everything else as it is. */
export function withoutRecordings(track: Track, missing: readonly string[]): Track {
  const quiet = (parts: Partial<Parts>) =>
    Object.fromEntries(
      Object.entries(parts).map(([name, pattern]) => [
        name,
        { ...pattern, samples: pattern.samples.filter(({ sample }) => !missing.includes(sample)) },
      ]),
    )
  const sections = track.sections.map((section) =>
    section.parts === undefined ? section : { ...section, parts: quiet(section.parts) },
  )
  return { ...track, parts: quiet(track.parts) as Parts, sections }
}

/** Whenever it is asked: the tracks that lie on decks in the slots that came since. */
export function followTracks(score: PartyScore, library: Library | null): () => Track[] {
  let next = 0
  return () => {
    const fresh = score.slots.slice(next)
    next = score.slots.length
    const ids = new Set(fresh.flatMap(({ world }) => world?.decks.map(({ track }) => track) ?? []))
    return (library?.tracks ?? []).filter(({ id }) => ids.has(id))
  }
}

// A judging session -> what settings are learned from: every clip with the components of its run and what is no taste, and people's votes.
// Clips are matched in loudness and equally long: what the session made equal cannot sway, and is left out with that reason.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { composeSlot } from '../../pipeline.ts'
import { type Clip, InputError } from '../../record/index.ts'
import { findOtherRun, type OpenedSession, openJudgedRun } from '../judge/index.ts'
import { componentsOf } from '../machine/session.ts'
import { type LoadedInstruments, loadInstruments } from '../run/instruments.ts'
import { recordName } from '../store/run-folder.ts'
import type { RatedItem } from './learn.ts'

/** Spread up to which clips count as equally loud: what matching leaves. */
const matchedLu = 0.1

/** Throws InputError for a run without scores, one that is gone, and where another stands in its place. */
export async function rateClips({ session, key }: OpenedSession): Promise<RatedItem[]> {
  const clips = key.clips.filter(({ anchor }) => anchor === null)
  const loudness = clips.map(({ loudnessLufs }) => loudnessLufs)
  const matched = Math.max(...loudness) - Math.min(...loudness) <= matchedLu
  for (const clip of clips) {
    if (!existsSync(path.join(clip.run, recordName)))
      throw new InputError(
        'no-run',
        `${clip.run}: expected the run that clips of the session were cut from, found no ${recordName}: it was moved or deleted. Put the run back: nothing was learned.`,
      )
    const fault = await findOtherRun(clip)
    if (fault !== null) throw new InputError('other-run', `${fault}: nothing was learned.`)
  }
  const densities = await countDensities(clips, session.clip.seconds)
  return clips.map(({ name, run, loudnessLufs }) => {
    const components = componentsOf(run)
    if (components === null)
      throw new InputError(
        'no-scores',
        `${run}: expected scores.json with a ranking, got none. Run \`hocket score ${run}\`.`,
      )
    return {
      item: name,
      group: run,
      components,
      nuisance: {
        loudness: matched ? 0 : loudnessLufs,
        duration: session.clip.seconds,
        density: densities.get(name) ?? null,
      },
    }
  })
}

/** Notes a second of each clip, as composed. */
async function countDensities(clips: readonly Clip[], seconds: number): Promise<Map<string, number>> {
  const densities = new Map<string, number>()
  const loaded = new Map<Played, LoadedInstruments>()
  for (const run of new Set(clips.map((clip) => clip.run))) {
    const { session, slots } = await openJudgedRun(run)
    const played = session.scenario === null ? 'transcript' : 'party'
    const instruments = loaded.get(played) ?? loadInstruments(played)
    loaded.set(played, instruments)
    const onsets = slots.flatMap((lines, slot) =>
      composeSlot(session, lines, slot, instruments).map(({ onsetSeconds }) => onsetSeconds),
    )
    for (const { name, startSeconds } of clips.filter((clip) => clip.run === run)) {
      const within = onsets.filter((onset) => onset >= startSeconds && onset < startSeconds + seconds)
      densities.set(name, within.length / seconds)
    }
  }
  return densities
}

type Played = Parameters<typeof loadInstruments>[0]

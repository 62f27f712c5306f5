// Where clips are cut: all of one length, whole bars of the run, beginning at a slot (where refrains begin), spread evenly over the run.
import { sampleRate } from '../../../pipeline.ts'
import { beatsPerSlot, InputError } from '../../../record/index.ts'
import { samplesOfSeconds, secondsOfBeats } from '../../../units.ts'
import { type JudgedRun, type Stretch, slotSample } from './run.ts'

const beatsPerBar = 4

export interface Cuts {
  /** Frames of every clip. */
  readonly frames: number
  /** Where loops may begin and end. */
  readonly gridSeconds: number
  /** By run, by part. */
  readonly stretches: readonly (readonly Stretch[])[]
}

/** Clips of about so many seconds, `parts` of each run. Throws InputError when a run is too short for them. */
export function planCuts(runs: readonly JudgedRun[], { seconds, parts }: { seconds: number; parts: number }): Cuts {
  const lengths = runs.map(({ session }) => {
    const bar = secondsOfBeats(beatsPerBar, session.bpm)
    return samplesOfSeconds(Math.max(1, Math.round(seconds / bar)) * bar, sampleRate)
  })
  const frames = Math.min(...lengths)
  if (frames < 0.4 * sampleRate)
    throw new InputError('short-clips', `--seconds ${seconds}: expected clips of .4 s at least. Ask for longer ones.`)
  const tempos = new Set(runs.map(({ session }) => session.bpm))
  const [bpm] = tempos
  return {
    frames,
    gridSeconds: tempos.size === 1 && bpm !== undefined ? secondsOfBeats(beatsPerBar, bpm) : 1,
    stretches: runs.map((run) => spread(run, frames, parts)),
  }
}

function spread(run: JudgedRun, frames: number, parts: number): Stretch[] {
  const perClip = Math.ceil(frames / samplesOfSeconds(secondsOfBeats(beatsPerSlot, run.session.bpm), sampleRate) - 1e-9)
  const slots = run.slots.length
  if (slots < perClip * parts)
    throw new InputError(
      'short-run',
      `${run.folder}: expected ${perClip * parts} slots at least for ${parts} clip${parts === 1 ? '' : 's'} of ${(frames / sampleRate).toFixed(1)} s, got ${slots}. Ask for shorter ones with --seconds or fewer with --clips.`,
    )
  return Array.from({ length: parts }, (_, part) => {
    const middle = ((part + 0.5) * slots) / parts
    const first = Math.max(0, Math.min(slots - perClip, Math.round(middle - perClip / 2)))
    return { from: slotSample(run, first), count: frames }
  })
}

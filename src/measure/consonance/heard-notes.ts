// Which moments of a heard sound count, and which notes it makes.
// A moment counts when the long window around it lies inside the sound (else tones are heard with their beginning or end: shorter and blurred), and when
// it is no fainter than 20 dB below the loudest, nor below the absolute gate of BS.1770, and when its partials are no fainter than 20 dB below all of it:
// of noise and drums alone now and then a partial passes, which is no tone to rate. Of a sound shorter than a window the middle moment counts.
// A note is what is heard in at least half of the moments' weight; each note of a moment votes for the pitch around it.
import type { HeardFrame, HeardMixture } from '../../hear/index.ts'
import type { Midi, Seconds } from '../../units.ts'
import { soundsTones } from './sounding.ts'

/** A sound that was heard: a mixture of the analyser's frames, and how long it is. */
export interface HeardStretch {
  readonly frames: readonly HeardFrame[]
  /** Index of the frames' mixture; its notes must have been wanted, or there are none. */
  readonly mixture: number
  readonly seconds: Seconds
  /** `longWindowSeconds` of its sample rate. */
  readonly windowSeconds: Seconds
}

export interface HeardMoment {
  readonly frame: HeardFrame
  readonly heard: HeardMixture
}

/** Power ratio of -20 dB. */
const faintest = 0.01
/** Share of the votes that makes a note. */
const leastShare = 0.5
/** Notes nearer than this, in semitones, are one: wider than vibrato, narrower than any interval that is named. */
const nearest = 0.5

/** The moments that count, in order; none in silence. */
export function momentsOf({ frames, mixture, seconds, windowSeconds }: HeardStretch): HeardMoment[] {
  const all = frames.flatMap((frame) => {
    const heard = frame.mixtures[mixture]
    return heard === undefined ? [] : [{ frame, heard }]
  })
  const half = windowSeconds / 2
  const inside = all.filter(({ frame: { timeSeconds } }) => timeSeconds >= half && timeSeconds <= seconds - half)
  const sounding = inside.filter(sounds)
  if (sounding.length > 0) return withoutFaint(sounding)
  const rest = all.filter(sounds)
  const off = ({ frame }: HeardMoment) => Math.abs(frame.timeSeconds - seconds / 2)
  const middle = rest.reduce<HeardMoment | null>((best, one) => (best && off(best) <= off(one) ? best : one), null)
  return middle === null ? [] : [middle]
}

function sounds({ heard }: HeardMoment): boolean {
  const power = heard.amplitudes.reduce((sum, amplitude) => sum + amplitude * amplitude, 0)
  return soundsTones(power, heard.weightedPower)
}

function withoutFaint(moments: readonly HeardMoment[]): HeardMoment[] {
  const loudest = Math.max(...moments.map(({ heard }) => heard.weightedPower))
  return moments.filter(({ heard }) => heard.weightedPower >= faintest * loudest)
}

/** Notes that sound in at least half of the moments, louder ones counting more; fractional, ascending. */
export function voteNotes(moments: readonly HeardMoment[]): Midi[] {
  const votes = moments.flatMap(({ heard }) =>
    Array.from(heard.notes?.midi ?? [], (midi) => ({ midi, weight: Math.sqrt(heard.weightedPower) })),
  )
  votes.sort((a, b) => a.midi - b.midi)
  const groups: { last: Midi; sum: number; weight: number }[] = []
  for (const { midi, weight } of votes) {
    const group = groups.at(-1)
    if (group === undefined || midi - group.last >= nearest) groups.push({ last: midi, sum: weight * midi, weight })
    else groups[groups.length - 1] = { last: midi, sum: group.sum + weight * midi, weight: group.weight + weight }
  }
  const all = moments.reduce((sum, { heard }) => sum + Math.sqrt(heard.weightedPower), 0)
  return groups.filter(({ weight }) => weight >= leastShare * all).map(({ sum, weight }) => sum / weight)
}

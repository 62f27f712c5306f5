// How much of what one agent's tones suggest as pitches the other's suggest too: pitch commonality (parncutt-1994.ts) of heard partials.
import type { HeardFrame } from '../../hear/index.ts'
import type { StemGroup } from './agents.ts'
import { analysePitches, pitchCommonality } from './harmonicity/parncutt-1994.ts'
import { partialsOf } from './rubbing.ts'

/** Of every two groups, a before b, -1..1; null when either has no pitch. The frame's strongest partial is taken to be at 60 dB. */
export function readCommonalities(frame: HeardFrame, groups: readonly StemGroup[]): (number | null)[] {
  const sounds = groups.map((group) => partialsOf(frame, group))
  const strongest = sounds.flat().reduce((most, { amplitude }) => Math.max(most, amplitude), 0)
  const saliences = sounds.map((partials) => {
    const scaled = partials.map(({ hertz, amplitude }) => ({ hertz, amplitude: amplitude / strongest }))
    return analysePitches(scaled)?.saliences ?? null
  })
  return saliences.flatMap((one, a) =>
    saliences.slice(a + 1).map((other) => (one === null || other === null ? null : pitchCommonality(one, other))),
  )
}

// What each style is made of besides drums: progressions (scale degrees, 0 = tonic), bass figures, comping rhythms, hooks, forms, sounds.
// Progressions are the common loops of each genre; the sevenths and ninths of house and dub, plain triads of techno and breaks.
import type { SectionName, Timbre } from '../../src/record/index.ts'
import type { Hook } from './parts.ts'

export interface StyleMaterial {
  readonly bpm: readonly [low: number, high: number]
  readonly energy: readonly [low: number, high: number]
  /** How near the other styles are, in the order of styleNames. */
  readonly style: readonly number[]
  readonly minor: readonly (readonly number[])[]
  readonly major: readonly (readonly number[])[]
  /** Share of tracks in major. */
  readonly majorShare: number
  readonly chordSizes: readonly number[]
  readonly bass: readonly string[]
  readonly comps: readonly string[]
  readonly hooks: readonly Hook[]
  readonly timbres: {
    readonly bass: readonly Timbre[]
    readonly chords: readonly Timbre[]
    readonly lead: readonly Timbre[]
  }
  readonly gains: { readonly drums: number; readonly bass: number; readonly chords: number; readonly lead: number }
  readonly swing: readonly number[]
  readonly voicing: 'close' | 'open'
  /** Velocity of the cymbal at phrase starts; styles without one have no drum rolls either. */
  readonly crash: number
  /** Kick of the intro and break, two bars. */
  readonly introKick: string
  readonly breakKick: string
  readonly forms: readonly (readonly SectionName[])[]
}

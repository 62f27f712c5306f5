// What a machine judge is asked. Pairs of clips and spoilt clips in; questions out, each about a first and a second sound.
//   main    every pair in both orders: who prefers what comes first in both has no preference
//   same    a clip against itself: only a tie is right
//   gain    a main pair again with one side 3 dB softer, then the other: loudness must not decide
//   canary  a clip against what was spoilt in it or has nothing to do with music, in both orders: the canary must come last
export const canaryKinds = ['silence', 'noise', 'shuffled', 'detuned', 'unison', 'spam'] as const
export type CanaryKind = (typeof canaryKinds)[number]

/** Clips by name. */
export interface ClipPair {
  readonly a: string
  readonly b: string
}

export interface Canary {
  readonly kind: CanaryKind
  readonly clip: string
  /** What it is laid beside: of a spoilt clip, what it was made of. */
  readonly beside: string
}

export interface Sounding {
  readonly clip: string
  /** 0 or less. */
  readonly gainDecibels: number
}

export interface MachineQuestion {
  readonly kind: 'main' | 'same' | 'gain' | 'canary'
  /** Place of the pair (main, gain), of the clip (same), of the canary. */
  readonly of: number
  readonly first: Sounding
  readonly second: Sounding
}

export interface MachinePlan {
  readonly pairs: readonly ClipPair[]
  /** Laid beside themselves. */
  readonly same: readonly string[]
  /** Places of pairs asked again with a change of gain. */
  readonly gain: readonly number[]
  readonly canaries: readonly Canary[]
}

export const gainStepDecibels = 3

export function planQuestions({ pairs, same, gain, canaries }: MachinePlan): MachineQuestion[] {
  const plain = (clip: string): Sounding => ({ clip, gainDecibels: 0 })
  const softer = (clip: string): Sounding => ({ clip, gainDecibels: -gainStepDecibels })
  const both = (kind: 'main' | 'canary', of: number, a: string, b: string): MachineQuestion[] => [
    { kind, of, first: plain(a), second: plain(b) },
    { kind, of, first: plain(b), second: plain(a) },
  ]
  return [
    ...pairs.flatMap(({ a, b }, of) => both('main', of, a, b)),
    ...same.map((clip, of): MachineQuestion => ({ kind: 'same', of, first: plain(clip), second: plain(clip) })),
    ...gain.flatMap((of): MachineQuestion[] => {
      const pair = pairs[of]
      if (pair === undefined) throw new RangeError(`gain: expected places of pairs, got ${of} of ${pairs.length}`)
      return [
        { kind: 'gain', of, first: softer(pair.a), second: plain(pair.b) },
        { kind: 'gain', of, first: plain(pair.a), second: softer(pair.b) },
      ]
    }),
    ...canaries.flatMap(({ clip, beside }, of) => both('canary', of, beside, clip)),
  ]
}

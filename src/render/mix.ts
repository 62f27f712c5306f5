// How loud each stem stands in the mix of a party.
import type { Layer } from '../record/index.ts'

/**
 * Fixed gain per layer: the plain sum of two voices and two decks with these gains stays below -1 dBTP.
 * A deck's samples end at .6 (.5 with flat bands), a voice's at .5; docs/sound.md has the measured peaks.
 */
export const mixGains: Readonly<Record<Layer, number>> = { voice: 0.5, deck: 0.5 }

// All cases of the gauntlet, living first.
import { deadNotes, noteControls } from './dead-notes.ts'
import { disguisedControls, disguisedNotes } from './disguised-notes.ts'
import { livingNotes } from './living-notes.ts'
import { parties } from './parties.ts'
import type { Case, CaseKind } from './performance.ts'
import { talks } from './talks.ts'

const order: readonly CaseKind[] = ['living', 'degenerate', 'control']

export const gauntletCases: readonly Case[] = order.flatMap((kind) =>
  [...livingNotes, ...deadNotes, ...disguisedNotes, ...noteControls, ...disguisedControls, ...talks, ...parties].filter(
    (one) => one.kind === kind,
  ),
)

/** Enough of them to see in seconds that the whole path stands. */
export const quickNames: readonly string[] = [
  'hocket',
  'dialogue',
  'wedding',
  'unison',
  'coin-tosses',
  'yes-spam',
  'parrot',
]

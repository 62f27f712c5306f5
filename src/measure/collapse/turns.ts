// What the collapse detectors read: turns of agents in order, each with its words and moves.
// In: the lines of one slot. Out: one turn per agent that wrote anything in it.
import type { Move, RecordLine } from '../../record/index.ts'
import { symbolsOfText } from '../vitality/index.ts'

export interface Turn {
  readonly agent: string
  /** What was said, commands left out. */
  readonly text: string
  /** The same as words without case and signs. */
  readonly words: readonly string[]
  readonly moves: readonly Move[]
  /** The prompt before this turn held a number of the score. */
  readonly scoreShown: boolean
}

/** A turn, and where it stands in the run. */
export interface PlacedTurn extends Turn {
  readonly slot: number
  readonly seconds: number
}

/** In order of the first line that an agent wrote. */
export function turnsOfSlot(lines: readonly RecordLine[]): Turn[] {
  const turns = new Map<string, { text: string; moves: readonly Move[]; scoreShown: boolean }>()
  for (const line of lines) {
    if (line.kind !== 'token' && line.kind !== 'move' && line.kind !== 'percept') continue
    const turn = turns.get(line.agent) ?? { text: '', moves: [], scoreShown: false }
    if (line.kind === 'token') turn.text += line.role === 'action' ? ' ' : line.text
    else if (line.kind === 'move') turn.moves = line.moves
    else turn.scoreShown = `${line.system}\n${line.text}`.includes('<score')
    turns.set(line.agent, turn)
  }
  return [...turns].map(([agent, turn]) => ({ agent, ...turn, words: symbolsOfText(turn.text) }))
}

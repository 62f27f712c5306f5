// What the collapse detectors read: turns of agents in order, each with its words and moves.
// In: the lines of one slot. Out: its turns, several of one agent where it spoke several times.
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

interface Draft {
  agent: string
  text: string
  moves: readonly Move[]
  scoreShown: boolean
  /** Which of the agent's turns; null as long as it has only read. */
  number: number | null
}

/** In order of the first line of each. What an agent read belongs to the turn after it, a move to the turn before it. */
export function turnsOfSlot(lines: readonly RecordLine[]): Turn[] {
  const drafts: Draft[] = []
  const latest = new Map<string, Draft>()
  const draftOf = (agent: string, number: number | null): Draft => {
    const known = latest.get(agent)
    if (known !== undefined && (number === null || known.number === null || known.number === number)) return known
    const draft = { agent, text: '', moves: [], scoreShown: false, number }
    drafts.push(draft)
    latest.set(agent, draft)
    return draft
  }
  for (const line of lines) {
    if (line.kind !== 'token' && line.kind !== 'move' && line.kind !== 'percept') continue
    const draft = draftOf(line.agent, line.kind === 'token' ? line.turn : null)
    if (line.kind === 'token') {
      draft.number = line.turn
      draft.text += line.role === 'action' ? ' ' : line.text
    } else if (line.kind === 'move') draft.moves = line.moves
    else draft.scoreShown ||= `${line.system}\n${line.text}`.includes('<score')
  }
  return drafts.map(({ agent, text, moves, scoreShown }) => {
    return { agent, text, words: symbolsOfText(text), moves, scoreShown }
  })
}

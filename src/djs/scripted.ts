// A scripted DJ behind the port: percept text -> parse -> decide -> speak -> tokens. It keeps no state of its own: what it knows is what it
// reads, and its dice are seeded by (seed, agent, slot), so that a run may be taken up anywhere.
import { seededRandom } from '../random.ts'
import type { Mask, Move, Policy } from '../record/index.ts'
import type { Dj, DjToken } from './dj.ts'
import { formatMoves } from './grammar.ts'
import { type Knowledge, parsePercept, presentOf } from './percept.ts'
import { decide } from './policies.ts'
import type { Temper } from './situation.ts'
import { speak } from './speech.ts'

export interface ScriptedDjOptions {
  readonly policy: Policy
  readonly mask: Mask
  readonly seed: number | string
  readonly agent: string
  /** 0 or 1; by default agent "b" sits at 1, any other at 0. */
  readonly seat?: number
}

/** Throws RangeError when the percept is not one that the party wrote. */
export function scriptedDj(options: ScriptedDjOptions): Dj {
  const turnOf = scriptedTurn(options)
  return async function* (percept): AsyncGenerator<DjToken> {
    const text = formatMoves(turnOf(parsePercept(percept.text)))
    for (const [word] of text.matchAll(/\S+\s*/g)) yield { text: word }
  }
}

/** The same DJ without text: knowledge -> moves, words included. */
export function scriptedTurn(options: ScriptedDjOptions): (knowledge: Knowledge) => Move[] {
  const temper = temperOf(options)
  const decideMoves = scriptedMoves(options)
  const dice = (name: string) => seededRandom(`${options.seed}/${options.agent}/words/${name}`)
  const speaker = { temper, mask: options.mask, dice }
  return (knowledge) => {
    const moves = decideMoves(knowledge)
    const words = speak(knowledge, moves, speaker)
    if (words === '') return moves
    // Who speaks need not say that it holds.
    return [...moves.filter((move) => move.do !== 'hold'), { do: 'say', words }]
  }
}

/** What it does at its deck, without words. */
export function scriptedMoves(options: ScriptedDjOptions): (knowledge: Knowledge) => Move[] {
  const temper = temperOf(options)
  return (knowledge) => {
    const random = seededRandom(`${options.seed}/${options.agent}/moves/${presentOf(knowledge).slot}`)
    return decide(knowledge, temper, random)
  }
}

export function temperOf(options: ScriptedDjOptions): Temper {
  return {
    policy: options.policy,
    patience: options.mask.patience,
    exploration: options.mask.exploration,
    seat: options.seat ?? (options.agent === 'b' ? 1 : 0),
  }
}

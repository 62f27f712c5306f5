// A slot's lines -> the turns to be sonified.
import type { RecordLine, TokenLine } from '../record/index.ts'

/** Tokens by agent and turn, in order of their first token. */
export function turnsOfLines(lines: readonly RecordLine[]): TokenLine[][] {
  const turns = new Map<string, TokenLine[]>()
  for (const line of lines) {
    if (line.kind !== 'token') continue
    const name = `${line.agent} ${line.turn}`
    const turn = turns.get(name)
    if (turn === undefined) turns.set(name, [line])
    else turn.push(line)
  }
  return [...turns.values()]
}

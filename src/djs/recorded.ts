// A DJ that says again what a record holds: token by token, with its times, what it cost and how it broke. A turn that the record
// does not hold whole is said as far as it goes and then breaks; slots after the record's last are the next DJ's.
import type { ProbeLine, RecordLine, TokenLine, Usage } from '../record/index.ts'
import { BrokenTurn, brokenTurn, type Dj, type DjItem, isBreakCode } from './dj.ts'

interface RecordedTurn {
  readonly tokens: TokenLine[]
  usage: Usage | null
  fault: BrokenTurn | null
  /** Its move line is there. */
  whole: boolean
}

export interface RecordedDjOptions {
  readonly lines: Iterable<RecordLine>
  readonly agent: string
  /** Seconds from the start of the run to that of a slot, as the record's tokens have them. */
  readonly slotSeconds: (slot: number) => number
  /** Who goes on where nothing was recorded; without one such a turn breaks. */
  readonly next?: Dj
}

export function recordedDj({ lines, agent, slotSeconds, next }: RecordedDjOptions): Dj {
  const turns = gatherTurns(lines, agent)
  const probes = [...lines].filter((line) => line.kind === 'probe').filter((line) => line.agent === agent)
  return async function* (percept): AsyncGenerator<DjItem> {
    const probe = probes.find(({ question }) => question === percept.question)
    if (probe !== undefined) {
      yield* sayProbe(probe)
      return
    }
    const turn = turns.get(percept.slot)
    if (turn === undefined) {
      if (next === undefined) throw brokenTurn('interrupted', `nothing recorded of "${agent}" in slot ${percept.slot}`)
      yield* next(percept)
      return
    }
    for (const { text, logprob, top, source, clock, t } of turn.tokens)
      yield {
        text,
        ...(logprob === undefined ? {} : { logprob }),
        ...(top === undefined ? {} : { top }),
        ...(source === 'reference-model' ? { source } : {}),
        ...(clock === 'arrival' ? { seconds: t - slotSeconds(percept.slot) } : {}),
      }
    if (turn.usage !== null) yield { usage: turn.usage }
    if (turn.fault !== null) throw turn.fault
    if (!turn.whole) throw brokenTurn('interrupted', 'a run that was ended in the middle of it')
  }
}

function* sayProbe({ answer, usage, fault }: ProbeLine): Generator<DjItem> {
  if (answer !== '') yield { text: answer }
  if (usage !== null) yield { usage }
  if (fault !== null) throw new BrokenTurn(isBreakCode(fault.code) ? fault.code : 'broken-turn', fault.message)
}

function gatherTurns(lines: Iterable<RecordLine>, agent: string): Map<number, RecordedTurn> {
  const turns = new Map<number, RecordedTurn>()
  const turnOf = (slot: number) => {
    const known = turns.get(slot) ?? { tokens: [], usage: null, fault: null, whole: false }
    turns.set(slot, known)
    return known
  }
  for (const line of lines) {
    if (!('agent' in line) || line.agent !== agent) continue
    if (line.kind === 'token') turnOf(line.slot).tokens.push(line)
    else if (line.kind === 'move') turnOf(line.slot).whole = true
    else if (line.kind === 'usage') {
      const { n, kind, agent: _, slot, ...usage } = line
      turnOf(slot).usage = usage
    } else if (line.kind === 'fault' && isBreakCode(line.code))
      turnOf(line.slot).fault = new BrokenTurn(line.code, line.message)
  }
  return turns
}

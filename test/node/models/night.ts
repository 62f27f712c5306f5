// A short night with one model at deck a, behind the double, and a scripted listener at deck b.
import { isBreakCode } from '../../../src/djs/index.ts'
import { createBudget } from '../../../src/node/models/budget.ts'
import { type ServerSeat, seatServer } from '../../../src/node/models/seat.ts'
import { createSlotClock } from '../../../src/node/models/wrappers.ts'
import type { PartyOptions } from '../../../src/party/index.ts'
import { playParty } from '../../../src/party/index.ts'
import {
  type FaultLine,
  formatLine,
  parseRecord,
  type RecordLine,
  type ServerSpec,
  type UsageLine,
} from '../../../src/record/index.ts'
import { partyOptions } from '../../party/play.ts'

export const key = 'sk-secret-5f2c9d7e1b'

export const specOf = (url: string, spec: Partial<ServerSpec> = {}): ServerSpec => ({
  kind: 'server',
  api: 'chat',
  model: 'm',
  url,
  temperature: null,
  answerTokens: 200,
  timeoutSeconds: 20,
  clock: 'world',
  ...spec,
})

export interface Night {
  readonly spec: ServerSpec
  readonly slots?: number
  readonly seat?: Partial<ServerSeat>
  readonly party?: Partial<PartyOptions>
}

export function seatOf(spec: ServerSpec, seat: Partial<ServerSeat> = {}) {
  const budget = createBudget({ tokens: null, cost: null }, null)
  return seatServer({ spec, key, seed: 7, budget, cache: null, secondsInto: createSlotClock(), ...seat })
}

/** The record, which must be whole and valid whatever happened. */
export async function playNight({ spec, slots = 2, seat = {}, party = {} }: Night): Promise<RecordLine[]> {
  const base = partyOptions({ slots })
  const [first, second] = base.agents
  if (first === undefined || second === undefined) throw new Error('two agents')
  const options = {
    ...base,
    agents: [{ ...first, dj: spec }, second],
    djs: { ...base.djs, a: seatOf(spec, seat) },
    ...party,
  }
  const lines: RecordLine[] = []
  for await (const line of playParty(options)) lines.push(line)
  return parseRecord(lines.map(formatLine))
}

/** How a turn broke; what could not be done at the decks is left out. */
export const faultsOf = (lines: readonly RecordLine[], slot = 0) =>
  lines.filter(
    (line): line is FaultLine =>
      line.kind === 'fault' && line.agent === 'a' && line.slot === slot && isBreakCode(line.code),
  )

export const usageOf = (lines: readonly RecordLine[], slot = 0) =>
  lines.find((line): line is UsageLine => line.kind === 'usage' && line.slot === slot)

export const tokensOf = (lines: readonly RecordLine[], slot = 0) =>
  lines.filter((line) => line.kind === 'token').filter((line) => line.agent === 'a' && line.slot === slot)

export const saidOf = (lines: readonly RecordLine[], slot = 0) =>
  tokensOf(lines, slot)
    .map(({ text }) => text)
    .join('')

export const moveOf = (lines: readonly RecordLine[], slot = 0) =>
  lines.find((line) => line.kind === 'move' && line.agent === 'a' && line.slot === slot)

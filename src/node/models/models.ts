// The models of one party: who of its agents is one, their keys, one budget for all, one clock, and what they have cost.
import { type Dj, recordedDj } from '../../djs/index.ts'
import type { OtherRun } from '../../party/index.ts'
import { type Agent, InputError, type RecordLine, type SessionLine } from '../../record/index.ts'
import { secondsOfBeats } from '../../units.ts'
import { ghostDj } from '../run/other-run.ts'
import { readRecord } from '../store/record-file.ts'
import { type Budget, type Caps, createBudget, type Prices } from './budget.ts'
import { embeddedDj } from './embedded-dj.ts'
import { readKey } from './key.ts'
import { openClient } from './openai-dj.ts'
import { seatServer } from './seat.ts'
import { createSlotClock } from './wrappers.ts'

export interface ModelSettings {
  readonly caps: Caps
  readonly prices: Prices | null
  readonly cache: string | null
  /** Where ghosts come from. */
  readonly other?: OtherRun | null
  readonly fetch?: typeof globalThis.fetch
}

export interface Models {
  readonly budget: Budget
  /** null: not a model. Throws InputError for a key that cannot be one. */
  seat(agent: Agent, seed: number): Dj | null
}

export function openModels({ caps, prices, cache, other, fetch }: ModelSettings): Models {
  const budget = createBudget(caps, prices)
  const secondsInto = createSlotClock()
  return {
    budget,
    seat({ agent, dj, mask }, seed) {
      if (dj.kind === 'embedded' && mask !== null) return embeddedDj({ spec: dj, mask, agent, seed })
      if (dj.kind === 'ghost' && other) return ghostDj(other, agent)
      if (dj.kind !== 'server') return null
      const key = needKey(agent, dj.url)
      return seatServer({ spec: dj, key, seed, budget, cache, secondsInto, ...(fetch === undefined ? {} : { fetch }) })
    },
  }
}

function needKey(agent: string, url: string): string | null {
  const key = readKey(agent)
  if (key === null && new URL(url).hostname === 'api.openai.com')
    throw new InputError('no-key', `agent "${agent}": expected a key for ${url}, got none. Set OPENAI_API_KEY.`)
  return key
}

/**
 * Asks every server once for its list of models, which costs nothing. Returns remarks. Throws InputError when nobody answers or the
 * key is refused; a server that has no such list is taken as it is.
 */
export async function checkServers(agents: readonly Agent[]): Promise<string[]> {
  const remarks: string[] = []
  for (const { agent, dj } of agents) {
    if (dj.kind === 'embedded') await checkPersona(agent, dj.model)
    if (dj.kind !== 'server') continue
    const client = openClient({ spec: { ...dj, timeoutSeconds: 10 }, key: needKey(agent, dj.url) })
    const where = `agent "${agent}", ${dj.url}`
    try {
      const { data } = await client.models.list()
      if (Array.isArray(data) && data.length > 0 && !data.some(({ id }) => id === dj.model))
        remarks.push(`${where}: no model "${dj.model}" in the server's list; it is asked for all the same.`)
    } catch (error) {
      const status = (error as { status?: unknown }).status
      if (status === 401 || status === 403)
        throw new InputError('denied', `${where}: expected the key to be taken, got ${status}. Set OPENAI_API_KEY.`)
      if (status === undefined && !(error instanceof SyntaxError))
        throw new InputError(
          'unreachable',
          `${where}: expected a server that answers, got no connection. Is it running?`,
        )
    }
  }
  return remarks
}

async function checkPersona(agent: string, name: string): Promise<void> {
  const [{ embeddedModel }, { readModelName }] = await Promise.all([
    import('../embedded/embedded-model.ts'),
    import('../embedded/request.ts'),
  ])
  const model = embeddedModel()
  if (readModelName(name, model) === null)
    throw new InputError(
      'no-persona',
      `agent "${agent}": expected embedded, embedded:PERSONA or embedded:PERSONA+OTHER@OVERLAP with ${model.personas.join(', ')}, got "${name}".`,
    )
}

/** Agents that are models behind a server: those that can be asked a question. */
export const serversOf = (agents: readonly Agent[]): string[] =>
  agents.filter(({ dj }) => dj.kind === 'server').map(({ agent }) => agent)

/** What a record holds of its agents' turns, to be said again. */
export async function readTurns(record: string): Promise<RecordLine[]> {
  const lines: RecordLine[] = []
  for await (const { line } of readRecord(record)) if (saidAgain.has(line.kind)) lines.push(line)
  return lines
}

const saidAgain: ReadonlySet<RecordLine['kind']> = new Set(['token', 'move', 'usage', 'fault', 'probe'])

/** Models that say again what is recorded, and then go on as `next` does; without one, they break there. */
export function recordedModels(session: SessionLine, lines: readonly RecordLine[], next: Models | null) {
  return {
    seat(agent: Agent, seed: number): Dj | null {
      // The embedded model says the same again by itself.
      if (agent.dj.kind === 'embedded' && agent.mask !== null)
        return embeddedDj({ spec: agent.dj, mask: agent.mask, agent: agent.agent, seed })
      if (agent.dj.kind !== 'server' && agent.dj.kind !== 'ghost') return null
      const live = next?.seat(agent, seed) ?? null
      // Where the run that it came from is at hand, a ghost says a turn whole that was cut off here.
      if (agent.dj.kind === 'ghost' && live !== null) return live
      const beats = session.scenario?.beatsPerSlot ?? 0
      return recordedDj({
        lines,
        agent: agent.agent,
        slotSeconds: (slot) => secondsOfBeats(slot * beats, session.bpm),
        ...(live === null ? {} : { next: live }),
      })
    },
  }
}

// Nearly every line of a long record is a token line. One that is plainly right is recognised here in a fraction of the time that its
// schema takes; whatever is not, or has more to it, is left to the schema, which alone decides and explains.
import { agentNameSchema } from './agent.ts'
import { tokenLineSchema } from './lines.ts'
import { roleSchema } from './note.ts'

const roles = new Set<unknown>(roleSchema.options)
const sources = new Set<unknown>(tokenLineSchema.shape.source.options)
const clocks = new Set<unknown>(tokenLineSchema.shape.clock.options)
const fields = new Set(Object.keys(tokenLineSchema.shape))
const needed = [...fields].filter((name) => name !== 'logprob' && name !== 'top').length
/** Names that were found to be agents' names. */
const agents = new Set<unknown>()
const mostAgents = 1000

/** True only for values that `tokenLineSchema` takes as they are. */
export function isPlainToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const line = value as Readonly<Record<string, unknown>>
  if (line['kind'] !== 'token' || 'top' in line) return false
  let count = 0
  for (const name in line) {
    if (!fields.has(name)) return false
    count++
  }
  return count === needed + Number('logprob' in line) && hasPlainFields(line)
}

function hasPlainFields(line: Readonly<Record<string, unknown>>): boolean {
  const { n, slot, turn, t, text, role, source, clock, agent, logprob } = line
  return (
    isCount(n) &&
    isCount(slot) &&
    isCount(turn) &&
    Number.isFinite(t) &&
    (t as number) >= 0 &&
    typeof text === 'string' &&
    roles.has(role) &&
    sources.has(source) &&
    clocks.has(clock) &&
    isAgent(agent) &&
    (logprob === undefined || (Number.isFinite(logprob) && (logprob as number) <= 0))
  )
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

function isAgent(name: unknown): boolean {
  if (agents.has(name)) return true
  if (!agentNameSchema.safeParse(name).success) return false
  if (agents.size >= mostAgents) agents.clear()
  agents.add(name)
  return true
}

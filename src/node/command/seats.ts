// Who sits where, from words on the command line: policy[:mask], the mask by the name of one that ships or as a file.
import { InvalidArgumentError } from 'commander'
import { shippedMasks } from '../../djs/index.ts'
import { type Agent, type Condition, type Mask, type Policy, policySchema } from '../../record/index.ts'
import { loadMask } from '../installation.ts'
import { oneLine } from './failure.ts'

export interface SeatChoice {
  readonly policy: Policy
  readonly mask: Mask | null
}

/** "listen", "listen:mira", "copycat:my-mask.json". */
export function parseSeat(text: string): SeatChoice {
  const [policy = '', mask] = text.split(/:(.*)/s)
  const known = policySchema.safeParse(policy)
  if (!known.success)
    throw new InvalidArgumentError(`Expected one of ${policySchema.options.join(', ')}, got "${oneLine(policy)}".`)
  return { policy: known.data, mask: mask === undefined ? null : findMask(mask) }
}

function findMask(name: string): Mask {
  const shipped = shippedMasks.find((mask) => mask.name === name)
  if (shipped !== undefined) return shipped
  if (name.endsWith('.json')) return loadMask(name)
  throw new InvalidArgumentError(
    `Expected a mask (${shippedMasks.map((mask) => mask.name).join(', ')}) or a .json file, got "${oneLine(name)}".`,
  )
}

/** The agents of a party. In solo only a plays; a scripted partner alternates unless told otherwise. */
export function seatAgents(condition: Condition, a: SeatChoice | undefined, b: SeatChoice | undefined): Agent[] {
  const [first, second] = shippedMasks as readonly [Mask, Mask]
  const usualPartner: Policy = condition === 'scripted-partner' ? 'alternate' : 'listen'
  const seats = [
    seat('a', a?.policy ?? 'listen', a?.mask ?? first),
    seat('b', b?.policy ?? usualPartner, b?.mask ?? second),
  ]
  return condition === 'solo' ? seats.slice(0, 1) : seats
}

function seat(agent: string, policy: Policy, mask: Mask): Agent {
  return { agent, title: mask.title, dj: { kind: 'scripted', policy }, mask }
}

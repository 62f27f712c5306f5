// Who sits where, from words on the command line: policy[:mask], or a model behind a server, openai:MODEL[@URL][#mask], or the
// embedded model, embedded[:persona][#mask]. The mask is one that ships, by its name, or a file.
import { InvalidArgumentError } from 'commander'
import { shippedMasks } from '../../djs/index.ts'
import {
  type Agent,
  type Condition,
  type DjSpec,
  embeddedSpecSchema,
  type Mask,
  type Policy,
  policySchema,
  type ServerSpec,
  serverSpecSchema,
} from '../../record/index.ts'
import { loadMask } from '../installation.ts'
import { readServerUrl } from '../models/url.ts'
import { oneLine } from './failure.ts'

export type SeatDj =
  | { readonly kind: 'scripted'; readonly policy: Policy }
  /** null: the persona that is called like the mask. */
  | { readonly kind: 'embedded'; readonly persona: string | null }
  | ({ readonly kind: 'server' } & Pick<ServerSpec, 'api' | 'model' | 'url'>)

export interface SeatChoice {
  readonly dj: SeatDj
  readonly mask: Mask | null
}

/** How all servers of a party are asked. */
export type Asking = Pick<ServerSpec, 'temperature' | 'answerTokens' | 'timeoutSeconds' | 'clock'>

/** "listen", "listen:mira", "copycat:my-mask.json", "openai:llama3.2@http://127.0.0.1:11434/v1#mira", "responses:gpt-4.1-mini", "embedded:mira". */
export function parseSeat(text: string): SeatChoice {
  const [, protocol, rest = ''] = /^(openai|responses):(.*)$/s.exec(text) ?? []
  if (protocol !== undefined) return parseServerSeat(protocol === 'openai' ? 'chat' : 'responses', rest)
  const [embedded, persona, face] = /^embedded(?::([^#]+))?(?:#(.*))?$/s.exec(text) ?? []
  if (embedded !== undefined)
    return { dj: { kind: 'embedded', persona: persona ?? null }, mask: face === undefined ? null : findMask(face) }
  const [policy = '', mask] = text.split(/:(.*)/s)
  const known = policySchema.safeParse(policy)
  if (!known.success)
    throw new InvalidArgumentError(
      `Expected openai:MODEL[@URL][#mask], embedded[:persona][#mask] or one of ${policySchema.options.join(', ')}, got "${oneLine(policy)}".`,
    )
  return { dj: { kind: 'scripted', policy: known.data }, mask: mask === undefined ? null : findMask(mask) }
}

/** Names of models may hold `:`, `/` and `@`; the URL begins at the last `@http`. */
function parseServerSeat(api: ServerSpec['api'], text: string): SeatChoice {
  const [, seat = '', mask] = /^([^#]*)(?:#(.*))?$/s.exec(text) ?? []
  const [, model = '', url] = /^(.*?)(?:@(https?:\/\/.*))?$/s.exec(seat) ?? []
  if (model === '' || model.length > 200)
    throw new InvalidArgumentError(`Expected openai:MODEL[@URL][#mask], got no model in "${oneLine(seat)}".`)
  if (url === undefined && model.includes('@'))
    throw new InvalidArgumentError(
      `Expected a URL such as http://127.0.0.1:11434/v1 after "@", got "${oneLine(seat)}".`,
    )
  const usual = process.env['OPENAI_BASE_URL']?.trim() || 'https://api.openai.com/v1'
  return {
    dj: { kind: 'server', api, model, url: readServerUrl(url ?? usual) },
    mask: mask === undefined ? null : findMask(mask),
  }
}

function findMask(name: string): Mask {
  const shipped = shippedMasks.find((mask) => mask.name === name)
  if (shipped !== undefined) return shipped
  if (name.endsWith('.json')) return loadMask(name)
  throw new InvalidArgumentError(
    `Expected a mask (${shippedMasks.map((mask) => mask.name).join(', ')}) or a .json file, got "${oneLine(name)}".`,
  )
}

export interface Seats {
  readonly a: SeatChoice | undefined
  readonly b: SeatChoice | undefined
  readonly asking: Asking
}

/** The agents of a party. In solo only a plays; a scripted partner alternates unless told otherwise. */
export function seatAgents(condition: Condition, { a, b, asking }: Seats): Agent[] {
  const [first, second] = shippedMasks as readonly [Mask, Mask]
  const usualPartner: Policy = condition === 'scripted-partner' ? 'alternate' : 'listen'
  const scripted = (policy: Policy): SeatDj => ({ kind: 'scripted', policy })
  const seats = [
    seat('a', a?.dj ?? scripted('listen'), a?.mask ?? first, asking),
    seat('b', b?.dj ?? scripted(usualPartner), b?.mask ?? second, asking),
  ]
  return condition === 'solo' ? seats.slice(0, 1) : seats
}

function seat(agent: string, dj: SeatDj, mask: Mask, asking: Asking): Agent {
  return { agent, title: mask.title, dj: specOf(dj, mask, asking), mask }
}

/** What the embedded model says in a slot at most; chosen by ear, it fills most of one. */
const embeddedTokens = 64

/** Parsed, so that its fields stand in the order in which they are read back. */
function specOf(dj: SeatDj, mask: Mask, asking: Asking): DjSpec {
  switch (dj.kind) {
    case 'scripted':
      return dj
    case 'server':
      return serverSpecSchema.parse({ ...dj, ...asking })
    case 'embedded':
      return embeddedSpecSchema.parse({
        kind: 'embedded',
        policy: 'listen',
        model: `hocket-ngram:${dj.persona ?? mask.name}`,
        temperature: asking.temperature ?? 1,
        answerTokens: embeddedTokens,
      })
  }
}

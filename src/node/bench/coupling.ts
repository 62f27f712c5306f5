// How often coupling is found between DJs of whom it is known whether they can answer each other: parties without sound, by layer.
//   strangers  both deaf; every two of eight policies, seeds 1 up: what is found is a false alarm, and 5 of 100 are allowed
//   planted    one DJ drawn to the partner's keys (tonal-emergence, mask mira), hearing, beside a selfish one; in either seat, seeds 1 up
//   patient    the same under the mask of orrin, who changes his track half as often
//   mutual     both drawn to each other's keys
import { scriptedDj, shippedMasks } from '../../djs/index.ts'
import { type CouplingReading, coupleTurns } from '../../measure/index.ts'
import { defaultScenario, playParty } from '../../party/index.ts'
import { composeSlot, slotStart, slotsOf } from '../../pipeline.ts'
import {
  type Agent,
  type Condition,
  defaultMapping,
  type Layer,
  type Library,
  type Mask,
  type Policy,
  type RecordLine,
  sessionOf,
} from '../../record/index.ts'
import { type LoadedInstruments, loadInstruments } from '../run/instruments.ts'

const kinds = ['strangers', 'planted', 'patient', 'mutual'] as const
type Kind = (typeof kinds)[number]

export interface CouplingBench {
  readonly kind: Kind
  readonly layer: Layer
  readonly parties: number
  /** Parties in which coupling is defined. */
  readonly known: number
  /** Parties with p <= .05 in a direction. */
  readonly coupled: number
  /** coupled / known. */
  readonly share: number
  /** Parties whose leader is the one who is answered (planted and patient only). */
  readonly rightLeader: number | null
}

const slots = 48
export const usualParties = 400
/** Of so many strangers one is planted, one patient, one mutual. */
const strangersPerPlanted = 4

/** Who changes what it plays; those who never do cannot be asked. */
const policies: readonly Policy[] = [
  'selfish',
  'random',
  'alternate',
  'copycat',
  'listen',
  'listen-yield',
  'score-seeker',
  'tonal-emergence',
]

interface Cast {
  readonly policies: readonly [Policy, Policy]
  readonly masks: readonly [string, string]
  readonly condition: Condition
  readonly seed: number
  /** Who is answered, if one is. */
  readonly leader?: 'a' | 'b'
}

/** Plays `parties` parties of strangers and a quarter as many of each other kind. `onParty` after each. */
export async function measureCouplings(
  parties: number,
  onParty: (done: number, total: number) => void,
): Promise<CouplingBench[]> {
  const instruments = loadInstruments('party')
  const casts = kinds.map((kind) => ({ kind, casts: castsOf(kind, parties) }))
  const total = casts.reduce((sum, list) => sum + list.casts.length, 0)
  let done = 0
  const rows: CouplingBench[] = []
  for (const list of casts) {
    const found: { cast: Cast; readings: Record<Layer, CouplingReading> }[] = []
    for (const cast of list.casts) {
      found.push({ cast, readings: await coupleParty(cast, instruments) })
      onParty(++done, total)
    }
    for (const layer of ['voice', 'deck'] as const)
      rows.push(
        countCoupled(
          list.kind,
          layer,
          found.map(({ cast, readings }) => ({ cast, reading: readings[layer] })),
        ),
      )
  }
  return rows
}

function castsOf(kind: Kind, parties: number): Cast[] {
  const pairs = policies.flatMap((a) => policies.map((b): [Policy, Policy] => [a, b]))
  const count = kind === 'strangers' ? parties : Math.ceil(parties / strangersPerPlanted)
  return Array.from({ length: count }, (_, i): Cast => {
    const masks = ['mira', 'orrin'] as const
    const [seed, condition] = [i + 1, 'hearing'] as const
    if (kind === 'strangers')
      return { policies: pairs[i % pairs.length] as [Policy, Policy], masks, condition: 'deaf', seed }
    if (kind === 'mutual') return { policies: ['tonal-emergence', 'tonal-emergence'], masks, condition, seed }
    const [own, other] = kind === 'planted' ? masks : masks.toReversed()
    return i % 2 === 0
      ? {
          policies: ['tonal-emergence', 'selfish'],
          masks: [own, other] as [string, string],
          condition,
          seed,
          leader: 'b',
        }
      : {
          policies: ['selfish', 'tonal-emergence'],
          masks: [other, own] as [string, string],
          condition,
          seed,
          leader: 'a',
        }
  })
}

async function coupleParty(cast: Cast, instruments: LoadedInstruments): Promise<Record<Layer, CouplingReading>> {
  const record = await playUnheard(cast, instruments)
  const session = sessionOf(record)
  const notes = slotsOf(record).flatMap((lines, slot) => composeSlot(session, lines, slot, instruments))
  const starts = Array.from({ length: slots }, (_, slot) => slotStart(session, slot).seconds)
  const notesOf = (agent: string, layer: Layer) => notes.filter((note) => note.agent === agent && note.layer === layer)
  const couple = (layer: Layer) => coupleTurns(notesOf('a', layer), notesOf('b', layer), starts)
  return { voice: couple('voice'), deck: couple('deck') }
}

async function playUnheard(
  { policies: seats, masks, condition, seed }: Cast,
  instruments: LoadedInstruments,
): Promise<RecordLine[]> {
  const agents = seats.map((policy, i): Agent => {
    const mask = shippedMasks.find(({ name }) => name === masks[i]) as Mask
    return { agent: i === 0 ? 'a' : 'b', title: mask.title, dj: { kind: 'scripted', policy }, mask }
  })
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }, i) => [
      agent,
      scriptedDj({ policy: seats[i] as Policy, mask: mask as Mask, seed, agent }),
    ]),
  )
  const record: RecordLine[] = []
  const lines = playParty({
    scenario: { ...defaultScenario, slots },
    condition,
    seed,
    agents,
    djs,
    library: instruments.library as Library,
    mapping: defaultMapping,
    hashes: instruments.hashes,
    listen: null,
  })
  for await (const line of lines) record.push(line)
  return record
}

function countCoupled(
  kind: Kind,
  layer: Layer,
  found: readonly { readonly cast: Cast; readonly reading: CouplingReading }[],
): CouplingBench {
  const known = found.filter(({ reading }) => reading.pAToB !== null || reading.pBToA !== null)
  const coupled = known.filter(({ reading }) => reading.leader !== null)
  const right = coupled.filter(({ cast, reading }) => reading.leader === cast.leader).length
  return {
    kind,
    layer,
    parties: found.length,
    known: known.length,
    coupled: coupled.length,
    share: known.length === 0 ? 0 : coupled.length / known.length,
    rightLeader: found.some(({ cast }) => cast.leader !== undefined) ? right : null,
  }
}

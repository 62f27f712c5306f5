// What coupling tells: for either direction a size in bits and a p, and who leads. Correlations in, the reading out.
//   bits = -1/2 log2(1 - r^2): what a linear model with normal noise gains from the source about the target

/** By what one answers the other. */
export type CouplingChannel = 'pattern' | 'timing' | 'tones'

export interface CouplingReading {
  /** Bits that a's past tells of b beyond what b's own past tells; >= 0. */
  readonly aToB: number | null
  readonly bToA: number | null
  /** How often two that ignore each other reach as much; above 0, at most 1. */
  readonly pAToB: number | null
  readonly pBToA: number | null
  /** Whom the other answers: of the directions with p <= .05 the one with the larger size. */
  readonly leader: 'a' | 'b' | null
  /** By what the leader is answered. */
  readonly channel: CouplingChannel | null
  /** Why a null is null: field -> reason. */
  readonly undefined: Readonly<Record<string, string>>
}

export interface Direction {
  readonly channel: CouplingChannel
  /** Correlation, -1..1, of the target's news with the source. */
  readonly r: number
  readonly p: number
}

/** p up to which a direction counts as coupled. */
export const coupledP = 0.05

/** `unasked`: why a direction is null. */
export function tellDirections(aToB: Direction | null, bToA: Direction | null, unasked: string): CouplingReading {
  const reasons: Record<string, string> = {}
  if (aToB === null) reasons['aToB'] = reasons['pAToB'] = unasked
  if (bToA === null) reasons['bToA'] = reasons['pBToA'] = unasked
  const leading = findLeading(aToB, bToA)
  if (leading === null) reasons['leader'] = reasons['channel'] = `no direction has a p of ${coupledP} or less`
  return {
    aToB: aToB && bitsOf(aToB),
    bToA: bToA && bitsOf(bToA),
    pAToB: aToB?.p ?? null,
    pBToA: bToA?.p ?? null,
    leader: leading && (leading === aToB ? 'a' : 'b'),
    channel: leading?.channel ?? null,
    undefined: reasons,
  }
}

/** r is kept this far from 1, so that two exact copies have a size: 16.6 bits. */
const leastUnexplained = 1e-10

const bitsOf = ({ r }: Direction) => Math.max(0, -0.5 * Math.log2(Math.max(leastUnexplained, 1 - r * r)))

function findLeading(aToB: Direction | null, bToA: Direction | null): Direction | null {
  const found = [aToB, bToA].filter((direction) => direction !== null && direction.p <= coupledP)
  const [first, second] = found.toSorted((x, y) => (y?.r ?? 0) - (x?.r ?? 0))
  return first === undefined || first?.r === second?.r ? null : first
}

export function nothingKnown(reason: string): CouplingReading {
  const fields = ['aToB', 'bToA', 'pAToB', 'pBToA', 'leader', 'channel']
  const reasons = Object.fromEntries(fields.map((field) => [field, reason]))
  return { aToB: null, bToA: null, pAToB: null, pBToA: null, leader: null, channel: null, undefined: reasons }
}

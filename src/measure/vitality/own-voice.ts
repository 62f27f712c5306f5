// Own voice: how much of what an agent does is still its own once the partner's stream is known.
// In: two streams of symbols, and for each own symbol how many of the other's had come before it. Out: share = h(own | own past, the
// other's past) / h(own | own past), bits per symbol: about 1 for who goes its own way, near 0 for a copy, whatever the lag, and for a
// mirror or a transposition, since what answers to what is learned. Two loops copy nothing: their own past tells all already.
// The experts that look at the other are of two kinds: its symbol at a place (some back from its latest, or some aside from the own
// number) with a learned translation, and the symbol that followed where its stream last ran as the own runs now.
import { createMixture } from './coding.ts'
import { contextExperts, createContextExperts, type SymbolExperts } from './contexts.ts'
import { createRefrainExperts, refrainExperts } from './refrains.ts'
import { fewestSymbols } from './vitality.ts'

const latestLags = 16
const farthestAside = 24
const placeExperts = latestLags + 2 * farthestAside + 1
/** Symbols that must agree before a place in the other's stream is followed. */
const matchOrders = [1, 2, 4, 8, 16]
/** Below so many bits there is no surprise to own. */
const leastBits = 0.05

export interface OwnVoice {
  /** 0..1 (more than 1 is 1). */
  readonly share: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** `known[i]`: how many symbols of the other came before own symbol i, or with it. */
export function measureOwnVoice(own: readonly string[], other: readonly string[], known: ArrayLike<number>): OwnVoice {
  if (own.length < fewestSymbols) return noShare(`expected at least ${fewestSymbols} symbols, got ${own.length}`)
  const { a, b, kinds } = numberTogether(own, other)
  const alone = meanBits(a, kinds, null)
  if (alone < leastBits) return noShare('its own past foretells it: there is no surprise to own')
  const beside = meanBits(a, kinds, { other: b, known })
  return { share: Math.min(1, Math.max(0, beside / alone)), undefined: {} }
}

const noShare = (reason: string): OwnVoice => ({ share: null, undefined: { share: reason } })

interface Beside {
  readonly other: Int32Array
  readonly known: ArrayLike<number>
}

function meanBits(own: Int32Array, kinds: number, beside: Beside | null): number {
  const panels = [
    { experts: createContextExperts(kinds, own.length), count: contextExperts, trust: 0.5 },
    { experts: createRefrainExperts(kinds, own.length), count: refrainExperts, trust: 0.5 },
  ]
  const mixture = createMixture(
    beside === null
      ? panels
      : [
          ...panels.map((panel) => ({ ...panel, trust: 0.25 })),
          { experts: createPlaceExperts(kinds, beside), count: placeExperts, trust: 0.25 },
          { experts: createMatchExperts(kinds, beside), count: matchOrders.length, trust: 0.25 },
        ],
  )
  const from = Math.floor(own.length / 4)
  let bits = 0
  own.forEach((symbol, i) => {
    const chance = mixture(symbol)
    if (i >= from) bits -= Math.log2(chance)
  })
  return bits / (own.length - from)
}

/**
 * Each expert looks at one place of the other's stream: d back from its latest symbol (it answers at once or soon), or d away from the own
 * place (it takes symbol for symbol, however late). What came when the symbol there was what it is now:
 * chance = (n + u/2 / kinds) / (all + u/2).
 */
function createPlaceExperts(kinds: number, { other, known }: Beside): SymbolExperts {
  const pairs = new Map<number, number>()
  const totals = new Map<number, { all: number; kinds: number }>()
  let now = 0
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const until = known[now] as number
    for (let e = 0; e < placeExperts; e++) {
      const place = e < latestLags ? until - 1 - e : now + e - latestLags - farthestAside
      if (place < 0 || place >= until) {
        chances[at + e] = 1 / kinds
        continue
      }
      const context = e * kinds + (other[place] as number)
      const total = totals.get(context) ?? { all: 0, kinds: 0 }
      const count = pairs.get(context * kinds + symbol) ?? 0
      const half = total.kinds / 2
      chances[at + e] = total.all > 0 ? (count + half / kinds) / (total.all + half) : 1 / kinds
      if (count === 0) total.kinds++
      total.all++
      totals.set(context, total)
      pairs.set(context * kinds + symbol, count + 1)
    }
    now++
  }
  return { take }
}

/**
 * Expert of order k: finds where the other's stream last ran as the own last k symbols ran, and follows it from there as long as it is
 * right. Trusted as far as places followed for so long were right before.
 */
function createMatchExperts(kinds: number, { other, known }: Beside): SymbolExperts {
  const followers = matchOrders.map((order) => createFollower(order, other))
  const past: number[] = []
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const until = known[past.length] as number
    for (const [k, follower] of followers.entries()) {
      const expected = follower.expect(past, until)
      const trust = expected === null || kinds < 2 ? 1 / kinds : follower.trust()
      chances[at + k] = expected === symbol || expected === null || kinds < 2 ? trust : (1 - trust) / (kinds - 1)
      if (expected !== null) follower.learn(expected === symbol)
    }
    past.push(symbol)
  }
  return { take }
}

/** How long a place was followed is told apart up to so many doublings. */
const longestTold = 6

function createFollower(order: number, other: Int32Array) {
  const seen = new Map<string, number>()
  const scores = Array.from({ length: longestTold + 1 }, () => ({ right: 1, all: 2 }))
  let indexed = order
  let place: number | null = null
  let followed = 0
  const score = () => scores[Math.min(longestTold, Math.floor(Math.log2(followed + 1)))] as (typeof scores)[number]
  return {
    /** What should come next; null when no place is known. */
    expect(past: readonly number[], until: number): number | null {
      for (; indexed < until; indexed++) seen.set(other.subarray(indexed - order, indexed).join(' '), indexed)
      if (place === null && past.length >= order) place = seen.get(past.slice(-order).join(' ')) ?? null
      return place !== null && place < until ? (other[place] as number) : null
    },
    trust: () => score().right / (score().all + 1),
    learn(right: boolean) {
      if (right) score().right++
      score().all++
      followed = right ? followed + 1 : 0
      place = right && place !== null ? place + 1 : null
    },
  }
}

function numberTogether(own: readonly string[], other: readonly string[]) {
  const names = new Map<string, number>()
  const numberOf = (symbol: string) => {
    const number = names.get(symbol) ?? names.size
    names.set(symbol, number)
    return number
  }
  const a = Int32Array.from(own, numberOf)
  const b = Int32Array.from(other, numberOf)
  return { a, b, kinds: names.size }
}

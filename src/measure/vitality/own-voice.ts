// Own voice: how much of what an agent does is still its own once the partner's stream is known.
// In: two streams of symbols, and for each own symbol how many of the other's had come before it. Out: share = h(own | own past, the
// other's past) / h(own | own past), bits per symbol: about 1 for who goes its own way, near 0 for a copy, whatever the lag, and for a
// mirror or a transposition, since what answers to what is learned. Two loops copy nothing: their own past tells all already.
// The experts that look at the other are of two kinds: its symbol at a place (some back from its latest, or some aside from the own
// number) with a learned translation, and the symbol that followed where its stream last ran as the own runs now.
import { createTrust } from './coding.ts'
import { contextExperts, createContextExperts, type SymbolExperts } from './contexts.ts'
import { createRefrainExperts, refrainExperts } from './refrains.ts'
import { createTally } from './tally.ts'
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
  const { alone, beside } = meanBits(a, kinds, { other: b, known })
  if (alone < leastBits) return noShare('its own past foretells it: there is no surprise to own')
  return { share: Math.min(1, Math.max(0, beside / alone)), undefined: {} }
}

const noShare = (reason: string): OwnVoice => ({ share: null, undefined: { share: reason } })

interface Beside {
  readonly other: Int32Array
  readonly known: ArrayLike<number>
}

/** Bits per symbol from the own past alone, and beside the other: one pass, since the experts of the own past are the same. */
function meanBits(own: Int32Array, kinds: number, beside: Beside): { alone: number; beside: number } {
  const contexts = createContextExperts(kinds, own.length)
  const refrains = createRefrainExperts(kinds, own.length)
  const places = createPlaceExperts(kinds, beside)
  const matches = createMatchExperts(kinds, own, beside)
  const counts = [contextExperts, refrainExperts, placeExperts, matchOrders.length] as const
  const [ofRefrains, ofPlaces, ofMatches] = [counts[0], counts[0] + counts[1], counts[0] + counts[1] + counts[2]]
  const chances = new Float64Array(ofMatches + counts[3])
  const trustAlone = createTrust(counts.slice(0, 2).map((count) => ({ count, trust: 0.5 })))
  const trustAll = createTrust(counts.map((count) => ({ count, trust: 0.25 })))
  const from = Math.floor(own.length / 4)
  let alone = 0
  let all = 0
  for (let i = 0; i < own.length; i++) {
    const symbol = own[i] as number
    contexts.take(symbol, chances, 0)
    refrains.take(symbol, chances, ofRefrains)
    places.take(symbol, chances, ofPlaces)
    matches.take(symbol, chances, ofMatches)
    const [chanceAlone, chanceBeside] = [trustAlone(chances), trustAll(chances)]
    if (i < from) continue
    alone -= Math.log2(chanceAlone)
    all -= Math.log2(chanceBeside)
  }
  contexts.release?.()
  return { alone: alone / (own.length - from), beside: all / (own.length - from) }
}

/**
 * Each expert looks at one place of the other's stream: d back from its latest symbol (it answers at once or soon), or d away from the own
 * place (it takes symbol for symbol, however late). What came when the symbol there was what it is now:
 * chance = (n + u/2 / kinds) / (all + u/2).
 */
function createPlaceExperts(kinds: number, { other, known }: Beside): SymbolExperts {
  const pairs = createTally()
  const all = new Float64Array(placeExperts * kinds) // by expert and the symbol there
  const met = new Float64Array(placeExperts * kinds) // kinds that came then
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
      const total = all[context] as number
      const half = (met[context] as number) / 2
      const count = pairs.add(context * kinds + symbol)
      chances[at + e] = total > 0 ? (count + half / kinds) / (total + half) : 1 / kinds
      if (count === 0) met[context] = (met[context] as number) + 1
      all[context] = total + 1
    }
    now++
  }
  return { take }
}

/**
 * Expert of order k: finds where the other's stream last ran as the own last k symbols ran, and follows it from there as long as it is
 * right. Trusted as far as places followed for so long were right before.
 */
function createMatchExperts(kinds: number, own: Int32Array, { other, known }: Beside): SymbolExperts {
  const runs = nameRuns(own, other)
  const followers = matchOrders.map((order, k) => createFollower(order, other, runs[k] as Runs))
  let now = 0
  const take = (symbol: number, chances: Float64Array, at: number) => {
    const until = known[now] as number
    for (let k = 0; k < followers.length; k++) {
      const follower = followers[k] as Follower
      const expected = follower.expect(now, until)
      const trust = expected < 0 || kinds < 2 ? 1 / kinds : follower.trust()
      chances[at + k] = expected === symbol || expected < 0 || kinds < 2 ? trust : (1 - trust) / (kinds - 1)
      if (expected >= 0) follower.learn(expected === symbol)
    }
    now++
  }
  return { take }
}

/** For every place the name of the run that ends before it, -1 where none fits; equal runs, equal names. */
interface Runs {
  readonly own: Int32Array
  readonly other: Int32Array
  /** Names given. */
  readonly count: number
}

/** Runs of 1, 2, 4, 8, 16 symbols: each is named by the names of its two halves. */
function nameRuns(own: Int32Array, other: Int32Array): Runs[] {
  const shift = (line: Int32Array) =>
    Int32Array.from({ length: line.length + 1 }, (_, i) => (i > 0 ? (line[i - 1] as number) : -1))
  let runs: Runs = {
    own: shift(own),
    other: shift(other),
    count: own.reduce((most, symbol) => Math.max(most, symbol + 1), 0),
  }
  runs = { ...runs, count: other.reduce((most, symbol) => Math.max(most, symbol + 1), runs.count) }
  return matchOrders.map((order, k) => {
    if (k > 0) runs = nameDoubles(runs, order / 2)
    return runs
  })
}

function nameDoubles({ own, other, count }: Runs, half: number): Runs {
  const names = new Map<number, number>()
  const double = (line: Int32Array) =>
    line.map((second, i) => {
      const first = i >= half ? (line[i - half] as number) : -1
      if (first < 0) return -1
      const name = first * count + second
      const known = names.get(name)
      if (known !== undefined) return known
      names.set(name, names.size)
      return names.size - 1
    })
  const doubled = { own: double(own), other: double(other) }
  return { ...doubled, count: names.size }
}

/** How long a place was followed is told apart up to so many doublings. */
const longestTold = 6

type Follower = ReturnType<typeof createFollower>

function createFollower(order: number, other: Int32Array, runs: Runs) {
  const latest = new Int32Array(runs.count).fill(-1) // place behind the other's latest run of each name
  const scores = Array.from({ length: longestTold + 1 }, () => ({ right: 1, all: 2 }))
  let indexed = order
  let place = -1
  let followed = 0
  const score = () => scores[Math.min(longestTold, Math.floor(Math.log2(followed + 1)))] as (typeof scores)[number]
  return {
    /** What should come next after `now` own symbols; -1 when no place is known. */
    expect(now: number, until: number): number {
      for (; indexed < until; indexed++) latest[runs.other[indexed] as number] = indexed
      if (place < 0 && now >= order) place = latest[runs.own[now] as number] as number
      return place >= 0 && place < until ? (other[place] as number) : -1
    },
    trust: () => score().right / (score().all + 1),
    learn(right: boolean) {
      if (right) score().right++
      score().all++
      followed = right ? followed + 1 : 0
      place = right && place >= 0 ? place + 1 : -1
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

// How much one series tells about another: plug-in estimates in bits, counts of all runs pooled, as PyInform has them.
// x_t the target, h = x_(t-k) .. x_(t-1) its own past, s = source_(t-1), c = conditions at t - 1:
//   active information            I(h; x_t)       = H(h) + H(x) - H(h, x)               Lizier, Prokopenko & Zomaya 2012
//   transfer entropy              I(s; x_t | h)   = H(h, s) + H(h, x) - H(h) - H(h, s, x)   Schreiber 2000, Phys Rev Lett 85
//   conditional transfer entropy  I(s; x_t | h, c): the same with (h, c) in place of h      Lizier, Prokopenko & Zomaya 2008
//   mutual information            I(source; target), position by position
// 0 bits or more. Plug-in estimates are too high for short series: compare with shuffled sources, never with 0.
// A perfect refrain foretells itself, so that transfer to it is 0, from a partner in unison as from one that it answers.
import { InputError } from '../../record/index.ts'
import { type Codes, encodeWindows, join, select, totalEntropy } from './codes.ts'
import { checkLengths, positionsWithPast, type Runs, readRuns, type Series } from './runs.ts'

export interface Information {
  /** From 0 up; null when no position has enough past. */
  readonly bits: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** Who is asked about whom; k = how many of the target's own last values are known already (default 1). */
export interface TransferQuestion {
  readonly source: Series
  readonly target: Series
  readonly k?: number | undefined
}

/** Transfer entropy from source to target, bits. Throws InputError for unequal lengths, values or k that are not whole. */
export function transferEntropy(question: TransferQuestion): Information {
  return conditionalTransferEntropy({ ...question, condition: [] })
}

/** Transfer entropy beyond what the conditions tell, bits. Each condition is a series as long as the target. Throws InputError. */
export function conditionalTransferEntropy({
  source,
  target,
  condition,
  k = 1,
}: TransferQuestion & { readonly condition: readonly Series[] }): Information {
  checkHistory(k)
  const own = readRuns(target, 'target')
  const others = [readRuns(source, 'source'), ...condition.map((series, i) => readRuns(series, `condition[${i}]`))]
  others.forEach((runs, i) => {
    checkLengths(runs, i === 0 ? 'source' : `condition[${i - 1}]`, own, 'target')
  })
  const now = positionsWithPast(own, k)
  if (now.length === 0) return tooShort(k)
  const before = now.map((position) => position - 1)
  const [told, ...known] = others.map(({ symbols }) => select(symbols, before)) as [Codes, ...Codes[]]
  const past = known.reduce((joint, codes) => join(joint, codes), pastAt(own, now, k))
  const next = select(own.symbols, now)
  const pastAndSource = join(past, told)
  return perPosition(
    totalEntropy(pastAndSource) +
      totalEntropy(join(past, next)) -
      totalEntropy(past) -
      totalEntropy(join(pastAndSource, next)),
    now.length,
  )
}

/** What the target's own last k values tell about the next, bits. Throws InputError. */
export function activeInformation({ target, k = 1 }: Omit<TransferQuestion, 'source'>): Information {
  checkHistory(k)
  const own = readRuns(target, 'target')
  const now = positionsWithPast(own, k)
  if (now.length === 0) return tooShort(k)
  return sharedBits(pastAt(own, now, k), select(own.symbols, now))
}

/** What a value of one series tells about the value of the other at the same position, bits. Throws InputError. */
export function mutualInformation({ source, target }: Omit<TransferQuestion, 'k'>): Information {
  const [one, other] = [readRuns(source, 'source'), readRuns(target, 'target')]
  checkLengths(one, 'source', other, 'target')
  if (other.symbols.codes.length === 0) return { bits: null, undefined: { bits: 'the series are empty' } }
  return sharedBits(one.symbols, other.symbols)
}

const pastAt = (own: Runs, now: Int32Array, k: number) =>
  select(
    encodeWindows(own.symbols, k),
    now.map((position) => position - k),
  )

const sharedBits = (a: Codes, b: Codes) =>
  perPosition(totalEntropy(a) + totalEntropy(b) - totalEntropy(join(a, b)), a.codes.length)

/** Sums of rounded logarithms may end a hair below 0, which is 0. */
const perPosition = (totalBits: number, positions: number): Information => ({
  bits: Math.max(0, totalBits / positions),
  undefined: {},
})

const tooShort = (k: number): Information => ({
  bits: null,
  undefined: { bits: `no run of the target is longer than k = ${k}` },
})

function checkHistory(k: number): void {
  if (!(Number.isSafeInteger(k) && k >= 1)) throw new InputError('k', `k: expected a whole number from 1 up, got ${k}.`)
}

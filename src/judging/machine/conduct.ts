// A machine judge as one judge: its verdicts, how reliable it is, and how far it agrees with people. Questions and answers in.
//   verdict     of a pair: what it prefers in both orders; a flip, or a tie in one of them, is a tie; null where an order has no answer
//   position    share of decided answers on main pairs that prefer the first sound; .5 without a habit
//   agreement   share of people's decided votes on a pair that say what the machine decided, over votes; its interval is over judges
import type { Comparison } from '../comparisons.ts'
import { studentQuantile } from '../student.ts'
import type { MachineAnswer, Side } from './answers.ts'
import type { CanaryKind, MachinePlan, MachineQuestion } from './questions.ts'

export interface Count {
  readonly count: number
  readonly of: number
}

export interface PairVerdict {
  readonly a: string
  readonly b: string
  /** null: not known, for `reason`. */
  readonly verdict: 'a' | 'b' | 'tie' | null
  /** The same side was preferred in both orders. */
  readonly flipped: boolean
  readonly reason: string | null
}

export interface MachineConduct {
  readonly pairs: readonly PairVerdict[]
  readonly answers: Readonly<Record<'asked' | MachineAnswer['kind'], number>>
  /** Of pairs decided in both orders: turned over with the order. */
  readonly flips: Count
  /** Of decided answers on main pairs: for the first sound. */
  readonly position: Count
  /** Of clips laid beside themselves: called a tie. */
  readonly same: Count
  /** Of changes of gain: answered as without. */
  readonly gain: Count
  readonly canaries: readonly {
    readonly kind: CanaryKind
    readonly last: boolean | null
    readonly reason: string | null
  }[]
  /** Why its verdicts deserve no trust; empty: nothing is known against them. */
  readonly against: readonly string[]
}

interface Asked {
  readonly question: MachineQuestion
  readonly answer: MachineAnswer
}

/** `answers` in the order of `questions`. Throws RangeError for another number of them. */
export function readConduct(
  plan: MachinePlan,
  questions: readonly MachineQuestion[],
  answers: readonly MachineAnswer[],
): MachineConduct {
  if (answers.length !== questions.length)
    throw new RangeError(`answers: expected ${questions.length}, one a question, got ${answers.length}`)
  const asked = questions.map((question, k): Asked => ({ question, answer: answers[k] as MachineAnswer }))
  const of = (kind: MachineQuestion['kind'], place?: number) =>
    asked.filter(({ question }) => question.kind === kind && (place === undefined || question.of === place))
  const pairs = plan.pairs.map(({ a, b }, place): PairVerdict => ({ a, b, ...decide(of('main', place), a) }))
  const main = of('main').flatMap(({ answer }) => sideOf(answer) ?? [])
  const decided = main.filter((side) => side !== 'tie')
  const same = of('same').flatMap(({ answer }) => sideOf(answer) ?? [])
  const bothDecided = plan.pairs.filter((_, place) => of('main', place).every(({ answer }) => isDecided(answer)))
  const conduct = {
    pairs,
    answers: countAnswers(answers),
    flips: { count: pairs.filter(({ flipped }) => flipped).length, of: bothDecided.length },
    position: { count: decided.filter((side) => side === 'first').length, of: decided.length },
    same: { count: same.filter((side) => side === 'tie').length, of: same.length },
    gain: countGain(asked),
    canaries: plan.canaries.map(({ kind, beside }, place) => {
      const { verdict, reason } = decide(of('canary', place), beside)
      return { kind, last: verdict === null ? null : verdict === 'a', reason }
    }),
  }
  return { ...conduct, against: listFaults(conduct) }
}

const sideOf = (answer: MachineAnswer): Side | null => (answer.kind === 'said' ? answer.side : null)
const isDecided = (answer: MachineAnswer) => answer.kind === 'said' && answer.side !== 'tie'

/** Of both orders: `a` stands first in one of them. */
function decide(asked: readonly Asked[], a: string): Omit<PairVerdict, 'a' | 'b'> {
  const silent = asked.filter(({ answer }) => answer.kind !== 'said')
  const unknown = silent.find(({ answer }) => answer.kind !== 'unavailable') ?? silent[0]
  if (unknown !== undefined || asked.length === 0)
    return { verdict: null, flipped: false, reason: unknown === undefined ? 'not asked' : reasonOf(unknown.answer) }
  const said = asked.map(({ question, answer }) => {
    const side = sideOf(answer)
    return side === 'tie' ? 'tie' : (side === 'first') === (question.first.clip === a) ? 'a' : 'b'
  })
  const [verdict = 'tie'] = said
  const agreed = said.every((one) => one === verdict)
  return { verdict: agreed ? verdict : 'tie', flipped: !agreed && !said.includes('tie'), reason: null }
}

function reasonOf(answer: MachineAnswer): string {
  switch (answer.kind) {
    case 'said':
      return ''
    case 'unreadable':
      return `unreadable: expected A, B or TIE, got ${JSON.stringify(answer.got)}`
    case 'refused':
      return 'refused'
    case 'unavailable':
      return `unavailable: ${answer.reason}`
  }
}

function countAnswers(answers: readonly MachineAnswer[]): MachineConduct['answers'] {
  const of = (kind: MachineAnswer['kind']) => answers.filter((answer) => answer.kind === kind).length
  return {
    asked: answers.length,
    said: of('said'),
    unreadable: of('unreadable'),
    refused: of('refused'),
    unavailable: of('unavailable'),
  }
}

/** Beside the answer in the same order without a change. */
function countGain(asked: readonly Asked[]): Count {
  const plain = new Map<string, Side>()
  for (const { question, answer } of asked) {
    const side = sideOf(answer)
    if (question.kind === 'main' && side !== null) plain.set(`${question.of} ${question.first.clip}`, side)
  }
  const compared = asked.flatMap(({ question, answer }) => {
    const [side, before] = [sideOf(answer), plain.get(`${question.of} ${question.first.clip}`)]
    return question.kind === 'gain' && side !== null && before !== undefined ? [side === before] : []
  })
  return { count: compared.filter((equal) => equal).length, of: compared.length }
}

function listFaults(conduct: Omit<MachineConduct, 'against'>): string[] {
  const { flips, same, gain, canaries, pairs } = conduct
  const heard = canaries.filter(({ last }) => last === false)
  const faults: string[] = []
  if (heard.length > 0) faults.push(`did not put last: ${heard.map(({ kind }) => kind).join(', ')}`)
  if (gain.count < gain.of) faults.push(`3 dB changed ${gain.of - gain.count} of ${gain.of} answers`)
  if (same.count < same.of) faults.push(`preferred a sound to itself in ${same.of - same.count} of ${same.of}`)
  if (2 * flips.count > flips.of)
    faults.push(`its answer turned with the order in ${flips.count} of ${flips.of} decided pairs`)
  // Where nobody answered (no connection, no budget), nothing is known of its judgement.
  const answered = pairs.filter(({ reason }) => reason?.startsWith('unavailable') !== true)
  const unknown = answered.filter(({ verdict }) => verdict === null).length
  if (2 * unknown > answered.length) faults.push(`no verdict on ${unknown} of ${answered.length} pairs`)
  return faults
}

export interface PeopleAgreement {
  readonly share: number
  readonly votes: number
  readonly judges: number
  /** 95 %, over judges; null for one judge. */
  readonly low: number | null
  readonly high: number | null
}

/** null where people and machine decided no pair in common. */
export function compareWithPeople(pairs: readonly PairVerdict[], votes: readonly Comparison[]): PeopleAgreement | null {
  const decided = new Map(
    pairs.flatMap(({ a, b, verdict }) => {
      const winner = verdict === 'a' ? a : verdict === 'b' ? b : null
      return winner === null ? [] : ([[keyOf(a, b), winner]] as const)
    }),
  )
  const byJudge = new Map<string, { equal: number; count: number }>()
  for (const { a, b, result, judge, count = 1 } of votes) {
    const winner = decided.get(keyOf(a, b))
    if (winner === undefined || result === 'tie' || judge === undefined) continue
    const own = byJudge.get(judge) ?? { equal: 0, count: 0 }
    own.count += count
    if ((result === 'a' ? a : b) === winner) own.equal += count
    byJudge.set(judge, own)
  }
  const all = [...byJudge.values()]
  const count = all.reduce((sum, own) => sum + own.count, 0)
  if (count === 0) return null
  const share = all.reduce((sum, own) => sum + own.equal, 0) / count
  const judges = all.length
  if (judges < 2) return { share, votes: count, judges, low: null, high: null }
  // A ratio of sums over judges: its error by what each judge's sum is off (Cochran 1977, ch. 6).
  const squares = all.reduce((sum, own) => sum + (own.equal - share * own.count) ** 2, 0)
  const reach = (studentQuantile(0.95, judges - 1) * Math.sqrt((squares * judges) / (judges - 1))) / count
  return { share, votes: count, judges, low: Math.max(0, share - reach), high: Math.min(1, share + reach) }
}

const keyOf = (a: string, b: string) => JSON.stringify(a < b ? [a, b] : [b, a])

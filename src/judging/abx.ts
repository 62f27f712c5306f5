// Can the difference be heard at all? ABX trials: X is A or B by a fair coin, and the judge says which. Who hears nothing is right in half of them
// whatever the guess, so how often that many are right by guessing is exact (Clark 1982).
import type { JudgingKey } from '../record/index.ts'
import { binomialInterval, chanceOfAtLeast } from './binomial.ts'
import { heardEnough, type JudgeConduct, type JudgedTrial, type JudgeRules } from './counted.ts'

export interface AbxCount {
  readonly right: number
  readonly of: number
  /** Chance that guessing does at least as well; null without a trial. */
  readonly p: number | null
  /** 95 % interval of the share that is right, taking all trials for alike; null without a trial. */
  readonly interval: readonly [number, number] | null
}

export interface AbxResult {
  /** Persons whose votes count. */
  readonly all: AbxCount
  /** Every judge who was given such trials, also who is left out. */
  readonly judges: readonly (AbxCount & { readonly judge: string; readonly leftOut: string | null })[]
  /** Pairs of entries, in the order of the key. */
  readonly pairs: readonly (AbxCount & { readonly a: string; readonly b: string })[]
}

/** `last`: every judge's last word on each trial. null when the session has no such trials. */
export function measureAbx(
  session: JudgeRules,
  { judges, clips, entries }: Pick<JudgingKey, 'judges' | 'clips' | 'entries'>,
  { last, conducts }: { readonly last: readonly JudgedTrial[]; readonly conducts: readonly JudgeConduct[] },
): AbxResult | null {
  const given = judges.filter(({ trials }) => trials.some(({ kind }) => kind === 'abx'))
  if (given.length === 0) return null
  const answered = last.filter(({ trial, vote }) => trial.kind === 'abx' && heardEnough(session, vote))
  const reasonOf = (name: string) => conducts.find(({ judge }) => judge === name)?.leftOut ?? null
  const counts = answered.filter(({ judge }) => judge.kind === 'person' && reasonOf(judge.judge) === null)
  const entryOf = (clip: number) => clips[clip]?.entry ?? ''
  const names = entries.map(({ entry }) => entry)
  return {
    all: countRight(counts),
    judges: given.map(({ judge }) => ({
      judge,
      leftOut: reasonOf(judge),
      ...countRight(answered.filter((one) => one.judge.judge === judge)),
    })),
    pairs: names.flatMap((a, i) =>
      names.slice(i + 1).flatMap((b) => {
        const own = counts.filter(({ trial }) => {
          const pair = [entryOf(trial.a), entryOf(trial.b)]
          return pair.includes(a) && pair.includes(b)
        })
        return own.length === 0 ? [] : [{ a, b, ...countRight(own) }]
      }),
    ),
  }
}

export function countRight(trials: readonly Pick<JudgedTrial, 'trial' | 'vote'>[]): AbxCount {
  const right = trials.filter(({ trial, vote }) => vote.x === trial.x?.is).length
  const of = trials.length
  return { right, of, p: of === 0 ? null : chanceOfAtLeast(right, of, 0.5), interval: binomialInterval(right, of) }
}

// Judging sessions held in a test: a plan, judges who answer by a taste, and what they said.
import { type CriterionResult, countVotes, planJudging, rankCriterion } from '../../src/judging/index.ts'
import { seededRandom } from '../../src/random.ts'
import type {
  Answer,
  ChainedStatement,
  Clip,
  Judge,
  JudgingSession,
  Statement,
  Trial,
  Vote,
} from '../../src/record/index.ts'

const rules: JudgingSession['rules'] = {
  headphonesLeast: 5,
  heardShare: 0.5,
  anchorsMost: 0.5,
  priorVariance: 2.25,
  reveal: 'own',
}
export const session = { rules, seed: 3, clip: { seconds: 10, gridSeconds: 2, bytes: 1, loudnessLufs: -20 } }
const anchors = (['shuffled', 'detuned'] as const).map((kind, entry) => ({ kind, entry, part: 0 }))
const names = { a: '0'.repeat(32), b: '0'.repeat(32) }

export interface Party {
  readonly key: { judges: Judge[]; clips: Clip[]; entries: { entry: string; label: string; runs: string[] }[] }
  readonly said: ChainedStatement[]
}

export type Taste = (trial: Trial, judge: number, difference: number) => Answer

/** Judges who answer by a taste: `strengths` of the entries, an anchor 3 below. */
export function holdSession(strengths: readonly number[], judges: number, taste: Taste, pairs = 6): Party {
  const plan = planJudging({ entries: strengths.length, parts: 1, anchors, judges, pairs, pairsPerRound: 30, seed: 4 })
  const entryOf = (k: number) => `e${k}`
  const clips = plan.clips.map(({ entry, part, anchor }) => ({ entry: entryOf(entry), part, anchor }) as Clip)
  const seats = plan.trials.map((trials, k): Judge => {
    return {
      judge: `j${k}`,
      kind: 'person',
      tokenHash: null,
      trials: trials.map(({ x: _, ...trial }) => ({ ...trial, names })),
    }
  })
  const strengthOf = (clip: number) => {
    const { entry, anchor } = plan.clips[clip] ?? { entry: 0, anchor: null }
    return (strengths[entry] ?? 0) - (anchor === null ? 0 : 3)
  }
  const said: ChainedStatement[] = []
  const say = (judge: string, statement: object) =>
    said.push({
      n: said.length,
      at: 0,
      judge,
      statement: { id: '', ...statement } as Statement,
      previous: '',
      hash: '',
    })
  seats.forEach(({ judge, trials }, k) => {
    say(judge, { kind: 'consent' })
    say(judge, { kind: 'headphones', right: 6 })
    trials.forEach((trial, place) => {
      say(judge, vote(place, taste(trial, k, strengthOf(trial.a) - strengthOf(trial.b))))
    })
  })
  return {
    key: { judges: seats, clips, entries: strengths.map((_, k) => ({ entry: entryOf(k), label: '', runs: [] })) },
    said,
  }
}

export const vote = (trial: number, overall: Answer, change: Partial<Vote> = {}): Vote => ({
  id: '',
  kind: 'vote',
  trial,
  revision: 0,
  answers: { overall },
  first: 'a',
  heardSeconds: { a: 9, b: 9 },
  elapsedSeconds: 30,
  switches: 1,
  notes: [],
  ...change,
})

export const resultOf = ({ key, said }: Party): CriterionResult =>
  rankCriterion({ session, key, counted: countVotes(session, key, said).counted, criterion: 'overall' })

/** Prefers by the logistic of the difference; ties where it is near. */
export const noisy = (seed: number): Taste => {
  const random = seededRandom(seed)
  return (trial, _, difference) => {
    if (trial.a === trial.b) return 'tie'
    const heard = difference + Math.log(1 / (1 - random()) - 1 + 1e-12)
    return Math.abs(heard) < 0.3 ? 'tie' : heard > 0 ? 'a' : 'b'
  }
}

// What people said in a session, as comparisons of clips: the votes that count, and beside them the repeats, which count for the ceiling alone.
import { createHash } from 'node:crypto'
import { type Comparison, countVotes, type JudgedTrial } from '../../../judging/index.ts'
import { type Criterion, InputError } from '../../../record/index.ts'
import type { SaidSession } from '../results.ts'
import type { OpenedSession } from '../session-files.ts'
import { chainText } from './chain.ts'
import { readStore, whereVotesAre } from './store.ts'

export interface SessionVotes {
  readonly counted: readonly Comparison[]
  /** With repeated pairs. */
  readonly withRepeats: readonly Comparison[]
  /** SHA-256 of votes.jsonl; of nothing where nobody voted. */
  readonly sha256: string
}

/** Items are names of clips. Throws InputError for votes that were tampered with. */
export async function comparisonsOf(opened: OpenedSession, criterion: Criterion): Promise<SessionVotes> {
  const { lines, broken } = await readStore(opened)
  if (broken !== null)
    throw new InputError('broken-chain', `${whereVotesAre(opened)}: line ${broken.line}: ${broken.why}. Put it back.`)
  return {
    ...compareClips({ ...opened, said: lines }, criterion),
    sha256: lines.reduce((hash, line) => hash.update(`${chainText(line)}\n`), createHash('sha256')).digest('hex'),
  }
}

/** Items are names of clips. */
export function compareClips(
  { session, key, said }: Pick<SaidSession, 'session' | 'key' | 'said'>,
  criterion: Criterion,
): Omit<SessionVotes, 'sha256'> {
  const votes = countVotes(session, key, said)
  const leftOut = new Set(votes.judges.flatMap((judge) => (judge.leftOut === null ? [] : [judge.judge])))
  const last = new Map(votes.excluded.map(({ n, reason }) => [n, reason]))
  const repeats = said.flatMap(({ n, judge, statement: vote }): JudgedTrial[] => {
    const who = key.judges.find((one) => one.judge === judge)
    const trial = vote.kind === 'vote' ? who?.trials[vote.trial] : undefined
    if (who === undefined || trial?.kind !== 'repeat' || vote.kind !== 'vote' || leftOut.has(judge)) return []
    return last.get(n) === 'thought over' ? [] : [{ judge: who, place: vote.trial, trial, vote, n }]
  })
  const compare = ({ judge, trial, vote }: JudgedTrial): Comparison[] => {
    const [answer, a, b] = [vote.answers[criterion], key.clips[trial.a]?.name, key.clips[trial.b]?.name]
    if (answer === undefined || a === undefined || b === undefined || judge.kind !== 'person') return []
    return [{ a, b, result: answer === 'neither' ? 'tie' : answer, judge: judge.judge, aFirst: vote.first === 'a' }]
  }
  const counted = votes.counted.flatMap(compare)
  return { counted, withRepeats: [...counted, ...repeats.flatMap(compare)] }
}

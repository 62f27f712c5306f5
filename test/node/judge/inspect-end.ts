// The inspector at the end of a session: answers by chance, asks what the end tells, and thinks every answer again by it, whether it was asked before the
// judge said to be through or after. In: a judge's way to ask and to state. Out: how often the last word that was taken is right.
import { drawOpaque } from '../../../src/node/judge/session-files.ts'
import { type Random, randomIndex } from '../../../src/random.ts'
import type { Judge, JudgingKey } from '../../../src/record/index.ts'
import { sayX, voteOn } from './small-session.ts'

/** A judge's request; `said`: a statement to post. */
export type AskAs = (where: 'end' | 'statements', said?: object) => Promise<Response>

interface Told {
  readonly own: Readonly<Record<'repeats' | 'same' | 'anchors' | 'abx', { readonly count: number }>>
}

export interface Climb {
  /** ABX trials named right, and anchors put last. */
  readonly right: number
  readonly of: number
  /** Second thoughts that the server took. */
  readonly taken: number
}

type Answer = 'a' | 'b'

export async function climbByEnd(
  ask: AskAs,
  { judge, key, random, ends }: { judge: Judge; key: JudgingKey; random: Random; ends: 'first' | 'last' },
): Promise<Climb> {
  const answers = judge.trials.map((): Answer => (randomIndex(random, 2) === 0 ? 'a' : 'b'))
  const revisions = answers.map(() => 0)
  const state = async (place: number, answer: Answer) => {
    const revision = revisions[place] ?? 0
    const change = { id: drawOpaque(), revision }
    const vote =
      judge.trials[place]?.kind === 'abx'
        ? sayX(place, answer, change)
        : voteOn(place, { ...change, answers: { overall: answer } })
    const { status } = await ask('statements', vote)
    if (status !== 201) return false
    revisions[place] = revision + 1
    answers[place] = answer
    return true
  }
  await ask('statements', { id: drawOpaque(), kind: 'consent' })
  for (const [place, answer] of answers.entries()) await state(place, answer)
  if (ends === 'first') await ask('statements', { id: drawOpaque(), kind: 'end' })
  let [taken, before] = [0, await marksOf(ask)]
  for (const [place, answer] of answers.entries()) {
    if (!(await state(place, turned(answer)))) continue
    taken++
    const now = await marksOf(ask)
    if (now < before) await state(place, answer)
    else before = now
  }
  if (ends === 'last') await ask('statements', { id: drawOpaque(), kind: 'end' })
  return { ...countRight(judge, key, answers), taken }
}

/** More of it is better; 0 where nothing is told. */
async function marksOf(ask: AskAs): Promise<number> {
  const answer = await ask('end')
  if (answer.status !== 200) return 0
  const { own } = (await answer.json()) as Told
  return own.abx.count - own.anchors.count
}

const turned = (answer: Answer): Answer => (answer === 'a' ? 'b' : 'a')

function countRight({ trials }: Judge, { clips }: JudgingKey, answers: readonly Answer[]) {
  const truths = trials.map(({ kind, a, b, x }): Answer | null => {
    if (kind === 'abx') return x?.is ?? null
    if (kind !== 'anchor') return null
    return clips[a]?.anchor != null ? 'b' : clips[b]?.anchor != null ? 'a' : null
  })
  const asked = truths.flatMap((truth, place) => (truth === null ? [] : [truth === answers[place]]))
  return { right: asked.filter(Boolean).length, of: asked.length }
}

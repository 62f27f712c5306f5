// Strangers heard: a run and others like it, rendered side by side into one ear, which is asked for every A with every B.
// Costs as much as rendering and scoring all of them: each run has a kernel of its own, so that its tracks stay rendered.
import { addHeardTwins, drawPartners, fewestOthers, type RunTwins, withoutHeardTwins } from '../../null/index.ts'
import { createStrangersListening, slotsOf } from '../../pipeline.ts'
import type { RecordLine, SessionLine } from '../../record/index.ts'
import { loadInstalledKernel } from '../installation.ts'
import type { LoadedInstruments } from '../run/instruments.ts'
import type { ScoredRun } from './draw.ts'

/** So many other runs are heard: they make 30 pairs of strangers. */
export const othersHeard = fewestOthers

export interface HearPlan {
  readonly records: readonly (readonly RecordLine[])[]
  readonly instruments: LoadedInstruments
  readonly onSlot: (done: number, slots: number) => void
}

/** The twins with bands of heard sound, or with the reason why there are none. Throws InputError for a record that cannot be heard. */
export async function hearTwins(twins: RunTwins, run: ScoredRun, plan: HearPlan): Promise<RunTwins> {
  const { session, scores, record } = run
  if (session.agents.length !== 2)
    return withoutHeardTwins(twins, `strangers are heard two by two, and here play ${session.agents.length}`)
  if (record === null || plan.records.length < othersHeard)
    return withoutHeardTwins(twins, `${plan.records.length} other runs to hear; it takes ${othersHeard}`)
  const records = [record, ...plan.records.slice(0, othersHeard)]
  return addHeardTwins(twins, scores, await hearPairs(session, records, plan))
}

/** What each A sounds like with each B of another run. */
async function hearPairs(
  session: SessionLine,
  records: readonly (readonly RecordLine[])[],
  { instruments, onSlot }: HearPlan,
) {
  const runs = records.length
  const pairs = drawPartners({ runs, draws: runs * runs, seed: `${session.seed}/heard` })
  const own = records.map(() => ({ ...instruments, kernel: loadInstalledKernel().kernel }))
  const listening = createStrangersListening(session, pairs, own)
  try {
    const slots = records.map(slotsOf)
    const count = slots[0]?.length ?? 0
    for (let slot = 0; slot < count; slot++) {
      const lines = slots.map((of) => of[slot] ?? [])
      for (const of of lines) await instruments.prepare(of)
      listening.hearSlot(lines)
      onSlot(slot + 1, count)
    }
    return listening.finish()
  } finally {
    listening.dispose()
  }
}

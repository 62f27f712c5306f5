// To the end of a session: what is open is judged, the end is stated and sent. A server that refuses the end lacks something: what it took before
// is sent again, what it refused is asked again, and the end is stated once more.
import type { There } from './kept/opening.ts'
import type { Sender } from './sender.ts'
import { drawId } from './server.ts'
import type { Standing } from './standing.ts'

export interface Course {
  readonly standing: Standing
  readonly sender: Pick<Sender, 'say' | 'all' | 'again' | 'settled'>
  readonly trials: number
  /** All that is open. */
  judge(): Promise<void>
  /** The last answers are on their way. */
  onSending(): void
  /** So many pairs are open again. */
  onOpen(pairs: number): Promise<void>
  /** What the server has. */
  ask(): Promise<There>
}

/** Resolves when the server has the end, or refuses it though nothing is open. */
export async function goToEnd(course: Course): Promise<void> {
  const { standing, sender, judge, onSending } = course
  do {
    // Nothing is taken after the end, so nothing is asked.
    if (!standing.isEnded()) {
      await judge()
      if (!standing.isEnded()) await stateEnd(course)
    }
    onSending()
    await sender.settled()
  } while ((await findEnd(sender))?.state === 'refused' && (await reopen(course)))
}

const findEnd = async (sender: Course['sender']) =>
  (await sender.all()).find(({ statement }) => statement.kind === 'end')

/** One that was refused is stated again under its id: it is one end. */
async function stateEnd({ sender, standing }: Course): Promise<void> {
  const end = { id: (await findEnd(sender))?.id ?? drawId(), kind: 'end' } as const
  await sender.say(end)
  standing.add(end)
}

/** Whether there is more to be done. */
async function reopen({ sender, standing, trials, ask, onOpen }: Course): Promise<boolean> {
  const there = await ask()
  if (there.kind === 'refused') return false
  const { said } = there.mine
  const sent = await sender.again(said)
  await sender.settled()
  const taken = (await sender.all()).filter(({ state, statement }) => state === 'stored' && statement.kind !== 'end')
  standing.reopen(
    said,
    taken.map(({ statement }) => statement),
  )
  if (standing.isEnded()) return false
  const open = Array.from({ length: trials }, (_, place) => place).filter((place) => !standing.has(place))
  if (open.length > 0) await onOpen(open.length)
  return sent > 0 || open.length > 0 || !standing.isSaid('consent')
}

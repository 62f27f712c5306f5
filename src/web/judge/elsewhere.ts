// What was said elsewhere under the same link: in another page of this browser, which shares the database of what was said, and on another
// device, of which the server knows. Looked at before the next pair is chosen, so that nobody is led through a pair that is judged.
import type { Statement } from '../../record/index.ts'
import type { SaidOfPair } from './pair.ts'
import type { Sender } from './sender.ts'
import { drawId, type Mine, type Server } from './server.ts'
import type { Standing } from './standing.ts'

export interface Elsewhere {
  /** In this browser: before a vote gets its revision. */
  lookHere(): Promise<void>
  /** In this browser and at the server, which is not waited for long; what it answers later counts from then on. */
  look(): Promise<void>
}

export interface ElsewhereSettings {
  readonly sender: Pick<Sender, 'all'>
  readonly standing: Pick<Standing, 'add'>
  readonly server: Pick<Server, 'mine'>
  /** Resolves when the server was waited for long enough. */
  readonly patience: () => Promise<unknown>
  /** Takes what the server knows. */
  onMine(mine: Mine): void
}

export function createElsewhere({ sender, standing, server, patience, onMine }: ElsewhereSettings): Elsewhere {
  let asking: Promise<void> | undefined
  const lookHere = async () => {
    for (const { state, statement } of await sender.all()) if (state !== 'refused') standing.add(statement)
  }
  const ask = async () => {
    const mine = await server.mine().catch(() => null)
    if (mine !== null) onMine(mine)
    asking = undefined
  }
  return {
    lookHere,
    async look() {
      await lookHere()
      // Silent since the last time: not waited for again.
      if (asking !== undefined) return
      asking = ask()
      await Promise.race([asking, patience()])
    },
  }
}

export interface Voting {
  readonly elsewhere: Pick<Elsewhere, 'lookHere'>
  readonly standing: Pick<Standing, 'nextRevision'>
  say(statement: Statement): Promise<void>
}

/** A vote after whatever another page of this browser said of the pair meanwhile: thought over, not refused. */
export async function sayVote({ elsewhere, standing, say }: Voting, trial: number, said: SaidOfPair): Promise<void> {
  await elsewhere.lookHere()
  await say({ id: drawId(), kind: 'vote', trial, revision: standing.nextRevision(trial), ...said })
}

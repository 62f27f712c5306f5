// From this browser to the server: statements are sent in their order, again and again until the server has them. Sending one twice is
// harmless, since the server knows it by its id. "Cannot be reached" is never taken for "refused".
import type { Statement } from '../../record/index.ts'
import type { Mine, Server } from './server.ts'
import { isKnown } from './standing.ts'
import type { KeptStatement, Store } from './store.ts'

export interface SendingState {
  readonly waiting: number
  /** Answers; an end that came too early is none. */
  readonly refused: number
  /** Why it does not go on; null: it does. */
  readonly trouble: string | null
  /** What was said outlasts the page; false: it moves on only when the server has it. */
  readonly lasting: boolean
}

export interface Sender {
  /** Resolves when it is safe to move on: kept in this browser, or, where the browser keeps nothing, on the server. */
  say(statement: Statement): Promise<void>
  all(): Promise<KeptStatement[]>
  /** What the server took and does not have (one that was restored, one in whose place somebody else answered) is sent again; how many. */
  again(said: Mine['said']): Promise<number>
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>
}

export interface SenderSettings {
  readonly owner: string
  readonly store: Store
  readonly server: Pick<Server, 'send'>
  onState(state: SendingState): void
  readonly now: () => number
  /** Waits, but no longer than until the browser comes online again. */
  readonly pause: (milliseconds: number) => Promise<void>
}

const [shortestPause, longestPause] = [500, 20_000]

export function createSender(settings: SenderSettings): Sender {
  const { owner, store, onState, now } = settings
  let running: Promise<void> | undefined
  let latest = 0
  let wanted = 0
  let trouble: string | null = null
  /** Who waits for the server since this browser kept nothing. */
  const held: (() => void)[] = []
  const tell = async (met: string | null) => {
    trouble = met
    const all = await store.list()
    const waiting = all.filter(({ state }) => state === 'waiting')
    const refused = all.filter(({ state, statement }) => state === 'refused' && statement.kind !== 'end')
    onState({ waiting: waiting.length, refused: refused.length, trouble, lasting: store.lasting })
    if (store.lasting) for (const goOn of held.splice(0)) goOn()
  }
  /** Whoever asks while it runs is counted, so that what was said after its last look is sent too. */
  const run = async () => {
    try {
      for (let asked = -1; asked !== wanted; ) {
        asked = wanted
        await sendAll(settings, tell)
      }
    } catch (error) {
      onState({ waiting: 1, refused: 0, trouble: String(error), lasting: store.lasting })
    } finally {
      running = undefined
    }
  }
  const start = () => {
    wanted++
    running ??= run()
    return running
  }
  // What was refused before is told, though nothing waits.
  running = tell(null).then(run, run)
  return {
    async say(statement) {
      // Two within a millisecond keep their order.
      latest = Math.max(now(), latest + 1)
      await store.put({ id: statement.id, owner, at: latest, statement, state: 'waiting' })
      const sent = start()
      // What it is waiting for has not passed yet.
      await tell(trouble)
      if (!store.lasting) await Promise.race([sent, new Promise<void>((goOn) => held.push(goOn))])
    },
    all: () => store.list(),
    async again(said) {
      const lost = (await store.list()).filter(
        ({ state, statement }) => state === 'stored' && !isKnown(said, statement),
      )
      for (const one of lost) await store.put({ ...one, state: 'waiting' })
      if (lost.length > 0) void start()
      return lost.length
    },
    settled: start,
  }
}

/** Until nothing waits. */
async function sendAll(
  { store, server, pause }: SenderSettings,
  tell: (trouble: string | null) => Promise<void>,
): Promise<void> {
  let wait = shortestPause
  for (;;) {
    const next = (await store.list()).find(({ state }) => state === 'waiting')
    if (next === undefined) return
    const sent = await server.send(next.statement)
    if (sent.kind === 'later') {
      await tell(sent.error)
      await pause(wait)
      wait = Math.min(2 * wait, longestPause)
      continue
    }
    wait = shortestPause
    await store.put({ ...next, state: sent.kind, ...(sent.kind === 'refused' ? { error: sent.error } : {}) })
    await tell(null)
  }
}

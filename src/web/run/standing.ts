// How a run stands, as its server knows it: asked when its record falls quiet and, once the record's stream is closed, now and then. So
// scores and files that come after the end are found, and the loss of a server that nothing else would notice is told.
import type { RunEntry } from './server.ts'

/** `broken off`: without an end, and nobody writes it. */
export type Standing = 'playing' | 'ended' | 'broken off'

export const standingOf = ({ live, finished }: RunEntry): Standing =>
  finished ? 'ended' : live ? 'playing' : 'broken off'

export interface RunWatchSettings {
  /** null: the server has no such run any more. Rejects when it does not answer. */
  readonly ask: () => Promise<RunEntry | null>
  readonly onEntry: (entry: RunEntry) => void
  readonly onServer: (state: 'lost' | 'back', words: string) => void
  readonly later?: (again: () => void, milliseconds: number) => void
}

export interface RunWatch {
  /** Asks once. That nobody answers is for the stream to tell. */
  look(): void
  /** The stream is closed: asks at once, and again and again. */
  keepLooking(): void
  stop(): void
}

/** Soon after the end at first, as scores come then; later for the server's sake alone. */
const waits = [1000, 2000, 3000] as const
const longestWait = 5000

export function watchRun(settings: RunWatchSettings): RunWatch {
  const { ask, onEntry, onServer } = settings
  const later = settings.later ?? ((again, milliseconds) => void globalThis.setTimeout(again, milliseconds))
  let isStopped = false
  let isLooking = false
  let isLost = false
  const look = async (): Promise<'answered' | 'silent'> => {
    try {
      const entry = await ask()
      if (entry !== null && !isStopped) onEntry(entry)
      return 'answered'
    } catch {
      return 'silent'
    }
  }
  const lookAgain = async (looks: number) => {
    const answer = await look()
    if (isStopped) return
    if (answer === 'silent' && !isLost)
      onServer('lost', 'The server does not answer; what is here plays on. Trying again.')
    if (answer === 'answered' && isLost) onServer('back', 'The server answers again.')
    isLost = answer === 'silent'
    later(() => !isStopped && void lookAgain(looks + 1), waits[looks] ?? longestWait)
  }
  return {
    look: () => void (isLooking || look()),
    keepLooking() {
      if (!isLooking) void lookAgain(0)
      isLooking = true
    },
    stop() {
      isStopped = true
    },
  }
}

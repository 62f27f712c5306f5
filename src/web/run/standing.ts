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
  /** Asks once. That nobody answers is for the stream to tell, not that the run is gone. */
  look(): void
  /** The stream is closed: asks at once, and again and again. */
  keepLooking(): void
  stop(): void
}

/** Soon after the end at first, as scores come then; later for the server's sake alone. */
const waits = [1000, 2000, 3000] as const
const longestWait = 5000

/** `silent`: nobody answers; `gone`: the server has no such run. */
type Fault = 'silent' | 'gone'

const faultWords: Readonly<Record<Fault, string>> = {
  silent: 'The server does not answer; what is here plays on. Trying again.',
  gone: 'The server has this run no more; what is here plays on.',
}

export function watchRun(settings: RunWatchSettings): RunWatch {
  const { ask, onEntry, onServer } = settings
  const later = settings.later ?? ((again, milliseconds) => void globalThis.setTimeout(again, milliseconds))
  let isStopped = false
  let isLooking = false
  let told: Fault | null = null
  const look = async (): Promise<Fault | null> => {
    try {
      const entry = await ask()
      if (entry !== null && !isStopped) onEntry(entry)
      return entry === null ? 'gone' : null
    } catch {
      return 'silent'
    }
  }
  const tell = (fault: Fault | null) => {
    if (isStopped || fault === told) return
    if (fault === null) onServer('back', told === 'gone' ? 'The run is there again.' : 'The server answers again.')
    else onServer('lost', faultWords[fault])
    told = fault
  }
  const lookOnce = async () => {
    const fault = await look()
    if (fault !== 'silent') tell(fault)
  }
  const lookAgain = async (looks: number) => {
    tell(await look())
    if (isStopped) return
    later(() => !isStopped && void lookAgain(looks + 1), waits[looks] ?? longestWait)
  }
  return {
    look: () => void (isLooking || lookOnce()),
    keepLooking() {
      if (!isLooking) void lookAgain(0)
      isLooking = true
    },
    stop() {
      isStopped = true
    },
  }
}

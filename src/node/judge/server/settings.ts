// What a judging server is given.
import type { OpenedSession } from '../session-files.ts'
import type { Votes } from '../votes/keep-votes.ts'
import type { Log } from './gate.ts'

export interface JudgingAppSettings {
  readonly opened: OpenedSession
  readonly votes: Votes
  /** Host names besides this machine's own. */
  readonly names: readonly string[]
  readonly now: () => number
  readonly log: Log
  readonly page?: string
}

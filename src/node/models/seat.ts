// A model at a deck as a party wants it: asked again when it may help, stopped when the turn is over, within its budget, from the cache if
// there is one. Whatever breaks becomes HOLD in the party itself (src/party/turn.ts).
import type { Dj } from '../../djs/index.ts'
import type { ServerSpec } from '../../record/index.ts'
import { type Budget, withBudget } from './budget.ts'
import { withCache } from './cache.ts'
import { loadTokenizer } from './cutter.ts'
import { openaiDj, questionOf } from './openai-dj.ts'
import { withReferenceSurprise } from './reference.ts'
import { withArrival, withRetry, withTimeout } from './wrappers.ts'

export interface ServerSeat {
  readonly spec: ServerSpec
  readonly key: string | null
  readonly seed: number
  readonly budget: Budget
  /** Folder of kept answers; null: none are kept. */
  readonly cache: string | null
  /** Seconds into a slot; used when the spec's clock is the wall's. */
  readonly secondsInto: (slot: number) => number
  readonly fetch?: typeof globalThis.fetch
}

/** How often a turn is asked for at most. */
const tries = 4

export function seatServer({ spec, key, seed, budget, cache, secondsInto, fetch }: ServerSeat): Dj {
  const asked = withRetry(openaiDj({ spec, key, seed, ...(fetch === undefined ? {} : { fetch }) }), { tries })
  const paid = withBudget(asked, { budget, answerTokens: spec.answerTokens, countTokens })
  const { timeoutSeconds, clock, ...settings } = spec
  const kept =
    cache === null
      ? paid
      : withCache(paid, { folder: cache, settings, seedOf: (percept) => questionOf(percept, spec, seed).seed })
  const timely = withTimeout(kept, timeoutSeconds)
  return withReferenceSurprise(clock === 'wall' ? withArrival(timely, secondsInto) : timely)
}

export async function countTokens(text: string): Promise<number> {
  return (await loadTokenizer()).tokenise(text).length
}

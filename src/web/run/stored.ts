// The measures that are stored with a run, fetched once they are there, and how those that were heard compare with them.
import type { UnhashedScores } from '../../measure/index.ts'
import type { Scores } from '../../record/index.ts'
import { differencesOf } from './differences.ts'
import type { RunEntry } from './server.ts'
import { standingOf } from './standing.ts'

export interface StoredSettings {
  /** null: not there yet. Rejects when they cannot be had or read. */
  readonly fetchScores: () => Promise<Scores | null>
  readonly onScores: (scores: Scores) => void
  /** The whole run was heard; in words, how that compares with what is stored. */
  readonly onMeasured: (words: string) => void
}

export interface Stored {
  /** null: not here, or not yet. Without them the page is whole all the same. */
  readonly scores: Scores | null
  /** What the server says of the run now. */
  see(entry: RunEntry): void
  /** Everything was heard. */
  compare(heard: UnhashedScores): void
  /** They were written anew. */
  again(): void
}

const scoresFile = 'scores.json'
/** Scores that fail so often cannot be read. */
const mostFailures = 3

export function createStored({ fetchScores, onScores, onMeasured }: StoredSettings): Stored {
  let scores: Scores | null = null
  let heard: UnhashedScores | null = null
  let isAsking = false
  let failures = 0
  const fetch = async () => {
    isAsking = true
    const isFirst = scores === null
    scores = (await fetchScores().catch(() => null)) ?? scores
    isAsking = false
    if (scores === null) return void failures++
    onScores(scores)
    if (heard !== null && isFirst) onMeasured(describe(heard, scores))
  }
  return {
    get scores() {
      return scores
    },
    see(entry) {
      if (scores !== null || isAsking || failures >= mostFailures || standingOf(entry) === 'playing') return
      if (entry.files.includes(scoresFile)) void fetch()
    },
    compare(all) {
      heard = all
      onMeasured(describe(all, scores))
    },
    again: () => void (isAsking || fetch()),
  }
}

function describe(heard: UnhashedScores, stored: Scores | null): string {
  if (stored === null) return 'Heard and measured to the end.'
  const { hashes: _, twins: __, ...rest } = stored
  const [first] = differencesOf(heard, rest)
  return first === undefined
    ? 'Heard to the end; every measure taken here equals the stored one.'
    : `Heard to the end; measured here and stored differ at ${first}.`
}

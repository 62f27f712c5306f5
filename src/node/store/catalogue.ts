// Summaries of all runs on a shelf, kept: a run is read again only when its record, its scores or its folder changed.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { RunSummary } from '../../record/index.ts'
import { isClaimed, recordName } from './run-folder.ts'
import type { Shelf } from './shelf.ts'
import { summariseRun } from './summary.ts'

export interface Catalogue {
  /** Every run that can be read, in no order. */
  all(): Promise<RunSummary[]>
  /** One run; null when there is none of this name. */
  one(id: string): Promise<RunSummary | null>
}

interface Kept {
  readonly mark: string
  readonly summary: RunSummary
}

/** Files open at once. */
const atOnce = 16
/** Lists asked for in quick succession (fifty pages open) are one. */
const freshMilliseconds = 2000

export function createCatalogue(shelf: Shelf, now: () => number = () => performance.now()): Catalogue {
  const kept = new Map<string, Kept>()
  let last: { at: number; list: Promise<RunSummary[]> } | null = null

  const readOne = async (id: string, folder: string): Promise<RunSummary | null> => {
    try {
      const mark = await markOf(folder)
      const known = kept.get(id)
      if (known?.mark === mark) return known.summary
      const summary = await summariseRun(id, folder)
      kept.set(id, { mark, summary })
      return summary
    } catch {
      kept.delete(id)
      return null
    }
  }
  const readAll = async () => {
    const folders = shelf.folders()
    for (const id of kept.keys()) if (!folders.has(id)) kept.delete(id)
    const waiting = [...folders]
    const found: RunSummary[] = []
    const work = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const summary = await readOne(...next)
        if (summary !== null) found.push(summary)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return found
  }
  return {
    all() {
      if (last === null || now() - last.at > freshMilliseconds) last = { at: now(), list: readAll() }
      return last.list
    },
    async one(id) {
      const folder = shelf.find(id)
      return folder === null ? null : readOne(id, folder)
    },
  }
}

/** Changes when anything does that a summary tells. */
async function markOf(folder: string): Promise<string> {
  const marks = [recordName, 'scores.json', '.', 'stems'].map(async (name) => {
    const found = await stat(path.join(folder, name)).catch(() => null)
    return found === null ? '-' : `${found.mtimeMs}/${found.size}`
  })
  return `${(await Promise.all(marks)).join(' ')} ${isClaimed(folder)}`
}

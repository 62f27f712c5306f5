// Results are worked out once for each state of a session, whoever asks and however often, and one state after the other: who asks while an
// older state is in hand waits for it, and then shares the next one with all others who wait.
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { machinesFolder } from '../machines.ts'

export interface WorkedOut<Result> {
  /** Of the present state, or of one that is newer by the time it is its turn. */
  ask(): Promise<Result>
}

export function keepWorkedOut<Result>({
  state,
  workOut,
}: {
  readonly state: () => string
  readonly workOut: () => Promise<Result>
}): WorkedOut<Result> {
  let kept: { readonly state: string; readonly result: Promise<Result> } | null = null
  let next: Promise<Result> | null = null
  const start = (): Promise<Result> => {
    next = null
    const mine = { state: state(), result: workOut() }
    kept = mine
    // What failed is worked out again when it is asked for again.
    mine.result.catch(() => {
      if (kept === mine) kept = null
    })
    return mine.result
  }
  return {
    ask() {
      if (kept === null) return next ?? start()
      if (kept.state === state()) return kept.result
      next ??= kept.result.then(start, start)
      return next
    },
  }
}

/** What results follow from: the last line of the chain, and the machines' files beside it. */
export function nameState(folder: string, head: string): string {
  const place = path.join(folder, machinesFolder)
  const files = existsSync(place) ? readdirSync(place).sort() : []
  const marks = files.map((name) => {
    const found = statSync(path.join(place, name), { throwIfNoEntry: false })
    return [name, found?.size, found?.mtimeMs]
  })
  return JSON.stringify([head, marks])
}

// Waits between tries at what will not come now, which grow up to a few seconds, and trying until it comes.

/** Runs `again` after so many milliseconds; tests have a hand of their own. */
export type Later = (again: () => void, milliseconds: number) => void

export const laterByTimer: Later = (again, milliseconds) => void globalThis.setTimeout(again, milliseconds)

const waits = [500, 1000, 2000, 4000] as const

/** Milliseconds to wait after so many tries that failed before this one. */
export const waitAfter = (failures: number): number => waits[Math.min(failures, waits.length - 1)] ?? waits[3]

export interface PersistenceSettings {
  /** It cannot be had now and is tried again, in words. */
  readonly onTrouble: (words: string) => void
  /** All that was in trouble is there. */
  readonly onThere: () => void
  readonly later?: Later
}

/** Asks again and again until there is an answer; what one returns may be asked for many things at once. */
export function createPersistence(
  settings: PersistenceSettings,
): <Answer>(ask: () => Promise<Answer>) => Promise<Answer> {
  const { onTrouble, onThere, later = laterByTimer } = settings
  const inTrouble = new Set<object>()
  return async (ask) => {
    for (let failures = 0; ; failures++) {
      try {
        const answer = await ask()
        if (inTrouble.delete(ask) && inTrouble.size === 0) onThere()
        return answer
      } catch (error) {
        inTrouble.add(ask)
        onTrouble(`${(error as Error).message.replace(/[. ]+$/, '')}. Trying again.`)
        await new Promise<void>((resolve) => later(resolve, waitAfter(failures)))
      }
    }
  }
}

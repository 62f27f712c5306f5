// Waits between tries at what will not come now: they grow up to a few seconds.

/** Runs `again` after so many milliseconds; tests have a hand of their own. */
export type Later = (again: () => void, milliseconds: number) => void

export const laterByTimer: Later = (again, milliseconds) => void globalThis.setTimeout(again, milliseconds)

const waits = [500, 1000, 2000, 4000] as const

/** Milliseconds to wait after so many tries that failed before this one. */
export const waitAfter = (failures: number): number => waits[Math.min(failures, waits.length - 1)] ?? waits[3]

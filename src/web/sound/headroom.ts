// How much a mix of many is turned down as a whole.

/**
 * Amplitude factor for so many agents: sqrt(2 / n), at most 1. Sounds that know nothing of each other add in power, so a mix of n is about as
 * loud as one of two; one or two are left as they are.
 */
export const headroomOf = (agents: number): number => (agents <= 2 ? 1 : Math.sqrt(2 / agents))

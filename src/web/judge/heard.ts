// Which seconds of a clip were heard at least once. Stretches in, their union's length out.

/** From, to, in seconds. */
export type Stretch = readonly [number, number]

export interface Heard {
  add(from: number, to: number): void
  /** Seconds heard at least once. */
  seconds(): number
  /** They do not touch. */
  stretches(): readonly Stretch[]
}

/** `before`: what was heard already. */
export function createHeard(before: readonly Stretch[] = []): Heard {
  let parts = [...before]
  return {
    add(from, to) {
      if (!(to > from)) return
      const apart = parts.filter(([start, end]) => end < from || start > to)
      const joined = parts.filter(([start, end]) => end >= from && start <= to)
      const low = Math.min(from, ...joined.map(([start]) => start))
      const high = Math.max(to, ...joined.map(([, end]) => end))
      parts = [...apart, [low, high]]
    },
    seconds: () => parts.reduce((sum, [start, end]) => sum + end - start, 0),
    stretches: () => [...parts],
  }
}

/** A loop's two ends, in seconds. */
export interface Region {
  readonly from: number
  readonly to: number
}

/** Where a playhead is that began at `start` and ran for `seconds` round a region, and the stretches that it passed. */
export function runRound(
  start: number,
  seconds: number,
  { from, to }: Region,
): { at: number; passed: [number, number][] } {
  const end = start + seconds
  if (end < to) return { at: end, passed: [[start, end]] }
  const length = to - from
  const beyond = (end - to) % length
  const passed: [number, number][] = [[start, to]]
  if (end - to >= length) passed.push([from, to])
  else passed.push([from, from + beyond])
  return { at: from + beyond, passed }
}

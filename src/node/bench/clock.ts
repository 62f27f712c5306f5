// The clock of every bench: user CPU seconds of this process, so that a busy machine disturbs figures as little as can be.

export function userSeconds(): number {
  return process.cpuUsage().user / 1e6
}

/** User CPU seconds of each of so many passes, after one that is not counted (the wasm engine still compiles in it). */
export function timePasses(passes: number, work: () => void): number[] {
  work()
  return Array.from({ length: passes }, () => {
    const before = userSeconds()
    work()
    return userSeconds() - before
  })
}

/** Seconds of sound per second of the fastest pass; null when the clock saw no time go by. */
export function timesRealTime(seconds: number, times: readonly number[]): number | null {
  const fastest = Math.min(...times)
  return fastest > 0 ? seconds / fastest : null
}

/** The most memory this process has held so far, bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024
}

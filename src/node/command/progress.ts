// Progress on stderr, so that stdout stays the result. On a terminal one line that is rewritten; else a line now and then.

interface Terminal {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

export interface Progress {
  /** So many steps are done. */
  step(done: number): void
  /** Clears the rewritten line. */
  done(): void
}

export interface ProgressSettings {
  readonly label: string
  readonly total: number
  /** "slot": what is counted. */
  readonly unit: string
  readonly quiet: boolean
  readonly terminal?: Terminal
  readonly now?: () => number
}

/** Quiet or not on a terminal: at most a line every ten seconds. */
export function createProgress(settings: ProgressSettings): Progress {
  const { label, total, unit, quiet, terminal = process.stderr, now = Date.now } = settings
  const rewritten = terminal.isTTY === true && !quiet
  const pause = rewritten ? 100 : 10_000
  const start = now()
  let shown = rewritten ? 0 : start
  return {
    step(done) {
      const time = now()
      if (time - shown < pause && !(rewritten && done === total)) return
      shown = time
      const left = done > 0 ? ((time - start) / done) * (total - done) : 0
      const percent = total > 0 ? Math.floor((100 * done) / total) : 100
      const text = `${label} ${percent} %, ${unit} ${done} of ${total}${done > 0 ? `, ${describeTime(left)} left` : ''}`
      terminal.write(rewritten ? `\r\u001b[2K${text}` : `${text}\n`)
    },
    done() {
      if (rewritten) terminal.write('\r\u001b[2K')
    },
  }
}

/** Milliseconds as people say them. */
function describeTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

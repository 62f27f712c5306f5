// The page's clock: Tone's transport, started and stopped at exactly the frames at which the ensemble does.
import type { Context } from 'tone/build/esm/core/context/Context.js'
import 'tone/build/esm/core/clock/Transport.js'
import type { Seconds } from '../../units.ts'

export interface Clock {
  /** Runs from here: at this time of the context the run is at that second. */
  run(contextSeconds: Seconds, runSeconds: Seconds): void
  /** Stands still at this second of the run. */
  rest(runSeconds: Seconds): void
  /** Second of the run at a time of the context. */
  at(contextSeconds: Seconds): Seconds
}

export function createClock(context: Context, bpm: number): Clock {
  const { transport } = context
  transport.bpm.value = bpm
  // Until the moment it starts, a clock stands where it will start.
  let from = { contextSeconds: Number.POSITIVE_INFINITY, runSeconds: 0 }
  return {
    run(contextSeconds, runSeconds) {
      from = { contextSeconds, runSeconds }
      transport.stop(contextSeconds)
      transport.start(contextSeconds, runSeconds)
    },
    rest(runSeconds) {
      from = { contextSeconds: Number.POSITIVE_INFINITY, runSeconds }
      transport.stop()
    },
    at: (contextSeconds) =>
      contextSeconds < from.contextSeconds ? from.runSeconds : transport.getSecondsAtTime(contextSeconds),
  }
}

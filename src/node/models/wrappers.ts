// Patience and limits around a DJ, as plain functions: ask again, wait no longer, note when tokens came. The order of use is in seat.ts.
import { type BrokenTurn, brokenTurn, type Dj, type DjItem, type Percept } from '../../djs/index.ts'
import type { Usage } from '../../record/index.ts'
import { PassingBreak } from './breaks.ts'

/** A DJ that can be told to stop. */
export type AbortableDj = (percept: Percept, signal: AbortSignal) => AsyncIterable<DjItem>

export interface RetrySettings {
  /** How often one turn is asked for at most. */
  readonly tries: number
  /** Resolves early when the signal fires. */
  readonly sleep?: (seconds: number, signal: AbortSignal) => Promise<void>
}

/** Asks again after a break that may pass, unless a token has come: as long as the server says, else half a second, one, two ... */
export function withRetry(dj: AbortableDj, { tries, sleep = pause }: RetrySettings): AbortableDj {
  return async function* (percept, signal) {
    const tried: BrokenTurn[] = []
    let requests = 0
    for (;;) {
      let usage: Usage | null = null
      let broken: unknown = null
      try {
        for await (const item of dj(percept, signal)) {
          if ('usage' in item) usage = item.usage
          else yield item
        }
      } catch (error) {
        broken = error
      }
      if (!(broken instanceof PassingBreak) || tried.length + 1 >= tries || signal.aborted) {
        if (usage !== null)
          yield { usage: { ...usage, requests: usage.requests + requests, tried: tried.map(({ code }) => code) } }
        if (broken !== null) throw broken
        return
      }
      tried.push(broken)
      requests += (usage as Usage | null)?.requests ?? 0
      await sleep(broken.afterSeconds ?? 0.5 * 2 ** (tried.length - 1), signal)
      if (!signal.aborted) continue
      // The turn is over before it could be asked again: what kept it is what it broke by.
      if (usage !== null) yield { usage: { ...usage, requests, tried: tried.slice(0, -1).map(({ code }) => code) } }
      throw broken
    }
  }
}

/** Node's timers take 31 bits of milliseconds and ring at once when given more. */
const longestTimer = 2 ** 31 - 1

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.min(seconds * 1000, longestTimer))
    signal.addEventListener('abort', done)
  })
}

/** What a stopped DJ may take to say what it has cost. */
const graceSeconds = 0.25

/** No turn waits longer than `seconds`; what has come until then is kept. */
export function withTimeout(dj: AbortableDj, seconds: number): Dj {
  return async function* (percept): AsyncGenerator<DjItem> {
    const abort = new AbortController()
    const items = dj(percept, abort.signal)[Symbol.asyncIterator]()
    const late = alarm(seconds)
    let pending = items.next()
    try {
      for (;;) {
        const next = await Promise.race([pending, late.rung])
        if (next === 'late') break
        if (next.done === true) return
        yield next.value
        pending = items.next()
      }
    } finally {
      late.stop()
      abort.abort()
    }
    const { said, broken } = await lastWords(pending, items)
    yield* said
    throw broken ?? brokenTurn('timed-out', `no more of it within ${seconds} s`)
  }
}

/** What a DJ that was stopped still has to say: held-back tokens, its usage, and what it was waiting out, if they come soon. */
async function lastWords(
  first: Promise<IteratorResult<DjItem>>,
  items: AsyncIterator<DjItem>,
): Promise<{ said: DjItem[]; broken: PassingBreak | null }> {
  const late = alarm(graceSeconds)
  const said: DjItem[] = []
  try {
    for (let pending = first; ; pending = items.next()) {
      const next = await Promise.race([pending, late.rung])
      if (next === 'late' || next.done === true) return { said, broken: null }
      said.push(next.value)
    }
  } catch (error) {
    return { said, broken: error instanceof PassingBreak ? error : null }
  } finally {
    late.stop()
  }
}

function alarm(seconds: number): { rung: Promise<'late'>; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  const rung = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), seconds * 1000)
  })
  return { rung, stop: () => clearTimeout(timer) }
}

/** When each slot began: as soon as somebody is asked in it. Shared by the DJs of a party. */
export function createSlotClock(now: () => number = () => performance.now() / 1000): (slot: number) => number {
  const begun = new Map<number, number>()
  return (slot) => {
    const time = now()
    if (!begun.has(slot)) begun.set(slot, time)
    return time - (begun.get(slot) ?? time)
  }
}

/** Tokens with the time at which they came. */
export function withArrival(dj: Dj, secondsInto: (slot: number) => number): Dj {
  return async function* (percept): AsyncGenerator<DjItem> {
    secondsInto(percept.slot)
    for await (const item of dj(percept)) yield 'usage' in item ? item : { ...item, seconds: secondsInto(percept.slot) }
  }
}

// Work given to a worker, in order and a little at a time, so that what nobody waits for any more can be left out before it begins.

export interface Errands {
  /**
   * Begins the work when its turn comes. When `signal` is aborted before that, it never begins and the promise rejects; when after that, its
   * place is free at once and the answer comes all the same.
   */
  send<Answer>(work: () => Promise<Answer>, signal: AbortSignal): Promise<Answer>
}

/** `most`: works under way together. */
export function createErrands(most: number): Errands {
  const queue: (() => void)[] = []
  let underWay = 0
  const beginNext = () => {
    while (underWay < most) {
      const begin = queue.shift()
      if (begin === undefined) return
      underWay++
      begin()
    }
  }
  return {
    send: (work, signal) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(new Error('Not wanted any more'))
        if (signal.aborted) return refuse()
        const leave = () => {
          queue.splice(queue.indexOf(begin), 1)
          refuse()
        }
        const begin = () => {
          signal.removeEventListener('abort', leave)
          let isHere = true
          const free = () => {
            if (!isHere) return
            isHere = false
            underWay--
            beginNext()
          }
          signal.addEventListener('abort', free, { once: true })
          work()
            .then(resolve, reject)
            .finally(() => {
              signal.removeEventListener('abort', free)
              free()
            })
        }
        signal.addEventListener('abort', leave, { once: true })
        queue.push(begin)
        beginNext()
      }),
  }
}

export interface Demand {
  /** Aborted when nobody who asked waits any more. */
  readonly signal: AbortSignal
  /** One more waits, for ever without a signal. */
  join(signal: AbortSignal | undefined): void
}

/** Who waits for one thing. */
export function createDemand(): Demand {
  const over = new AbortController()
  let waiting = 0
  const leave = () => {
    waiting--
    if (waiting === 0) over.abort()
  }
  return {
    signal: over.signal,
    join(signal) {
      waiting++
      if (signal?.aborted === true) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    },
  }
}

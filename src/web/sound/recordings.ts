// Recordings that tracks use, as the server has them: mono samples, fetched once and kept, those used last, up to a bound.

/** What is needed of an answer to `fetch`. */
export type RecordingAnswer = Pick<Response, 'ok' | 'status' | 'arrayBuffer'>

export interface RecordingsSettings {
  readonly ask: (name: string) => Promise<RecordingAnswer>
  readonly mostBytes?: number
}

export interface Recordings {
  /** null: the server has none of this name, and never will. Rejects with words when it cannot be had now; the next who asks tries again. */
  fetch(name: string): Promise<Float32Array | null>
}

/** The shipped library's recordings together are 12 MB. */
const usualBytes = 64e6

export function createRecordings({ ask, mostBytes = usualBytes }: RecordingsSettings): Recordings {
  const kept = new Map<string, Promise<Float32Array | null>>()
  const sizes = new Map<string, number>()
  const keepWithinBounds = (newest: string) => {
    let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    for (const name of kept.keys()) {
      if (bytes <= mostBytes) break
      if (name === newest || !sizes.has(name)) continue
      bytes -= sizes.get(name) ?? 0
      kept.delete(name)
      sizes.delete(name)
    }
  }
  return {
    fetch(name) {
      const known = kept.get(name) ?? download(ask, name)
      kept.delete(name)
      kept.set(name, known)
      known.then(
        (samples) => {
          if (kept.get(name) !== known) return
          sizes.set(name, samples?.byteLength ?? 0)
          keepWithinBounds(name)
        },
        () => kept.get(name) === known && kept.delete(name),
      )
      return known
    },
  }
}

async function download(ask: RecordingsSettings['ask'], name: string): Promise<Float32Array | null> {
  const answer = await ask(name).catch(() => null)
  if (answer === null) throw new Error('The server does not answer')
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error(`The server has no answer for the recording ${name} (status ${answer.status})`)
  const bytes = await answer.arrayBuffer().catch(() => null)
  if (bytes === null) throw new Error('The server does not answer')
  return new Float32Array(bytes)
}

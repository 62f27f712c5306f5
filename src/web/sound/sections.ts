// Sections of tracks ahead of time, rendered in a worker and kept for a while: a track that plays on is rendered once.
// Their recordings are fetched ahead too, so that a server that goes away takes nothing with it.
import type { Track } from '../../record/index.ts'
import { createDemand, createErrands, type Demand } from './errands.ts'
import { type Later, laterByTimer, waitAfter } from './patience.ts'
import SectionsWorker from './sections.worker.ts?worker'
import { recordingsOf } from './track-recordings.ts'

export type ToSections =
  /** First of all. `samplesUrl`: where recordings lie, `{name}` standing for the recording's name. */
  | { readonly kind: 'open'; readonly bytes: Uint8Array<ArrayBuffer>; readonly samplesUrl: string }
  | ({ readonly kind: 'render'; readonly id: number } & SectionRequest)
  | { readonly kind: 'fetch'; readonly id: number; readonly name: string }

/** `missing`: recordings that the server has none of. */
export type FromSections =
  | {
      readonly kind: 'section'
      readonly id: number
      readonly section: Float32Array<ArrayBuffer>
      readonly missing: readonly string[]
    }
  | { readonly kind: 'fetched'; readonly id: number; readonly missing: readonly string[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

type Answer = Exclude<FromSections, { kind: 'failed' }>

export interface SectionRequest {
  readonly track: Track
  readonly section: number
  readonly sampleRate: number
  readonly bpm: number
  readonly keyLock: number
}

export interface Sections {
  /** Samples of one slot, not to be changed or transferred. Rejects with words, also when all who asked have gone before it was begun. */
  render(request: SectionRequest, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>
  /** Fetches the recordings of tracks ahead of their use: one after the other, again and again until they are there. */
  gather(tracks: Iterable<Track>): void
  dispose(): void
}

export interface SectionsSettings {
  readonly kernel: Uint8Array<ArrayBuffer>
  /** As in `ToSections`; the server's own place if not given. */
  readonly samplesUrl?: string
  /** The server has no recording of this name: it stays silent. Told once; not given: such a section is not rendered. */
  readonly onMissing?: (name: string) => void
  readonly later?: Later
}

/** Sections kept: about 3 MB each. */
const keptSections = 8
/** One is rendered while another waits for its recordings. */
const renderedTogether = 2

interface Kept {
  readonly demand: Demand
  /** Nobody waited for it before it was begun: it never will be. */
  isLeftOut(): boolean
  readonly section: Promise<Float32Array<ArrayBuffer>>
}

export function openSections(settings: SectionsSettings): Sections {
  const crew = openCrew(settings)
  const errands = createErrands(renderedTogether)
  const kept = new Map<string, Kept>()
  const told = new Set<string>()
  const check = (missing: readonly string[]) => {
    const [first] = missing
    if (first !== undefined && settings.onMissing === undefined)
      throw new Error(`sections: expected the recording ${first}, the server has none of that name`)
    for (const name of missing.filter((one) => !told.has(one))) {
      told.add(name)
      settings.onMissing?.(name)
    }
  }
  const ask = async (request: SectionRequest, signal: AbortSignal, onBegin: () => void) => {
    const answer = await errands.send(() => {
      onBegin()
      return crew.ask({ kind: 'render', ...request })
    }, signal)
    check(answer.missing)
    if (answer.kind !== 'section') throw new Error('sections: expected a section')
    return answer.section
  }
  const begin = (request: SectionRequest): Kept => {
    const demand = createDemand()
    let isBegun = false
    const onBegin = () => {
      isBegun = true
    }
    return { demand, section: ask(request, demand.signal, onBegin), isLeftOut: () => demand.signal.aborted && !isBegun }
  }
  return {
    render(request, signal) {
      const name = `${request.track.id}/${request.section}/${request.bpm}/${request.keyLock}`
      const before = kept.get(name)
      const known = before?.isLeftOut() === true ? undefined : before
      const one = known ?? begin(request)
      one.demand.join(signal)
      kept.delete(name)
      kept.set(name, one)
      if (known === undefined) one.section.catch(() => kept.get(name) === one && kept.delete(name))
      for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - keptSections))) kept.delete(old)
      return one.section
    },
    gather: createGatherer((name) => crew.ask({ kind: 'fetch', name }), settings.later ?? laterByTimer),
    dispose: crew.dispose,
  }
}

/** One at a time, so that what sounds next never waits long behind it. What is missing is told when it is to sound. */
export function createGatherer(fetch: (name: string) => Promise<unknown>, later: Later): Sections['gather'] {
  const wanted = new Set<string>()
  const queue: string[] = []
  let isFetching = false
  const fetchNext = (failures: number) => {
    const [name] = queue
    isFetching = name !== undefined
    if (name === undefined) return
    fetch(name).then(
      () => {
        queue.shift()
        fetchNext(0)
      },
      () => later(() => fetchNext(failures + 1), waitAfter(failures)),
    )
  }
  return (tracks) => {
    for (const name of [...tracks].flatMap(recordingsOf)) {
      if (wanted.has(name)) continue
      wanted.add(name)
      queue.push(name)
    }
    if (!isFetching) fetchNext(0)
  }
}

type Order =
  Exclude<ToSections, { kind: 'open' }> extends infer One ? (One extends One ? Omit<One, 'id'> : never) : never

interface Crew {
  /** Rejects with the worker's words. */
  ask(order: Order): Promise<Answer>
  dispose(): void
}

/** The worker, opened anew when it could not be loaded. */
function openCrew({ kernel, samplesUrl }: SectionsSettings): Crew {
  const url = samplesUrl ?? `${new URL('api/samples/', document.baseURI).href}{name}`
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let worker: Worker | null = null
  let isDisposed = false
  let next = 0
  const open = () => {
    const opened = new SectionsWorker()
    opened.postMessage({ kind: 'open', bytes: kernel, samplesUrl: url } satisfies ToSections)
    opened.onmessage = ({ data }: MessageEvent<FromSections>) => {
      const one = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.kind === 'failed') one?.reject(new Error(data.message))
      else one?.resolve(data)
    }
    // A worker that does not even load answers nobody: all who wait are told.
    opened.onerror = ({ message }) => {
      opened.terminate()
      if (worker === opened) worker = null
      for (const one of waiting.values()) one.reject(new Error(message || 'The server does not answer'))
      waiting.clear()
    }
    return opened
  }
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (isDisposed) return
        worker ??= open()
        const id = next++
        waiting.set(id, { resolve, reject })
        worker.postMessage({ ...order, id } as ToSections)
      }),
    dispose() {
      isDisposed = true
      worker?.terminate()
    },
  }
}

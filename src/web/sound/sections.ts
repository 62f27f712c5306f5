// Sections of tracks ahead of time, rendered in a worker and kept for a while: a track that plays on is rendered once.
import type { Track } from '../../record/index.ts'
import SectionsWorker from './sections.worker.ts?worker'

export type ToSections =
  | { readonly kind: 'kernel'; readonly bytes: Uint8Array<ArrayBuffer> }
  | ({ readonly kind: 'render'; readonly id: number; readonly samplesUrl: string } & SectionRequest)

export type FromSections =
  | { readonly kind: 'section'; readonly id: number; readonly section: Float32Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

export interface SectionRequest {
  readonly track: Track
  readonly section: number
  readonly sampleRate: number
  readonly bpm: number
  readonly keyLock: number
}

export interface Sections {
  /** Samples of one slot, not to be changed or transferred. Rejects with the worker's words. */
  render(request: SectionRequest): Promise<Float32Array<ArrayBuffer>>
  dispose(): void
}

/** Sections kept: about 3 MB each. */
const keptSections = 8

/** `samplesUrl`: where recordings lie, `{name}` standing for the recording's name. */
export function openSections(
  kernel: Uint8Array<ArrayBuffer>,
  samplesUrl: string = `${new URL('api/samples/', document.baseURI).href}{name}`,
): Sections {
  const worker = new SectionsWorker()
  const waiting = new Map<number, PromiseWithResolvers<Float32Array<ArrayBuffer>>>()
  const kept = new Map<string, Promise<Float32Array<ArrayBuffer>>>()
  let next = 0
  worker.postMessage({ kind: 'kernel', bytes: kernel } satisfies ToSections)
  worker.onmessage = ({ data }: MessageEvent<FromSections>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.kind === 'section') one?.resolve(data.section)
    else one?.reject(new Error(data.message))
  }
  // A worker that does not even load answers nobody: all who wait are told.
  worker.onerror = ({ message }) => {
    for (const one of waiting.values()) one.reject(new Error(`sections worker: ${message || 'could not be loaded'}`))
    waiting.clear()
  }
  return {
    render(request) {
      const name = `${request.track.id}/${request.section}/${request.bpm}/${request.keyLock}`
      const known = kept.get(name)
      if (known !== undefined) {
        kept.delete(name)
        kept.set(name, known)
        return known
      }
      const one = withResolvers<Float32Array<ArrayBuffer>>()
      const id = next++
      waiting.set(id, one)
      worker.postMessage({ kind: 'render', id, samplesUrl, ...request } satisfies ToSections)
      one.promise.catch(() => kept.delete(name))
      kept.set(name, one.promise)
      for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - keptSections))) kept.delete(old)
      return one.promise
    },
    dispose: () => worker.terminate(),
  }
}

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (reason: Error) => void
}

function withResolvers<Value>(): PromiseWithResolvers<Value> {
  let resolve: (value: Value) => void = () => {}
  let reject: (reason: Error) => void = () => {}
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

// The page's side of what is rendered beside the sound: loops, and how loud a slot will be.
import type { SoundRequest } from './beside.ts'
import { createErrands } from './errands.ts'
import WorkshopWorker from './workshop.worker.ts?worker'

export type ToWorkshop =
  | { readonly kind: 'kernel'; readonly bytes: Uint8Array<ArrayBuffer> }
  | ({ readonly kind: 'loop' | 'levels'; readonly id: number } & SoundRequest)

export type FromWorkshop =
  | { readonly kind: 'loop'; readonly id: number; readonly sound: Float32Array<ArrayBuffer>[] }
  | { readonly kind: 'levels'; readonly id: number; readonly lufs: (number | null)[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

export interface Workshop {
  /** One array per stem, which can be repeated without a click. Rejects with the worker's words, or when it was not wanted any more. */
  renderLoop(request: SoundRequest, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>[]>
  /** Integrated loudness of each agent, LUFS; null for silence. Rejects with the worker's words, or when it was not wanted any more. */
  measureLevels(request: SoundRequest, signal: AbortSignal): Promise<(number | null)[]>
  dispose(): void
}

/** The worker starts with the first thing asked of it. */
export function openWorkshop(kernel: Uint8Array<ArrayBuffer>): Workshop {
  const waiting = new Map<number, (answer: FromWorkshop) => void>()
  const errands = createErrands(1)
  let worker: Worker | null = null
  let next = 0
  const open = () => {
    const opened = new WorkshopWorker()
    opened.postMessage({ kind: 'kernel', bytes: kernel } satisfies ToWorkshop)
    opened.onmessage = ({ data }: MessageEvent<FromWorkshop>) => {
      waiting.get(data.id)?.(data)
      waiting.delete(data.id)
    }
    opened.onerror = ({ message }) => {
      for (const [id, tell] of waiting)
        tell({ kind: 'failed', id, message: message || 'workshop: could not be loaded' })
      waiting.clear()
    }
    return opened
  }
  const give = (kind: 'loop' | 'levels', request: SoundRequest) =>
    new Promise<FromWorkshop>((resolve) => {
      worker ??= open()
      const id = next++
      waiting.set(id, resolve)
      worker.postMessage({ kind, id, ...request } satisfies ToWorkshop)
    })
  const ask = (kind: 'loop' | 'levels', request: SoundRequest, signal: AbortSignal) =>
    errands.send(() => give(kind, request), signal)
  return {
    async renderLoop(request, signal) {
      const answer = await ask('loop', request, signal)
      if (answer.kind === 'loop') return answer.sound
      throw new Error(answer.kind === 'failed' ? answer.message : 'workshop: expected a loop')
    },
    async measureLevels(request, signal) {
      const answer = await ask('levels', request, signal)
      if (answer.kind === 'levels') return answer.lufs
      throw new Error(answer.kind === 'failed' ? answer.message : 'workshop: expected levels')
    },
    dispose: () => worker?.terminate(),
  }
}

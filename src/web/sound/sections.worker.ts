// Renders sections of tracks beside the page, with the same kernel: one slot of one track, mono samples, given away by transfer.
import type { Kernel } from '../../kernel/index.ts'
import type { Track } from '../../record/index.ts'
import { renderSection } from '../../render/index.ts'
import { createRecordings, type Recordings } from './recordings.ts'
import type { FromSections, ToSections } from './sections.ts'
import { recordingsOf, withoutRecordings } from './track-recordings.ts'

let kernel: Kernel | null = null
let recordings: Recordings | null = null

/** A server that takes longer does not answer. */
const patienceMilliseconds = 20_000

const tell = (message: FromSections, transfer: Transferable[] = []) => postMessage(message, { transfer })

addEventListener('message', async ({ data }: MessageEvent<ToSections>) => {
  if (data.kind === 'open') return open(data)
  try {
    if (data.kind === 'fetch') {
      const missing = (await fetchAll([data.name])).missing
      return tell({ kind: 'fetched', id: data.id, missing })
    }
    const { section, missing } = await render(data)
    tell({ kind: 'section', id: data.id, section, missing }, [section.buffer])
  } catch (error) {
    tell({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) })
  }
})

function open({ bytes, samplesUrl }: Extract<ToSections, { kind: 'open' }>): void {
  kernel = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Kernel
  recordings = createRecordings({
    ask: (name) =>
      fetch(samplesUrl.replace('{name}', encodeURIComponent(name)), {
        signal: AbortSignal.timeout(patienceMilliseconds),
      }),
  })
}

interface Rendered {
  readonly section: Float32Array<ArrayBuffer>
  /** Recordings that there are none of; the section is without them. */
  readonly missing: readonly string[]
}

async function render(request: Extract<ToSections, { kind: 'render' }>): Promise<Rendered> {
  if (kernel === null) throw new Error('sections: expected the kernel first')
  const { section, sampleRate, bpm, keyLock } = request
  const { bank, missing } = await fetchAll(recordingsOf(request.track))
  const track: Track = missing.length === 0 ? request.track : withoutRecordings(request.track, missing)
  const samples = (name: string) => bank.get(name)
  // A copy of its own: what is transferred must not be a view of kernel memory.
  return {
    section: new Float32Array(renderSection(kernel, track, section, { sampleRate, bpm, keyLock, samples })),
    missing,
  }
}

async function fetchAll(names: readonly string[]) {
  const fetched = await Promise.all(names.map(async (name) => [name, (await recordings?.fetch(name)) ?? null] as const))
  const bank = new Map(fetched.filter((one): one is [string, Float32Array] => one[1] !== null))
  return { bank, missing: names.filter((name) => !bank.has(name)) }
}

// Renders sections of tracks beside the page, with the same kernel: one slot of one track, mono samples, given away by transfer.
import type { Kernel } from '../../kernel/index.ts'
import type { Track } from '../../record/index.ts'
import { renderSection } from '../../render/index.ts'
import type { FromSections, ToSections } from './sections.ts'

let kernel: Kernel | null = null
const recordings = new Map<string, Promise<Float32Array>>()

addEventListener('message', async ({ data }: MessageEvent<ToSections>) => {
  if (data.kind === 'kernel') {
    kernel = new WebAssembly.Instance(new WebAssembly.Module(data.bytes)).exports as unknown as Kernel
    return
  }
  try {
    const section = await render(data)
    postMessage({ kind: 'section', id: data.id, section } satisfies FromSections, { transfer: [section.buffer] })
  } catch (error) {
    postMessage({ kind: 'failed', id: data.id, message: String(error) } satisfies FromSections)
  }
})

async function render(request: Extract<ToSections, { kind: 'render' }>): Promise<Float32Array<ArrayBuffer>> {
  if (kernel === null) throw new Error('sections: expected the kernel first')
  const { track, section, sampleRate, bpm, keyLock, samplesUrl } = request
  const names = sampleNamesOf(track)
  const decoded = await Promise.all(names.map((name) => fetchRecording(samplesUrl, name)))
  const bank = new Map(names.map((name, k) => [name, decoded[k] as Float32Array]))
  const samples = (name: string) => bank.get(name)
  // A copy of its own: what is transferred must not be a view of kernel memory.
  return new Float32Array(renderSection(kernel, track, section, { sampleRate, bpm, keyLock, samples }))
}

function sampleNamesOf(track: Track): string[] {
  const patterns = [track.parts, ...track.sections.map((section) => section.parts)].flatMap((parts) =>
    Object.values(parts ?? {}),
  )
  return [...new Set(patterns.flatMap((pattern) => pattern.samples.map((use) => use.sample)))]
}

function fetchRecording(url: string, name: string): Promise<Float32Array> {
  const known = recordings.get(name)
  if (known !== undefined) return known
  const fetched = fetch(url.replace('{name}', encodeURIComponent(name))).then(async (answer) => {
    if (!answer.ok) throw new Error(`sample ${name}: the server answered ${answer.status}`)
    return new Float32Array(await answer.arrayBuffer())
  })
  recordings.set(name, fetched)
  // What could not be fetched is asked for again the next time.
  fetched.catch(() => recordings.delete(name))
  return fetched
}

// Renders beside the page what does not sound yet, with the same kernel.
import type { Kernel } from '../../kernel/index.ts'
import { measureLevels, renderLoop } from './beside.ts'
import type { FromWorkshop, ToWorkshop } from './workshop.ts'

let kernel: Kernel | null = null

addEventListener('message', ({ data }: MessageEvent<ToWorkshop>) => {
  if (data.kind === 'kernel') {
    kernel = new WebAssembly.Instance(new WebAssembly.Module(data.bytes)).exports as unknown as Kernel
    return
  }
  try {
    if (kernel === null) throw new Error('workshop: expected the kernel first')
    if (data.kind === 'levels') return answer({ kind: 'levels', id: data.id, lufs: measureLevels(kernel, data) })
    const sound = renderLoop(kernel, data)
    answer(
      { kind: 'loop', id: data.id, sound },
      sound.map((one) => one.buffer),
    )
  } catch (error) {
    answer({ kind: 'failed', id: data.id, message: String(error) })
  }
})

function answer(message: FromWorkshop, transfer: ArrayBuffer[] = []): void {
  postMessage(message, { transfer })
}

// The built kernel for tests in Node. `npm test` builds it first.
import { loadKernel } from '../src/node/kernel.ts'

export const loadedKernel = () => loadKernel(new URL('../dist/kernel.wasm', import.meta.url))
export const freshKernel = () => loadedKernel().kernel

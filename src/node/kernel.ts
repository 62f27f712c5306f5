// Loads kernel.wasm from dist and instantiates it. The bytes' SHA-256 goes into every record.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Kernel } from '../kernel/index.ts'

export interface LoadedKernel {
  readonly kernel: Kernel
  readonly bytes: Uint8Array<ArrayBuffer>
  /** SHA-256 of the bytes, hex. */
  readonly hash: string
}

/** Throws when the file is missing; `npm run build` makes it. */
export function loadKernel(file: URL | string): LoadedKernel {
  const bytes = new Uint8Array(readFileSync(file))
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return {
    kernel: instance.exports as unknown as Kernel,
    bytes,
    hash: createHash('sha256').update(bytes).digest('hex'),
  }
}

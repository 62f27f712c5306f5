// One SHA-256 for all features of a run: equal exactly when every number of every frame is equal bit for bit.
// Per frame its numbers in the order of `frameNumbers`, as little-endian 64-bit floats.
import { createHash } from 'node:crypto'
import { frameNumbers, type HeardFrame } from '../../hear/index.ts'

export interface FeatureHash {
  add(frame: HeardFrame): void
  digest(): string
}

export function createFeatureHash(): FeatureHash {
  const hash = createHash('sha256')
  return {
    add: (frame) => {
      hash.update(new Uint8Array(frameNumbers(frame).buffer))
    },
    digest: () => hash.digest('hex'),
  }
}

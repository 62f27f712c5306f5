// The host's way to memory: plain blocks that it owns and gives back.

/** A zeroed block of `bytes`, 16-byte aligned. The host's views of memory are stale after any call that allocates. */
export function allocate(bytes: usize): usize {
  const block = heap.alloc(bytes)
  memory.fill(block, 0, bytes)
  return block
}

/** Gives a block back. */
export function release(block: usize): void {
  heap.free(block)
}

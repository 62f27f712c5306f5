// Blocks that live and die together: an analyser claims all its memory at birth and gives it back in one call.
import { allocate, release } from './memory'

/** Head of a list of claimed blocks; each block begins with the address of the one claimed before it. */
@unmanaged
export class Arena {
  latest: usize
}

export function createArena(): Arena {
  return changetype<Arena>(allocate(offsetof<Arena>()))
}

/** A zeroed block of `bytes`, 16-byte aligned, that lives as long as the arena. */
export function claim(arena: Arena, bytes: usize): usize {
  const block = allocate(bytes + 16)
  store<usize>(block, arena.latest)
  arena.latest = block
  return block + 16
}

/** Gives back everything claimed, and the arena itself. */
export function releaseArena(arena: Arena): void {
  let block = arena.latest
  while (block != 0) {
    const before = load<usize>(block)
    release(block)
    block = before
  }
  release(changetype<usize>(arena))
}

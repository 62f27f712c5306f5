// How often each of many whole numbers came: a growing table in place of a Map, where millions are counted.

export interface Tally {
  /** Counts a number from 0 up (exact up to 2^53); returns how often it had come before. */
  add(key: number): number
}

export function createTally(): Tally {
  let size = 1024
  let keys = new Float64Array(size).fill(-1)
  let counts = new Int32Array(size)
  let held = 0
  const slotOf = (key: number) => {
    let slot = Math.imul((key % 0x100000000) | 0, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b)
    slot = (slot ^ (slot >>> 15)) & (size - 1)
    while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & (size - 1)
    return slot
  }
  const grow = () => {
    const [oldKeys, oldCounts] = [keys, counts]
    size *= 2
    keys = new Float64Array(size).fill(-1)
    counts = new Int32Array(size)
    for (let i = 0; i < oldKeys.length; i++) {
      const key = oldKeys[i] as number
      if (key !== -1) {
        const slot = slotOf(key)
        keys[slot] = key
        counts[slot] = oldCounts[i] as number
      }
    }
  }
  return {
    add(key) {
      let slot = slotOf(key)
      if (keys[slot] === -1) {
        if (2 * ++held > size) {
          grow()
          slot = slotOf(key)
        }
        keys[slot] = key
      }
      const before = counts[slot] as number
      counts[slot] = before + 1
      return before
    },
  }
}

// Loops of a pair, snapped to bars: from the bar of the playhead, to its end, or that bar alone; and the whole clip again.
import { clockText } from './elements.ts'
import type { Region } from './heard.ts'
import type { PlayerState } from './player.ts'

export interface LoopMoves {
  from(): void
  to(): void
  toggle(): void
}

export interface LoopSettings {
  readonly gridSeconds: number
  /** Of the clips. */
  readonly length: number
  state(): Pick<PlayerState, 'seconds' | 'region' | 'looped'>
  /** null: the whole clip. */
  set(region: Region | null): void
}

export const loopWords = (region: Region | null): string =>
  region === null ? 'The whole clip loops' : `Loop from ${clockText(region.from)} to ${clockText(region.to)}`

/** Seconds that rounding may hide. */
const slack = 1e-3

export function createLoops({ gridSeconds, length, state, set }: LoopSettings): LoopMoves {
  const bars = Math.max(1, Math.round(length / gridSeconds))
  /** The bar in which the playhead is. */
  const now = () => Math.min(bars - 1, Math.floor(state().seconds / gridSeconds + 1e-6))
  const start = (bar: number) => (bar >= bars ? length : Math.min(length, bar * gridSeconds))
  const choose = (from: number, to: number) => set(from <= 0 && to >= length - slack ? null : { from, to })
  return {
    from() {
      const [{ region }, from] = [state(), start(now())]
      choose(from, region.to > from + slack ? region.to : length)
    },
    to() {
      const [{ region }, to] = [state(), start(now() + 1)]
      choose(region.from < to - slack ? region.from : 0, to)
    },
    toggle() {
      if (state().looped) set(null)
      else choose(start(now()), start(now() + 1))
    },
  }
}

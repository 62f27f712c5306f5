// Wishes that come one after the other, as from a key that is held: the first is followed at once, of those close behind it the last.
import { type Later, laterByTimer } from './patience.ts'

export interface Wishes<Wish> {
  /** The wish that is still to be followed. */
  readonly pending: Wish | null
  add(wish: Wish): void
  /** Follows nothing that is pending. */
  forget(): void
}

export interface WishesSettings<Wish> {
  readonly follow: (wish: Wish) => void
  readonly later?: Later
}

/** Wishes closer together than this are one burst; a held key comes about every 33 ms. */
const burstMilliseconds = 80

export function createWishes<Wish>({ follow, later = laterByTimer }: WishesSettings<Wish>): Wishes<Wish> {
  let pending: Wish | null = null
  let isBursting = false
  let newest = 0
  const wait = () => {
    isBursting = true
    const own = ++newest
    later(() => {
      if (own !== newest) return
      isBursting = false
      const wish = pending
      pending = null
      if (wish !== null) follow(wish)
    }, burstMilliseconds)
  }
  return {
    get pending() {
      return pending
    },
    add(wish) {
      if (isBursting) pending = wish
      else follow(wish)
      wait()
    },
    forget() {
      pending = null
    },
  }
}

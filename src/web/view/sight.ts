// Whether something is on the screen: what nobody sees need not be drawn.

export interface Sight {
  isSeen(): boolean
  /** Follows it no more. */
  dispose(): void
}

/** Follows an element until it is disposed of; it counts as seen until the browser knows better. */
export function watchSight(element: Element): Sight {
  let seen = true
  const observer = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true
  })
  observer.observe(element)
  return { isSeen: () => seen, dispose: () => observer.disconnect() }
}

// Whether something is on the screen: what nobody sees need not be drawn.

/** Follows an element for as long as it lives; it counts as seen until the browser knows better. */
export function watchSight(element: Element): () => boolean {
  let seen = true
  new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true
  }).observe(element)
  return () => seen
}

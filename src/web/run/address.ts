// Deep links: which run, and where in it. `#run=7&t=93.2`, t in seconds; `t=live` goes along with a run that still plays.

export interface Address {
  readonly run: string | null
  readonly seconds: number | null
  /** Goes along with the newest slot; left out: no. */
  readonly live?: boolean
}

/** Anything that does not parse counts as not given. */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const place = parameters.get('t')
  const seconds = Number(place ?? Number.NaN)
  const isPlace = Number.isFinite(seconds) && seconds >= 0
  return { run: parameters.get('run'), seconds: isPlace ? seconds : null, live: place === 'live' }
}

export function formatAddress({ run, seconds, live }: Address): string {
  const parameters = new URLSearchParams()
  if (run !== null) parameters.set('run', run)
  if (live === true) parameters.set('t', 'live')
  else if (seconds !== null) parameters.set('t', String(Math.round(seconds * 10) / 10))
  return `#${parameters}`
}

// Deep links: which run, and where in it. `#run=7&t=93.2`, t in seconds.

export interface Address {
  readonly run: string | null
  readonly seconds: number | null
}

/** Anything that does not parse counts as not given. */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const seconds = Number(parameters.get('t') ?? Number.NaN)
  return { run: parameters.get('run'), seconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null }
}

export function formatAddress({ run, seconds }: Address): string {
  const parameters = new URLSearchParams()
  if (run !== null) parameters.set('run', run)
  if (seconds !== null) parameters.set('t', String(Math.round(seconds * 10) / 10))
  return `#${parameters}`
}

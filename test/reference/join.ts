// Slow, clear twin of the joining in worklets/kernel/mixtures.ts: partials of several stems as one sound's.
import type { HeardStem } from '../../src/hear/index.ts'
import type { PartialTone } from '../../src/measure/index.ts'

const most = 60
const blur = (hertz: number) => (hertz < 600 ? 1.5 : hertz < 2400 ? 3 : 6)

/** Ascending; partials of different stems too near to be told apart are one, powers added; at most 60, within 40 dB. */
export function joinPartials(stems: readonly HeardStem[]): PartialTone[] {
  const all = stems
    .flatMap((stem, owner) =>
      Array.from(stem.partialsHz, (hertz, i) => ({ owner, hertz, amplitude: stem.amplitudes[i] as number })),
    )
    .sort((a, b) => a.hertz - b.hertz || a.owner - b.owner)
  const joined: typeof all = []
  for (const { owner, hertz, amplitude } of all) {
    const last = joined.at(-1)
    if (last === undefined || last.owner === owner || hertz - last.hertz >= blur(hertz)) {
      joined.push({ owner, hertz, amplitude })
      continue
    }
    const power = last.amplitude ** 2 + amplitude ** 2
    const centre = last.hertz + ((hertz - last.hertz) * amplitude ** 2) / power
    joined[joined.length - 1] = { owner, hertz: centre, amplitude: Math.sqrt(power) }
  }
  const strongest = Math.max(...joined.map(({ amplitude }) => amplitude))
  const heard = joined.filter(({ amplitude }) => amplitude >= 0.01 * strongest)
  const least = heard.map(({ amplitude }) => amplitude).sort((a, b) => b - a)[most - 1] ?? 0
  return heard
    .filter(({ amplitude }) => amplitude >= least)
    .slice(0, most)
    .map(({ hertz, amplitude }) => ({ hertz, amplitude }))
}

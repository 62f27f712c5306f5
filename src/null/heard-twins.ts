// The bands of heard sound: what pairs of strangers sound like, heard side by side, beside what the run's own two do.
import type { HeardPair, UnhashedScores } from '../measure/index.ts'
import { bandOf, bandOverTime } from './band.ts'
import type { RunTwins } from './run-twins.ts'
import { withoutHearing } from './without-twins.ts'

/** The twins with the bands of the sound in place of the reasons why there were none. The run must be of two agents. */
export function addHeardTwins(twins: RunTwins, scores: UnhashedScores, strangers: readonly HeardPair[]): RunTwins {
  const bands = { ...twins.bands }
  const reasons = { ...twins.undefined }
  for (const path of Object.keys(withoutHearing)) delete reasons[path]
  const [pair] = scores.pairs
  const note = (path: string, value: number | null | undefined, read: (stranger: HeardPair) => number | null) => {
    const band = bandOf(value ?? null, strangers.map(read), 'partners')
    if (band === null) reasons[path] = 'no twin has a value'
    else bands[path] = band
  }
  note('together.consonance', scores.together.consonance, ({ together }) => together)
  note('pairs.0.roughnessBetween', pair?.roughnessBetween, ({ between }) => between.roughness)
  note('pairs.0.smoothnessBetween', pair?.smoothnessBetween, ({ between }) => between.smoothness)
  note(
    'pairs.0.spectralPitchClassSimilarity',
    pair?.spectralPitchClassSimilarity,
    ({ between }) => between.spectralPitchClassSimilarity,
  )
  note('pairs.0.gain', pair?.gain, ({ between }) => between.gain)
  note('pairs.0.pitchCommonality', pair?.pitchCommonality, ({ commonality }) => commonality)
  const overTime = (name: keyof HeardPair['series']) =>
    bandOverTime(
      strangers[0]?.series[name].seconds ?? [],
      strangers.map(({ series }) => series[name].values),
    )
  const series = {
    ...twins.series,
    'consonance.together': overTime('together'),
    'smoothness.between': overTime('smoothness'),
  }
  return { bands, series, undefined: reasons }
}

/** The twins with another reason why the sound has no bands. */
export function withoutHeardTwins(twins: RunTwins, reason: string): RunTwins {
  const reasons = Object.fromEntries(Object.keys(withoutHearing).map((path) => [path, reason]))
  return { ...twins, undefined: { ...twins.undefined, ...reasons } }
}

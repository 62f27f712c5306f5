// The measures that the gauntlet asks, each a number of a run's scores, in the order of its table: the composite, then every single one.
import type { RankingComponent } from '../../record/index.ts'
import type { CaseScores } from './hear-case.ts'

export interface GauntletMeasure {
  readonly name: string
  /** Asked only of runs in which it is defined: words where words are said, a floor where there is one. */
  readonly where?: 'defined'
  readonly read: (scores: CaseScores) => number | null
}

export const compositeName = 'ranking composite'

const lowest = (values: readonly (number | null)[]) =>
  values.length === 0 || values.includes(null) ? null : Math.min(...(values as number[]))
const component = (name: string, which: RankingComponent): GauntletMeasure => ({
  name,
  read: ({ ranking }) => ranking.components[which],
})

export const gauntletMeasures: readonly GauntletMeasure[] = [
  { name: compositeName, read: ({ ranking }) => ranking.score },
  component('interlock of the voices', 'interlock'),
  component('patterned, the lesser', 'patterned'),
  component('vitality, the better', 'alive'),
  { name: 'vitality, the lesser', read: ({ agents }) => lowest(agents.map(({ vitality }) => vitality.vitality)) },
  component('vitality together', 'vitality'),
  { name: 'evolution together', read: ({ together }) => together.vitality.evolution },
  { ...component('vitality of words, the lesser', 'words'), where: 'defined' },
  component('own voice, the lesser', 'own'),
  component('news taken up', 'takenUp'),
  component('balance of loudness', 'balance'),
  component('going on', 'goingOn'),
  { name: 'consonance together', read: ({ together }) => together.consonance },
  { name: 'smoothness between', read: ({ pairs }) => pairs[0]?.smoothnessBetween ?? null },
  { name: 'gain', read: ({ pairs }) => pairs[0]?.gain ?? null },
  { name: 'pitch classes in common', read: ({ pairs }) => pairs[0]?.spectralPitchClassSimilarity ?? null },
  { name: 'pitch commonality', read: ({ pairs }) => pairs[0]?.pitchCommonality ?? null },
  { name: 'pattern survival, the lesser', read: ({ agents }) => lowest(agents.map((one) => one.patternSurvival)) },
  { name: 'presence, the lesser', read: ({ agents }) => lowest(agents.map(({ presence }) => presence)) },
  { name: 'crowd energy (parties)', where: 'defined', read: ({ together }) => together.crowdEnergy },
  { name: 'fairness (parties)', where: 'defined', read: ({ together }) => together.fairness },
]

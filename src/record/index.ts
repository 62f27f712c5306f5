export {
  type Agent,
  agentSchema,
  type DjSpec,
  djSpecSchema,
  type EmbeddedSpec,
  embeddedSpecSchema,
  type Policy,
  policySchema,
  type ServerSpec,
  serverSpecSchema,
} from './agent.ts'
export {
  type AgentCollapses,
  agentCollapsesSchema,
  type Onset,
  type PairCollapses,
  pairCollapsesSchema,
} from './collapse.ts'
export {
  type AnchorKind,
  type Answer,
  anchorKinds,
  answerSchema,
  type ChainedStatement,
  type Clip,
  type Criterion,
  chainedStatementSchema,
  criteria,
  criterionSchema,
  type Judge,
  type JudgingKey,
  type JudgingRules,
  type JudgingSession,
  judgingKeySchema,
  judgingSessionSchema,
  judgingVersion,
  opaqueSchema,
  type Statement,
  statementSchema,
  type Trial,
  type TrialKind,
  type Vote,
} from './judging.ts'
export { type LexiconData, readLexicon, writeLexicon } from './lexicon.ts'
export {
  type DeckSlot,
  deckSlotSchema,
  type FaultLine,
  type FeedbackLine,
  type Move,
  type MoveLine,
  moveSchema,
  type PerceptLine,
  type ProbeLine,
  type RecordLine,
  recordLineSchema,
  type SessionLine,
  type Sham,
  schemaVersion,
  type TokenLine,
  type Unnumbered,
  type Usage,
  type UsageLine,
  type WorldLine,
} from './lines.ts'
export { type MachineKind, type MachineResult, machineKinds, machineResultSchema } from './machine-judge.ts'
export { defaultMapping, type Mapping, mappingSchema } from './mapping.ts'
export { type Mask, maskSchema } from './mask.ts'
export { type Layer, type Note, noteSchema, type Role, type Timbre, timbreSchema } from './note.ts'
export {
  createRecordCheck,
  explain,
  formatLine,
  InputError,
  longestLine,
  parseLine,
  parseRecord,
  sessionOf,
} from './parse.ts'
export {
  type Learned,
  type Ranking,
  type RankingComponent,
  type RankingSettings,
  rankingComponents,
  rankingSchema,
  rankingSettingsSchema,
  tellLearned,
} from './ranking.ts'
export {
  beatsPerSlot,
  type Condition,
  conditionSchema,
  type Dynamics,
  dynamicsSchema,
  type Metatoken,
  metaPropertySchema,
  metatokenSchema,
  type Scenario,
  scenarioSchema,
  type ValueStore,
  valueStoreSchema,
} from './scenario.ts'
export {
  type CouplingScore,
  type InterlockScore,
  type Scores,
  type Series,
  scoresSchema,
  type VitalityScore,
} from './scores.ts'
export { type StemPlace, stemsOf } from './stems.ts'
export {
  type RunState,
  type RunSummary,
  runStates,
  runSummarySchema,
  type ShelfPage,
  type SummaryValue,
  shelfPageSchema,
} from './summary.ts'
export {
  type Library,
  librarySchema,
  type PartName,
  type Pattern,
  patternOf,
  type Section,
  type SectionName,
  sectionNames,
  styleNames,
  type Track,
  trackSchema,
} from './track.ts'
export { type OtherRun, type TwinBand, type TwinSeries, type Twins, twinsSchema } from './twins.ts'

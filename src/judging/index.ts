export { type AbxCount, type AbxResult, countRight, measureAbx } from './abx.ts'
export type { AcrossJudges, Interval } from './across-judges.ts'
export { type Agreement, type Level, measureAgreement } from './agreement.ts'
export { binomialInterval, chanceOfAtLeast } from './binomial.ts'
export { type Ceiling, measureCeiling } from './ceiling.ts'
export type { Comparison, Result } from './comparisons.ts'
export { type Concordance, measureConcordance } from './concordance.ts'
export {
  type CountedVotes,
  countThrough,
  countVotes,
  type Exclusion,
  type JudgeConduct,
  type JudgedTrial,
} from './counted.ts'
export type { JudgeFit } from './judges.ts'
export { type MachineAnswer, readAnswer, type Side } from './machine/answers.ts'
export {
  type Count,
  compareWithPeople,
  type MachineConduct,
  type PairVerdict,
  type PeopleAgreement,
  readConduct,
} from './machine/conduct.ts'
export {
  type Canary,
  type CanaryKind,
  type ClipPair,
  type MachinePlan,
  type MachineQuestion,
  planQuestions,
  type Sounding,
} from './machine/questions.ts'
export { type Beliefs, choosePairs, expectInformation, type NextPairs } from './next-pairs.ts'
export type { OutcomeModel } from './outcome-models.ts'
export { type Plan, type PlannedClip, type PlannedTrial, type PlanRequest, planJudging } from './plan.ts'
export { type Ranking, type RankingRequest, rankItems } from './ranking.ts'
export {
  type CriterionResult,
  compareEntries,
  confidence,
  type EntryResult,
  type ResultsRequest,
  rankCriterion,
} from './results.ts'
export type { Prediction } from './reward/calibration.ts'
export type { MeasuredItem } from './reward/design.ts'
export { fewestToLearn, fitReward, type RewardFit, type RewardRequest } from './reward/fit-reward.ts'
export { composeWeights, type Weight } from './reward/weights.ts'
export {
  countControls,
  longestRoundSeconds,
  measureLength,
  pairsPerRound,
  trialSeconds,
  usualPairs,
} from './rounds.ts'
export { type ChosenCoverage, type HeldIntervals, simulateChosen } from './simulated/chosen-pairs.ts'
export { askJudges, type Coverage, type CoveragePlan, simulateCoverage } from './simulated/coverage.ts'
export { compareDesigns, type DesignComparison, type DesignPlan, kendallTau } from './simulated/designs.ts'
export { type Looks, simulateLooks } from './simulated/looks.ts'
export {
  castVote,
  drawJudge,
  type Population,
  type Question,
  type SimulatedJudge,
  truthOf,
} from './simulated/population.ts'
export { type SimulatedRewards, simulateRewards } from './simulated/rewards.ts'
export {
  type SessionsCoverage,
  simulateSessions,
  weighOutcomes,
} from './simulated/session-coverage.ts'
export type { SessionsPlan } from './simulated/sessions.ts'
export { simulateTastes, type TastePlan, type Tastes } from './simulated/tastes.ts'
export { measureSplitPanel, type SplitPanel } from './split-panel.ts'
export { studentQuantile } from './student.ts'
export { fewestJudges, type Verdict } from './verdict.ts'
export type { PairWins } from './wins.ts'

export { bandOf, bandOverTime } from './band.ts'
export { compareWithTwins, type TwinComparison } from './compare.ts'
export { addHeardTwins, withoutHeardTwins } from './heard-twins.ts'
export { drawPartners, fewestOthers, othersFor, type PartnerPlan } from './partners.ts'
export { drawRunTwins, type PlayedRun, type RunTwins, type TwinPlan } from './run-twins.ts'
export { drawMappingTwins, drawTokenTwins, type TokenPlan } from './tokens.ts'
export {
  drawOffsetTwins,
  drawShiftTwins,
  drawShuffledTwins,
  type OffsetPlan,
  type ShiftPlan,
  type ShufflePlan,
} from './twins.ts'
export { testUniform, type UniformTest } from './uniform.ts'
export { withoutHearing } from './without-twins.ts'

export { compareWithTwins, type TwinComparison } from './compare.ts'
export { drawShiftTwins, drawShuffledTwins, type ShiftPlan, type ShufflePlan } from './twins.ts'

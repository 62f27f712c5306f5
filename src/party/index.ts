export {
  type BenchOptions,
  type BenchPair,
  benchPairs,
  benchRobustness,
  benchWorld,
  moveConstants,
  orderHolds,
  type PairFigures,
} from './bench.ts'
export { conditions, type Shown } from './conditions.ts'
export { type CrateDials, dealCrates, setTasteOverlap, tasteOverlap } from './crates.ts'
export { type Failure, type FailureKind, failureKinds, findFailures } from './failures.ts'
export {
  type LotkaVolterra,
  lotkaVolterraInvariant,
  type Populations,
  runLotkaVolterra,
} from './lotkaVolterra.ts'
export { playParty } from './play.ts'
export { probeQuestions } from './probe.ts'
export { forbiddenStems, lintPrompt, withoutMetatokens, writeSystemPrompt } from './prompt.ts'
export { defaultScenario } from './scenario.ts'
export { defaultMetatokens, type PartyOptions } from './seating.ts'
export { defaultValueStore } from './values.ts'
export { createWorldState, stepWorld, type World, type WorldState, type WorldStep } from './world.ts'
export { ghostOf, type OtherRun, requireTastes, shamOf } from './yoke.ts'

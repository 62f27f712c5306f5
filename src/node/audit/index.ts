export { describeAudit, leastEven, leastFaithful, type MappingAudit } from './describe.ts'
export { auditFaithfulness, type Faithfulness, type Subject } from './faithfulness.ts'
export { auditHonesty, type Honesty, type HonestyPlan } from './honesty.ts'
export { type RatedPair, readPairs } from './pairs.ts'

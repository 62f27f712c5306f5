// The default scenario, as data: samples/scenarios/warehouse.json.
import warehouse from '../../samples/scenarios/warehouse.json' with { type: 'json' }
import { type Scenario, scenarioSchema } from '../record/index.ts'

export const defaultScenario: Scenario = scenarioSchema.parse(warehouse)

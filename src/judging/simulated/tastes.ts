// Listeners whose taste is a weighing of measures, and who are drawn by what is no taste as well (loudness, say). In: how they weigh. Out: measured
// items, votes, and what endlessly many such judges would weigh on these items.
import { type Random, randomIndex, randomNormal } from '../../random.ts'
import type { Comparison } from '../comparisons.ts'
import { zeros } from '../matrix.ts'
import { chancesOf } from '../outcome-models.ts'
import type { MeasuredItem } from '../reward/design.ts'
import { fitLogistic, type Row } from '../reward/logistic.ts'

export interface TastePlan {
  readonly items: number
  /** Log-odds per unit of each measure. */
  readonly weights: Readonly<Record<string, number>>
  /** The same of what is no taste. */
  readonly nuisance: Readonly<Record<string, number>>
  /** Measures that go along with a nuisance: their correlation over items, 0 where none is told. */
  readonly alongside: Readonly<Record<string, { readonly nuisance: string; readonly correlation: number }>>
  /** Standard deviation from judge to judge of every weight of a measure. */
  readonly spread: number
  /** Log-odds of being heard first. */
  readonly orderEffect: number
  /** Davidson's nu. */
  readonly tie: number
  readonly judges: number
  readonly votesPerJudge: number
}

export interface Tastes {
  readonly items: readonly MeasuredItem[]
  readonly votes: readonly Comparison[]
  /** Weights that a fit to the chances of endlessly many judges has, every pair in both orders: measures first, then nuisance. */
  readonly truth: Readonly<Record<string, number>>
}

/** Items are drawn anew, each value normal with deviation 1. */
export function simulateTastes(plan: TastePlan, random: Random): Tastes {
  const items = Array.from({ length: plan.items }, (_, k) => drawItem(plan, `item ${k + 1}`, random))
  const votes: Comparison[] = []
  for (let j = 0; j < plan.judges; j++) {
    const own = Object.entries(plan.weights).map(([name, weight]): [string, number] => [
      name,
      weight + plan.spread * randomNormal(random),
    ])
    for (let k = 0; k < plan.votesPerJudge; k++) {
      const first = randomIndex(random, plan.items)
      const second = (first + 1 + randomIndex(random, plan.items - 1)) % plan.items
      const [a, b] = [items[first] as MeasuredItem, items[second] as MeasuredItem]
      const aFirst = random() < 0.5
      const d = lean(a, b, own) + lean(a, b, Object.entries(plan.nuisance)) + (aFirst ? 1 : -1) * plan.orderEffect
      const chances = chancesOf('davidson', d, Math.log(plan.tie))
      const drawn = random()
      const result = drawn < chances.a ? 'a' : drawn < chances.a + chances.tie ? 'tie' : 'b'
      votes.push({ a: a.item, b: b.item, result, judge: `judge ${j + 1}`, aFirst })
    }
  }
  return { items, votes, truth: findTruth(plan, items) }
}

function drawItem({ weights, nuisance, alongside }: TastePlan, item: string, random: Random): MeasuredItem {
  const beside = Object.fromEntries(Object.keys(nuisance).map((name) => [name, randomNormal(random)]))
  const measures = Object.keys(weights).map((name): [string, number] => {
    const { nuisance: other = '', correlation = 0 } = alongside[name] ?? {}
    return [name, correlation * (beside[other] ?? 0) + Math.sqrt(1 - correlation ** 2) * randomNormal(random)]
  })
  return { item, group: item, measures: Object.fromEntries(measures), nuisance: beside }
}

function lean(a: MeasuredItem, b: MeasuredItem, weights: readonly (readonly [string, number])[]): number {
  return weights.reduce((sum, [name, weight]) => sum + weight * differ(a, b, name), 0)
}

const readValue = ({ measures, nuisance }: MeasuredItem, name: string) => measures[name] ?? nuisance[name] ?? 0
const differ = (a: MeasuredItem, b: MeasuredItem, name: string) => readValue(a, name) - readValue(b, name)

/** Over judges the log-odds of a pair are normal: averaged by the trapezoid rule, then fitted as votes are. */
function findTruth(plan: TastePlan, items: readonly MeasuredItem[]): Record<string, number> {
  const names = [...Object.keys(plan.weights), ...Object.keys(plan.nuisance)]
  const all = [...Object.entries(plan.weights), ...Object.entries(plan.nuisance)]
  const rows = items.flatMap((b, j) =>
    items.slice(0, j).flatMap((a) =>
      [1, -1].map((order): Row => {
        const wide = plan.spread * Math.hypot(...Object.keys(plan.weights).map((name) => differ(a, b, name)))
        const middle = lean(a, b, all) + order * plan.orderEffect
        let [sum, weights] = [0, 0]
        for (let z = -8; z <= 8; z += 0.25) {
          const weight = Math.exp((-z * z) / 2)
          const chances = chancesOf('davidson', middle + wide * z, Math.log(plan.tie))
          sum += weight * (chances.a + chances.tie / 2)
          weights += weight
        }
        return {
          x: Float64Array.from([...names.map((name) => differ(a, b, name)), order]),
          y: sum / weights,
          weight: 1,
        }
      }),
    ),
  )
  const fit = fitLogistic(rows, zeros(names.length + 1))
  if (fit === null)
    throw new RangeError('simulateTastes: expected items that differ in more ways than there are measures')
  return Object.fromEntries(names.map((name, k) => [name, fit.beta[k] ?? 0]))
}

// Judges who do not exist, with tastes that are known. A population in; judges, their votes, and what all of them together would say, out.
// A judge's own strength of an item is the population's plus a normal draw kept for the whole session: that is what makes the votes of one
// judge alike. Being heard first and readiness for ties vary from judge to judge in the same way. Votes fall as Davidson has it.
// What can be estimated of such judges are not the mean log-odds in their heads but the log-odds of the votes of all of them: averaging
// chances over unlike judges brings them nearer to even. `truthOf` is that: the fit to the chances of endlessly many judges.
import { type Random, randomNormal } from '../../random.ts'
import type { Comparison, Result, Vote } from '../comparisons.ts'
import { fitStrengths } from '../fit.ts'
import { type Chances, chancesOf, type OutcomeModel } from '../outcome-models.ts'

/** Log-odds throughout. */
export interface Population {
  readonly items: readonly string[]
  readonly strengths: readonly number[]
  /** Davidson's nu of the middle judge: .7 gives about a quarter of ties between equals. */
  readonly tie: number
  readonly orderEffect: number
  /** Standard deviations from judge to judge: of every strength, of log nu, of the order effect. */
  readonly spread: { readonly strength: number; readonly tie: number; readonly order: number }
  /** An item that splits judges: half of them have it so much higher, half so much lower. */
  readonly split?: { readonly item: number; readonly by: number }
}

export interface SimulatedJudge {
  readonly name: string
  readonly strengths: readonly number[]
  readonly logTie: number
  readonly orderEffect: number
}

export interface Question {
  /** Places among the items. */
  readonly a: number
  readonly b: number
  readonly aFirst: boolean
}

export function drawJudge(population: Population, name: string, random: Random): SimulatedJudge {
  const { strengths, tie, orderEffect, spread, split } = population
  const camp = split === undefined || random() < 0.5 ? 1 : -1
  return {
    name,
    strengths: strengths.map(
      (strength, i) => strength + spread.strength * randomNormal(random) + (i === split?.item ? camp * split.by : 0),
    ),
    logTie: Math.log(tie) + spread.tie * randomNormal(random),
    orderEffect: orderEffect + spread.order * randomNormal(random),
  }
}

export function castVote(
  { items }: Population,
  { name, strengths, logTie, orderEffect }: SimulatedJudge,
  { a, b, aFirst }: Question,
  random: Random,
): Comparison {
  const d = (strengths[a] ?? 0) - (strengths[b] ?? 0) + (aFirst ? orderEffect : -orderEffect)
  const chances = chancesOf('davidson', d, logTie)
  const drawn = random()
  const result: Result = drawn < chances.a ? 'a' : drawn < chances.a + chances.tie ? 'tie' : 'b'
  return { a: items[a] ?? '', b: items[b] ?? '', result, judge: name, aFirst }
}

/** Centred strengths that the same fit would find among endlessly many such judges, every pair asked equally often in both orders. */
export function truthOf(population: Population, model: OutcomeModel): number[] {
  const { items } = population
  const votes: Vote[] = items.flatMap((_, b) =>
    items.slice(0, b).flatMap((_, a) =>
      ([1, -1] as const).flatMap((order) => {
        const chances = averageChances(population, a, b, order)
        return (['a', 'tie', 'b'] as const).map(
          (result): Vote => ({ a, b, result, count: chances[result], judge: null, order }),
        )
      }),
    ),
  )
  const plan = { items: items.length, votes, model, orderEffect: 'fitted', priorVariance: null } as const
  return [...fitStrengths(plan).parameters.slice(0, items.length)]
}

/** Over judges, by the trapezoid rule: the difference of strengths and log nu are normal and independent in each camp. */
export function averageChances(
  { strengths, tie, orderEffect, spread, split }: Population,
  a: number,
  b: number,
  order: 1 | -1,
): Chances {
  const middle = (strengths[a] ?? 0) - (strengths[b] ?? 0) + order * orderEffect
  const wide = Math.sqrt(2 * spread.strength ** 2 + spread.order ** 2)
  const sum = { a: 0, tie: 0, b: 0, weight: 0 }
  for (const shift of split?.item === a || split?.item === b ? [split.by, -split.by] : [0])
    for (const [z, weight] of nodes)
      for (const [y, other] of nodes) {
        const chances = chancesOf('davidson', middle + shift + wide * z, Math.log(tie) + spread.tie * y)
        sum.a += weight * other * chances.a
        sum.tie += weight * other * chances.tie
        sum.b += weight * other * chances.b
        sum.weight += weight * other
      }
  return { a: sum.a / sum.weight, tie: sum.tie / sum.weight, b: sum.b / sum.weight }
}

/** Of the standard normal; steps of .4 are exact to 1e-9 for integrands as smooth as these. */
const nodes = Array.from({ length: 41 }, (_, k): [number, number] => {
  const z = (k - 20) * 0.4
  return [z, Math.exp((-z * z) / 2)]
})

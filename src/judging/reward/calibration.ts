// How good chances are that were told before the votes. Told chances and answers in; out:
//   brier     mean (P - y)^2, 0 to 1; .25 for saying 1/2 always (Brier 1950, one side)
//   logLoss   mean -(y log P + (1 - y) log(1 - P)), nats; log 2 for 1/2 always
//   accuracy  share of decided votes whose side was told to be likelier; P = 1/2 is half right
//   table     votes by told chance: what was told on the mean, and what came. Each vote is told of the likelier side, so P goes from 1/2 to 1.
export interface Told {
  readonly chance: number
  readonly y: number
  readonly weight: number
}

export interface Prediction {
  readonly votes: number
  readonly brier: number
  readonly logLoss: number
  /** null: no vote was decided. */
  readonly accuracy: number | null
  readonly decided: number
  readonly table: readonly {
    readonly from: number
    readonly to: number
    readonly votes: number
    readonly told: number
    readonly came: number
  }[]
}

const edges = [0.5, 0.6, 0.7, 0.8, 0.9, 1]

/** null without a vote. */
export function judgePrediction(told: readonly Told[]): Prediction | null {
  const votes = sumOf(told, () => 1)
  if (votes === 0) return null
  const decided = told.filter(({ y }) => y !== 0.5)
  const count = sumOf(decided, () => 1)
  const right = ({ chance, y }: Told) => (chance === 0.5 ? 0.5 : chance > 0.5 === (y === 1) ? 1 : 0)
  const likelier = told.map(({ chance, y, weight }) =>
    chance >= 0.5 ? { chance, y, weight } : { chance: 1 - chance, y: 1 - y, weight },
  )
  return {
    votes,
    brier: sumOf(told, ({ chance, y }) => (chance - y) ** 2) / votes,
    logLoss: -sumOf(told, ({ chance, y }) => partOf(y, chance) + partOf(1 - y, 1 - chance)) / votes,
    accuracy: count === 0 ? null : sumOf(decided, right) / count,
    decided: count,
    table: edges.slice(1).flatMap((to, k) => {
      const from = edges[k] ?? 0
      const within = likelier.filter(({ chance }) => chance >= from && (chance < to || to === 1))
      const all = sumOf(within, () => 1)
      if (all === 0) return []
      return [
        {
          from,
          to,
          votes: all,
          told: sumOf(within, (one) => one.chance) / all,
          came: sumOf(within, (one) => one.y) / all,
        },
      ]
    }),
  }
}

const partOf = (share: number, chance: number) => (share === 0 ? 0 : share * Math.log(Math.max(chance, 1e-300)))

function sumOf(told: readonly Told[], value: (one: Told) => number): number {
  return told.reduce((sum, one) => sum + one.weight * value(one), 0)
}

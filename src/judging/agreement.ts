// How far judges agree. Ratings (judges by items, null = missing) in; four coefficients out: 1 is full agreement, 0 what chance gives.
//   Krippendorff's alpha = 1 - D_o / D_e, any number of judges, missing ratings, four levels       Krippendorff 2011
//   Fleiss' kappa       = (P - P_e) / (1 - P_e), P the share of agreeing pairs of judges          Fleiss 1971
//   Cohen's kappa       = the same for two judges, each with a habit of its own                    Cohen 1960
//   Kendall's W         = 12 S / (m^2 (n^3 - n) - m T), S the squares of the rank sums about their mean, T = sum (t^3 - t) over ties;
//                         0 to 1                                                                    Kendall & Smith 1939
export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

type Row = readonly (number | null)[]

export interface Agreement {
  readonly krippendorffAlpha: number | null
  readonly fleissKappa: number | null
  readonly cohenKappa: number | null
  readonly kendallW: number | null
  /** Why a null is null: field -> reason. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Throws RangeError for rows of different lengths, no number, or a negative one at ratio level. */
export function measureAgreement(ratings: readonly Row[], level: Level): Agreement {
  check(ratings, level)
  const complete = ratings.every((row) => row.every((value) => value !== null))
  const whole = complete ? (ratings as readonly (readonly number[])[]) : null
  const values = {
    krippendorffAlpha: krippendorff(ratings, level),
    fleissKappa: whole === null ? 'some ratings are missing' : fleiss(whole),
    cohenKappa: cohen(ratings),
    kendallW:
      level === 'nominal'
        ? 'nominal ratings have no order'
        : whole === null
          ? 'some ratings are missing'
          : kendall(whole),
  }
  const known = (value: number | string) => (typeof value === 'string' ? null : value)
  return {
    krippendorffAlpha: known(values.krippendorffAlpha),
    fleissKappa: known(values.fleissKappa),
    cohenKappa: known(values.cohenKappa),
    kendallW: known(values.kendallW),
    undefined: Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  }
}

/** Beyond it squares of differences are infinite. */
const largest = 1e100

function check(ratings: readonly Row[], level: Level): void {
  const items = ratings[0]?.length ?? 0
  ratings.forEach((row, judge) => {
    if (row.length !== items)
      throw new RangeError(`ratings.${judge}: expected ${items} ratings as in the first row, got ${row.length}`)
    row.forEach((value, item) => {
      if (value === null) return
      if (!(Math.abs(value) <= largest))
        throw new RangeError(`ratings.${judge}.${item}: expected a number within 1e100 of 0, or null, got ${value}`)
      if (level === 'ratio' && value < 0)
        throw new RangeError(`ratings.${judge}.${item}: expected at least 0 at ratio level, got ${value}`)
    })
  })
}

const unequal = 'needs two judges who rated the same item'
const noSpread = 'all ratings are equal, so agreement cannot be told from chance'

/** Over units with two ratings or more: D_o = sum over units of pairs' distances / (m - 1), D_e the same over all pairs. */
function krippendorff(ratings: readonly Row[], level: Level): number | string {
  const units = (ratings[0] ?? [])
    .map((_, item) => ratings.map((row) => row[item] ?? null).filter((value) => value !== null))
    .filter((unit) => unit.length >= 2)
  if (units.length === 0) return unequal
  const counts = countValues(units.flat())
  const all = units.reduce((sum, unit) => sum + unit.length, 0)
  const distance = distanceOf(level, counts)
  const observed =
    units.reduce((sum, unit) => sum + sumDistances(countValues(unit), distance) / (unit.length - 1), 0) / all
  const expected = sumDistances(counts, distance) / (all * (all - 1))
  return expected === 0 ? noSpread : 1 - observed / expected
}

type Counts = readonly (readonly [value: number, count: number])[]

/** Ascending. */
function countValues(values: readonly number[]): Counts {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a - b)
}

/** Over ordered pairs. */
function sumDistances(counts: Counts, distance: (a: number, b: number) => number): number {
  return counts.reduce(
    (sum, [a, many], i) =>
      sum + counts.slice(i + 1).reduce((part, [b, others]) => part + 2 * many * others * distance(a, b), 0),
    0,
  )
}

/** Krippendorff's squared difference functions. */
function distanceOf(level: Level, counts: Counts): (a: number, b: number) => number {
  switch (level) {
    case 'nominal':
      return (a, b) => (a === b ? 0 : 1)
    case 'interval':
      return (a, b) => (a - b) ** 2
    case 'ratio':
      return (a, b) => (a === b ? 0 : ((a - b) / (a + b)) ** 2)
    case 'ordinal': {
      // Number of ratings below the value, and half of those equal: differences of these are Krippendorff's sums.
      const middles = new Map<number, number>()
      let below = 0
      for (const [value, count] of counts) {
        middles.set(value, below + count / 2)
        below += count
      }
      return (a, b) => ((middles.get(a) ?? 0) - (middles.get(b) ?? 0)) ** 2
    }
  }
}

function fleiss(ratings: readonly (readonly number[])[]): number | string {
  const [judges, items] = [ratings.length, ratings[0]?.length ?? 0]
  if (judges < 2 || items === 0) return unequal
  const agreeing = (ratings[0] ?? []).map((_, item) => {
    const counts = countValues(ratings.map((row) => row[item] ?? 0))
    return counts.reduce((sum, [, count]) => sum + count * (count - 1), 0) / (judges * (judges - 1))
  })
  const observed = agreeing.reduce((sum, share) => sum + share, 0) / items
  const expected = countValues(ratings.flat()).reduce((sum, [, count]) => sum + (count / (judges * items)) ** 2, 0)
  return countValues(ratings.flat()).length === 1 ? noSpread : (observed - expected) / (1 - expected)
}

/** Over the items that both rated. */
function cohen(ratings: readonly Row[]): number | string {
  const [first, second] = ratings
  if (first === undefined || second === undefined || ratings.length !== 2)
    return `is for two judges, got ${ratings.length}`
  const both = first.flatMap((a, item): [number, number][] => {
    const b = second[item] ?? null
    return a === null || b === null ? [] : [[a, b]]
  })
  if (both.length === 0) return unequal
  const observed = both.filter(([a, b]) => a === b).length / both.length
  const others = new Map(countValues(both.map(([, b]) => b)))
  const expected = countValues(both.map(([a]) => a)).reduce(
    (sum, [value, count]) => sum + (count / both.length) * ((others.get(value) ?? 0) / both.length),
    0,
  )
  return expected === 1 ? noSpread : (observed - expected) / (1 - expected)
}

function kendall(ratings: readonly (readonly number[])[]): number | string {
  const [judges, items] = [ratings.length, ratings[0]?.length ?? 0]
  if (judges < 2) return unequal
  if (items < 2) return 'needs two items or more'
  const ranks = ratings.map(rankValues)
  const sums = ranks.reduce(
    (total, row) => total.map((sum, item) => sum + (row[item] ?? 0)),
    new Array<number>(items).fill(0),
  )
  const mean = (judges * (items + 1)) / 2
  const squares = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0)
  const ties = ratings.reduce((total, row) => total + countValues(row).reduce((sum, [, t]) => sum + t ** 3 - t, 0), 0)
  const most = judges ** 2 * (items ** 3 - items) - judges * ties
  return most === 0 ? noSpread : (12 * squares) / most
}

/** From 1; equal values share the mean of their ranks. */
function rankValues(row: readonly number[]): number[] {
  let below = 0
  const rank = new Map<number, number>()
  for (const [value, count] of countValues(row)) {
    rank.set(value, below + (count + 1) / 2)
    below += count
  }
  return row.map((value) => rank.get(value) ?? 0)
}

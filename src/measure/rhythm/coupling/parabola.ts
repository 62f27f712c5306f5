// Points (x, y) as eight sums, and the height at x = 0 of the least-squares parabola through them:
//   S_m = sum x^m (m = 0..4),  T_m = sum y x^m (m = 0..2);  height = first of the solution of  [S_0 S_1 S_2; S_1 S_2 S_3; S_2 S_3 S_4] c = T
// Sums of disjoint points add. Points too few for a parabola get a line, for a line their mean, none 0.

export type Moments = Float64Array

export const createMoments = (): Moments => new Float64Array(8)

export function addPoint(moments: Moments, x: number, y: number): void {
  const square = x * x
  moments[0] = (moments[0] as number) + 1
  moments[1] = (moments[1] as number) + x
  moments[2] = (moments[2] as number) + square
  moments[3] = (moments[3] as number) + square * x
  moments[4] = (moments[4] as number) + square * square
  moments[5] = (moments[5] as number) + y
  moments[6] = (moments[6] as number) + y * x
  moments[7] = (moments[7] as number) + y * square
}

export function addMoments(moments: Moments, others: Moments): void {
  for (let m = 0; m < moments.length; m++) moments[m] = (moments[m] as number) + (others[m] as number)
}

/** Determinants below this share of their largest term are rounding: the points do not fix the curve. */
const rounding = 1e-9

export function heightAtZero(moments: Moments): number {
  const [n, a, b, c, d, t, u, v] = moments as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const minor = b * d - c * c
  const determinant = n * minor - a * (a * d - b * c) + b * (a * c - b * b)
  if (n >= 4 && determinant > rounding * n * b * d) {
    return (t * minor - a * (u * d - v * c) + b * (u * c - v * b)) / determinant
  }
  const line = n * b - a * a
  if (n >= 2 && line > rounding * n * b) return (t * b - a * u) / line
  return n > 0 ? t / n : 0
}

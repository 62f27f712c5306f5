// Covariance of parameters whose items are centred, level by level.
import { at, type Matrix, rowOf } from './matrix.ts'

/** `levels`: the level of each item; items come first among the parameters. */
export function centreLevels(covariance: Matrix, levels: readonly number[]): Matrix {
  const rows = covariance.map((row) => Float64Array.from(row))
  centreRows(rows, levels)
  const turned = rows.map((_, i) => Float64Array.from(rows, (row) => at(row, i)))
  centreRows(turned, levels)
  return turned
}

/** Takes the mean row of a level from each of its rows. */
function centreRows(matrix: Matrix, levels: readonly number[]): void {
  for (const level of new Set(levels)) {
    const members = levels.flatMap((other, i) => (other === level ? [i] : []))
    for (let column = 0; column < matrix.length; column++) {
      const mean = members.reduce((sum, i) => sum + at(rowOf(matrix, i), column), 0) / members.length
      for (const i of members) rowOf(matrix, i)[column] = at(rowOf(matrix, i), column) - mean
    }
  }
}

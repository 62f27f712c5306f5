// Fits the scale of src/measure/consonance/scale.ts: rating = smoothest e^(-steepness R) by least squares (Gauss-Newton) on the 199 chords
// of Bowling, Purves & Gill 2018, ratings 1..4 laid on 0..1, R from 11 harmonics 1/n on their own (just) frequencies.
//   npx tsx samples/consonance/fit-scale.ts
import { readFileSync } from 'node:fs'
import { harmonicPartials, hutchinsonKnopoff1978 } from '../../src/measure/index.ts'

interface Chord {
  readonly frequenciesHz: number[]
  readonly rating: number
}

const file = new URL('../../test/outside/consonance/human-ratings.json', import.meta.url)
const { bowling2018 } = JSON.parse(readFileSync(file, 'utf8')) as { bowling2018: Chord[] }
const points = bowling2018.map(({ frequenciesHz, rating }) => ({
  roughness: hutchinsonKnopoff1978(harmonicPartials(frequenciesHz)) ?? 0,
  rating: (rating - 1) / 3,
}))

let [smoothest, steepness] = [0.9, 2]
for (let round = 0; round < 50; round++) {
  // Normal equations of the two partial derivatives e and -smoothest R e, e = e^(-steepness R).
  let [ee, ed, dd, er, dr] = [0, 0, 0, 0, 0]
  for (const { roughness, rating } of points) {
    const e = Math.exp(-steepness * roughness)
    const d = -smoothest * roughness * e
    const residual = rating - smoothest * e
    ee += e * e
    ed += e * d
    dd += d * d
    er += e * residual
    dr += d * residual
  }
  const determinant = ee * dd - ed * ed
  smoothest += (er * dd - dr * ed) / determinant
  steepness += (dr * ee - er * ed) / determinant
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length
  const [mx, my] = [mean(x), mean(y)]
  const product = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((sum, value, i) => sum + (value - mp) * ((q[i] ?? 0) - mq), 0)
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my))
}

const ratings = points.map(({ rating }) => rating)
const fitted = points.map(({ roughness }) => smoothest * Math.exp(-steepness * roughness))
const residual = Math.sqrt(fitted.reduce((sum, value, i) => sum + (value - (ratings[i] ?? 0)) ** 2, 0) / fitted.length)
console.log(`smoothest ${smoothest.toFixed(10)}, steepness ${steepness.toFixed(10)}`)
console.log(
  `chords ${points.length}, r of consonance with ratings ${correlation(fitted, ratings).toFixed(3)}, r of roughness ${correlation(
    points.map(({ roughness }) => roughness),
    ratings,
  ).toFixed(3)}, residual ${residual.toFixed(3)}`,
)

// Freedoms of the error of a combination c of parameters (Satterthwaite, with votes as the model has them). Weighed clusters in.
//   K_ij = a_i' (d_ij H_i - H_i M H_j) a_j,  a_j = W_j c          freedoms = (tr K)^2 / sum K_ij^2
// a_j' H_j a_j is |Y' c|^2, and a_j' H_j M H_j a_j the same weighed by D (weigh-cluster.ts).
import { addScaled, at, dot, type Matrix, pick, rowOf, transpose, zeros } from './matrix.ts'
import { addUp, type WeighedCluster } from './weigh-cluster.ts'

/** All clusters behind one another, so that a combination is met in long rows. */
interface Told {
  readonly counts: Float64Array
  /** Where the directions and the places of each cluster begin, and where those of the last end. */
  readonly directionsFrom: Int32Array
  readonly placesFrom: Int32Array
  /** Of each direction D, of each place its parameter. */
  readonly shares: Float64Array
  readonly places: Int32Array
  /** For each parameter: its share in Y_j' c, and in H_j W_j c (turned: L' H_j W_j c). */
  readonly spoken: Matrix
  readonly pulled: Matrix
}

/** `root`: L. */
export function readyFreedoms(clusters: readonly WeighedCluster[], root: Matrix): (c: Float64Array) => number {
  // Products of all two pulls L' H_i a_i, squared: one after the other, or all at once.
  const [count, size] = [clusters.length, root.length]
  const atOnce = clusters.reduce((sum, { places }) => sum + places.length ** 2 / 2, 0) + (2 / 3) * size ** 3
  const singly = (count / 2) * count * size < atOnce
  const columns = transpose(root)
  const told = lineUp(singly ? clusters.map((one) => turnPulled(one, columns)) : clusters, size)
  const own = new Float64Array(told.shares.length)
  const pull = new Float64Array(told.places.length)
  const multiplyPulls = singly ? multiplyEach(told, pull) : multiplyAll(told, pull, columns)
  return (combination) => {
    const terms = [...combination.keys()].filter((k) => at(combination, k) !== 0)
    sumRows(told.spoken, combination, terms, own)
    sumRows(told.pulled, combination, terms, pull)
    let [trace, squares] = [0, 0]
    for (let j = 0; j < count; j++) {
      let [said, length] = [0, 0]
      for (let m = told.directionsFrom[j] as number; m < (told.directionsFrom[j + 1] as number); m++) {
        const square = at(own, m) ** 2
        said += square
        length += square * at(told.shares, m)
      }
      trace += at(told.counts, j) * (said - length)
      squares += at(told.counts, j) * said * (said - 2 * length)
    }
    return (trace * trace) / (squares + multiplyPulls())
  }
}

function lineUp(clusters: readonly WeighedCluster[], size: number): Told {
  const directionsFrom = beginnings(clusters.map(({ shares }) => shares.length))
  const placesFrom = beginnings(clusters.map(({ places }) => places.length))
  const told = {
    counts: Float64Array.from(clusters, ({ count }) => count),
    directionsFrom,
    placesFrom,
    shares: new Float64Array(directionsFrom[clusters.length] as number),
    places: new Int32Array(placesFrom[clusters.length] as number),
    spoken: Array.from({ length: size }, () => new Float64Array(directionsFrom[clusters.length] as number)),
    pulled: Array.from({ length: size }, () => new Float64Array(placesFrom[clusters.length] as number)),
  }
  clusters.forEach(({ shares, places, spoken, pulled }, j) => {
    told.shares.set(shares, directionsFrom[j])
    told.places.set(places, placesFrom[j])
    copyTurned(spoken, told.spoken, directionsFrom[j] as number)
    copyTurned(pulled, told.pulled, placesFrom[j] as number)
  })
  return told
}

function beginnings(lengths: readonly number[]): Int32Array {
  const from = new Int32Array(lengths.length + 1)
  lengths.forEach((length, j) => {
    from[j + 1] = (from[j] as number) + length
  })
  return from
}

function copyTurned(rows: Matrix, to: Matrix, from: number): void {
  rows.forEach((row, m) => {
    to.forEach((target, i) => {
      target[from + m] = at(row, i)
    })
  })
}

/** In place: the rows, as much of each as the combination has. */
function sumRows(rows: Matrix, combination: Float64Array, terms: readonly number[], sum: Float64Array): void {
  sum.fill(0)
  for (const k of terms) addScaled(sum, rowOf(rows, k), at(combination, k))
}

/** L' H W instead of H W, over all parameters. */
function turnPulled(one: WeighedCluster, columns: Matrix): WeighedCluster {
  const pulled = columns.map((column) => addUp(one.pulled, pick(column, one.places), new Float64Array(columns.length)))
  return { ...one, places: [...columns.keys()], pulled }
}

/** Of what `pull` holds at the moment. */
type Products = () => number

/** For few clusters: one product after the other, of pulls that are turned. */
function multiplyEach({ counts, placesFrom }: Told, pull: Float64Array): Products {
  const pulls = Array.from(counts, (_, j) => pull.subarray(placesFrom[j], placesFrom[j + 1]))
  return () => {
    let sum = 0
    for (let i = 0; i < pulls.length; i++) {
      const one = rowOf(pulls, i)
      sum += (at(counts, i) * dot(one, one)) ** 2
      for (let j = 0; j < i; j++) sum += 2 * at(counts, i) * at(counts, j) * dot(one, rowOf(pulls, j)) ** 2
    }
    return sum
  }
}

/** For many: they are the squares of the entries of L' Z L, Z = sum_j H_j a_j a_j' H_j; `columns` of L. */
function multiplyAll(told: Told, pull: Float64Array, columns: Matrix): Products {
  const inner = zeros(columns.length)
  const half = new Float64Array(columns.length)
  return () => {
    for (const row of inner) row.fill(0)
    for (let j = 0; j < told.counts.length; j++) addPull(inner, told, j, pull)
    for (let r = 0; r < inner.length; r++) for (let c = 0; c < r; c++) rowOf(inner, c)[r] = at(rowOf(inner, r), c)
    let sum = 0
    for (let c = 0; c < columns.length; c++) {
      for (let r = 0; r < half.length; r++) half[r] = dot(rowOf(inner, r), rowOf(columns, c), c)
      for (let d = 0; d <= c; d++) sum += (d === c ? 1 : 2) * dot(rowOf(columns, d), half, d) ** 2
    }
    return sum
  }
}

/** In place, below the diagonal: places ascend. */
function addPull(inner: Matrix, { counts, placesFrom, places }: Told, j: number, pull: Float64Array): void {
  const from = placesFrom[j] as number
  for (let p = from; p < (placesFrom[j + 1] as number); p++) {
    const [row, share] = [rowOf(inner, places[p] as number), at(counts, j) * at(pull, p)]
    for (let q = from; q <= p; q++) {
      const other = places[q] as number
      row[other] = at(row, other) + share * at(pull, q)
    }
  }
}

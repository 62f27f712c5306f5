// Errors of strengths over judges, honest for few of them. Votes and their fit in; covariance and 95 % intervals out.
// The votes of one judge are one piece of evidence. g_j: slopes of judge j's log-likelihood at the fit, H_j: their information,
// M: the inverse of all information, L L' = M. What a judge says pulls the fit its own way, so slopes at the fit are too small:
//   V = sum_j v_j v_j',  v_j = L (1 - L' H_j L)^(-1/2) L' g_j      bias-reduced linearisation, CR2 (Bell & McCaffrey 2002), in the form of
//                                                                  scores (Kauermann & Carroll 2001)
// V has the squares of single votes in it, of which chance alone makes much; the model knows them. luck: what they exceed it by,
//   sum_j W_j sum_v (g_v g_v' - h_v + h_v M h_v) W_j,  v_j = W_j g_j;  g_v, h_v slopes and information of vote v of judge j
// Freedoms of an estimate's error: 2 E(V)^2 / var(V) with votes as the model has them (Satterthwaite): judges less one when all say as much,
// fewer when some say more than others.
import type { Vote } from './comparisons.ts'
import { addVote, type Fit, placeVote } from './fit.ts'
import { at, decompose, findEigen, type Matrix, multiply, rowOf, zeros } from './matrix.ts'
import { type OutcomeModel, slopesOf } from './outcome-models.ts'

interface Fitted {
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly fit: Pick<Fit, 'parameters' | 'orderAt' | 'tieAt'>
}

/** What one judge says of the parameters. */
export interface Cluster {
  readonly gradient: Float64Array
  readonly information: Matrix
  /** Of its votes, before they are weighed; left out: 0. */
  readonly luck?: Matrix
}

export interface Clustered {
  readonly judges: number
  /** Of all parameters. */
  readonly covariance: Matrix
  /** v_j: where each judge pulls the parameters; the covariance is the sum of their squares. */
  readonly pulls: Matrix
  /** By how much the squares of single votes in the covariance are more than the model has of them. */
  readonly luck: Matrix
  /** Of the error of a combination of parameters. */
  freedomsOf(combination: Float64Array): number
}

/** `inverse` of all information. A vote without a judge is a cluster of its own. A string says why nothing can be told. */
export function clusterErrors(fitted: Fitted, inverse: Matrix): Clustered | string {
  return spreadOfClusters(gatherClusters(fitted, inverse), inverse)
}

/** The same for any likelihood. */
export function spreadOfClusters(clusters: readonly Cluster[], inverse: Matrix): Clustered | string {
  if (clusters.length < 2) return 'needs two judges or more'
  const root = decompose(inverse)
  if (root === null) return 'the votes do not fix every strength'
  const weights: Matrix[] = []
  for (const { information } of clusters) {
    const weight = weighCluster(information, root)
    if (weight === null) return 'a difference rests on one judge alone'
    weights.push(weight)
  }
  const covariance = zeros(inverse.length)
  const pulls = clusters.map(({ gradient }, j) => multiply(weights[j] as Matrix, gradient))
  for (const pull of pulls) addSquare(covariance, pull)
  const luck = zeros(inverse.length)
  clusters.forEach((cluster, j) => {
    if (cluster.luck !== undefined) addTo(luck, sandwich(cluster.luck, weights[j] as Matrix))
  })
  return {
    judges: clusters.length,
    covariance,
    pulls,
    luck,
    freedomsOf: (combination) => countFreedoms(combination, clusters, weights, root),
  }
}

function gatherClusters({ votes, model, fit }: Fitted, inverse: Matrix): Cluster[] {
  const size = fit.parameters.length
  const named = new Map<string, Required<Cluster>>()
  const lone: Cluster[] = []
  const open = () => ({ gradient: new Float64Array(size), information: zeros(size), luck: zeros(size) })
  const add = (cluster: Required<Cluster>, vote: Vote) => {
    const { d, t } = placeVote(vote, fit.parameters, fit, model)
    const slopes = slopesOf(model, vote.result, d, t)
    addVote(fit, vote, slopes, cluster.gradient, cluster.information)
    const own = open()
    addVote(fit, { ...vote, count: 1 }, slopes, own.gradient, own.information)
    const moved = [vote.a, vote.b, fit.orderAt, fit.tieAt].filter((place) => place !== null)
    addLuck(cluster.luck, own, { inverse, moved, count: vote.count })
    return cluster
  }
  for (const vote of votes) {
    if (vote.judge !== null) named.set(vote.judge, add(named.get(vote.judge) ?? open(), vote))
    else for (let k = 0; k < vote.count; k++) lone.push(add(open(), { ...vote, count: 1 }))
  }
  return [...named.values(), ...lone]
}

/** g g' - h + h M h of one vote, as often as it was given; `moved`: the parameters that it speaks of. */
function addLuck(
  luck: Matrix,
  { gradient, information }: Cluster,
  { inverse, moved, count }: { readonly inverse: Matrix; readonly moved: readonly number[]; readonly count: number },
): void {
  const of = (r: number, c: number) => at(rowOf(information, r), c)
  for (const r of moved) {
    const row = rowOf(luck, r)
    for (const c of moved) {
      let known = of(r, c)
      for (const k of moved) for (const l of moved) known -= of(r, k) * at(rowOf(inverse, k), l) * of(l, c)
      row[c] = at(row, c) + count * (at(gradient, r) * at(gradient, c) - known)
    }
  }
}

/** A judge who alone fixes a direction leaves nothing to tell its error by. */
const alone = 1 - 1e-9

/** W_j = L (1 - L' H_j L)^(-1/2) L'. */
function weighCluster(information: Matrix, root: Matrix): Matrix | null {
  const size = root.length
  const { values, vectors } = findEigen(sandwich(information, root))
  if (values.some((value) => value > alone)) return null
  const turned = vectors.map((vector) => multiply(root, vector))
  const weight = zeros(size)
  turned.forEach((vector, k) => {
    addSquare(weight, vector, 1 / Math.sqrt(1 - at(values, k)))
  })
  return weight
}

/** L' H L. */
function sandwich(information: Matrix, root: Matrix): Matrix {
  const transposed = root.map((_, k) => Float64Array.from(root, (row) => at(row, k)))
  const columns = transposed.map((column) => multiply(information, column))
  return columns.map((column) => multiply(transposed, column))
}

/** K_ij = a_i' (d_ij H_i - H_i M H_j) a_j with a_j = W_j c: (tr K)^2 / sum K_ij^2. */
function countFreedoms(
  combination: Float64Array,
  clusters: readonly Cluster[],
  weights: readonly Matrix[],
  root: Matrix,
): number {
  const transposed = root.map((_, k) => Float64Array.from(root, (row) => at(row, k)))
  const shared = zeros(root.length)
  let [trace, squares] = [0, 0]
  clusters.forEach(({ information }, j) => {
    const own = multiply(weights[j] as Matrix, combination)
    const pulled = multiply(information, own)
    const told = dot(own, pulled)
    const pull = multiply(transposed, pulled)
    const length = dot(pull, pull)
    trace += told - length
    squares += told * told - 2 * told * length
    addSquare(shared, pull)
  })
  // The rest of sum K_ij^2: all products of two pulls, squared, are the squares of the entries of sum pull pull'.
  const products = shared.reduce((sum, row) => sum + dot(row, row), 0)
  return (trace * trace) / (squares + products)
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * at(b, k), 0)

function addSquare(matrix: Matrix, vector: Float64Array, weight = 1): void {
  matrix.forEach((_, i) => {
    const row = rowOf(matrix, i)
    for (let j = 0; j < row.length; j++) row[j] = at(row, j) + weight * at(vector, i) * at(vector, j)
  })
}

function addTo(matrix: Matrix, other: Matrix): void {
  matrix.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) row[c] = at(row, c) + at(rowOf(other, r), c)
  })
}

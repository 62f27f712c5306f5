// Errors of strengths over judges, honest for few of them. Votes and their fit in; covariance and 95 % intervals out.
// The votes of one judge are one piece of evidence. g_j: slopes of judge j's log-likelihood at the fit, H_j: their information,
// M: the inverse of all information, L L' = M. What a judge says pulls the fit its own way, so slopes at the fit are too small:
//   V = sum_j v_j v_j',  v_j = L (1 - L' H_j L)^(-1/2) L' g_j      bias-reduced linearisation, CR2 (Bell & McCaffrey 2002), in the form of
//                                                                  scores (Kauermann & Carroll 2001)
// V has the squares of single votes in it, of which chance alone makes much; the model knows them. luck: what they exceed it by,
//   sum_j W_j sum_v (g_v g_v' - h_v + h_v M h_v) W_j,  v_j = W_j g_j;  g_v, h_v slopes and information of vote v of judge j
// Freedoms of an estimate's error: 2 E(V)^2 / var(V) with votes as the model has them (Satterthwaite): judges less one when all say as much,
// fewer when some say more than others.

import { readyFreedoms } from './freedoms.ts'
import { type Cluster, type Fitted, gatherClusters } from './gather-clusters.ts'
import { addScaled, addSquare, at, decompose, type Matrix, rowOf, zeros } from './matrix.ts'
import { addUp, type WeighedCluster, weighCluster, weightOf } from './weigh-cluster.ts'

export type { Cluster } from './gather-clusters.ts'

export interface Clustered {
  readonly judges: number
  /** Of all parameters. */
  readonly covariance: Matrix
  /** v_j: where judges pull the parameters, with how many pull the same; the covariance is the sum of their squares. */
  readonly pulls: readonly Pull[]
  /** By how much the squares of single votes in the covariance are more than the model has of them. */
  readonly luck: Matrix
  /** Of the error of a combination of parameters. */
  freedomsOf(combination: Float64Array): number
}

export interface Pull {
  readonly vector: Float64Array
  readonly count: number
}

/** `inverse` of all information. A vote without a judge is a cluster of its own. A string says why nothing can be told. */
export function clusterErrors(fitted: Fitted, inverse: Matrix): Clustered | string {
  return spreadOfClusters(gatherClusters(fitted, inverse), inverse)
}

/** The same for any likelihood. */
export function spreadOfClusters(clusters: readonly Cluster[], inverse: Matrix): Clustered | string {
  const judges = clusters.reduce((sum, { count = 1 }) => sum + count, 0)
  if (judges < 2) return 'needs two judges or more'
  const root = decompose(inverse)
  if (root === null) return 'the votes do not fix every strength'
  const everywhere = [...inverse.keys()]
  const [covariance, luck] = [zeros(inverse.length), zeros(inverse.length)]
  const weighed: WeighedCluster[] = []
  const pulls: Pull[] = []
  for (const { places = everywhere, count = 1, ...cluster } of clusters) {
    const own = weighCluster({ places, count, information: cluster.information }, inverse)
    if (own === null) return 'a difference rests on one judge alone'
    const weight = weightOf(own, inverse)
    const vector = addUp(weight, cluster.gradient, new Float64Array(inverse.length))
    addSquare(covariance, vector, count)
    if (cluster.luck !== undefined) addSandwich(luck, weight, cluster.luck, count)
    weighed.push(own)
    pulls.push({ vector, count })
  }
  return { judges, covariance, pulls, luck, freedomsOf: readyFreedoms(weighed, root) }
}

/** In place: adds count W X W'. */
function addSandwich(sum: Matrix, weight: Matrix, inner: Matrix, count: number): void {
  weight.forEach((row, p) => {
    const half = addUp(weight, rowOf(inner, p), new Float64Array(sum.length))
    sum.forEach((own, r) => {
      addScaled(own, half, count * at(row, r))
    })
  })
}

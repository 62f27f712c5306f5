// Three models of one vote. In: d, the difference of strengths in log-odds (a's less b's, order effect included), and the tie
// parameter's logarithm t. Out: chances of a, tie, b; with the first and second derivatives of their logarithms.
//   bradley-terry  P(a) = 1 / (1 + e^-d); a tie is half a win for each                          Bradley & Terry 1952
//   davidson       P(a) : P(tie) : P(b) = e^(d/2) : nu : e^(-d/2),  nu = e^t                    Davidson 1970
//   rao-kupper     P(a) = 1 / (1 + theta e^-d), P(b) = 1 / (1 + theta e^d),  theta = e^t        Rao & Kupper 1967
// All log-likelihoods are concave in (d, t).
import type { Result } from './comparisons.ts'

export type OutcomeModel = 'bradley-terry' | 'davidson' | 'rao-kupper'

export interface Chances {
  readonly a: number
  readonly tie: number
  readonly b: number
}

/** Derivatives of log P(result) by d and t. */
export interface Slopes {
  readonly d: number
  readonly t: number
  readonly dd: number
  readonly dt: number
  readonly tt: number
}

/** `t` of -Infinity (davidson) or 0 (rao-kupper): there are no ties. */
export function chancesOf(model: OutcomeModel, d: number, t: number): Chances {
  switch (model) {
    case 'bradley-terry':
      return { a: logistic(d), tie: 0, b: logistic(-d) }
    case 'davidson': {
      const top = Math.max(Math.abs(d) / 2, t)
      const [a, tie, b] = [Math.exp(d / 2 - top), Math.exp(t - top), Math.exp(-d / 2 - top)]
      const all = a + tie + b
      return { a: a / all, tie: tie / all, b: b / all }
    }
    case 'rao-kupper': {
      const [a, b] = [logistic(d - t), logistic(-d - t)]
      return { a, tie: Math.expm1(2 * t) * Math.exp(-2 * t) * logistic(t - d) * logistic(t + d), b }
    }
  }
}

export function logChance(model: OutcomeModel, result: Result, d: number, t: number): number {
  if (model === 'bradley-terry') {
    if (result === 'tie') return (logLogistic(d) + logLogistic(-d)) / 2
    return logLogistic(result === 'a' ? d : -d)
  }
  if (model === 'davidson') {
    if (result === 'tie') return -logSum(d / 2 - t, -d / 2 - t)
    return result === 'a' ? -logSum(t - d / 2, -d) : -logSum(t + d / 2, d)
  }
  if (result === 'tie') return Math.log(-Math.expm1(-2 * t)) + logLogistic(t - d) + logLogistic(t + d)
  return logLogistic(result === 'a' ? d - t : -d - t)
}

export function slopesOf(model: OutcomeModel, result: Result, d: number, t: number): Slopes {
  switch (model) {
    case 'bradley-terry': {
      const [a, b] = [logistic(d), logistic(-d)]
      return { d: result === 'a' ? b : result === 'tie' ? (b - a) / 2 : -a, t: 0, dd: -a * b, dt: 0, tt: 0 }
    }
    case 'davidson': {
      // a + tie + b = 1 is put in, so that nothing near 1 is taken from 1: strengths far apart keep their digits.
      const { a, tie, b } = chancesOf(model, d, t)
      return {
        d: result === 'a' ? tie / 2 + b : result === 'b' ? -tie / 2 - a : (b - a) / 2,
        t: result === 'tie' ? a + b : -tie,
        dd: -a * b - (tie * (a + b)) / 4,
        dt: ((a - b) / 2) * tie,
        tt: -tie * (a + b),
      }
    }
    case 'rao-kupper':
      return result === 'tie' ? slopesOfTie(d, t) : slopesOfWin(result === 'a' ? 1 : -1, d, t)
  }
}

/** log P = log logistic(s d - t). */
function slopesOfWin(s: 1 | -1, d: number, t: number): Slopes {
  const miss = logistic(t - s * d)
  const curve = -miss * (1 - miss)
  return { d: s * miss, t: -miss, dd: curve, dt: -s * curve, tt: curve }
}

/** log P = log(1 - e^-2t) + log logistic(t - d) + log logistic(t + d). */
function slopesOfTie(d: number, t: number): Slopes {
  const [low, high] = [logistic(d - t), logistic(-d - t)]
  const [lowCurve, highCurve] = [low * (1 - low), high * (1 - high)]
  const grown = Math.expm1(2 * t)
  return {
    d: high - low,
    t: 2 / grown + low + high,
    dd: -(lowCurve + highCurve),
    dt: lowCurve - highCurve,
    tt: (-4 * (grown + 1)) / (grown * grown) - lowCurve - highCurve,
  }
}

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
/** log(1 + e^x + e^y). */
function logSum(x: number, y: number): number {
  const top = Math.max(0, x, y)
  return top === 0
    ? Math.log1p(Math.exp(x) + Math.exp(y))
    : top + Math.log(Math.exp(-top) + Math.exp(x - top) + Math.exp(y - top))
}

const logLogistic = (x: number): number => (x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x)))

// How long a judge listens: what a trial takes, how trials share rounds of half an hour at most, and how many pairs a judge is given where nobody
// says so. Seconds are those of hearing every sound once and answering; who listens again takes longer.
import type { TrialKind } from '../record/index.ts'

/** Longest stretch of listening without a break, as ITU-R BS.1116 and listening-test practice have it. */
export const longestRoundSeconds = 30 * 60
/** To learn the page by. */
export const trainingPairs = 3
const answerSeconds = 20
const usualRounds = 2

/** Of a trial with such clips. A third sound makes it half as long again. */
export function trialSeconds(kind: TrialKind, clipSeconds: number): number {
  return (kind === 'abx' ? 1.5 : 1) * (2 * clipSeconds + answerSeconds)
}

/** How many pairs of clips fit into a round; one where a pair is longer than a round. */
export function pairsPerRound(clipSeconds: number): number {
  return Math.max(1, Math.floor(longestRoundSeconds / trialSeconds('main', clipSeconds)))
}

/** The round, from 0, of each of so many trials: as few rounds as hold them, of sizes that differ by one at most. */
export function shareRounds(trials: number, perRound: number): number[] {
  const rounds = Math.ceil(trials / perRound)
  return Array.from({ length: trials }, (_, place) => Math.floor((place * rounds) / trials))
}

/** How many trials check the judge: repeats and pairs of the same. */
export function countControls(main: number): { repeats: number; same: number } {
  const all = Math.max(2, Math.round(main / 7))
  const same = Math.max(1, Math.round(all / 3))
  return { repeats: all - same, same }
}

/**
 * Main pairs of a judge: every pair of entries once on each clip, as far as two rounds hold with training, anchors and controls. Where these alone
 * are longer, as many as the rounds hold that one main pair takes.
 */
export function usualPairs(session: {
  readonly entries: number
  /** Clips per entry. */
  readonly parts: number
  readonly anchors: number
  readonly perRound: number
}): number {
  const { entries, parts, anchors, perRound } = session
  const lengthWith = (main: number) => {
    const { repeats, same } = countControls(main)
    return trainingPairs + anchors + main + Math.min(repeats, main) + same
  }
  const room = perRound * Math.max(usualRounds, Math.ceil(lengthWith(1) / perRound))
  const all = ((entries * (entries - 1)) / 2) * parts
  let main = 1
  while (main < all && lengthWith(main + 1) <= room) main++
  return main
}

/** What the trials of a judge take. */
export function measureLength(
  trials: readonly { readonly kind: TrialKind; readonly round: number }[],
  clipSeconds: number,
): { readonly rounds: number; readonly seconds: number; readonly longestSeconds: number } {
  const rounds: number[] = []
  for (const { kind, round } of trials) rounds[round] = (rounds[round] ?? 0) + trialSeconds(kind, clipSeconds)
  return {
    rounds: rounds.length,
    seconds: rounds.reduce((sum, seconds) => sum + seconds, 0),
    longestSeconds: Math.max(0, ...rounds),
  }
}

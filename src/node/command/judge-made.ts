// What is told when a judging session is made: how much there is to hear, how many of the pairs count, and what it is too small for. Better now
// than after all have voted.
import { fewestJudges, fewestToLearn, longestRoundSeconds, measureLength } from '../../judging/index.ts'
import type { JudgingKey, JudgingSession } from '../../record/index.ts'

export interface MadeSession {
  readonly folder: string
  readonly session: JudgingSession
  readonly key: JudgingKey
}

/** In one line. */
export function describeMade({ folder, session, key }: MadeSession): string {
  const { seconds, loudnessLufs } = session.clip
  const trials = key.judges[0]?.trials ?? []
  const abx = trials.filter(({ kind }) => kind === 'abx').length
  const main = trials.filter(({ kind }) => kind === 'main').length
  const length = measureLength(trials, seconds)
  const rounds = `${length.rounds} round${length.rounds === 1 ? '' : 's'}`
  return [
    `${folder}: ${key.clips.length} clips of ${seconds.toFixed(2)} s at ${loudnessLufs.toFixed(1)} LUFS; `,
    `${trials.length - abx} pairs for each of ${key.judges.length} judges, of which ${main} count${main === 1 ? 's' : ''} for the ranking `,
    `and the others train and check${abx === 0 ? '' : `, then ${abx} ABX trial${abx === 1 ? '' : 's'}`}; `,
    `about ${Math.ceil(length.seconds / 60)} minutes in ${rounds}. Seed ${session.seed}.\n`,
  ].join('')
}

/** A line for each thing that the session is too small or its clips too long for. */
export function warnOfMade({ session, key }: MadeSession): string[] {
  const lines: string[] = []
  const judges = key.judges.length
  const runs = new Set(key.clips.map(({ run }) => run)).size
  const { longestSeconds } = measureLength(key.judges[0]?.trials ?? [], session.clip.seconds)
  if (longestSeconds > longestRoundSeconds)
    lines.push(
      `One trial takes ${Math.ceil(longestSeconds / 60)} minutes, longer than the ${longestRoundSeconds / 60} that a round should last. Ask for shorter clips with --seconds.`,
    )
  const fewest = fewestJudges(key.entries.length)
  if (judges < fewest)
    lines.push(
      `Too few judges for a verdict on ${key.entries.length} entries: it takes ${fewest} who count, got ${judges}. Give --judges.`,
    )
  if (judges < fewestToLearn.judges || runs < fewestToLearn.groups)
    lines.push(
      `Too small for \`hocket judge fit\`: it takes votes of ${fewestToLearn.judges} judges on ${fewestToLearn.groups} runs, got ${judges} on ${runs}.`,
    )
  return lines
}

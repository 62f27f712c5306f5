// A machine judge's conduct as lines for a person.
import type { Ceiling, Count } from '../../judging/index.ts'
import type { MachineResult } from '../../record/index.ts'

export function describeMachine({ kind, name, conduct, agreement, ceiling, entries }: MachineResult): string {
  const { pairs, answers, flips, position, same, gain, canaries, against } = conduct
  const known = pairs.filter(({ verdict }) => verdict !== null)
  const lines = [
    `${name} ${kind}: ${known.length} of ${pairs.length} pairs with a verdict, ${known.filter(({ verdict }) => verdict === 'tie').length} of them ties. It stands beside people's ranking and is no part of it.`,
    `answers: ${answers.said} of ${answers.asked} said, ${answers.unreadable} unreadable, ${answers.refused} refused, ${answers.unavailable} unavailable`,
    `turned with the order ${ofAll(flips)}; for the first sound ${ofAll(position)}; ties of a clip with itself ${ofAll(same)}; unchanged by 3 dB ${ofAll(gain)}`,
    canaries.length === 0
      ? 'canaries: not asked'
      : `canaries put last: ${canaries.map(({ kind: canary, last, reason }) => `${canary} ${last === null ? `unknown (${reason})` : last ? 'yes' : 'no'}`).join(', ')}`,
    against.length === 0
      ? answers.said === 0
        ? 'nothing is known of it: no answer'
        : 'nothing is known against it'
      : `against it: ${against.join('; ')}`,
    agreement === null
      ? 'agreement with people: no pair decided by both'
      : `agreement with people: ${percent(agreement.share)} of ${agreement.votes} decided votes of ${agreement.judges} judges${agreement.low === null || agreement.high === null ? '' : ` (95 % interval ${percent(agreement.low)} to ${percent(agreement.high)})`}`,
    `ceiling: ${describeCeiling(ceiling)}`,
    ...pairs.map(({ a, b, verdict, flipped, reason }) => {
      const said =
        verdict === null
          ? reason
          : verdict === 'tie'
            ? flipped
              ? 'tie (flipped)'
              : 'tie'
            : entries[verdict === 'a' ? a : b]
      return `  ${entries[a] ?? a} - ${entries[b] ?? b}: ${said}`
    }),
  ]
  return `${lines.join('\n')}\n`
}

export function describeCeiling({ sameJudge, otherJudges }: Ceiling): string {
  const again =
    sameJudge === null
      ? 'no pair was decided twice by one judge'
      : `the same judge again ${percent(sameJudge.share)} (${sameJudge.count} repeats)`
  const others =
    otherJudges === null
      ? 'no two judges decided one pair'
      : `two judges ${percent(otherJudges.share)} (${otherJudges.count} pairs of votes)`
  return `${again}, ${others}`
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const ofAll = ({ count, of }: Count) => `${count} of ${of}`

// The paragraph that a paper would want: what was done, in words and figures of this session.
import type { CriterionResult } from '../../../judging/index.ts'
import type { AnchorKind } from '../../../record/index.ts'
import { type Html, html } from '../../report/html.ts'
import type { SaidSession, SessionResults } from '../results.ts'
import { figure } from './table.ts'

export function describeMethods({ session, key }: SaidSession, results: SessionResults): Html {
  const { clip, rules } = session
  const persons = results.judges.filter(({ kind }) => kind === 'person')
  const levels = key.clips.map(({ loudnessLufs }) => loudnessLufs)
  const spread = Math.max(...levels) - Math.min(...levels)
  const peak = Math.max(...key.clips.map(({ truePeakDbtp }) => truePeakDbtp))
  const missing = Object.entries(key.missingAnchors) as [AnchorKind, string][]
  return html`<p>${key.entries.length} entries were compared in blind pairs by ${persons.length} judges, of whom ${persons.filter(({ leftOut }) => leftOut === null).length} met the rules fixed beforehand: ${rules.headphonesLeast} of 6 right in a headphone check with antiphase tones (Woods et al. 2017), at most ${Math.round(100 * rules.anchorsMost)} % of hidden anchors preferred to what they were made of, and of each clip at least ${Math.round(100 * rules.heardShare)} % heard.
Clips of ${clip.seconds.toFixed(2)} s were cut at the boundaries of slots, faded at the edges for 5 ms and matched in loudness by attenuation alone to ${figure(clip.loudnessLufs, 1)} LUFS (ITU-R BS.1770; spread after matching ${spread.toFixed(3)} LU, highest true peak ${figure(peak, 1)} dBTP).
Sounds were played with one playhead and switched within 5 ms; their names were drawn at random for each pair and judge. Pairs, sides and order were balanced and drawn from seed ${session.seed}; beside the pairs that count, judges heard three for training, repeats with sides swapped, the same clip on both sides, and hidden anchors${missing.length > 0 ? ` (${missing.map(([kind, reason]) => `none ${kind}: ${reason}`).join('; ')})` : ''}.
${describeStrengths(results)} ${describeAbx(results)}${results.votes} votes were stored, ${results.counted.length} count for the ranking; the others are listed with their reasons.</p>`
}

function describeAbx({ abx }: SessionResults): string {
  if (abx === null) return ''
  const { right, of } = abx.all
  return `After the pairs, in ABX trials on pairs of entries (X by an independent fair coin, from the seed), X was named right in ${right} of ${of}; the chance of guessing as well is the exact binomial one, intervals are those of Clopper and Pearson (1934). `
}

/** Criterion by criterion as they were ranked; criteria that were ranked alike in one sentence. */
export function describeStrengths({ criteria }: Pick<SessionResults, 'criteria'>): string {
  const alike = new Map<string, string[]>()
  for (const result of criteria) {
    const words = [tellModel(result), tellErrors(result)].filter((part) => part !== '').join(' ')
    alike.set(words, [...(alike.get(words) ?? []), result.criterion])
  }
  const told = [...alike].map(([words, names]) => `${alike.size > 1 ? `On ${listed(names)}: ` : ''}${words}`)
  return criteria.some(({ ranking }) => ranking !== null)
    ? `${told.join(' ')} "Neither" counts as a tie.`
    : told.join(' ')
}

function tellModel({ ranking, model, orderFrom, priorVariance }: CriterionResult): string {
  if (ranking === null) return 'No vote counts, so there are no strengths.'
  const of =
    model === 'bradley-terry' ? 'the Bradley-Terry model (1952), a tie half a win for each,' : "Davidson's model (1970)"
  const order = orderFrom === 'none' ? 'without an effect of being heard first' : 'with an effect of being heard first'
  const by =
    priorVariance === null
      ? 'maximum likelihood'
      : `the mode of the posterior under a Gaussian prior of variance ${priorVariance} on strengths${orderFrom === 'prior' ? ' and on that effect' : ''} (${model === 'bradley-terry' ? 'all votes are ties, which no chance of a tie fits' : 'likelihood alone has no finite maximum here'})`
  return `Strengths are those of ${of} ${order}, by ${by}.`
}

function tellErrors({ ranking, entries }: CriterionResult): string {
  if (ranking === null) return ''
  if (ranking.acrossJudges === null)
    return `There are no intervals over judges (${ranking.undefined['acrossJudges']}); those that are given take votes for independent.`
  return `Intervals are over judges: clustered errors with bias-reduced linearisation (Bell & McCaffrey 2002), what single votes make of them by luck taken from the model${entries.length > 2 ? '; their covariance drawn to a multiple of that of independent votes, in its metric, as far as directions differ by chance (Ledoit & Wolf 2004), but no eigenvalue down by more than half of its own standard error (limited translation, Efron & Morris 1972)' : ''}; Student's t with Satterthwaite's freedoms; never narrower than those of independent votes.`
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

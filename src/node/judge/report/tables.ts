// The tables of a judging report: chances of ranks, wins against expectation, fit, judges, votes that do not count.
import type {
  AbxCount,
  AbxResult,
  Concordance,
  Count,
  CriterionResult,
  JudgeConduct,
  PairWins,
} from '../../../judging/index.ts'
import { type Html, html } from '../../report/html.ts'
import type { SessionResults } from '../results.ts'
import { figure, table } from './table.ts'

const mostListed = 200

export function tableRanks({ entries }: CriterionResult): Html {
  const ranks = entries.find(({ rankChances }) => rankChances !== null)?.rankChances?.map((_, k) => k + 1) ?? []
  if (ranks.length === 0) return html``
  return table(
    'Chance of each rank',
    ['Entry', ...ranks.map(String)],
    entries.map(({ entry, rankChances }) => [entry, ...(rankChances ?? []).map(percent)]),
  )
}

const percent = (chance: number) => (chance < 0.005 ? '·' : `${Math.round(100 * chance)} %`)

export function tableWins({ wins }: CriterionResult): Html {
  const row = ({ a, b, aWins, ties, bWins, expected, residual }: PairWins) => [
    `${a} : ${b}`,
    `${aWins}\u00a0:\u00a0${bWins}`,
    String(ties),
    expected === null ? '' : `${expected.toFixed(1)} of ${aWins + ties + bWins}`,
    residual === null ? '' : figure(residual, 1),
  ]
  return table('Wins', ['Pair', 'Won', 'Ties', 'Expected for the first', 'Residual (sd)'], wins.map(row))
}

export function tableFit(result: SessionResults['criteria'][number]): Html {
  const {
    ranking,
    model,
    priorVariance,
    krippendorffAlpha,
    circles,
    judges,
    undefined: reasons,
    splitPanel,
    concordance,
  } = result
  if (ranking === null) return html``
  const number = (value: number | null | undefined) => (value == null ? 'undefined' : figure(value, 2))
  return table(
    'Fit',
    ['', ''],
    [
      ['Model', `${model === 'davidson' ? 'Davidson' : 'Bradley-Terry, a tie half a win'}, ${ranking.estimator}`],
      [named('Votes link all entries', 'if not, parts of the ranking cannot be compared'), yesNo(ranking.connected)],
      [
        named(
          'Prior',
          'draws strengths to their mean; for votes whose likelihood in Davidson\u2019s model has no finite maximum',
        ),
        priorVariance === null ? 'none' : `Gaussian, variance ${priorVariance}`,
      ],
      [
        named('Deviance', 'far above its degrees of freedom, the model misses something'),
        `${ranking.deviance.toFixed(1)} on ${ranking.degreesOfFreedom} degrees of freedom`,
      ],
      [named('Being heard first', 'log-odds; above 0, what is heard first is preferred'), orderWords(result)],
      [
        named('Separation reliability', 'share of the spread of strengths that is no error; 1 at best'),
        number(ranking.separationReliability),
      ],
      [
        named('Correlation of two halves of the panel', 'how alike other judges would rank; 1 at best'),
        splitPanel.correlation === null ? `undefined: ${splitPanel.undefined}` : number(splitPanel.correlation),
      ],
      [
        named('Agreement of judges', 'Krippendorff\u2019s alpha, ordinal; 0 is chance, 1 all alike'),
        number(krippendorffAlpha),
      ],
      [named('Agreement of their own orders', 'Kendall\u2019s W; 1 all alike'), concordanceWords(concordance)],
      [named('Circles of three', 'A over B, B over C, C over A'), `${circles.count} of ${circles.of}`],
      ['Judges', String(judges)],
      ...Object.values(reasons).map((reason) => ['Note', reason]),
    ],
  )
}

const named = (name: string, meaning: string) => html`${name}<small>${meaning}</small>`

function orderWords({ ranking, orderFrom }: CriterionResult): string {
  const effect = ranking?.orderEffect ?? null
  if (effect === null) return 'left out: ties say nothing of it'
  return orderFrom === 'prior' ? `${figure(effect, 2)}, drawn to 0 by the prior` : figure(effect, 2)
}

const yesNo = (value: boolean) => (value ? 'yes' : 'no')

/** W means little without what chance gives, and without how many judges it is of. */
function concordanceWords({ kendallW, byChance, judges, of, undefined: reason }: Concordance): string {
  return kendallW === null || byChance === null
    ? `undefined: ${reason}`
    : `${figure(kendallW, 2)} (by chance ${byChance.toFixed(2)}), ${judges} of ${of} judges, who compared every pair`
}

export function tableJudges({ judges, criteria }: SessionResults): Html {
  // Answers to repeats, pairs of the same and anchors are the overall ones too (countVotes).
  const fits = criteria.find(({ criterion }) => criterion === 'overall')?.ranking?.judges ?? {}
  const row = (one: JudgeConduct) => [
    one.judge,
    one.kind,
    `${one.voted} of ${one.of}`,
    one.headphones === null ? 'none' : `${one.headphones} of 6`,
    share(one.repeats),
    share(one.same),
    share(one.anchors),
    share(one.firstSide),
    fits[one.judge]?.infit?.toFixed(2) ?? '',
    fits[one.judge]?.outfit?.toFixed(2) ?? '',
    one.medianSeconds === null ? '' : `${Math.round(one.medianSeconds)} s`,
    one.leftOut === null ? 'yes' : `no: ${one.leftOut}`,
  ]
  return html`${table(
    'Each judge, on the overall question',
    [
      'Judge',
      'Kind',
      'Pairs',
      'Headphones',
      'Same answer again',
      'Same clip: tie',
      'Anchor preferred',
      'First side',
      'Infit',
      'Outfit',
      'Median time',
      'Counts',
    ],
    judges.map(row),
  )}<p class="small">Same answer again: on pairs that came twice. Anchor preferred: a spoilt clip to what it was made of. First side: the sound that was heard first was preferred. Infit, outfit: how far the answers are from what the model expects, 1 as chance has it; outfit minds single odd answers more.</p>`
}

/** Who hears nothing is right in half of the trials. */
export function tableAbx({ all, judges, pairs }: AbxResult): Html {
  const row = (name: string, { right, of, p, interval }: AbxCount, note = '') => [
    name,
    share({ count: right, of }),
    interval === null ? '' : `${interval.map((end) => `${Math.round(100 * end)}`).join(' to ')} %`,
    p === null ? '' : p < 0.0001 ? 'below .0001' : p.toFixed(4).replace(/^0/, ''),
    note,
  ]
  const head = ['', 'Right', '95 % interval', 'By guessing, at least as many', 'Note']
  return html`${table('ABX: X named right', head, [
    row('All who count', all),
    ...judges.map((one) => row(one.judge, one, one.leftOut ?? '')),
  ])}${
    pairs.length === 0
      ? null
      : table(
          'ABX, pair by pair',
          head.slice(0, 4),
          pairs.map((one) => row(`${one.a} : ${one.b}`, one).slice(0, 4)),
        )
  }`
}

const share = ({ count, of }: Count) => (of === 0 ? 'none' : `${count} of ${of}`)

/** All stand in results.json and votes.csv. */
export function tableExcluded({ excluded }: SessionResults): Html {
  if (excluded.length === 0) return html``
  const rows = excluded
    .slice(0, mostListed)
    .map(({ n, judge, trial, reason }) => [String(n), judge, String(trial), reason])
  const more = excluded.length - rows.length
  return html`<details><summary>Each of them</summary>${table('Votes that do not count', ['Line', 'Judge', 'Pair', 'Reason'], rows)}${more > 0 ? html`<p class="small">And ${more} more: votes.csv has them all.</p>` : null}</details>`
}

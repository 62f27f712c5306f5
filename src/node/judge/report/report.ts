// report.html of a judging session: one file without scripts. Results in, page out.
import type { CriterionResult } from '../../../judging/index.ts'
import type { Criterion } from '../../../record/index.ts'
import { type Html, html } from '../../report/html.ts'
import { countReasons, type SaidSession, type SessionResults } from '../results.ts'
import { drawDots } from './dots.ts'
import { writeMachines } from './machines.ts'
import { describeMethods } from './methods.ts'
import { reportStyles } from './style.ts'
import { tableAbx, tableExcluded, tableFit, tableJudges, tableRanks, tableWins } from './tables.ts'

export const criterionWords: Readonly<Record<Criterion, string>> = {
  overall: 'Overall',
  order: 'Order: which holds together better',
  interplay: 'Interplay: in which they listen to each other more',
  evolution: 'Evolution: which leads somewhere',
}

export function renderJudgingReport(given: SaidSession, results: SessionResults): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>hocket: what the judges heard</title><style>${reportStyles}</style></head>
<body><main>
<header><p class="eyebrow">hocket, judging session</p><h1>What the judges heard</h1>${writeFacts(given, results)}</header>
${results.criteria.map((result) => writeCriterion(given, result))}
${results.abx === null ? null : html`<section><h2>Can the difference be heard?</h2><p class="small">A third sound was one of the two, by a fair coin, and judges said which. These trials rank nothing.</p>${tableAbx(results.abx)}</section>`}
<section><h2>Judges</h2>${tableJudges(results)}</section>
${writeMachines(given.machines ?? [])}
<section><h2>Votes that do not count</h2>${writeReasons(results)}${tableExcluded(results)}</section>
<section><h2>Method</h2>${describeMethods(given, results)}</section>
<footer><p>Files: <a href="results.json">results.json</a>, <a href="votes.csv">votes.csv</a>, <a href="votes.jsonl">votes.jsonl</a>. Last line of the chain: <code>${results.head}</code></p></footer>
</main></body></html>
`
  return page.text
}

function writeFacts({ key, session, said }: SaidSession, { votes }: SessionResults): Html {
  const people = key.judges.filter(({ kind }) => kind === 'person').length
  const days = [...new Set([said[0], said.at(-1)].flatMap((line) => (line ? dayOf(line.at) : [])))]
  return html`<p class="small">${key.entries.length} entries, ${people} judges, ${votes} votes${days.length === 0 ? '' : `, ${days.join(' to ')}`}. Session ${session.id.slice(0, 8)}.</p>`
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

function writeCriterion({ key }: SaidSession, result: SessionResults['criteria'][number]): Html {
  const labels = Object.fromEntries(key.entries.map(({ entry, label }) => [entry, label]))
  const name = criterionWords[result.criterion]
  return html`<section class="criterion" aria-label="${name}"><h2>${name}</h2>
<p class="verdict ${result.verdict.kind}">${result.verdict.sentence}</p>
<p class="small">${result.votes} votes of ${result.judges} judges count, ${result.ties} of them ties${result.neither > 0 ? ` (${result.neither} "neither")` : ''}.</p>
${drawDots(result, labels)}
${result.ranking === null ? null : html`${tableRanks(result)}${tableWins(result)}${tableFit(result)}`}
${writeNext(result)}</section>`
}

function writeNext({ next }: CriterionResult): Html {
  const [pair] = next.pairs
  const [gain] = next.gainsNats
  return pair === undefined || gain === undefined
    ? html``
    : html`<p class="small">A vote on <b>${pair[0]}</b> and <b>${pair[1]}</b> would tell most next: ${gain.toFixed(3)} of at most .693 nats. Rank votes on pairs that were chosen so with a Gaussian prior: greatest likelihood would draw strengths too far apart, and intervals would hold too seldom.</p>`
}

function writeReasons(results: SessionResults): Html {
  const reasons = countReasons(results)
  return reasons.length === 0
    ? html`<p>Every vote counts.</p>`
    : html`<ul class="reasons">${reasons.map(([reason, count]) => html`<li>${count}: ${reason}</li>`)}</ul>`
}

// index.html of the gauntlet: the table of measures, then every case with its sound. One page without script; the sound lies beside it.
import { type Html, html, trusted } from '../report/html.ts'
import { figure } from '../report/run.ts'
import { styles } from '../report/style.ts'
import { compositeName } from './measures.ts'
import { type CaseResult, type GauntletResult, isPassed } from './run.ts'

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; media-src 'self' file:; base-uri 'none'; form-action 'none'"

const own = trusted(`
.aucs td.value{width:6rem}.aucs td.value:nth-of-type(1){width:9rem}
.aucs .who{font-size:.82rem;font-weight:400;line-height:1.5;color:var(--soft);margin:0}
.aucs summary{cursor:pointer;color:var(--ink)}
.aucs tr.whole th{font-weight:600}
.strip{position:relative;height:2.6rem;margin:.4rem 0 .2rem;background:var(--wash)}
.strip i{position:absolute;width:.55rem;height:.55rem;transform:translate(-50%,-50%)}
.strip .living{top:32%;background:var(--p0);border-radius:50%}.strip .degenerate{top:68%;background:var(--p1)}
.ends{display:flex;justify-content:space-between;font:.7rem/1.4 system-ui,sans-serif;color:var(--soft)}
.legend{list-style:none;padding:0;margin:.4rem 0 0;display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;font:.8rem/1.5 system-ui,sans-serif}
.legend i{display:inline-block;width:.6rem;height:.6rem;margin-right:.45rem;background:var(--p1)}.legend .living{background:var(--p0);border-radius:50%}
.cases{list-style:none;padding:0;margin:1rem 0}
.cases li{display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:.3rem 1.6rem;padding:1rem 0;border-bottom:1px solid var(--line)}
.cases h3{margin:0}.cases p{margin:.2rem 0 .4rem}
.cases audio{width:100%;height:2.2rem}
.bits{display:flex;flex-wrap:wrap;gap:.1rem .9rem;font:.76rem/1.5 system-ui,sans-serif;color:var(--soft);font-variant-numeric:tabular-nums;margin:0}
.bits .zero{color:var(--ink);font-weight:600}
@media (max-width:40rem){.cases li{grid-template-columns:1fr}
.aucs thead{position:absolute;left:-99rem}.aucs,.aucs tbody,.aucs tr,.aucs th,.aucs td{display:block}.aucs tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
.aucs th,.aucs td{border:0;padding:.05rem 0}.aucs td.value,.aucs td.value:nth-of-type(1){width:auto}.aucs td::before{content:attr(data-label);font:.7rem/1.5 system-ui,sans-serif;color:var(--soft);margin-right:.6rem}
.aucs .bar{max-width:none}}
@media print{.cases audio{display:none}}
`)

const kinds: readonly (readonly [CaseResult['kind'], string, string])[] = [
  [
    'living',
    'The living',
    'Canonical ways of weaving, performed with the changes that players make; parties of listeners; a dialogue. A measure of harmony should place all of them above everything that follows.',
  ],
  [
    'degenerate',
    'The degenerate',
    'Whatever reaches for one measure and leaves music behind: spam, copies, loops, noise, silence, noise with manners.',
  ],
  ['control', 'Shown, not judged', 'Cases on which measures and music may disagree. They count in no figure.'],
]

export function renderGauntlet(result: GauntletResult): string {
  const passed = isPassed(result)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>The gauntlet · hocket</title><style>${styles}${own}</style></head>
<body><a class="skip" href="#main">To the gauntlet</a><main id="main"><header><p class="eyebrow">hocket &middot; the gauntlet</p><h1>Feedback that cannot be spammed</h1>
<p class="what">An evaluator that loved “yes” once taught a model to say only yes. Here every measure faces pairs that live and pairs that merely look it, all through the same path: notes or words, sound, hearing, measures.</p>
<p>${passed ? 'The ranking composite places every degenerate case below every living one.' : 'The ranking composite does not yet place every degenerate case below every living one.'} It is made for putting runs in order, its weights are ${result.weighting}, and it is not a grade. Most single measures fail; who fools them stands beside them.</p>
<nav aria-label="Contents"><ul><li><a href="#measures">Measures</a></li>${kinds.map(([kind, title]) => html`<li><a href="#${kind}">${title}</a></li>`)}</ul></nav></header>
${writeStrip(result)}${writeMeasures(result)}${kinds.map(([kind, title, what]) => writeKind(result, kind, title, what))}
<footer><p>Made by <code>hocket gauntlet</code>; ranking settings ${result.settings}; seeds ${result.seeds.join(', ')}. Each sound is eight seconds of the first seed. This page runs no script.</p></footer></main></body></html>
`.text
}

/** Where all runs lie on the composite. */
function writeStrip({ cases }: GauntletResult): Html {
  const dots = cases
    .filter(({ kind }) => kind !== 'control')
    .flatMap((one) =>
      one.runs.map((run) => ({ kind: one.kind, title: one.title, value: run.values[compositeName] ?? 0 })),
    )
  return html`<section aria-label="All runs on the composite"><div class="strip" role="img" aria-label="${dots.length} runs in order of the composite">${dots.map(
    ({ kind, title, value }) =>
      html`<i class="${kind}" title="${title}" style="left:${(1 + 98 * value).toFixed(2)}%"></i>`,
  )}</div><div class="ends"><span>last in order</span><span>first in order</span></div>
<ul class="legend"><li><i class="living"></i>a living run</li><li><i></i>a degenerate run</li></ul></section>`
}

function writeMeasures({ measures, cases }: GauntletResult): Html {
  const titles = new Map(cases.map(({ name, title }) => [name, title]))
  return html`<section id="measures"><h2>Measures</h2><p>AUC is the chance that a living run lies above a degenerate one: 1 separates all, one half is a coin. The margin is the lowest living value less the highest degenerate one. What is not defined counts as lowest, except for words and the floor, which are asked only where there are any.</p>
<table class="numbers aucs"><thead><tr><th scope="col">measure</th><th scope="col">AUC</th><th scope="col">margin</th><th scope="col">who reaches the lowest living run</th></tr></thead><tbody>${measures.map(
    ({ name, auc, margin, failures, undefinedCount }) =>
      html`<tr${trusted(name === compositeName ? ' class="whole"' : '')}><th scope="row">${name}</th><td class="value" data-label="AUC">${figure(auc, 3)}<i class="bar" aria-hidden="true"><i style="width:${(100 * (auc ?? 0)).toFixed(0)}%"></i></i></td><td class="value" data-label="margin">${figure(margin)}</td><td class="who" data-label="reached by">${writeFailures(failures.map((one) => titles.get(one) ?? one))}${undefinedCount > 0 ? html` <i>(undefined ${undefinedCount} times)</i>` : null}</td></tr>`,
  )}</tbody></table></section>`
}

/** All of them are there; only a few are shown unasked. */
function writeFailures(titles: readonly string[]): Html | string {
  if (titles.length === 0) return 'nobody'
  if (titles.length <= 6) return titles.join(', ')
  return html`<details><summary>${titles.length} cases</summary>${titles.join(', ')}</details>`
}

function writeKind({ cases }: GauntletResult, kind: CaseResult['kind'], title: string, what: string): Html | null {
  const own = cases.filter((one) => one.kind === kind)
  if (own.length === 0) return null
  const sorted = [...own].sort((p, q) => lowestOf(q) - lowestOf(p))
  return html`<section id="${kind}"><h2>${title}</h2><p>${what}</p><ol class="cases">${sorted.map(writeCase)}</ol></section>`
}

const lowestOf = ({ runs }: CaseResult) => Math.min(...runs.map(({ values }) => values[compositeName] ?? -1))

function writeCase({ name, title, why, runs }: CaseResult): Html {
  const components = Object.entries(runs[0]?.components ?? {})
  const collapses = [...new Set(runs.flatMap((run) => run.collapses))]
  return html`<li><div><h3>${title}</h3><p>${why}</p><p class="bits">${components.map(
    ([component, value]) =>
      html`<span${trusted((value ?? 1) < 0.1 ? ' class="zero"' : '')}>${component} ${figure(value)}</span>`,
  )}</p>${collapses.length > 0 ? html`<p class="bits"><span>collapse: ${collapses.join('; ')}</span></p>` : null}</div><div><audio controls preload="none" src="sound/${name}.wav" aria-label="${title}"></audio><p class="bits"><span>order by ${runs.map(({ values }) => figure(values[compositeName])).join(', ')}</span></p></div></li>`
}

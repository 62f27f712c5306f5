// Where the run fell into something that goes on without end: what, who, since when. Nothing found is said too.
import type { Onset } from '../../../record/index.ts'
import { type Html, html } from '../html.ts'
import { clock, type Run, titleOf } from '../run.ts'

interface Found {
  readonly onset: Onset
  readonly what: string
  readonly meaning: string
}

export function writeCollapse(run: Run): Html {
  const found = findAll(run).sort((p, q) => p.onset.seconds - q.onset.seconds)
  const list = html`<ol class="faults">${found.map(
    ({ onset, what, meaning }) =>
      html`<li><span class="when">${clock(onset.seconds)}</span><span class="when">slot ${onset.slot + 1}</span><span><b><bdi>${what}</bdi></b>: ${meaning}</span></li>`,
  )}</ol>`
  const nothing = html`<p class="none">Nothing was found: no repetition without end, no small set of words that both kept to, no endless goodbye, no narrowing of style, nobody who took all the room, no number of the score where it must not be.</p>`
  return html`<section id="collapse"><h2>Collapse</h2><p>Two agents can fall into something and never leave it. Each detector says from when on that went on to the end.</p>${found.length > 0 ? list : nothing}</section>`
}

function findAll(run: Run): Found[] {
  const own = run.scores.agents.flatMap(({ agent, collapses }) => [
    name(collapses.repetition, `${titleOf(run, agent)} repeats`, 'its voice only says its last pattern over again'),
    name(collapses.modeCollapse, `${titleOf(run, agent)} narrows`, 'half of the variety of its style is gone'),
    name(collapses.scoreLeak, `${titleOf(run, agent)} sees the score`, 'a number stands where it must not'),
  ])
  const shared = run.scores.pairs.flatMap(({ a, b, collapses: { attractor, goodbye, domination } }) => {
    const both = `${titleOf(run, a)} and ${titleOf(run, b)}`
    return [
      name(attractor, `${both}, an attractor`, 'both draw on one small set of words'),
      name(goodbye, `${both}, a long goodbye`, 'they only thank each other, part, agree or give way'),
      name(domination, `${titleOf(run, domination?.by ?? a)} dominates`, 'nearly all notes of the voices are its own'),
    ]
  })
  return [...own, ...shared].flat()
}

const name = (onset: Onset | null, what: string, meaning: string): Found[] =>
  onset === null ? [] : [{ onset, what, meaning }]

// The score: the whole run at a glance, then two half minutes from near.

import { pitchNameOf } from '../../../units.ts'
import { drawCloseUp, drawOverview, type Moment } from '../figures/lanes.ts'
import { type Html, html } from '../html.ts'
import { type Found, findRough, findWoven } from '../moments.ts'
import { clock, figure, type Run, titleOf } from '../run.ts'

export function writeScore(run: Run): Html {
  const woven = findWoven(run)
  const rough = findRough(run)
  const moments: Moment[] = [
    ...(woven === null ? [] : [{ label: 'woven', span: woven.span }]),
    ...(rough === null ? [] : [{ label: 'rough', span: rough.span }]),
  ]
  return html`<section id="score"><h2>The score</h2>
<p>Time runs to the right. Each agent has a lane: on top its <b>voice</b>, the words it wrote, as notes by pitch; below it its <b>deck</b>, the track it played, one row per part, stronger where more sounds.</p>
<figure>${drawOverview(run, moments)}<figcaption>The whole run, ${clock(run.seconds)}.${
    moments.length === 0 ? null : ' Shaded: the half minutes shown from near below.'
  }</figcaption></figure>
${closeUp(run, 'woven', 'Where it wove most', woven, `interlock of the ${woven?.layer ?? 'voices'}`, `Look for one of the ${woven?.layer ?? 'voices'} sounding where the other rests.`)}
${closeUp(run, 'rough', 'Where it was roughest', rough, 'smoothness between the two', 'Look for notes of the two that sound at once, close in pitch.')}
${tellRubbing(run)}</section>`
}

function closeUp(run: Run, id: string, title: string, found: Found | null, measure: string, look: string): Html {
  if (found === null)
    return html`<h3>${title}</h3><p class="none">No half minute can be named: ${measure} was not defined for long enough.</p>`
  return html`<h3>${title}: ${clock(found.span.from)} to ${clock(found.span.to)}</h3><figure>${drawCloseUp(run, id, found.span)}<figcaption>Mean ${measure} here ${figure(
    found.mean,
  )} of 1. ${look} Strong upright lines are bars, faint ones beats; under each voice stand its words where they begin to sound.</figcaption></figure>`
}

/** Which partials of two agents beat most against each other over the run: by name, in hertz, and by their share of all that beats. */
function tellRubbing(run: Run): Html {
  const rubbing = run.scores.pairs.filter((pair) => pair.rubbing.length > 0)
  if (rubbing.length === 0) return html``
  return html`<h3>What rubbed most</h3>${rubbing.map(
    ({ a, b, rubbing: partials }) =>
      html`<table class="rubbing"><thead><tr><th>${titleOf(run, a)}</th><th>${titleOf(run, b)}</th><th>share of it all</th></tr></thead><tbody>${partials.map(
        ({ aHz, bHz, share }) =>
          html`<tr><td>${tellPartial(aHz)}</td><td>${tellPartial(bHz)}</td><td>${figure(share)}</td></tr>`,
      )}</tbody></table>`,
  )}`
}

const tellPartial = (hertz: number) => `${pitchNameOf(hertz)}, ${hertz.toFixed(hertz < 1000 ? 1 : 0)} Hz`

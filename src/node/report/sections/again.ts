// How to get the same again, the hashes that prove it, and the words used here.
import { type Html, html } from '../html.ts'
import type { Run } from '../run.ts'

export function writeAgain(run: Run): Html {
  const { hashes } = run.scores
  const rows: [string, string][] = [
    ['hocket', run.session.hocket],
    ['record', hashes.record],
    ['kernel', hashes.kernel],
    ...(run.session.library === null ? [] : [['library of tracks', run.session.library] as [string, string]]),
    ['features heard', hashes.features],
    ...Object.entries(hashes.stems).map(([stem, hash]): [string, string] => [`stem ${stem}`, hash]),
    ...(run.session.plan === null ? [] : [['plan', run.session.plan] as [string, string]]),
  ]
  return html`<section id="again"><h2>The same again</h2><p>Everything here follows from the record. To play the party anew with the same dice:</p><pre tabindex="0"><code>${run.command}</code></pre>
<p>To recompute sound and scores from the record and compare every hash:</p><pre tabindex="0"><code>hocket replay ${run.name}</code></pre>
<table class="hashes"><caption>SHA-256 of what was made</caption><tbody>${rows.map(([name, hash]) => html`<tr><th scope="row">${name}</th><td><code>${hash}</code></td></tr>`)}</tbody></table></section>`
}

const words: readonly (readonly [string, string])[] = [
  ['agent', 'whoever writes tokens: a scripted rule, a language model, a speaker in a transcript'],
  ['clash', 'the simulated world’s own estimate of how badly two tracks fit (key, tempo); it is not heard'],
  ['collapse', 'a stream that by now only repeats itself'],
  ['comfort', 'an agent’s slow well-being; wears off, and turns to pain when low'],
  ['condition', 'what the agents got to read'],
  ['deck', 'what plays an agent’s tracks'],
  ['fader', 'an agent’s share of the crossfader'],
  ['hocket', 'one melody shared by two voices, each sounding where the other rests'],
  ['mask', 'a persona as data: taste, phrases, refrain, voice'],
  ['partial', 'one tone of the many that make up a sound'],
  ['pattern survival', 'how much of an agent’s refrain can still be recovered from the mix'],
  ['policy', 'the rule behind a scripted DJ'],
  ['refrain', 'the pattern an agent keeps coming back to'],
  ['roughness', 'the beating of partials that lie close together'],
  ['slot', '32 beats, eight bars: the time of one decision'],
  ['stem', 'the sound of one layer of one agent, alone'],
  ['token', 'a piece of text that an agent wrote; each sounds as a few notes'],
  ['twin', 'the same measure on material that cannot fit by design: the comparison that a claim needs'],
]

export function writeGlossary(): Html {
  return html`<section id="glossary"><h2>Words</h2><dl class="glossary">${words.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl></section>`
}

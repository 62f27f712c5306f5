// How to get the same again, the hashes that prove it, and the words used here.
import { shippedMasks } from '../../../djs/index.ts'
import { defaultScenario } from '../../../party/index.ts'
import type { SessionLine } from '../../../record/index.ts'
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
  const party = partyCommand(run.session)
  return html`<section id="again"><h2>The same again</h2><p>Everything here follows from the record. To recompute sound and scores from it, and compare every hash:</p><pre tabindex="0"><code>${run.command}</code></pre>
${party === null ? null : html`<p>To play the party anew, with the same dice:</p><pre tabindex="0"><code>${party}</code></pre>`}
<table class="hashes"><caption>SHA-256 of what was made</caption><tbody>${rows.map(([name, hash]) => html`<tr><th scope="row">${name}</th><td><code>${hash}</code></td></tr>`)}</tbody></table></section>`
}

/** null where options alone would not say everything: another scenario, masks or DJs that are not shipped. */
function partyCommand({ scenario, condition, seed, agents }: SessionLine): string | null {
  if (scenario === null || condition === null) return null
  const shipped = { ...defaultScenario, slots: scenario.slots, order: scenario.order }
  if (JSON.stringify(sorted(scenario)) !== JSON.stringify(sorted(shipped))) return null
  const seats: string[] = []
  for (const { dj, mask } of agents) {
    const known = shippedMasks.find((each) => each.name === mask?.name)
    if (dj.kind !== 'scripted' || known === undefined) return null
    if (JSON.stringify(sorted(known)) !== JSON.stringify(sorted(mask))) return null
    seats.push(`--dj-${'ab'[seats.length] ?? ''} ${dj.policy}:${known.name}`)
  }
  return `hocket party --condition ${condition} --seed ${seed} --slots ${scenario.slots} --order ${scenario.order} ${seats.join(' ')}`
}

/** Keys in one order, so that equal data reads equal. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
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

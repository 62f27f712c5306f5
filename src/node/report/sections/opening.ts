// The top of the report: what this is, the verdict, the facts of the run, who played.
import { describeVerdict } from '../../../feedback/index.ts'
import { type Condition, type Mask, styleNames } from '../../../record/index.ts'
import { type Html, html, shorten } from '../html.ts'
import { clock, type Player, type Run, titlesOf } from '../run.ts'

const conditionMeanings: Readonly<Record<Condition, string>> = {
  solo: 'one agent alone',
  deaf: 'the agents could not hear each other and felt nothing',
  hearing: 'the agents heard each other in words, but felt nothing',
  'comfort-only': 'the agents felt how the party treated them, but could not hear each other',
  'hearing+comfort':
    'the agents heard each other in words and felt how the party treated them; nobody told them to fit together',
  'explicit-score': 'the agents were shown their numbers and told to raise them',
  'scripted-partner': 'one agent played with a partner that follows a fixed rule',
  'yoked-sham': 'the agents heard each other in words, but were told how another night had treated them',
  ghost: 'one agent played with a recording of an agent of another night, which could not hear it',
  metatokens: 'the agents were shown control tokens for what they were wanted to sound like',
}

export function writeTitle(run: Run): string {
  const names = run.players.map((player) => shorten(player.title, 30))
  if (names.length > 4) return `${names.length} agents`
  return names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} & ${names.at(-1)}`
}

export function writeOpening(run: Run): Html {
  const [sound, rhythm, life] = describeVerdict(run.scores, titlesOf(run))
  const { scenario, condition, seed } = run.session
  const facts: [string, string][] = [
    ['length', clock(run.seconds)],
    ['tempo', `${run.session.bpm} bpm`],
    ...(scenario === null ? [] : [['slots of 8 bars', String(run.worlds.length)] as [string, string]]),
    ['scenario', scenario?.name ?? 'a transcript'],
    ...(condition === null ? [] : [['condition', condition] as [string, string]]),
    ['seed', String(seed)],
  ]
  return html`<header><p class="eyebrow">hocket &middot; report of run <bdi>${shorten(run.name, 60)}</bdi></p>
<h1>${scenario === null ? 'A conversation' : 'A party'}, heard: <span class="names"><bdi>${writeTitle(run)}</bdi></span></h1>
<p class="what">${explain(run)}</p></header>
<section class="verdict" aria-label="The verdict"><ol>
<li><b>Sound</b><p>${sound}</p></li><li><b>Rhythm</b><p>${rhythm}</p></li><li><b>Life</b><p>${life}</p></li></ol>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
<p class="caution">${caution(run)}</p></section>`
}

function caution(run: Run): string {
  const one =
    'These are measurements of one run. Two agents that ignore each other can score well by luck or by shared habits, so a number becomes evidence only beside the same measure on twins: partners shuffled across runs. '
  return run.scores.twins === undefined
    ? `${one}This report holds no twins.`
    : `${one}They stand below the numbers and behind the curves.`
}

function explain(run: Run): Html {
  if (run.session.scenario === null)
    return html`The words of these agents were turned into notes, word by word, rendered to sound and measured: how smooth they are together, how their rhythms weave, whether the pattern stays alive. Nothing of what they said was judged.`
  const { condition } = run.session
  const meaning = condition === null ? '' : ` In this run ${conditionMeanings[condition]}.`
  return html`Agents stood at two decks before one dancing crowd. Every ${Math.round(run.slotSeconds)} seconds each of them read what it heard and felt, as text, and answered in text: a move on its deck, and some words.
The tracks they played and the words they wrote were both turned into sound, and that sound was measured.${meaning}`
}

export function writePlayers(run: Run): Html {
  return html`<section id="players"><h2>Who played</h2><div class="cards">${run.players.map((player) => writePlayer(player))}</div></section>`
}

function writePlayer(player: Player): Html {
  const { dj, mask } = player
  const seat = writeSeat(dj)
  return html`<article class="card p${player.place % 6}"><h3><bdi>${shorten(player.title, 60)}</bdi></h3>
<p class="seat">agent <code>${player.agent}</code>, ${seat}</p>${mask === null ? html`<p class="none">wears no mask</p>` : writeMask(mask)}</article>`
}

function writeSeat(dj: Player['dj']): Html {
  switch (dj.kind) {
    case 'scripted':
      return html`scripted, policy <b>${dj.policy}</b>`
    case 'server':
      return html`model <b><bdi>${shorten(dj.model, 60)}</bdi></b> at <bdi>${shorten(dj.url, 60)}</bdi>`
    case 'embedded':
      return html`embedded n-gram model <b>${dj.model}</b>, deck moves by policy <b>${dj.policy}</b>`
    case 'ghost':
      return html`a ghost: what a ${dj.was} agent did in the run of seed ${dj.seed}, which hears nothing`
    case 'imported':
      return html`imported from <bdi>${shorten(dj.from, 60)}</bdi>`
  }
}

function writeMask(mask: Mask): Html {
  return html`<p class="persona"><bdi>${shorten(mask.persona, 400)}</bdi></p>
<h4>taste</h4><ul class="taste">${styleNames.map((style, s) => {
    const share = mask.taste[s] ?? 0
    return html`<li><span>${style}</span><i style="width:${(100 * share).toFixed(0)}%"></i><em>${share.toFixed(1)}</em></li>`
  })}</ul>
<h4>refrain of its voice</h4><p class="refrain" role="img" aria-label="pattern ${mask.refrain.pattern}, x sounds, dot rests">${[
    ...mask.refrain.pattern,
  ].map((step) =>
    step === 'x' ? html`<i class="on"></i>` : html`<i></i>`,
  )}</p><p class="seat">${mask.voice.timbre} timbre around MIDI ${mask.voice.registerMidi}; mask <code>${mask.name}</code></p>`
}

// Consonance, interlock and vitality over time, each with what it claims to hear.
import { whyNoBand } from '../../../feedback/index.ts'
import type { Series, TwinSeries } from '../../../record/index.ts'
import { type Curve, drawCurves } from '../figures/curves.ts'
import { type Html, html, shorten } from '../html.ts'
import type { Run } from '../run.ts'

const unit = { low: 0, high: 1 }
const levels = [0, 0.5, 1]

export function writeCurves(run: Run): Html {
  const time = { from: 0, to: run.seconds }
  const { consonance, smoothness, interlock, vitality } = run.scores.series
  const figureOf = (id: string, title: string, curves: readonly Curve[], chance: readonly TwinSeries[] = []) =>
    html`<figure>${drawCurves({ id, title, time, scale: unit, levels, curves, chance, heightRem: 9 })}</figure>`
  return html`<section id="curves"><h2>Three curves</h2><p>Each runs from 0 to 1. They are kept apart on purpose: no mean of them says whether two agents fit. A point is a mean over a few seconds. A line breaks where the measure is not defined, for instance while one of the two is silent. ${explainChance(run)}</p>
<h3>Consonance: would people call the sound pleasant?</h3><p>Taken from the partials heard in the sound itself: how much they beat against each other, and how well they fit the overtones of one tone. The scale is that of people who rated chords, 0 for the least and 1 for the most pleasant. <i>Smoothness between the two</i> counts only how little one agent’s partials beat against the other’s: two notes a semitone apart have 0.29, none that beat 0.92.</p>
${figureOf(
  'consonance',
  'Consonance over time',
  [
    ...perPlayer(run, consonance.within, ' alone', 'soft'),
    { label: 'all together', series: consonance.together, look: 'both' },
    { label: 'smoothness between', series: smoothness.between, look: 'between' },
  ],
  chanceOf(run, 'consonance.together'),
)}
<h3>Interlock: do the rhythms weave?</h3><p>Near 1 two rhythms share a pulse, leave each other room, and each keeps a pattern of its own: one melody made by two. Unison, silence, and two clocks that drift apart all give 0.</p>
${figureOf(
  'interlock',
  'Interlock over time',
  [
    { label: 'voices', series: interlock.voice, look: 'both' },
    { label: 'decks', series: interlock.deck, look: 'between' },
  ],
  chanceOf(run, 'interlock.voice'),
)}
<h3>Vitality: is the pattern alive?</h3><p>Stable, patterned, yet going on. Mere repetition gives 0, and so does mere chance; a phrase that returns and changes scores high. It looks back over the last 512 notes, so it moves slowly.</p>
${figureOf(
  'vitality',
  'Vitality over time',
  [
    ...perPlayer(run, vitality, ''),
    ...Object.entries(vitality)
      .filter(([name]) => !run.players.some((player) => player.agent === name))
      .map(([name, series]): Curve => ({ label: name, series, look: 'both' })),
  ],
  chanceOf(run, ...run.players.map(({ agent }) => `vitality.${agent}`)),
)}</section>`
}

function chanceOf(run: Run, ...names: readonly string[]): TwinSeries[] {
  return names.flatMap((name) => run.scores.twins?.series[name] ?? [])
}

function explainChance(run: Run): Html {
  if (run.scores.twins === undefined) return html`No twins were drawn, so nothing here says what chance reaches.`
  return html`Behind them lies what chance reaches, the middle nine tenths of the twins: for interlock the voices of strangers, each from another party like this one; for vitality the same voice with its words in another order. Inside the band means no more than chance. ${consonanceChance(run)}`
}

function consonanceChance(run: Run): string {
  const reason = whyNoBand(run.scores, 'together.consonance')
  return reason === null ? 'For consonance it is that of two strangers together.' : `Consonance has no band: ${reason}.`
}

export function writeFloor(run: Run): Html {
  const { crowdEnergy, comfort } = run.scores.series
  if (run.worlds.length === 0) return html``
  const time = { from: 0, to: run.seconds }
  const groups = run.worlds[0]?.crowd.groups.map((group) => group.name) ?? []
  const lowest = Math.min(
    0,
    ...Object.values(comfort).flatMap((series) => series.values.flatMap((value) => value ?? [])),
  )
  const low = Math.floor(lowest * 4) / 4
  return html`<section id="floor"><h2>The floor and the bodies</h2>
<h3>How much of the crowd danced</h3><p>The crowd is simulated: groups with tastes of their own, that tire, get their fill of a style and drift away. It hears no measure; it only reacts to what is played.</p>
<figure>${drawCurves({
    id: 'crowd',
    title: 'Crowd energy over time',
    time,
    scale: unit,
    levels,
    heightRem: 9,
    curves: [
      { label: 'whole floor', series: crowdEnergy, look: 'both', filled: true },
      ...groups
        .slice(0, 4)
        .map((name, g): Curve => ({ label: shorten(name, 24), series: groupSeries(run, g), look: `group g${g}` })),
    ],
  })}</figure>
<h3>How the agents felt</h3><p>Comfort is each agent's slow well-being: its own taste being heard and a floor that moves raise it, clashing sound and effort lower it, and it wears off. Below a quarter it turns to pain. A party that only one of the two enjoys shows here.</p>
<figure>${drawCurves({
    id: 'comfort',
    title: 'Comfort of each agent over time',
    time,
    scale: { low, high: 1 },
    levels: low < 0 ? [low, 0, 0.5, 1] : levels,
    heightRem: 8,
    curves: perPlayer(run, comfort, ''),
    band: { scale: { low, high: painThreshold(run) }, label: 'pain' },
  })}</figure></section>`
}

function painThreshold(run: Run): number {
  return run.session.scenario?.dynamics.painThreshold ?? 0.25
}

function groupSeries(run: Run, group: number): Series {
  return {
    seconds: run.worlds.map((world) => world.t),
    values: run.worlds.map((world) => world.crowd.groups[group]?.dancing ?? null),
  }
}

function perPlayer(run: Run, byAgent: Readonly<Record<string, Series>>, suffix: string, extra = ''): Curve[] {
  return run.players.flatMap((player) => {
    const series = byAgent[player.agent]
    return series === undefined
      ? []
      : [{ label: `${shorten(player.title, 24)}${suffix}`, series, look: `p${player.place % 6} ${extra}`.trim() }]
  })
}

// The verdict on a run: three plain sentences for someone who has never seen the project.
// In: scores. Out: how they sounded together, how their rhythms wove, whether it stayed alive and who enjoyed it. Numbers stand behind the words.
import type { InterlockScore, Scores, VitalityScore } from '../record/index.ts'
import { tellChance } from './chance.ts'
import { gradeOf } from './scales.ts'

type Titles = Readonly<Record<string, string>>
type Value = number | null

/** `titles` are the agents' names on the page; without one the agent's id is used, and two of one name are told apart by it. What is null is said to be unknown, with its reason. */
export function describeVerdict(scores: Scores, titles: Titles = {}): [string, string, string] {
  const known = scores.agents.map(({ agent }) => titles[agent] ?? agent)
  const nameOf = (agent: string) => {
    const title = titles[agent] ?? agent
    return known.indexOf(title) === known.lastIndexOf(title) ? title : `${title} (${agent})`
  }
  return [tellSound(scores), tellWeaving(scores, nameOf), tellLife(scores, nameOf)]
}

function tellSound(scores: Scores): string {
  if (scores.pairs.length === 0)
    return `Only one agent played, so nothing can be said of two together; on its own it sounded ${tellConsonance(scores.agents[0]?.consonanceWithin ?? null)}.`
  const between = mean(scores.pairs.map((pair) => pair.smoothnessBetween))
  if (between === null)
    return `How they sounded together could not be measured (${reasonOf(scores, 'pairs.0.smoothnessBetween')}).`
  const gain = mean(scores.pairs.map((pair) => pair.gain))
  return `Together they sounded ${tellConsonance(scores.together.consonance, tellChance(scores, 'together.consonance', scores.together.consonance))}${tellGain(gain)}; what the one did to the other was ${gradeOf('smoothness', between).ofRun} (smoothness ${round(between)}; two notes a semitone apart have 0.29, without any beating it is 0.92)${tellNotes(scores)}.`
}

/** What the two play, as far as notes tell: only beside strangers does it say anything. */
function tellNotes(scores: Scores): string {
  const fit = scores.pairs[0]?.noteConsonance ?? null
  const chance = tellChance(scores, 'pairs.0.noteConsonance', fit)
  return fit === null || chance === '' ? '' : `. By their notes alone the two fitted at ${round(fit)}${chance}`
}

function tellConsonance(consonance: Value, chance = ''): string {
  return consonance === null
    ? 'in a way that could not be measured'
    : `${gradeOf('consonance', consonance).ofRun} (consonance ${round(consonance)} of 1${chance})`
}

/** Smaller differences than this are not told as one. */
const audibleGain = 0.02

function tellGain(gain: Value): string {
  if (gain === null) return ', and whether joining made it more consonant or less could not be measured'
  if (Math.abs(gain) < audibleGain) return ', about as consonant as each of them alone'
  return gain > 0
    ? `, more consonant than each of them alone (by ${round(gain)})`
    : `, less consonant than each of them alone (by ${round(-gain)}; two sounds nearly always are)`
}

/** What says most about two rhythms first: of parts that are equally strong or weak, the first is told. */
const parts: readonly (readonly [Exclude<keyof InterlockScore, 'score'>, string, string])[] = [
  ['space', 'they left each other room', 'they played on top of each other'],
  ['pulse', 'they kept one pulse', 'they kept different time'],
  ['refrain', 'each kept a pattern of its own', 'not both kept a pattern one could follow'],
  ['evenness', 'the line they made together was even', 'the line they made together had holes'],
  ['variety', 'both were more than a bare beat', 'one of them was a bare beat'],
  ['presence', 'both were there throughout', 'one of them was mostly absent'],
]

function tellWeaving(scores: Scores, nameOf: (agent: string) => string): string {
  const pair = scores.pairs[0]
  if (pair === undefined) return 'With one agent there were no two rhythms to weave.'
  const voice = pair.interlock.voice.score
  if (voice === null)
    return `How their voices' rhythms wove could not be measured (${reasonOf(scores, 'pairs.0.interlock.voice.score')})${tellCover(scores, nameOf)}.`
  const deck = pair.interlock.deck.score
  const decks = deck === null ? '' : `, their decks ${round(deck)}`
  return `Their voices ${gradeOf('interlock', voice).ofRun} (interlock ${round(voice)} of 1${decks}${tellChance(scores, 'pairs.0.interlock.voice.score', voice)})${tellParts(pair.interlock.voice)}${tellCover(scores, nameOf)}${tellAnswers(pair, nameOf)}.`
}

/** Who answered whom with tracks, where chance hardly reaches it. What voices say goes with the moves, and is left to the numbers. */
function tellAnswers({ a, b, coupling }: Scores['pairs'][number], nameOf: (agent: string) => string): string {
  const { leader, pAToB, pBToA } = coupling.deck
  if (leader === null) return ''
  const [follower, p] = leader === a ? [b, pAToB] : [a, pBToA]
  return `; ${nameOf(follower)}'s deck answered ${nameOf(leader)}'s (p ${round(p ?? 1)})`
}

/** The weakest part says what was missing, the strongest what was there; both only if they say something. */
function tellParts(interlock: InterlockScore): string {
  const known = parts.flatMap(([part, good, bad]) => {
    const value = interlock[part]
    return value === null ? [] : [{ value, good, bad }]
  })
  const weakest = known.toSorted((a, b) => a.value - b.value)[0]
  const strongest = known.toSorted((a, b) => b.value - a.value)[0]
  const there = strongest !== undefined && strongest.value >= 0.7 ? strongest.good : null
  const missing = weakest !== undefined && weakest.value <= 0.4 ? weakest.bad : null
  if (there !== null && missing !== null) return `: ${there}, but ${missing}`
  if (there ?? missing) return `: ${there ?? missing}`
  return ''
}

/** A pattern of which less than half can be recovered from the mix is called covered. */
const drowned = 0.5

function tellCover(scores: Scores, nameOf: (agent: string) => string): string {
  const known = scores.agents.flatMap(({ agent, patternSurvival }) =>
    patternSurvival === null ? [] : [{ agent, survival: patternSurvival }],
  )
  if (known.length < 2) return '; whether one covered the other could not be measured'
  known.sort((a, b) => a.survival - b.survival)
  const covered = known[0] as (typeof known)[number]
  const clearest = known.at(-1) as (typeof known)[number]
  const figures = known.map(({ agent, survival }) => `${nameOf(agent)} ${round(survival)}`).join(', ')
  if (clearest.survival < drowned) return `; both patterns drowned in the mix (${figures})`
  if (covered.survival >= drowned) return `; neither covered the other (patterns left in the mix: ${figures})`
  return `; ${nameOf(clearest.agent)} covered ${nameOf(covered.agent)} (patterns left in the mix: ${figures})`
}

const floorBands: readonly [number, string][] = [
  [0.1, 'the floor was nearly empty'],
  [0.3, 'the floor was thin'],
  [0.6, 'the floor was half full'],
  [1, 'the floor was full'],
]

function tellLife(scores: Scores, nameOf: (agent: string) => string): string {
  return `${tellVitality(scores, nameOf)}, ${tellFloor(scores)}, and ${tellComfort(scores, nameOf)}.`
}

function tellVitality(scores: Scores, nameOf: (agent: string) => string): string {
  const { vitality } = scores.together.vitality
  const fallen = scores.agents.filter((agent) => agent.vitality.collapse?.repeating === true)
  const ends =
    fallen.length === 0 ? '' : ` (${list(fallen.map(({ agent, vitality: own }) => tellCollapse(nameOf(agent), own)))})`
  if (vitality === null)
    return `Whether it stayed alive is unknown (${reasonOf(scores, 'together.vitality.vitality')})${ends}`
  return `As a whole it ${gradeOf('vitality', vitality).ofRun} (vitality ${round(vitality)} of 1${tellChance(scores, 'together.vitality.vitality', vitality)})${ends}`
}

function tellCollapse(name: string, own: VitalityScore): string {
  return own.collapse?.fromIndex === 0 ? `${name} only repeated itself` : `${name} ended up repeating itself`
}

function tellFloor(scores: Scores): string {
  const { crowdEnergy } = scores.together
  return crowdEnergy === null
    ? 'there was no crowd to ask'
    : `${tellFullness(crowdEnergy)} (${Math.round(100 * crowdEnergy)} % danced on average)`
}

function tellFullness(energy: number): string {
  return (floorBands.find(([upTo]) => energy <= upTo) ?? (floorBands.at(-1) as [number, string]))[1]
}

function tellComfort(scores: Scores, nameOf: (agent: string) => string): string {
  const known = scores.agents.flatMap(({ agent, meanComfort }) =>
    meanComfort === null ? [] : [{ agent, comfort: meanComfort }],
  )
  known.sort((a, b) => a.comfort - b.comfort)
  const least = known[0]
  const most = known.at(-1)
  if (least === undefined || most === undefined) return 'how they felt is unknown'
  if (known.length === 1)
    return `${nameOf(least.agent)} felt ${round(least.comfort)} on the scale from pain (below .25) to comfort`
  if (most.comfort - least.comfort < 0.05)
    return `both felt about the same (comfort ${round(least.comfort)} and ${round(most.comfort)})`
  return `${nameOf(most.agent)} enjoyed it more than ${nameOf(least.agent)} (comfort ${round(most.comfort)} against ${round(least.comfort)})`
}

function reasonOf(scores: Scores, path: string): string {
  return (scores.undefined[path] ?? 'no reason was recorded').replace(/\.$/, '')
}

function mean(values: readonly Value[]): Value {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Two digits, and no sign on a zero. */
function round(value: number): string {
  return value.toFixed(2).replace(/^-(?=0\.00$)/, '')
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

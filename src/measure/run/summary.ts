// The scores of a whole run from what was kept: summaries and series. Every null has its reason under `undefined`.
import type { CouplingScore, InterlockScore, Layer, Scores, Series, VitalityScore } from '../../record/index.ts'
import { type ConsonanceSummary, noteConsonance, type PreparedNotes, prepareNotes } from '../consonance/index.ts'
import { type InterlockMoment, interlockSeries, summariseInterlock } from '../rhythm/series.ts'
import { averagePatternSurvival, timbredStream } from '../rhythm/survival.ts'
import { measureVitality, measureVitalitySeries, symbolsOfNotes, type Vitality } from '../vitality/index.ts'
import { collapsesOfAgent, collapsesOfPair } from './collapses.ts'
import { rankCorrelation } from './correlation.ts'
import { coupleAgents } from './coupling.ts'
import { newsOf, ownShareOf, varietyOf } from './own.ts'
import { type RankedRun, rankRun } from './ranking.ts'
import { interlockScore, type RunSoFar, runWindows, spanOf, type UnhashedScores } from './so-far.ts'
import { soundStepSeconds, thinSeries } from './sound.ts'

type Reasons = Record<string, string>

/** A run at its end, with what several scores are made of, measured once. */
interface WholeRun extends RunSoFar {
  readonly end: number
  readonly reasons: Reasons
  readonly heard: ConsonanceSummary
  readonly interlock: (pair: readonly [string, string], layer: Layer) => InterlockMoment[]
}

export function summariseRun(soFar: RunSoFar): UnhashedScores {
  const end = soFar.slots.at(-1)?.endSeconds ?? 0
  const heard = soFar.sound.summarise(0, end)
  const run: WholeRun = { ...soFar, end, reasons: {}, heard, interlock: createInterlock(soFar, end) }
  const scores = {
    seconds: end,
    agents: run.agents.map((_, index) => summariseAgent(run, index)),
    pairs: pairsOf(run.agents.length).map((pair, index) => summarisePair(run, pair, index)),
    together: summariseTogether(run),
  }
  return {
    version: 1,
    ...scores,
    ranking: rankRun({ ...scores, ...saidAndOwn(run) }, run.ranking, run.reasons),
    series: collectSeries(run),
    undefined: run.reasons,
  }
}

/** What only the ranking asks: life of what is said, whose it is, and whether its news is taken up. */
function saidAndOwn(run: WholeRun): Pick<RankedRun, 'words' | 'varietyBits' | 'own' | 'news'> {
  const said = run.agents.map((agent) => run.turns.flatMap((turn) => (turn.agent === agent ? turn.words : [])))
  const silent = said.every((words) => words.length === 0)
  return {
    varietyBits: run.agents.map((agent) => varietyOf(run, agent)),
    news: newsOf(run),
    words: silent ? [] : said.map((words) => measureVitality(words).vitality),
    own: pairsOf(run.agents.length).flatMap((pair) => {
      const [a, b] = pair.map((k) => run.agents[k] as string) as [string, string]
      return [ownShareOf(run, a, b), ownShareOf(run, b, a)]
    }),
  }
}

/** Every two agents once, in order. */
export function pairsOf(count: number): [number, number][] {
  return Array.from({ length: count }, (_, a) => a).flatMap((a) =>
    Array.from({ length: count - a - 1 }, (_, k): [number, number] => [a, a + 1 + k]),
  )
}

function summariseAgent(run: WholeRun, index: number): Scores['agents'][number] {
  const { end, reasons, heard: sound } = run
  const agent = run.agents[index] as string
  const at = `agents.${index}`
  const voiceOf = (name: string) => timbredStream(run.events.notesOf(name, 'voice'))
  const own = voiceOf(agent)
  const others = run.agents.filter((other) => other !== agent)
  const survivals = others.map((other) => averagePatternSurvival(own, voiceOf(other), windowsOf(run, end)))
  const known = survivals.flatMap(({ survival }) => (survival === null ? [] : [survival]))
  const why = survivals[0]?.undefined['survival'] ?? 'nobody else sounds'
  const vitality = voiceVitality(run, [agent])
  const mute = sound.undefined[`within.${agent}`] ?? 'silence'
  return {
    agent,
    consonanceWithin: noted(sound.within[agent] ?? null, `${at}.consonanceWithin`, mute, reasons),
    vitality: notedVitality(vitality, `${at}.vitality`, reasons),
    collapses: collapsesOfAgent(run, agent, vitality.collapse?.fromIndex ?? null, at, reasons),
    patternSurvival: noted(known.length > 0 ? Math.min(...known) : null, `${at}.patternSurvival`, why, reasons),
    meanComfort: noted(meanComfort(run, agent), `${at}.meanComfort`, 'no world in this record', reasons),
    presence: noted(run.sound.presence(index), `${at}.presence`, 'nothing was heard yet', reasons),
    loudnessLufs: noted(run.sound.loudness(index, 0, end), `${at}.loudnessLufs`, 'silence', reasons),
  }
}

function summarisePair(run: WholeRun, pair: [number, number], index: number): Scores['pairs'][number] {
  const { end, reasons } = run
  const [a, b] = pair.map((k) => run.agents[k] as string) as [string, string]
  const at = `pairs.${index}`
  const sound = run.heard.pairs[index]
  const apart = 'the two never sound tones at once'
  const interlockOf = (layer: Layer): InterlockScore => {
    const reading = summariseInterlock(run.interlock([a, b], layer))
    for (const [field, reason] of Object.entries(reading.undefined))
      reasons[`${at}.interlock.${layer}.${field}`] = reason
    return interlockScore(reading)
  }
  return {
    a,
    b,
    roughnessBetween: noted(sound?.roughness ?? null, `${at}.roughnessBetween`, apart, reasons),
    smoothnessBetween: noted(sound?.smoothness ?? null, `${at}.smoothnessBetween`, apart, reasons),
    spectralPitchClassSimilarity: noted(
      sound?.spectralPitchClassSimilarity ?? null,
      `${at}.spectralPitchClassSimilarity`,
      apart,
      reasons,
    ),
    pitchCommonality: noted(run.sound.commonality(index, 0, end), `${at}.pitchCommonality`, apart, reasons),
    gain: noted(sound?.gain ?? null, `${at}.gain`, apart, reasons),
    rubbing: [...run.sound.rubbingOf(index)],
    noteConsonance: noted(notesOfPair(run, [a, b]), `${at}.noteConsonance`, apartInNotes, reasons),
    interlock: { voice: interlockOf('voice'), deck: interlockOf('deck') },
    coupling: { voice: couplingOf(run, [a, b], 'voice', at), deck: couplingOf(run, [a, b], 'deck', at) },
    collapses: collapsesOfPair(run, [a, b], at, reasons),
  }
}

const apartInNotes = 'the two never play pitched notes at once'

/** Of voices and decks together, by sixteenths. */
function notesOfPair(run: WholeRun, pair: readonly [string, string]): number | null {
  const grid = { stepSeconds: 15 / run.session.bpm, endSeconds: run.end }
  const [a, b] = pair.map((agent) =>
    prepareNotes([...run.events.notesOf(agent, 'voice'), ...run.events.notesOf(agent, 'deck')], grid),
  ) as [PreparedNotes, PreparedNotes]
  return noteConsonance(a, b)
}

function couplingOf(run: WholeRun, [a, b]: readonly [string, string], layer: Layer, at: string): CouplingScore {
  const { undefined: unknown, leader, ...reading } = coupleAgents(run, a, b, layer)
  for (const [field, reason] of Object.entries(unknown)) run.reasons[`${at}.coupling.${layer}.${field}`] = reason
  return { ...reading, leader: leader && (leader === 'a' ? a : b) }
}

function summariseTogether(run: WholeRun): Scores['together'] {
  const { reasons } = run
  const worlds = run.slots.flatMap(({ world }) => (world === null ? [] : [world]))
  const comforts = run.agents.flatMap((agent) => meanComfort(run, agent) ?? [])
  const noWorld = 'no world in this record'
  return {
    consonance: noted(run.heard.together, 'together.consonance', 'no tonal sound', reasons),
    vitality: notedVitality(voiceVitality(run, run.agents), 'together.vitality', reasons),
    crowdEnergy: noted(meanOf(worlds.map((world) => world.crowd.energy)), 'together.crowdEnergy', noWorld, reasons),
    fairness: noted(comforts.length === 0 ? null : Math.min(...comforts), 'together.fairness', noWorld, reasons),
    clashHeardAs: noted(
      clashHeardAs(run),
      'together.clashHeardAs',
      'fewer than 4 slots in which two decks sound, or no spread',
      reasons,
    ),
  }
}

/** Does the world's symbolic clash agree with what is heard? Over slots in which both decks sound. */
function clashHeardAs(run: RunSoFar): number | null {
  const clash: number[] = []
  const rough: number[] = []
  for (const { world, startSeconds, endSeconds } of run.slots) {
    const heard = run.sound.deckRoughness(startSeconds, endSeconds)
    if (world === null || heard === null || world.decks.filter((deck) => deck.playing).length < 2) continue
    clash.push(world.clash)
    rough.push(heard)
  }
  return clash.length < 4 ? null : rankCorrelation(clash, rough)
}

function meanComfort(run: RunSoFar, agent: string): number | null {
  const comforts = run.slots.flatMap(({ world }) => world?.bodies.find((body) => body.agent === agent)?.comfort ?? [])
  return meanOf(comforts)
}

/** Of one voice, or of several woven into one stream of notes. */
function voiceVitality(run: RunSoFar, agents: readonly string[]): Vitality {
  const notes = agents.flatMap((agent) => run.events.notesOf(agent, 'voice'))
  return measureVitality(symbolsOfNotes(inOrder(notes)))
}

function inOrder<Timed extends { onsetSeconds: number }>(notes: readonly Timed[]): Timed[] {
  return [...notes].sort((p, q) => p.onsetSeconds - q.onsetSeconds)
}

function collectSeries(run: WholeRun): Scores['series'] {
  const { end, heard: sound } = run
  const perAgent = (make: (agent: string, index: number) => Series) =>
    Object.fromEntries(run.agents.map((agent, index) => [agent, make(agent, index)]))
  const starts = run.slots.map(({ startSeconds }) => startSeconds)
  const thin = (series: Series | undefined) => thinSeries(series ?? { seconds: [], values: [] }, soundStepSeconds, end)
  return {
    consonance: {
      together: thin(sound.series.together),
      within: perAgent((agent) => thin(sound.series.within[agent])),
    },
    smoothness: { between: thin(sound.pairs[0]?.series) },
    interlock: { voice: interlockOver(run, 'voice'), deck: interlockOver(run, 'deck') },
    vitality: { ...perAgent((agent) => vitalityOver(run, [agent])), together: vitalityOver(run, run.agents) },
    crowdEnergy: { seconds: starts, values: run.slots.map(({ world }) => world?.crowd.energy ?? null) },
    comfort: perAgent((agent) => ({
      seconds: starts,
      values: run.slots.map(({ world }) => world?.bodies.find((body) => body.agent === agent)?.comfort ?? null),
    })),
  }
}

const windowsOf = (run: RunSoFar, end: number) => ({
  ...runWindows(end),
  endSeconds: end,
  clock: spanOf(run, 0, end).clock,
})

/** The moments of a pair's layer, measured when first asked for. */
function createInterlock(run: RunSoFar, end: number): WholeRun['interlock'] {
  const known = new Map<string, InterlockMoment[]>()
  return ([a, b], layer) => {
    const name = JSON.stringify([a, b, layer])
    const streams = [run.events.streamOf(a, layer), run.events.streamOf(b, layer)] as const
    const moments = known.get(name) ?? interlockSeries(...streams, windowsOf(run, end))
    known.set(name, moments)
    return moments
  }
}

function interlockOver(run: WholeRun, layer: Layer): Series {
  const [a, b] = run.agents
  if (a === undefined || b === undefined) return { seconds: [], values: [] }
  const moments = run.interlock([a, b], layer)
  return { seconds: moments.map(({ seconds }) => seconds), values: moments.map(({ score }) => score) }
}

function vitalityOver(run: WholeRun, agents: readonly string[]): Series {
  const notes = agents.flatMap((agent) => run.events.notesOf(agent, 'voice'))
  const stepSeconds = (8 * 4 * 60) / run.session.bpm
  const grid = { startSeconds: 0, endSeconds: run.end, stepSeconds }
  const { seconds, vitality } = measureVitalitySeries(notes, grid, run.readVitality)
  return { seconds: [...seconds], values: [...vitality] }
}

function noted(value: number | null, path: string, reason: string, reasons: Reasons): number | null {
  if (value === null) reasons[path] = reason
  return value
}

function notedVitality(reading: Vitality, path: string, reasons: Reasons): VitalityScore {
  for (const [field, reason] of Object.entries(reading.undefined ?? {})) reasons[`${path}.${field}`] = reason
  const { vitality, order, surpriseBits, evolution, collapse } = reading
  return { vitality, order, surpriseBits, evolution, collapse }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

// The twins of a whole run: its scores and the notes of other runs in, a band for every score that has one out.
//   between two agents (interlock, coupling, consonance of notes, pattern survival, vitality of both)
//                                                                           pseudo-dyads (partners.ts): would any two such agents do?
//   one agent's vitality                                                    its tokens in another order (tokens.ts): is there an order?
// Nothing within the run answers the first question: two that have found one key and one refrain keep them however they are shifted.
// What belongs to one stream is prepared once and used for all its pairs.
import {
  averagePatternSurvival,
  coupleTurns,
  type InterlockMoment,
  interlockOfPrepared,
  measureRecentVitality,
  measureVitality,
  noteConsonance,
  type PreparedNotes,
  type PreparedRhythm,
  prepareNotes,
  prepareRhythm,
  runWindows,
  type SurvivalSettings,
  summariseInterlock,
  symbolsOfNotes,
  timbredStream,
  type UnhashedScores,
} from '../measure/index.ts'
import type { Layer, Note, Twins } from '../record/index.ts'
import type { Seconds } from '../units.ts'
import { bandOf, bandOverTime } from './band.ts'
import { drawPartners, fewestOthers } from './partners.ts'
import { withoutHearing, withoutTwins } from './without-twins.ts'

/** The notes of a run by agent, in the order of the session, each layer in order of onset. */
export interface PlayedRun {
  readonly agents: readonly Readonly<Record<Layer, readonly Note[]>>[]
}

export interface TwinPlan {
  readonly run: PlayedRun
  /** The voice of an agent (by seat) with its tokens in other orders, through the mapping (tokens.ts). */
  readonly sayAgain: (
    seat: number,
    plan: { readonly count: number; readonly seed: string },
  ) => readonly (readonly Note[])[]
  /** Of the same scenario, condition and agents, as long as the run. */
  readonly others: readonly PlayedRun[]
  readonly bpm: number
  /** When each turn begins, ascending; of a transcript, which has none, the coupling of strangers is not asked for. */
  readonly turnStarts: readonly Seconds[] | null
  /** Whether the beat is known to all, as at a party; a transcript's pulse is searched for. */
  readonly beat: 'known' | 'searched'
  readonly swing: number
  /** Most pseudo-dyads. */
  readonly draws: number
  /** Most twins of a vitality: each costs as much as ten pseudo-dyads. */
  readonly lifeDraws: number
  readonly seed: number | string
}

export type RunTwins = Pick<Twins, 'bands' | 'series' | 'undefined'>

/** A run among others, each stream prepared when it is first wanted. */
interface Pool extends TwinPlan {
  readonly runs: readonly PlayedRun[]
  readonly endSeconds: Seconds
  /** The half minutes that rhythm is measured in. */
  readonly windows: SurvivalSettings
  readonly found: RunTwins
  readonly rhythm: (run: number, seat: number, layer: Layer) => PreparedRhythm
  readonly notes: (run: number, seat: number) => PreparedNotes
}

/** Deterministic: equal runs and seeds, equal twins. Throws RangeError for others with other agents. */
export function drawRunTwins(scores: UnhashedScores, plan: TwinPlan): RunTwins {
  const wrong = plan.others.find(({ agents }) => agents.length !== plan.run.agents.length)
  if (wrong !== undefined)
    throw new RangeError(
      `drawRunTwins: expected other runs of ${plan.run.agents.length} agents, got one of ${wrong.agents.length}.`,
    )
  const pool = createPool(scores.seconds, plan)
  for (const [path, reason] of Object.entries({ ...withoutTwins, ...withoutHearing }))
    pool.found.undefined[path] = reason
  scores.agents.forEach((_, seat) => {
    compareVoice(pool, scores, seat)
  })
  if (plan.others.length < fewestOthers) {
    const few = `${plan.others.length} other runs of the same scenario, condition and agents; it takes ${fewestOthers}`
    for (const path of ['pairs', 'together.vitality', 'agents.*.patternSurvival']) pool.found.undefined[path] = few
    return pool.found
  }
  scores.pairs.forEach((_, index) => {
    comparePair(pool, scores, index)
  })
  compareWhole(pool, scores)
  return pool.found
}

function createPool(endSeconds: Seconds, plan: TwinPlan): Pool {
  const runs = [plan.run, ...plan.others]
  const clock = plan.beat === 'known' ? { bpm: plan.bpm, startSeconds: 0, swing: plan.swing } : undefined
  const settings = { ...runWindows(endSeconds), endSeconds, clock }
  const grid = { stepSeconds: 15 / plan.bpm, endSeconds }
  const layerOf = (run: number, seat: number, layer: Layer) => runs[run]?.agents[seat]?.[layer] ?? []
  return {
    ...plan,
    runs,
    endSeconds,
    windows: settings,
    found: { bands: {}, series: {}, undefined: {} },
    rhythm: remember((run, seat, layer) => {
      const notes = layerOf(run, seat, layer as Layer)
      return prepareRhythm({ onsets: notes.map((n) => n.onsetSeconds), marks: notes.map((n) => n.mark) }, settings)
    }),
    notes: remember((run, seat) => prepareNotes([...layerOf(run, seat, 'voice'), ...layerOf(run, seat, 'deck')], grid)),
  }
}

/** Computes once for equal arguments. */
function remember<Value>(make: (run: number, seat: number, layer: Layer | '') => Value) {
  const known = new Map<string, Value>()
  return (run: number, seat: number, layer: Layer | '' = ''): Value => {
    const name = `${run} ${seat} ${layer}`
    const value = known.get(name) ?? make(run, seat, layer)
    known.set(name, value)
    return value
  }
}

const interlockParts = ['score', 'presence', 'pulse', 'space', 'evenness', 'refrain', 'variety'] as const

function comparePair(pool: Pool, scores: UnhashedScores, index: number): void {
  const { runs, draws, seed } = pool
  const pair = scores.pairs[index] as UnhashedScores['pairs'][number]
  const [a, b] = [pair.a, pair.b].map((name) => scores.agents.findIndex(({ agent }) => agent === name)) as [
    number,
    number,
  ]
  const partners = drawPartners({ runs: runs.length, draws, seed: `${seed}/${index}` })
  for (const layer of ['voice', 'deck'] as const) {
    const twins = partners.map(([first, second]) =>
      interlockOfPrepared(pool.rhythm(first, a, layer), pool.rhythm(second, b, layer)),
    )
    const readings = twins.map(summariseInterlock)
    for (const part of interlockParts)
      note(pool, `pairs.${index}.interlock.${layer}.${part}`, pair.interlock[layer][part], {
        values: readings.map((reading) => reading[part]),
        twins: 'partners',
      })
    if (index === 0) pool.found.series[`interlock.${layer}`] = overMoments(twins)
  }
  compareCoupling(pool, pair, { index, seats: [a, b], partners })
  note(pool, `pairs.${index}.noteConsonance`, pair.noteConsonance ?? null, {
    values: partners.map(([first, second]) => noteConsonance(pool.notes(first, a), pool.notes(second, b))),
    twins: 'partners',
  })
}

/** By bits: the p of each pair says already how often chance reaches them within its own run. */
function compareCoupling(
  pool: Pool,
  pair: UnhashedScores['pairs'][number],
  at: {
    readonly index: number
    readonly seats: readonly [number, number]
    readonly partners: ReturnType<typeof drawPartners>
  },
): void {
  const { runs, turnStarts } = pool
  for (const layer of ['voice', 'deck'] as const) {
    const path = `pairs.${at.index}.coupling.${layer}`
    if (turnStarts === null) {
      pool.found.undefined[path] = 'a transcript has no turns at the same times'
      continue
    }
    const readings = at.partners.map(([first, second]) => {
      const [a, b] = [runs[first]?.agents[at.seats[0]]?.[layer], runs[second]?.agents[at.seats[1]]?.[layer]]
      return coupleTurns(a ?? [], b ?? [], turnStarts)
    })
    for (const way of ['aToB', 'bToA'] as const)
      note(pool, `${path}.${way}`, pair.coupling[layer][way], {
        values: readings.map((reading) => reading[way]),
        twins: 'partners',
      })
  }
}

function overMoments(twins: readonly (readonly InterlockMoment[])[]) {
  const seconds = (twins[0] ?? []).map((moment) => moment.seconds)
  return bandOverTime(
    seconds,
    twins.map((moments) => moments.map(({ score }) => score)),
  )
}

const lifeParts = ['vitality', 'order', 'evolution'] as const
/** Moments at which the vitality of twins is looked at: it looks back over a quarter of a usual run. */
const lifeMoments = 4

function compareVoice(pool: Pool, scores: UnhashedScores, seat: number): void {
  const score = scores.agents[seat] as UnhashedScores['agents'][number]
  const twins = pool.sayAgain(seat, { count: pool.lifeDraws, seed: `${pool.seed}/${seat}` })
  const readings = twins.map((twin) => measureVitality(symbolsOfNotes(twin)))
  for (const part of lifeParts)
    note(pool, `agents.${seat}.vitality.${part}`, score.vitality[part], {
      values: readings.map((reading) => reading[part]),
      twins: 'tokens',
    })
  const seconds = Array.from({ length: lifeMoments }, (_, k) => ((k + 1) * pool.endSeconds) / lifeMoments)
  const recent = twins.map((twin) =>
    seconds.map((time) => measureRecentVitality(twin.filter((one) => one.onsetSeconds < time)).vitality),
  )
  pool.found.series[`vitality.${score.agent}`] = bandOverTime(seconds, recent)
}

/** Of two agents woven into one stream; of more, the strangers would be too many to choose from. */
function compareWhole(pool: Pool, scores: UnhashedScores): void {
  const { runs, lifeDraws, seed } = pool
  if (scores.agents.length !== 2) {
    const many = `strangers are paired two by two, and here play ${scores.agents.length}`
    for (const path of ['together.vitality', 'agents.*.patternSurvival']) pool.found.undefined[path] = many
    return
  }
  const voices = drawPartners({ runs: runs.length, draws: lifeDraws, seed: `${seed}/together` }).map(
    ([first, second]) => [runs[first]?.agents[0]?.voice ?? [], runs[second]?.agents[1]?.voice ?? []] as const,
  )
  compareSurvival(pool, scores, voices.slice(0, mostSurvivals))
  const readings = voices.map((pair) => measureVitality(symbolsOfNotes(pair.flat())))
  for (const part of lifeParts)
    note(pool, `together.vitality.${part}`, scores.together.vitality[part], {
      values: readings.map((reading) => reading[part]),
      twins: 'partners',
    })
}

/** Most strangers whose refrains are looked for in each other's voices: each costs as much as fifteen pseudo-dyads. */
const mostSurvivals = 9

/** Does its refrain drown in a stranger's voice as much? */
function compareSurvival(
  pool: Pool,
  scores: UnhashedScores,
  voices: readonly (readonly [readonly Note[], readonly Note[]])[],
): void {
  const streams = voices.map(([a, b]) => [timbredStream(a), timbredStream(b)] as const)
  for (const [seat, other] of [
    [0, 1],
    [1, 0],
  ] as const)
    note(pool, `agents.${seat}.patternSurvival`, scores.agents[seat]?.patternSurvival ?? null, {
      values: streams.map((pair) => averagePatternSurvival(pair[seat], pair[other], pool.windows).survival),
      twins: 'partners',
    })
}

function note(
  { found }: Pool,
  path: string,
  value: number | null,
  { values, twins }: { readonly values: readonly (number | null)[]; readonly twins: 'partners' | 'tokens' },
): void {
  const band = bandOf(value, values, twins)
  if (band === null) found.undefined[path] = 'no twin has a value'
  else found.bands[path] = band
}

// The speed of twins, measured on the machine at hand: user CPU seconds of this process, one pass, on one core.
// A pair of twelve minutes beside 200 pairs of strangers (interlock of both layers with its parts, consonance of notes), made of 14
// other runs; the vitality of 29 twins of each voice and of both together; and what it costs to play the other runs.
import { othersFor } from '../../null/index.ts'
import { defaultScenario } from '../../party/index.ts'
import { composeRecord, scoreNotes, scoreTwins, slotStart } from '../../pipeline.ts'
import { defaultMapping, type Note, type SessionLine } from '../../record/index.ts'
import { askingOf } from '../command/model-options.ts'
import { seatAgents } from '../command/seats.ts'
import { type LoadedInstruments, loadInstruments } from '../run/instruments.ts'
import { drawSeeds, playRecord, playUnheard, thoroughTwins } from '../twins/index.ts'
import { userSeconds } from './clock.ts'

export interface NullBench {
  readonly musicSeconds: number
  readonly twins: number
  /** Everything that is done once the other runs are at hand. */
  readonly cpuSeconds: number
  readonly lifeTwins: number
  /** The share of it that the vitality of twins takes. */
  readonly lifeCpuSeconds: number
  readonly otherRuns: number
  readonly playCpuSeconds: number
  /** Music of the pairs of strangers over `cpuSeconds`. */
  readonly xRealtime: number
}

const twins = 200

export async function measureNull(): Promise<NullBench> {
  const instruments = loadInstruments('party')
  const session = openSession(instruments)
  const record = await playRecord(session, session.seed, instruments)
  const notes = composeRecord(record, instruments)
  const tokens = record.filter((line) => line.kind === 'token')
  const others: Note[][] = []
  const start = userSeconds()
  for (const seed of drawSeeds(session.seed, othersFor(twins)))
    others.push(await playUnheard(session, seed, instruments))
  const playCpuSeconds = userSeconds() - start
  const scores = scoreNotes(session, notes, slotStart(session, defaultScenario.slots).seconds)
  const { lifeDraws } = thoroughTwins(null, twins)
  const timed = (draws: number) => {
    const before = userSeconds()
    scoreTwins(session, scores, { notes, tokens, others, draws, lifeDraws }, instruments)
    return userSeconds() - before
  }
  const lifeCpuSeconds = timed(1)
  const cpuSeconds = timed(twins)
  return {
    musicSeconds: scores.seconds,
    twins,
    cpuSeconds,
    lifeTwins: lifeDraws,
    lifeCpuSeconds,
    otherRuns: others.length,
    playCpuSeconds,
    xRealtime: (twins * scores.seconds) / cpuSeconds,
  }
}

/** What `hocket party --seed 1` writes first. */
export function openSession({ hashes }: LoadedInstruments): SessionLine {
  const condition = 'hearing+comfort'
  return {
    n: 0,
    kind: 'session',
    schema: 1,
    seed: 1,
    scenario: defaultScenario,
    condition,
    agents: seatAgents(condition, { a: undefined, b: undefined, asking: askingOf({}, defaultScenario, 2) }),
    mapping: defaultMapping,
    bpm: defaultScenario.bpm,
    ...hashes,
  }
}

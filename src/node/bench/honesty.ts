// Does a band lie? Text without sense must not be told from its twins: over many runs every measure's p must be drawn evenly from 0..1.
// Two kinds of text through the default mapping, in the voices of two masks, four slots: random (each word drawn from all words that the
// voice says) and shuffled (the very words of a party in another order). Each run has partners of its own, so runs share nothing.
// Equal values are put in order by the dice: a p of ties alone would crowd at 1 (randomised p).
import { fewestOthers, type RunTwins, testUniform, type UniformTest } from '../../null/index.ts'
import { composeRecord, scoreNotes, scoreTwins, slotStart } from '../../pipeline.ts'
import { randomChoice, seededRandom, shuffled } from '../../random.ts'
import type { RecordLine, SessionLine, TokenLine, TwinBand } from '../../record/index.ts'
import { type LoadedInstruments, loadInstruments } from '../run/instruments.ts'
import { drawSeeds, playRecord } from '../twins/index.ts'
import { openSession } from './null.ts'

export const texts = ['random words', 'shuffled words'] as const
export type Text = (typeof texts)[number]

export interface HonestyBench {
  readonly runs: number
  readonly draws: number
  readonly lifeDraws: number
  readonly texts: readonly {
    readonly text: Text
    readonly measures: readonly (UniformTest & {
      readonly path: string
      /** Runs in which the measure was defined. */
      readonly count: number
      /** Share of runs with p <= .05. */
      readonly below05: number
    })[]
  }[]
  /** Smallest p of all tests, and adjusted for their number (Bonferroni). */
  readonly smallest: number
  readonly adjusted: number
}

const slots = 4
const draws = 39
const lifeDraws = 19
const others = fewestOthers + 1

/** Takes about .4 s a run and text. */
export async function measureHonesty(runs: number): Promise<HonestyBench> {
  const instruments = loadInstruments('party')
  const party = openSession(instruments)
  if (party.scenario === null) throw new RangeError('measureHonesty: expected a party')
  const session: SessionLine = { ...party, condition: 'deaf', scenario: { ...party.scenario, slots } }
  const found: HonestyBench['texts'][number][] = []
  for (const text of texts) {
    const values = new Map<string, number[]>()
    for (const seed of drawSeeds(texts.indexOf(text), runs)) {
      const twins = await drawSenseless({ ...session, seed }, text, instruments)
      const random = seededRandom(`${seed}/ties`)
      for (const [path, band] of Object.entries(twins.bands)) {
        const p = randomisedP(band, random())
        if (p !== null) values.set(path, [...(values.get(path) ?? []), p])
      }
    }
    found.push({ text, measures: [...values].map(([path, ps]) => judge(path, ps)) })
  }
  const tests = found.flatMap(({ measures }) => measures.map(({ p }) => p))
  const smallest = Math.min(1, ...tests)
  return { runs, draws, lifeDraws, texts: found, smallest, adjusted: Math.min(1, smallest * tests.length) }
}

function judge(path: string, ps: readonly number[]) {
  return { path, count: ps.length, below05: ps.filter((p) => p <= 0.05).length / ps.length, ...testUniform(ps) }
}

/** (twins above + u (twins equal + 1)) / (count + 1): evenly drawn from 0..1 for a value drawn like its twins. */
function randomisedP({ percentile, p, count }: TwinBand, u: number): number | null {
  if (percentile === null || p === null) return null
  const atOrAbove = p * (count + 1) - 1
  const equal = 2 * (percentile * count - (count - atOrAbove))
  return (atOrAbove - equal + u * (equal + 1)) / (count + 1)
}

/** One run of senseless text and its twins. */
async function drawSenseless(session: SessionLine, text: Text, instruments: LoadedInstruments): Promise<RunTwins> {
  const records: RecordLine[][] = []
  for (const seed of [session.seed, ...drawSeeds(session.seed, others)]) {
    const record = await playRecord(session, seed, instruments)
    records.push(speakSenseless(record, text, seed))
  }
  const [notes = [], ...strangers] = records.map((record) => composeRecord(record, instruments))
  const tokens = records[0]?.filter((line) => line.kind === 'token') ?? []
  const scores = scoreNotes(session, notes, slotStart(session, slots).seconds)
  return scoreTwins(session, scores, { notes, tokens, others: strangers, draws, lifeDraws }, instruments)
}

/** The voices alone (no decks), their words replaced. */
function speakSenseless(record: readonly RecordLine[], text: Text, seed: number): RecordLine[] {
  const random = seededRandom(`${seed}/${text}`)
  const said = new Map<string, string[]>()
  for (const line of record) if (isWord(line)) said.set(line.agent, [...(said.get(line.agent) ?? []), line.text])
  for (const [agent, words] of said) {
    const kinds = [...new Set(words)].sort()
    said.set(agent, text === 'random words' ? words.map(() => randomChoice(random, kinds)) : shuffled(random, words))
  }
  return record.flatMap((line): RecordLine[] => {
    if (line.kind !== 'session' && line.kind !== 'token') return []
    return isWord(line) ? [{ ...line, text: said.get(line.agent)?.pop() ?? line.text }] : [line]
  })
}

const isWord = (line: RecordLine): line is TokenLine => line.kind === 'token' && line.role === 'speech'

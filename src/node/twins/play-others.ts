// Other runs like one: the same scenario, condition and DJs with other seeds, played to their notes and never heard.
// Scripted DJs read what stands on the decks and on the floor, the embedded model what is said, neither what was made of the sound, so a party
// that nobody hears is played move for move as one that is heard. Only under explicit-score do they read numbers; such parties cannot be played so.
import { type Dj, scriptedDj } from '../../djs/index.ts'
import { playParty } from '../../party/index.ts'
import { composeRecord } from '../../pipeline.ts'
import { randomIndex, seededRandom } from '../../random.ts'
import { type Agent, InputError, type Note, type RecordLine, type SessionLine } from '../../record/index.ts'
import type { LoadedInstruments } from '../run/instruments.ts'

/** Throws InputError for an agent that is no scripted DJ with a mask. */
export function seatDj({ agent, dj, mask }: Agent, seed: number): Dj {
  if (dj.kind !== 'scripted' || mask === null)
    throw new InputError(
      'no-dj',
      `agent "${agent}": expected a scripted DJ with a mask, got ${dj.kind === 'scripted' ? 'none' : dj.kind}. Only scripted DJs can play.`,
    )
  return scriptedDj({ policy: dj.policy, mask, seed, agent })
}

/** The model and its client are loaded when one is seated. */
async function seatAgain(agent: Agent, seed: number): Promise<Dj> {
  const { dj, mask } = agent
  if (dj.kind !== 'embedded' || mask === null) return seatDj(agent, seed)
  const { embeddedDj } = await import('../models/embedded-dj.ts')
  return embeddedDj({ spec: dj, mask, agent: agent.agent, seed })
}

/** Why no other run can be played; null when they can. */
export function whyNotPlayed({ scenario, condition, agents }: SessionLine): string | null {
  if (scenario === null || condition === null) return 'a transcript cannot be played again'
  if (agents.some(({ dj }) => dj.kind === 'server')) return 'models behind a server are not asked again for it'
  if (agents.some(({ dj }) => dj.kind !== 'scripted' && dj.kind !== 'embedded'))
    return 'only scripted DJs and the embedded model can be played again'
  return condition === 'explicit-score' ? 'these DJs read numbers that only a heard party has' : null
}

/** Seeds of other runs, told by the run's own; none twice. */
export function drawSeeds(seed: number, count: number): number[] {
  const random = seededRandom(`${seed}/other runs`)
  const seeds = new Set<number>()
  while (seeds.size < count) {
    const drawn = 1 + randomIndex(random, 2 ** 31 - 2)
    if (drawn !== seed) seeds.add(drawn)
  }
  return [...seeds]
}

/** The notes of the same party with another seed. */
export async function playUnheard(session: SessionLine, seed: number, instruments: LoadedInstruments): Promise<Note[]> {
  return composeRecord(await playRecord(session, seed, instruments), instruments)
}

/** The record of the same party with another seed, played without a listener. */
export async function playRecord(
  session: SessionLine,
  seed: number,
  { library, hashes }: Pick<LoadedInstruments, 'library' | 'hashes'>,
): Promise<RecordLine[]> {
  const { scenario, condition, agents, mapping, sham, metatokens } = session
  if (library === null || scenario === null || condition === null)
    throw new InputError('no-party', 'twins: expected a party and a library of tracks to play it with, got none.')
  const djs: Record<string, Dj> = {}
  for (const agent of agents) djs[agent.agent] = await seatAgain(agent, seed)
  const record: RecordLine[] = []
  const plan = { scenario, condition, seed, agents, mapping, sham, metatokens, djs, library, hashes, listen: null }
  for await (const line of playParty(plan)) record.push(line)
  return record
}

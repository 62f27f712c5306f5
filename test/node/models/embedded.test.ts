// The embedded model at a deck, through the same client as any server, without a network.
import { expect, test } from 'vitest'
import { shippedMasks } from '../../../src/djs/index.ts'
import { embeddedDj } from '../../../src/node/models/embedded-dj.ts'
import { playParty } from '../../../src/party/index.ts'
import { type EmbeddedSpec, formatLine, type Mask, type RecordLine } from '../../../src/record/index.ts'
import { partyOptions } from '../../party/play.ts'

const mask = shippedMasks[0] as Mask
const spec: EmbeddedSpec = {
  kind: 'embedded',
  policy: 'listen',
  model: 'hocket-ngram:mira',
  temperature: 1,
  answerTokens: 40,
}

async function play(seed: number): Promise<RecordLine[]> {
  const base = partyOptions({ slots: 4, seed })
  const agents = base.agents.map((agent, i) => (i === 0 ? { ...agent, dj: spec } : agent))
  const djs = { ...base.djs, a: embeddedDj({ spec, mask, agent: 'a', seed }) }
  const lines: RecordLine[] = []
  for await (const line of playParty({ ...base, agents, djs })) lines.push(line)
  return lines
}

test('it plays by its policy and speaks with exact probabilities, the same bytes for the same seed', async () => {
  const lines = await play(7)
  expect(lines.filter((line) => line.kind === 'fault')).toEqual([])
  const own = lines.filter((line) => line.kind === 'token').filter((line) => line.agent === 'a')
  const said = own.filter(({ logprob }) => logprob !== undefined)
  expect(own.every(({ source, clock }) => source === 'embedded' && clock === 'world')).toBe(true)
  expect(said.length).toBeGreaterThan(10)
  for (const { text, top = [] } of said) {
    expect(text).not.toMatch(/[\r\n]/)
    expect(top.length).toBeGreaterThan(0)
    expect(top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeLessThanOrEqual(1 + 1e-9)
  }
  const moves = lines.flatMap((line) => (line.kind === 'move' && line.agent === 'a' ? line.moves : []))
  expect(moves.filter((move) => move.do === 'say')).toHaveLength(4)
  expect(moves.some((move) => move.do === 'load')).toBe(true)
  expect((await play(7)).map(formatLine)).toEqual(lines.map(formatLine))
  expect((await play(8)).map(formatLine)).not.toEqual(lines.map(formatLine))
})

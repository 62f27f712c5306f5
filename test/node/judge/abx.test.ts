// ABX trials behind the server: X is one of the two and does not show which; its answer is another than that of a pair.
import { expect, test } from 'vitest'
import { wavHeaderBytes } from '../../../src/node/sound/wav-writer.ts'
import { consent, end, type Mine, openSmallServer } from './small-server.ts'
import { sayX, voteOn } from './small-session.ts'

test('X has a name of its own, sounds like one of the two, and is named in one answer: A or B', async () => {
  const { small: session, votes, ask, say, clock, tokenOf } = await openSmallServer({ judges: 1, abx: 8 })
  const get = (where: string) => {
    clock.now += 1000
    return ask(where, { token: tokenOf(0) })
  }
  const send = (vote: unknown) => {
    clock.now += 1000
    return say(0, vote)
  }
  const told = (await (await get('/api/judging/mine')).json()) as Mine
  const trials = session.key.judges[0]?.trials ?? []
  const first = trials.findIndex(({ kind }) => kind === 'abx')
  expect(told.trials.map(({ x }) => x !== undefined)).toEqual(trials.map(({ kind }) => kind === 'abx'))
  const bytesOf = async (name = '') => Buffer.from(await (await get(`/api/judging/sounds/${name}`)).arrayBuffer())
  for (const [k, { a, b, x }] of told.trials.entries()) {
    if (x === undefined) continue
    expect([a, b]).not.toContain(x)
    expect(Object.keys(told.trials[k] ?? {}).sort()).toEqual(['a', 'b', 'round', 'training', 'x'])
    // The same sound, by other bytes.
    const [own, wanted] = [await bytesOf(x), await bytesOf(trials[k]?.x?.is === 'a' ? a : b)]
    expect(largestDifference(own, wanted)).toBeLessThanOrEqual(2)
    expect(own.equals(wanted)).toBe(false)
  }
  for (const wrong of [
    voteOn(first),
    sayX(first, 'a', { answers: { overall: 'a' } }),
    sayX(first, 'a', { heardSeconds: { a: 9, b: 9 } }),
    { ...sayX(first, 'a'), x: 'tie' },
    sayX(0, 'a'),
    voteOn(0, { first: 'x' }),
    voteOn(0, { notes: [{ side: 'x', seconds: 1, text: 'here' }] }),
  ])
    expect((await send(wrong)).status).toBe(400)
  expect((await send(sayX(first, 'a'))).status).toBe(409)
  expect((await send(consent())).status).toBe(201)
  const rightIn = (k: number) => trials[k]?.x?.is ?? 'a'
  for (const [k, { kind }] of trials.entries())
    expect(
      (await send(kind === 'abx' ? sayX(k, k === first ? other(rightIn(k)) : rightIn(k)) : voteOn(k))).status,
    ).toBe(201)
  expect((await send(end())).status).toBe(201)
  const last = (await (await get('/api/judging/end')).json()) as {
    own: { abx: object }
    reveal: { x: string | null }[]
  }
  expect(last.own.abx).toEqual({ count: 7, of: 8, guessed: expect.closeTo(9 / 256, 12) })
  expect(last.reveal.map(({ x }) => x)).toEqual(trials.map(({ x }) => x?.is ?? null))
  await votes.close()
})

/** Of two 24-bit WAVs, in steps. */
function largestDifference(one: Buffer, another: Buffer): number {
  let most = Math.abs(one.length - another.length)
  for (let at = wavHeaderBytes; at + 3 <= one.length; at += 3)
    most = Math.max(most, Math.abs(one.readIntLE(at, 3) - another.readIntLE(at, 3)))
  return most
}
const other = (side: 'a' | 'b') => (side === 'a' ? 'b' : 'a')

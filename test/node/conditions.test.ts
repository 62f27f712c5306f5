// A ghost's life on disk through the real command: borrowed, replayed, broken off in its turn, resumed to the same bytes.
// What does not go together on the command line is refused.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseMetatokens, planParty } from '../../src/node/command/party-plan.ts'
import { parseSeat } from '../../src/node/command/seats.ts'
import { otherRun } from '../party/play.ts'
import { runHocket } from './hocket.ts'
import { temporaryFolder, writeBriskScenario } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const brisk = writeBriskScenario(folder)
const party = (...words: string[]) =>
  runHocket(['party', ...words, '--quiet', '--no-sound', '--no-twins'], { cwd: folder })
const bytesOf = (run: string) => readFileSync(path.join(folder, run, 'record.jsonl'), 'utf8')

test('a ghost is replayed from its own record, and resumed with the one that it came from', async () => {
  expect((await party('--scenario', brisk, '--seed', '3', '--slots', '1', '--out', 'lender')).code).toBe(0)
  const played = await party('--condition', 'ghost', '--from', 'lender', '--seed', '8', '--out', 'haunted')
  expect([played.code, played.stderr]).toEqual([0, ''])
  const replayed = await runHocket(['replay', 'haunted', '--quiet'], { cwd: folder })
  expect(replayed.stdout).toMatch(/^record: same/)
  const lines = bytesOf('haunted').split('\n')
  const said = lines.findIndex((line) => line.includes('"kind":"token","agent":"b"'))
  mkdirSync(path.join(folder, 'broken'))
  writeFileSync(path.join(folder, 'broken', 'record.jsonl'), `${lines.slice(0, said + 3).join('\n')}\n`)
  const alone = await party('--resume', 'broken')
  expect(alone.stderr).toMatch(/--from: expected the run that ghost "b" was recorded in .* got none/)
  expect((await party('--resume', 'broken', '--from', 'lender')).code).toBe(0)
  expect(bytesOf('broken')).toBe(bytesOf('haunted'))
})

const given = { from: 'lender', probe: true, sound: false, twins: false } as const

test.each([
  [{ condition: 'ghost', from: undefined }, /expected --from RUN beside it/],
  [{}, /expected --condition yoked-sham or ghost/],
  [{ condition: 'ghost', djB: parseSeat('listen') }, /this seat is the ghost's/],
  [{ condition: 'ghost', djA: parseSeat('listen:juno') }, /expected agent "a" with the taste of "mira"/],
  [{ condition: 'ghost', ghost: 'c' }, /--ghost: expected a or b, got "c"/],
  [{ condition: 'yoked-sham', seed: 3 }, /expected a run of another seed/],
  [{ condition: 'ghost', slots: 9 }, /expected at least 9 slots, got 2/],
  [{ condition: 'ghost', order: 'simultaneous' }, /with another "order"/],
  [{ from: undefined, metatokens: parseMetatokens('vitality:3') }, /expected --condition metatokens/],
  [{ from: undefined, setSlots: 4 }, /expected --memory values/],
] as const)('%j is refused', async (options, complaint) => {
  const other = 'from' in options ? null : await otherRun({ slots: 2 })
  expect(() => planParty({ ...given, ...options } as Parameters<typeof planParty>[0], other)).toThrow(complaint)
})

test('seats that are not named are those of the run that is borrowed from', async () => {
  const other = await otherRun({ slots: 2, policies: ['random', 'copycat'] })
  const plan = planParty(
    { ...given, condition: 'ghost', ghost: 'a', seed: 8 } as Parameters<typeof planParty>[0],
    other,
  )
  expect(plan.agents.map(({ dj }) => dj)).toEqual([
    { kind: 'ghost', from: other.hash, seed: 3, was: 'scripted' },
    { kind: 'scripted', policy: 'copycat' },
  ])
  expect(plan.scenario.slots).toBe(2)
})

test('levels are single digits of known properties, each once', () => {
  expect(parseMetatokens('consonance:7, vitality:0')).toEqual([
    { property: 'consonance', level: 7 },
    { property: 'vitality', level: 0 },
  ])
  for (const text of ['joy:3', 'vitality', 'vitality:10', 'vitality:-1', ''])
    expect(() => parseMetatokens(text)).toThrow(/Expected/)
  expect(() => parseMetatokens('vitality:1,vitality:2')).toThrow(/each property once/)
})

// Models through the real command: a party against the double, resumed, replayed, and no key in anything it writes or prints.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHocket } from '../hocket.ts'
import { temporaryFolder } from '../records.ts'
import { type Double, startDouble } from './double.ts'

const folder = temporaryFolder()
const key = 'sk-secret-77aa0b1c2d'
const env = { OPENAI_API_KEY: key, OPENAI_LOG: 'debug' }
const run = path.join(folder, 'run')
let double: Double
let printed = ''

beforeAll(async () => {
  double = await startDouble((index) => {
    if (index === 1) return { kind: 'status', status: 401, message: `Incorrect API key provided: ${key}` }
    return { kind: 'answer', pieces: ['SAY "strings up and ', 'rolling"'], finish: index === 2 ? null : 'stop' }
  })
})
afterAll(async () => {
  await double.close()
  rmSync(folder, { recursive: true })
})

const seats = () => ['--dj-a', `openai:m@${double.url}#juno`, '--dj-b', `responses:org/m:1b@${double.url}`]

test('a party of two models ends, says what it will and did cost, and hides the key', async () => {
  const words = [
    'party',
    '--seed',
    '5',
    '--slots',
    '2',
    '--no-sound',
    '--no-twins',
    '--clock',
    'wall',
    '--out',
    run,
    '--quiet',
  ]
  const prices = ['--price-in', '1', '--price-out', '2', '--max-cost', '5']
  const { code, stdout, stderr } = await runHocket([...words, ...seats(), ...prices, '--json'], { env })
  expect(code).toBe(0)
  expect(stderr).toMatch(/Models: 8 requests, about [\d,]+ prompt tokens, at most 3,200 answer tokens, cost at most/)
  expect(stderr).toMatch(/no model "org\/m:1b" in the server's list/)
  expect((JSON.parse(stdout) as { usage: unknown }).usage).toMatchObject({ turns: 8, requests: 8, broken: 2 })
  printed = stdout + stderr
  const record = readFileSync(path.join(run, 'record.jsonl'), 'utf8')
  expect(record.match(/"kind":"probe","agent":"[ab]","question":"The night is over/g)).toHaveLength(4)
  const files = readdirSync(run, { recursive: true, encoding: 'utf8' }).map((name) => path.join(run, name))
  for (const file of files.filter((name) => statSync(name).isFile()))
    expect(readFileSync(file, 'utf8')).not.toContain(key)
  expect(printed).not.toContain(key)
  expect(double.asked.every(({ authorization }) => authorization === `Bearer ${key}`)).toBe(true)
})

test('the run replays from its record, without the server', async () => {
  const before = double.asked.length
  const { code, stdout } = await runHocket(['replay', run, '--quiet'])
  expect(stdout).toMatch(/record: same \(\d+ lines played again\)/)
  expect(stdout).toMatch(/scores: same/)
  expect([code, double.asked.length]).toEqual([0, before])
})

test('cut in the middle of a turn it is resumed: what was said stays, the rest is asked for', async () => {
  const torn = path.join(folder, 'torn')
  cpSync(run, torn, { recursive: true })
  const stored = readFileSync(path.join(run, 'record.jsonl'), 'utf8')
  const lines = stored.split('\n')
  const tokens = lines.flatMap((line, i) => (line.includes('"kind":"token"') && line.includes('"slot":0') ? [i] : []))
  const kept = lines.slice(0, (tokens[0] ?? 0) + 2).join('\n')
  writeFileSync(path.join(torn, 'record.jsonl'), `${kept}\n{"n":4,"ki`)
  const { code, stderr } = await runHocket(['party', '--resume', torn, '--no-sound', '--no-twins', '--quiet'], { env })
  expect([code, stderr.includes(key)]).toEqual([0, false])
  const resumed = readFileSync(path.join(torn, 'record.jsonl'), 'utf8')
  expect(resumed.startsWith(`${kept}\n`)).toBe(true)
  expect(resumed).toContain('"code":"interrupted"')
  expect(resumed).toMatch(/"kind":"end","slots":2.*\n$/)
})

test('a server that is not there is named before anything is written', async () => {
  const words = [
    'party',
    '--slots',
    '1',
    '--dj-a',
    'openai:m@http://127.0.0.1:9/v1',
    '--out',
    path.join(folder, 'none'),
  ]
  const { code, stderr } = await runHocket(words, { env })
  expect(stderr).toMatch(/agent "a", http:\/\/127\.0\.0\.1:9\/v1: expected a server that answers/)
  expect([code, existsSync(path.join(folder, 'none'))]).toEqual([1, false])
})

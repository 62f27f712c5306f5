// The command as people meet it: help, exit codes, one clear line for bad input, nothing half-written left behind.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultScenario } from '../../src/party/index.ts'
import { runHere, runHocket } from './hocket.ts'
import { smallRecord, temporaryFolder, textOf, writeRun } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const listing = (where: string) => readdirSync(where, { recursive: true }).sort()

/** One line that says what to do, no stack, nothing on stdout. */
function expectOneLine(stderr: string, message: RegExp): void {
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^hocket: /)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).not.toMatch(/\n\s+at |node:internal/)
  expect(stderr.length).toBeLessThan(500)
}

const records: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['an empty record', '', /record\.jsonl: expected at least a session line, got nothing/],
  [
    'another schema version',
    textOf(smallRecord(1)).replace('"schema":1', '"schema":99'),
    /line 1: expected record schema 1, got 99/,
  ],
  [
    'binary bytes',
    Uint8Array.from({ length: 4096 }, (_, i) => (i * 197) & 255),
    /line 1: expected UTF-8 text, got binary bytes/,
  ],
  [
    'a line of 10 MB',
    `${textOf(smallRecord(1)).split('\n')[0]}\n${'x'.repeat(10_000_000)}\n`,
    /line 2: expected at most 8388608 bytes/,
  ],
  [
    'an unknown agent',
    textOf(smallRecord(2)).replace('"token","agent":"b"', '"token","agent":"zed"'),
    /line 3: expected one of the session's agents \(a, b\), got "zed"/,
  ],
  [
    'tokens out of order',
    textOf(smallRecord(3)).replace('"t":2', '"t":0.5'),
    /line 4: expected a token at 1 s or later, got 0\.5 s/,
  ],
  [
    'one agent twice',
    textOf(smallRecord(2)).replace('"agent":"b"', '"agent":"a"'),
    /line 1: expected each agent once, got "a" twice/,
  ],
  [
    'slots that go back',
    textOf(smallRecord(3)).replace('"slot":0', '"slot":1'),
    /record\.jsonl: line 3: expected slot 1 or later, got 0/,
  ],
  ['text that is no JSON', 'hello\n', /line 1: expected one JSON object, got "hello"/],
  ['a missing line', textOf(smallRecord(3).filter(({ n }) => n !== 2)), /line 3: expected n 2, got 3/],
]

test.each(records)('score, replay and render refuse %s', async (name, content, message) => {
  const run = writeRun(path.join(folder, name.replaceAll(' ', '-')), content)
  const command = ['score', 'replay', 'render'][records.findIndex(([known]) => known === name) % 3] as string
  const { code, stdout, stderr } = await runHere([command, run])
  expectOneLine(stderr, message)
  expect([code, stdout]).toEqual([1, ''])
  expect(listing(run)).toEqual(['record.jsonl'])
})

test('a scenario with an unknown field, a broken one, none at all', async () => {
  const cwd = path.join(folder, 'scenarios')
  mkdirSync(cwd)
  writeFileSync(path.join(cwd, 'odd.json'), JSON.stringify({ ...defaultScenario, mirrorBall: true }))
  writeFileSync(path.join(cwd, 'broken.json'), '{"version":1')
  const cases = [
    ['odd.json', /odd\.json: Unrecognized key: "mirrorBall"/],
    ['broken.json', /broken\.json: expected JSON, got /],
    ['none.json', /none\.json: expected a readable file, found nothing/],
  ] as const
  for (const [file, message] of cases) {
    const { code, stdout, stderr } = await runHere([
      'party',
      '--scenario',
      path.join(cwd, file),
      '--out',
      path.join(cwd, 'run'),
    ])
    expectOneLine(stderr, message)
    expect([code, stdout]).toEqual([1, ''])
  }
  expect(listing(cwd)).toEqual(['broken.json', 'odd.json'])
})

test('a missing recording', async () => {
  const out = path.join(folder, 'no-samples')
  const { code, stderr } = await runHocket(['party', '--out', out], { env: { HOCKET_SAMPLES: folder } })
  expectOneLine(stderr, /sample "[a-z0-9_]+": expected [a-z0-9_]+\.flac in .*, found nothing/)
  expect(code).toBe(1)
  expect(listing(folder)).not.toContain('no-samples')
})

test('a transcript that is none', async () => {
  const out = path.join(folder, 'no-transcript')
  const { code, stderr } = await runHocket(['sonify', '-', '--out', out], { input: '\u0000\u0001' })
  expectOneLine(stderr, /standard input: line 1: expected text, got binary bytes/)
  expect(code).toBe(1)
  expect(listing(folder)).not.toContain('no-transcript')
})

test('a folder that holds a record is not played over', async () => {
  const run = writeRun(path.join(folder, 'taken'), textOf(smallRecord(1)))
  const { code, stderr } = await runHere(['party', '--out', run])
  expectOneLine(stderr, /expected a folder without a record/)
  expect(code).toBe(1)
  expect(readFileSync(path.join(run, 'record.jsonl'), 'utf8')).toBe(textOf(smallRecord(1)))
})

test('a run that another process is writing is left alone', async () => {
  const run = writeRun(path.join(folder, 'busy'), textOf(smallRecord(2)))
  writeFileSync(path.join(run, '.playing'), String(process.ppid))
  writeFileSync(path.join(run, 'mix.wav.part'), 'half')
  for (const command of ['score', 'render']) {
    const { code, stdout, stderr } = await runHere([command, run])
    expectOneLine(stderr, /busy: expected a run that nobody writes, got one in use by process/)
    expect([code, stdout]).toEqual([1, ''])
  }
  expect(listing(run)).toEqual(['.playing', 'mix.wav.part', 'record.jsonl'])
})

test('more sound than a file holds is refused at once', async () => {
  const long = await runHocket(['party', '--slots', '10000', '--out', path.join(folder, 'long')])
  expectOneLine(long.stderr, /mix\.wav: expected at most 248 minutes \(4 GiB\) of sound, got 2540\. Take fewer --slots/)
  const input = `Ada: ${'word '.repeat(300_000)}\n`
  const talk = await runHocket(['sonify', '-', '--quiet', '--out', path.join(folder, 'long')], { input })
  expectOneLine(talk.stderr, /standard input: mix\.wav: expected at most 248 minutes .* Cut the transcript/)
  expect([long.code, talk.code]).toEqual([1, 1])
  expect(listing(folder)).not.toContain('long')
})

test('a place where no folder can be made', async () => {
  const { code, stderr } = await runHocket(['party', '--out', '/proc/hocket/run'])
  expectOneLine(stderr, /\/proc\/hocket: expected a folder that can be written, got /)
  expect(code).toBe(1)
})

test.each([
  [['party', '--seed', '-1'], /Expected a whole number/],
  [['party', '--dj-a', 'shouter'], /Expected openai:MODEL.* or one of silent, selfish/],
  [['party', '--dj-a', 'listen:nobody'], /Expected a mask \(/],
  [['party', '--condition', 'blind'], /Allowed choices are solo/],
  [['party', '--resume', 'x', '--seed', '3'], /--resume: expected no --seed/],
  [['party', '--resume', 'x', '--dj-b', 'listen'], /--resume: expected no --dj-b beside it/],
  [['dance'], /unknown command 'dance'/],
  [['score'], /missing required argument 'run'/],
  [['bench', 'sleep'], /expected parts among/],
  [['bench', 'kernel', '--passes', 'many'], /--passes: expected whole numbers from 1 to 100000, got "many"/],
  [['bench', 'agents', '--agents', '1'], /--agents: expected 2 to 64 agents, got 1/],
  [['bench', 'length', '--seconds', '60,,90'], /--seconds: expected whole numbers/],
])('wrong usage exits with 2: %s', async (words, message) => {
  const { code, stdout, stderr } = await runHere(words)
  expect(stderr).toMatch(message)
  expect([code, stdout]).toEqual([2, ''])
})

test('every command has help with examples, on stdout', async () => {
  for (const command of ['party', 'score', 'render', 'sonify', 'tap', 'replay', 'listen', 'compare-ears', 'bench']) {
    const { code, stdout, stderr } = await runHere([command, '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`$ hocket ${command}`)
    expect(stdout).toContain('--json')
  }
  expect((await runHocket(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

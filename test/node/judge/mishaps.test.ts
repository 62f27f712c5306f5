// What goes wrong around a judging session, by the command line: one clear error, an exit code, and nothing half-written.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { claimSessionFolder } from '../../../src/node/judge/claim.ts'
import { clipsFolder, openLinks, openSession } from '../../../src/node/judge/session-files.ts'
import { readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import { claimRun } from '../../../src/node/store/run-folder.ts'
import { formatLine, type MachineResult } from '../../../src/record/index.ts'
import { playShortParty } from '../../party.ts'
import { runHere } from '../hocket.ts'
import { temporaryFolder, writeRun } from '../records.ts'
import { writeSmallSession } from './small-session.ts'

const folder = temporaryFolder()
const runs = ['first', 'second'].map((name) => path.join(folder, name))
const made = path.join(folder, 'made')
const making = ['--seconds', '1', '--judges', '2', '--seed', '3', '--no-serve', '--quiet']

const run = (...words: string[]) => runHere(['judge', ...words])

beforeAll(async () => {
  for (const [k, name] of runs.entries()) {
    const record = await playShortParty(1, 5 + k, { bpm: 180 })
    writeRun(name, record.map((line) => `${formatLine(line)}\n`).join(''))
  }
  expect((await run(...runs, ...making, '--out', made)).code).toBe(0)
})

const copyOf = (name: string) => {
  const copy = path.join(folder, name)
  cpSync(made, copy, { recursive: true })
  return copy
}

test('a maker that was killed leaves no session, and the same command works again', async () => {
  const half = copyOf('half')
  renameSync(path.join(half, 'session.json'), path.join(half, 'session.json.part'))
  expect(() => openSession(half)).toThrow(/expected the folder of a judging session/)
  // Without the maker's mark it may be somebody's own.
  expect((await run(...runs, ...making, '--out', half)).stderr).toMatch(/expected an empty folder, got one with files/)
  writeFileSync(path.join(half, '.playing'), '4194305') // no process has this number
  expect(await run(...runs, ...making, '--out', half)).toMatchObject({ code: 0, stderr: '' })
  const { key } = openSession(half)
  expect(readdirSync(path.join(half, clipsFolder)).sort()).toEqual(key.clips.map(({ name }) => `${name}.wav`).sort())
  expect(readdirSync(half).sort()).toEqual(['clips', 'key.json', 'links.txt', 'session.json'])
})

test('two never make one session', async () => {
  const shared = path.join(folder, 'shared')
  const place = claimSessionFolder(shared)
  const { code, stderr } = await run(...runs, ...making, '--out', shared)
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/expected a judging session that nobody .* in use by process/),
  ])
  place.discard()
  expect(existsSync(shared)).toBe(false)
})

test('the mark of a killed process that had this one’s number is taken over', () => {
  const place = temporaryFolder()
  writeFileSync(path.join(place, '.playing'), String(process.pid))
  const release = claimRun(place)
  expect(() => claimRun(place)).toThrow(/in use by process/)
  release()
  claimRun(place)()
})

const out = path.join(folder, 'out')
test.each([
  ['a run that is not there', [...runs, 'nowhere'], 1, /nowhere: expected a folder with record.jsonl/],
  ['clips longer than a run', [...runs, '--seconds', '300'], 1, /expected \d+ slots at least/],
  [
    'a database of no shape',
    [...runs, '--database', 'nonsense:secret'],
    2,
    /expected postgres:\/\/USER@HOST\/DATABASE/,
  ],
  ['a judge too few', [...runs, '--judges', '0'], 2, /whole number from 1 to 1000, got "0"/],
])('refused, and no folder is left: %s', async (_, words, wanted, complaint) => {
  const { code, stderr } = await run(...making, ...words, '--out', out)
  expect([code, stderr]).toEqual([wanted, expect.stringMatching(complaint)])
  expect(stderr).not.toMatch(/secret/)
  expect(existsSync(out)).toBe(false)
})

test('a run whose mix.wav is damaged or silent is named, with what to do', async () => {
  const copy = path.join(folder, 'mixed')
  cpSync(runs[0] ?? '', copy, { recursive: true })
  const mix = path.join(copy, 'mix.wav')
  const make = async () => (await run(...making, runs[1] ?? '', copy, '--out', out)).stderr
  writeFileSync(mix, 'junk')
  expect(await make()).toMatch(/mix\.wav: .*delete it: the sound is made anew from the record/)
  const still = new Float32Array(48_000 * 12)
  const writer = createWavWriter(mix, { sampleRate: 48_000, channels: 2 })
  writer.write([still, still])
  writer.finish()
  expect(await make()).toMatch(/mixed, from \d.*: expected a clip that can be heard, got silence\. Leave that run out/)
  expect(existsSync(out)).toBe(false)
})

test('--out that cannot be: a file, a session, a place where nothing can be made', async () => {
  const makeIn = async (where: string) => (await run(...runs, ...making, '--out', where)).stderr
  expect(await makeIn(path.join(runs[0] ?? '', 'record.jsonl'))).toMatch(/expected an empty folder, got a file/)
  expect(await makeIn(made)).toMatch(/got one with a judging session.*hocket judge serve/)
  expect(await makeIn(runs[0] ?? '')).toMatch(/got one with files \(record.jsonl\)\. Choose another --out\.\n/)
  expect(await makeIn('/proc/judging')).toMatch(/expected a folder that can be written/)
})

test('made, but not served since the port is taken: that it is made is said, and how to serve it', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  const where = path.join(folder, 'port')
  const words = making.filter((word) => word !== '--no-serve')
  const { code, stderr } = await run(...runs, ...words, '--out', where, '--port', String(port))
  taken.close()
  expect(code).toBe(1)
  expect(stderr).toMatch(/the session is made.*hocket judge serve/)
  expect(stderr).toMatch(/expected a free port, got EADDRINUSE/)
  expect(openSession(where).key.judges).toHaveLength(2)
  expect(readdirSync(where)).not.toContain('.playing')
})

test('open to all machines, and no name to ask under: who is refused is said, and what to do', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '0.0.0.0', resolve))
  const { port } = taken.address() as { port: number }
  const { folder: ready } = writeSmallSession({ judges: 1 })
  const serve = (...words: string[]) => run('serve', ready, '--host', '0.0.0.0', '--port', String(port), ...words)
  const [bare, named] = [await serve(), await serve('--name', 'studio.local')]
  taken.close()
  expect(bare.stderr).toMatch(/^--host 0\.0\.0\.0: judges on other machines are refused.* --name .*give it\.\n/)
  expect(named.stderr).toMatch(/^hocket: 0\.0\.0\.0, port \d+: expected a free port/)
})

const flip = (text: string, at: number) =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)

test.each([
  ['session.json cut off', 'session.json', (text: string) => text.slice(0, 80), /session.json: expected JSON/],
  ['session.json of another shape', 'session.json', () => '{}', /session.json: field "version"/],
  ['key.json cut off', 'key.json', (text: string) => text.slice(0, 80), /key.json: expected JSON/],
  ['no key.json', 'key.json', () => null, /key.json: expected what is what.*found nothing/],
  [
    'a clip too short',
    'clips',
    (text: string) => text.slice(0, 100),
    /expected \d+ clips of \d+ bytes each, got 1 missing/,
  ],
  ['one byte of a clip changed', 'clips', (text: string) => flip(text, 3000), /clips as they were made, got 1 changed/],
  [
    'one byte of a clip’s header changed',
    'clips',
    (text: string) => flip(text, 24),
    /clips as they were made, got \d+ changed/,
  ],
  ['a clip gone', 'clips', () => null, /expected \d+ clips of \d+ bytes each, got 1 missing/],
  ['votes that are none', 'votes.jsonl', () => '\u0000\n', /votes.jsonl: line 1: .*Put the file back/],
  ['votes.head of another shape', 'votes.head', () => 'x', /votes.head was changed/],
])('a damaged folder is not served: %s', async (name, file, damage, complaint) => {
  const copy = copyOf(`damaged ${name}`)
  const [clip = ''] = readdirSync(path.join(copy, clipsFolder))
  const place = path.join(copy, file === 'clips' ? path.join(clipsFolder, clip) : file)
  const damaged = damage(existsSync(place) ? readFileSync(place, 'latin1') : '')
  if (damaged === null) rmSync(place)
  else writeFileSync(place, damaged, 'latin1')
  const { code, stdout: links, stderr } = await run('serve', copy)
  expect([code, links, stderr]).toEqual([1, '', expect.stringMatching(complaint)])
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('verify names a changed clip beside the chain; without any votes it says so', async () => {
  const copy = copyOf('changed clip')
  const [clip = ''] = readdirSync(path.join(copy, clipsFolder))
  const place = path.join(copy, clipsFolder, clip)
  writeFileSync(place, flip(readFileSync(place, 'latin1'), 3000), 'latin1')
  const { code, stdout, stderr } = await run('verify', copy)
  expect([code, stdout]).toEqual([1, `${copy}: nothing is stored; if there were votes, they were taken away.\n`])
  expect(stderr).toContain(`clips as they were made, got 1 changed, ${clip} first`)
})

test('links that open nothing are not printed', () => {
  const text = readFileSync(path.join(made, 'links.txt'), 'utf8')
  const { key } = openSession(made)
  expect(openLinks(text, key).map(({ who }) => who)).toEqual(['judge-01', 'judge-02', 'organiser'])
  const [first = '', second = '', ...rest] = text.split('\n')
  const damaged = [first.slice(0, -1), second.replace('judge-02', 'judge-01'), ...rest, 'judge-02', 'nonsense'].join(
    '\n',
  )
  expect(openLinks(damaged, key).map(({ who }) => who)).toEqual(['organiser'])
})

test('votes that are binary: told once, without another file’s advice', async () => {
  const copy = copyOf('binary')
  writeFileSync(path.join(copy, 'votes.jsonl'), Buffer.of(255, 254, 10))
  const { root } = openSession(copy)
  expect((await readVotes(copy, root)).broken).toEqual({ line: 1, why: 'expected text, got binary bytes' })
})

test('results: files of one moment, or none; the votes file is not promised where there is none', async () => {
  const copy = copyOf('results')
  const told = await run('results', copy)
  expect(told).toMatchObject({ code: 0, stderr: '' })
  expect(told.stdout).not.toMatch(/votes\.jsonl/)
  const before = readFileSync(path.join(copy, 'results.json'), 'utf8')
  rmSync(path.join(copy, 'votes.csv'))
  mkdirSync(path.join(copy, 'votes.csv.part'))
  writeFileSync(path.join(copy, 'results.json'), 'as it was')
  expect((await run('results', copy)).code).toBe(1)
  expect(readFileSync(path.join(copy, 'results.json'), 'utf8')).toBe('as it was')
  rmSync(path.join(copy, 'votes.csv.part'), { recursive: true })
  expect((await run('results', copy)).code).toBe(0)
  expect(readFileSync(path.join(copy, 'results.json'), 'utf8')).toBe(before)
})

test.each([
  [['results', made, '--judges', '3'], 2, /judge results: expected no --judges/],
  [['--judges', '3', 'results', made], 2, /judge results: expected no --judges/],
  [['serve', made, '--no-serve'], 2, /judge serve: expected no --no-serve\./],
  [['machine', made, '--kind', 'measures', '--model', 'x'], 2, /--kind measures: expected no --model\. Our measures/],
  [
    ['machine', made, '--kind', 'reads', '--model', 'x', '--settings', 'y'],
    2,
    /--kind reads: expected no --settings\./,
  ],
  [['verify', made, '--holds', 'zzz'], 2, /Expected a hash, 64 hex digits/],
  [['take', made, 'judge-77', 'x.jsonl'], 1, /expected one of the 2 judges, judge-01 to judge-02/],
  [
    ['machine', made, '--kind', 'measures', '--criterion', 'order'],
    2,
    /expected one that the session asks \(overall\), got order/,
  ],
  [['fit', made, '--out', 'x.json', '--criterion', 'order'], 2, /expected one that the session asks/],
  [['fit', made, '--out', folder], 2, /--out: expected the path of a file, got a folder: .* Nothing was learned/],
  [['fit', made, '--out', path.join(folder, 'no', 'x.json')], 2, /got none, since there is no folder .*no\b/],
  [
    ['machine', made, '--kind', 'reads', '--model', 'm@http://127.0.0.1:9/v1', '--timeout', '1', '--max-tokens', '1'],
    1,
    /expected answers to \d+ questions, got none \(unavailable: .*\)\. .*Nothing was kept/,
  ],
])('%j is refused', async (words, wanted, complaint) => {
  const { code, stderr } = await run(...words)
  expect([code, stderr]).toEqual([wanted, expect.stringMatching(complaint)])
  expect(existsSync(path.join(made, 'machines'))).toBe(false)
})

test('options before a subcommand’s name count as after it', async () => {
  const [before, after] = [await run('--json', 'verify', made), await run('verify', made, '--json')]
  expect(JSON.parse(before.stdout)).toMatchObject({ lines: 0, fault: null })
  expect(before).toEqual(after)
})

test('a machine judged twice is shown once: of a file of old and one of now, the one of now, and the other is told', async () => {
  const small = writeSmallSession({ judges: 2, sound: 'tones' })
  const machine = (...words: string[]) =>
    run('machine', small.folder, '--kind', 'measures', '--checks', '1', '--json', ...words)
  expect((await machine()).code).toBe(0)
  const machines = path.join(small.folder, 'machines')
  const [file = ''] = readdirSync(machines)
  expect(file).toBe('measures-overall-equal-2.json')
  const kept = JSON.parse(readFileSync(path.join(machines, file), 'utf8')) as MachineResult
  // As it was called before the criterion stood in the name; judged with another seed.
  writeFileSync(path.join(machines, 'measures-equal-2.json'), JSON.stringify({ ...kept, seed: 77 }))
  const { code, stdout: text, stderr } = await run('results', small.folder, '--json')
  const shown = (JSON.parse(text) as { machines: MachineResult[] }).machines
  expect([code, shown.map(({ seed }) => seed)]).toEqual([0, [1]])
  expect(stderr).toMatch(
    /measures-equal-2\.json: left out, since measures-overall-equal-2\.json holds the same machine/,
  )
  // Alone, a file of old is read as ever.
  rmSync(path.join(machines, file))
  const alone = await run('results', small.folder, '--json')
  expect((JSON.parse(alone.stdout) as { machines: MachineResult[] }).machines.map(({ seed }) => seed)).toEqual([77])
  expect(alone.stderr).toBe('')
})

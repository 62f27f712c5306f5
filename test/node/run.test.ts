// A party's life on disk through the real command: played, replayed, killed, resumed; a transcript made audible.
// HOCKET_KILLS=20 kills at twenty random moments instead of two.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecord } from '../../src/node/store/record-file.ts'
import { seededRandom } from '../../src/random.ts'
import { type Scores, scoresSchema } from '../../src/record/index.ts'
import { runHocket, startHocket } from './hocket.ts'
import { temporaryFolder } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const kills = Number(process.env['HOCKET_KILLS'] ?? 2)
const words = ['party', '--seed', '5', '--slots', '2', '--quiet']
const whole = path.join(folder, 'whole')
const bytesOf = (run: string, name = 'record.jsonl') => readFileSync(path.join(run, name))
let printed: { run: string; seed: number; verdict: string[]; scores: Scores }

beforeAll(async () => {
  const { code, stdout, stderr } = await runHocket([...words, '--json', '--out', whole])
  expect([code, stderr]).toEqual([0, ''])
  printed = JSON.parse(stdout) as typeof printed
})

test('a run holds all its files, whole, and prints verdict and scores', () => {
  expect(readdirSync(whole, { recursive: true }).sort()).toEqual([
    'mix.wav',
    'notes.mid',
    'record.jsonl',
    'report.html',
    'scores.json',
    'stems',
    ...['a.deck', 'a.voice', 'b.deck', 'b.voice'].map((name) => `stems/${name}.wav`),
  ])
  const scores = scoresSchema.parse(JSON.parse(bytesOf(whole, 'scores.json').toString()))
  expect(printed.scores).toEqual(scores)
  expect(printed.seed).toBe(5)
  expect(printed.verdict).toHaveLength(3)
  expect(Object.keys(scores.hashes.stems)).toEqual(['a.voice', 'a.deck', 'b.voice', 'b.deck'])
})

test('replay finds the same, and names what was changed', async () => {
  const same = await runHocket(['replay', whole, '--quiet', '--json'])
  expect(JSON.parse(same.stdout)).toMatchObject({ same: true })
  expect(same.code).toBe(0)

  const forged = path.join(folder, 'forged')
  mkdirSync(path.join(forged, 'stems'), { recursive: true })
  copyFileSync(path.join(whole, 'record.jsonl'), path.join(forged, 'record.jsonl'))
  const scores = JSON.parse(bytesOf(whole, 'scores.json').toString()) as Scores
  scores.together.crowdEnergy = 0.987
  writeFileSync(path.join(forged, 'scores.json'), JSON.stringify(scores))
  const stem = bytesOf(whole, 'stems/b.voice.wav')
  stem.writeUInt8((stem.readUInt8(1000) + 1) & 255, 1000)
  writeFileSync(path.join(forged, 'stems/b.voice.wav'), stem)
  const other = await runHocket(['replay', forged, '--quiet'])
  expect(other.code).toBe(1)
  expect(other.stdout).toMatch(/record: same/)
  expect(other.stdout).toMatch(/stems: differs \(stems\/b\.voice\.wav: stored/)
  expect(other.stdout).toMatch(/scores: differs \(field "together\.crowdEnergy": stored 0\.987, recomputed 0\./)

  const lines = bytesOf(whole).toString().split('\n')
  const at = lines.findIndex((line) => line.includes('"kind":"move"'))
  lines[at] = (lines[at] as string).replace(/"text":"/, '"text":"x')
  writeFileSync(path.join(forged, 'record.jsonl'), lines.join('\n'))
  const changed = await runHocket(['replay', forged, '--quiet'])
  expect(changed.code).toBe(1)
  expect(changed.stdout).toMatch(new RegExp(`record: differs \\(line ${at + 1}: field "text": stored "x`))
})

test(`killed at ${kills} random moments: readable up to the last whole line, resumed to the same bytes`, async () => {
  const random = seededRandom(process.env['HOCKET_KILL_SEED'] ?? 'kill')
  const unbroken = bytesOf(whole)
  for (let kill = 0; kill < kills; kill++) {
    const run = path.join(folder, `killed-${kill}`)
    await playUntil(run, 1 + Math.floor(random() * (unbroken.length - 1)))
    const stored = bytesOf(run)
    expect(unbroken.subarray(0, stored.length).equals(stored)).toBe(true)
    let count = 0
    for await (const { line } of readRecord(path.join(run, 'record.jsonl'))) expect(line.n).toBe(count++)
    expect(count).toBeGreaterThan(0)
    const resumed = await runHocket(['party', '--resume', run, '--quiet', '--json'])
    expect([resumed.code, resumed.stderr]).toEqual([0, ''])
    expect(bytesOf(run).equals(unbroken)).toBe(true)
    expect((JSON.parse(resumed.stdout) as typeof printed).scores).toEqual(printed.scores)
    expect(readdirSync(run, { recursive: true }).sort()).toEqual(readdirSync(whole, { recursive: true }).sort())
  }
}, 600_000)

/** Plays into `run` and kills the process as soon as so many bytes are in the record. */
async function playUntil(run: string, bytes: number): Promise<void> {
  const record = path.join(run, 'record.jsonl')
  const child = startHocket([...words, '--out', run])
  const gone = new Promise((resolve) => child.on('close', resolve))
  while (child.exitCode === null && !(existsSync(record) && statSync(record).size >= bytes))
    await new Promise((resolve) => setTimeout(resolve, 1))
  child.kill('SIGKILL')
  await gone
}

test('a torn tail is named, and what is before it is scored', async () => {
  const run = path.join(folder, 'torn')
  mkdirSync(run)
  const unbroken = bytesOf(whole)
  const cut = unbroken.lastIndexOf(10, unbroken.length - 2) + 15
  writeFileSync(path.join(run, 'record.jsonl'), unbroken.subarray(0, cut)) // inside the end line
  const scored = await runHocket(['score', run, '--quiet'])
  expect(scored.code).toBe(0)
  expect(JSON.parse(bytesOf(run, 'scores.json').toString())).toMatchObject({
    hashes: { stems: printed.scores.hashes.stems },
  })
  expect(scored.stderr).toMatch(/record\.jsonl: line \d+ is torn \(the file ends inside it\)/)
})

test('a transcript on standard input becomes a run that scores and replays', async () => {
  const out = path.join(folder, 'chat')
  const input =
    'Ada: where does the bass line go, when the room is empty?\nBob: it waits under the floor, humming.\n'.repeat(4)
  const { code, stdout, stderr } = await runHocket(['sonify', '-', '--out', out, '--json'], { input })
  expect(code).toBe(0)
  expect(stderr).toMatch(/^Format: plain, 2 speakers/)
  const { scores } = JSON.parse(stdout) as typeof printed
  expect(Object.keys(scores.hashes.stems)).toEqual(['ada.voice', 'bob.voice'])
  expect(readdirSync(path.join(out, 'stems')).sort()).toEqual(['ada.voice.wav', 'bob.voice.wav'])
  const replayed = await runHocket(['replay', out, '--quiet'])
  expect(replayed.stdout).toMatch(/stems: same .*\nscores: same/)
  expect(replayed.code).toBe(0)
})

// A party's life on disk through the real command: played, replayed, killed, resumed; a transcript made audible.
// HOCKET_KILLS=20 kills at twenty random moments instead of two.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultRanking } from '../../src/measure/index.ts'
import { readRecord } from '../../src/node/store/record-file.ts'
import { seededRandom } from '../../src/random.ts'
import { type Scores, scoresSchema } from '../../src/record/index.ts'
import { runHocket, startHocket } from './hocket.ts'
import { temporaryFolder, writeBriskScenario, writeRun } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const kills = Number(process.env['HOCKET_KILLS'] ?? 2)
const words = ['party', '--scenario', writeBriskScenario(folder), '--seed', '5', '--slots', '2', '--quiet']
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

test('replay plays the party again and names what was changed', async () => {
  const forged = path.join(folder, 'forged')
  cpSync(whole, forged, { recursive: true })
  const scores = JSON.parse(bytesOf(whole, 'scores.json').toString()) as Scores
  scores.together.crowdEnergy = 0.987
  writeFileSync(path.join(forged, 'scores.json'), JSON.stringify(scores))
  const other = await runHocket(['replay', forged, '--quiet'])
  expect(other.code).toBe(1)
  expect(other.stdout).toMatch(/record: same \(\d+ lines played again\)\nstems: same \(4 of 4 by SHA-256\)/)
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

describe('a transcript on standard input', () => {
  const chat = path.join(folder, 'chat')
  let scores: Scores

  beforeAll(async () => {
    const input = 'Ada: where does the bass line go, when the room is empty?\nBob: it waits under the floor, humming.\n'
    const { code, stdout, stderr } = await runHocket(['sonify', '-', '--out', chat, '--json'], {
      input: input.repeat(4),
    })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Format: plain, 2 speakers/)
    scores = (JSON.parse(stdout) as typeof printed).scores
  })

  test('becomes a run that replays', async () => {
    expect(Object.keys(scores.hashes.stems)).toEqual(['ada.voice', 'bob.voice'])
    expect(readdirSync(path.join(chat, 'stems')).sort()).toEqual(['ada.voice.wav', 'bob.voice.wav'])
    const replayed = await runHocket(['replay', chat, '--quiet', '--json'])
    expect(JSON.parse(replayed.stdout)).toMatchObject({ same: true })
    expect(replayed.code).toBe(0)
  })

  test('one changed byte of a stem is found', async () => {
    const forged = path.join(folder, 'forged-stem')
    cpSync(chat, forged, { recursive: true })
    const stem = bytesOf(forged, 'stems/bob.voice.wav')
    stem.writeUInt8((stem.readUInt8(1000) + 1) & 255, 1000)
    writeFileSync(path.join(forged, 'stems/bob.voice.wav'), stem)
    const replayed = await runHocket(['replay', forged, '--quiet'])
    expect(replayed.stdout).toMatch(/stems: differs \(stems\/bob\.voice\.wav: stored/)
    expect(replayed.code).toBe(1)
  })

  test('with its end torn off it is scored up to there, and the tear is named', async () => {
    const torn = path.join(folder, 'torn')
    const unbroken = bytesOf(chat)
    writeRun(torn, unbroken.subarray(0, unbroken.lastIndexOf(10, unbroken.length - 2) + 15))
    const scored = await runHocket(['score', torn, '--quiet', '--json'])
    expect(scored.code).toBe(0)
    expect(scored.stderr).toMatch(/record\.jsonl: line \d+ is torn \(the file ends inside it\)/)
    expect((JSON.parse(scored.stdout) as typeof printed).scores.hashes.stems).toEqual(scores.hashes.stems)
    expect(readdirSync(torn).sort()).toEqual(['record.jsonl', 'report.html', 'scores.json'])
  })

  test('with other weights its place among runs changes and nothing else, and the weights are named', async () => {
    const other = path.join(folder, 'other-weights')
    writeRun(other, bytesOf(chat))
    const settings = path.join(folder, 'words-only.json')
    writeFileSync(
      settings,
      JSON.stringify({ ...defaultRanking, name: 'words-only', weighting: 'chosen for a test', weights: { words: 1 } }),
    )
    const scored = await runHocket(['score', other, '--quiet', '--json', '--no-twins', '--settings', settings])
    const { ranking, ...rest } = (JSON.parse(scored.stdout) as typeof printed).scores
    expect(ranking).toMatchObject({ settings: 'words-only', weighting: 'chosen for a test' })
    expect(ranking.score).toBe(ranking.components.words)
    expect(rest.pairs).toEqual(scores.pairs)
    expect(scores.ranking.weighting).toBe('equal, not learned')
    const replayed = await runHocket(['replay', other, '--quiet'])
    expect(replayed.stdout).toMatch(
      /scores: same \(every number but the twins and the ranking, whose settings are "words-only"\)/,
    )
    const refused = await runHocket(['score', other, '--settings', path.join(other, 'record.jsonl')])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/expected ranking settings as JSON/)])
  })
})

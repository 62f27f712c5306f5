// Runs become clips: equal in length, bytes and loudness, cut at slots, under names of chance; anchors are spoilt as they say.
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { describeMade, warnOfMade } from '../../../src/node/command/judge-made.ts'
import { flattenBeats, shuffleBeats } from '../../../src/node/judge/clips/anchors.ts'
import { gainsFor, matchClips, measureLevel, writeCut } from '../../../src/node/judge/clips/match.ts'
import { createOrchestra, hearMix, openJudgedRun, renderStems } from '../../../src/node/judge/clips/run.ts'
import { makeSession, type SessionWish } from '../../../src/node/judge/index.ts'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { hearRecord } from '../../../src/node/run/hear-record.ts'
import { readWav } from '../../../src/node/sound/wav-reader.ts'
import { readRecord } from '../../../src/node/store/record-file.ts'
import { formatLine } from '../../../src/record/index.ts'
import { freshKernel } from '../../kernel.ts'
import { playShortParty } from '../../party.ts'
import { temporaryFolder, writeRun } from '../records.ts'

const folder = temporaryFolder()
const sampleRate = 48_000
const orchestra = createOrchestra()
const runs = ['first', 'second'].map((name) => path.join(folder, name))
let made: ReturnType<typeof openSession>

const wishFor = (out: string, change: Partial<SessionWish> = {}): SessionWish => ({
  runs,
  folder: path.join(folder, out),
  judges: 2,
  criteria: ['overall'],
  by: 'run',
  seconds: 4,
  clips: 1,
  pairs: null,
  abx: 2,
  reveal: 'own',
  seed: 11,
  onStep: () => {},
  ...change,
})

beforeAll(async () => {
  for (const [k, run] of runs.entries()) {
    const record = await playShortParty(2, 5 + k, { bpm: 180 })
    writeRun(run, record.map((line) => `${formatLine(line)}\n`).join(''))
  }
  const where = path.join(runs[0] ?? '', 'record.jsonl')
  const choice = { sound: true, notes: false, scores: false, report: false }
  const quiet = { onDifference: () => {}, onSlot: () => {} }
  await hearRecord(readRecord(where), { where, folder: runs[0] ?? '', choice, ...quiet })
  // Named from where one stands.
  await makeSession(wishFor('session', { runs: runs.map((run) => path.relative(process.cwd(), run)), clips: 2 }))
  made = openSession(path.join(folder, 'session'))
})

test('all clips: one size, one length, within .1 LU and below -1 dBTP as measured on the files, faded at the edges', () => {
  const { clip } = made.session
  expect(clip.seconds).toBeCloseTo((3 * 4 * 60) / 180, 4) // three bars of four beats at 180 bpm
  expect(clip.gridSeconds).toBeCloseTo((4 * 60) / 180, 10)
  const files = readdirSync(path.join(made.folder, 'clips'))
  expect(files.sort()).toEqual(made.key.clips.map(({ name }) => `${name}.wav`).sort())
  const levels = files.map((name) => {
    const file = path.join(made.folder, 'clips', name)
    expect(statSync(file).size).toBe(clip.bytes)
    const { channels } = readWav(file)
    expect(channels).toHaveLength(2)
    for (const channel of channels) {
      expect(channel).toHaveLength(Math.round(clip.seconds * sampleRate))
      expect(Math.abs(channel[0] ?? 1)).toBeLessThan(1e-3)
      expect(Math.abs(channel.at(-1) ?? 1)).toBeLessThan(1e-3)
    }
    return measureLevel(file, name, freshKernel())
  })
  const loudness = levels.map(({ lufs }) => lufs)
  expect(Math.max(...loudness) - Math.min(...loudness)).toBeLessThanOrEqual(0.1)
  expect(Math.max(...levels.map(({ peak }) => peak))).toBeLessThanOrEqual(-1)
  for (const { gainDecibels } of made.key.clips) expect(gainDecibels).toBeLessThanOrEqual(0)
})

test('runs are kept wherever one stands later, with the hash of their records', () => {
  expect(made.key.entries.map(({ runs: own }) => own)).toEqual(runs.map((run) => [run]))
  for (const { run, entry, recordSha256 } of made.key.clips) {
    expect(run).toBe(path.join(folder, entry))
    const record = readFileSync(path.join(run, 'record.jsonl'))
    expect(recordSha256).toBe(createHash('sha256').update(record).digest('hex'))
  }
})

// 2 main pairs with 3 for training, 4 anchors, 2 controls and 2 of ABX: (11 + 2 * 1.5) (2 * 4 s + 20 s) = 6.5 minutes.
test('two runs give as many main pairs as clips of each; told are those that count, how long it takes, and what it is too small for', () => {
  const own = made.key.judges[0]?.trials ?? []
  const main = own.filter(({ kind }) => kind === 'main')
  expect(main.map(({ a }) => made.key.clips[a]?.part).sort()).toEqual([0, 1])
  expect(describeMade(made)).toMatch(
    /; 11 pairs for each of 2 judges, of which 2 count for the ranking and the others train and check, then 2 ABX trials; about 7 minutes in 2 rounds\. Seed 11\.\n$/,
  )
  expect(warnOfMade(made)).toEqual([
    'Too few judges for a verdict on 2 entries: it takes 4 who count, got 2. Give --judges.',
    'Too small for `hocket judge fit`: it takes votes of 6 judges on 6 runs, got 2 on 2.',
  ])
  const { key, session } = made
  const judges = Array.from({ length: 6 }, () => ({ ...key.judges[0], trials: own })) as typeof key.judges
  const clips = Array.from({ length: 6 }, (_, k) => ({ ...key.clips[0], run: `run-${k}` })) as typeof key.clips
  expect(warnOfMade({ ...made, key: { ...key, judges, clips } })).toEqual([])
  // A third sound of ten minutes: 1.5 (2 * 600 + 20) s.
  const long = { ...session, clip: { ...session.clip, seconds: 600 } }
  const alone = own.filter(({ kind }) => kind === 'abx').map((trial, round) => ({ ...trial, round }))
  const sitting = judges.map((judge) => ({ ...judge, trials: alone }))
  expect(warnOfMade({ ...made, session: long, key: { ...key, judges: sitting, clips } })).toEqual([
    expect.stringMatching(/^One trial takes 31 minutes, longer than the 30 /),
  ])
})

test('a run that is named twice, by a link or as a copy, is refused by both names', async () => {
  const [first = '', second = ''] = runs
  const [link, copy] = [path.join(folder, 'link'), path.join(folder, 'copy')]
  symlinkSync(first, link)
  cpSync(second, copy, { recursive: true })
  const make = (...more: string[]) => makeSession(wishFor('twice', { runs: [...runs, ...more] }))
  await expect(make(link)).rejects.toThrow(`got one twice: ${first} and ${link}`)
  await expect(make(copy)).rejects.toThrow(`got one twice: ${second} and ${copy}`)
  // What is missing is rendered from the record.
  rmSync(path.join(copy, 'mix.wav'), { force: true })
  await expect(make(copy)).rejects.toThrow(`got one twice: ${second} and ${copy}`)
})

test('headers of all files are the same bytes: no text, no date, no name in them', () => {
  const heads = made.key.clips.map(({ name }) =>
    readFileSync(path.join(made.folder, 'clips', `${name}.wav`))
      .subarray(0, 44)
      .toString('hex'),
  )
  expect(new Set(heads).size).toBe(1)
})

test('key and links are for the owner alone, and hold no token in clear but links.txt', () => {
  for (const name of ['key.json', 'links.txt']) expect(statSync(path.join(made.folder, name)).mode & 0o077).toBe(0)
  const links = readFileSync(path.join(made.folder, 'links.txt'), 'utf8')
  const tokens = links
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  expect(tokens).toHaveLength(3)
  for (const token of tokens) {
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(readFileSync(path.join(made.folder, 'key.json'), 'utf8')).not.toContain(token)
  }
})

test('mix.wav and what is rendered in its place are the same sound', async () => {
  const [whole, bare] = [await openJudgedRun(runs[0] ?? ''), await openJudgedRun(runs[0] ?? '')]
  const stretch = { from: 100_000, count: 96_000 }
  const stored = await hearMix(whole, stretch, orchestra)
  const anew = await hearMix({ ...bare, folder: '/nowhere' }, stretch, orchestra)
  for (const side of [0, 1] as const) {
    const worst = stored[side].reduce((most, x, i) => Math.max(most, Math.abs(x - (anew[side][i] ?? 0))), 0)
    expect(worst).toBeLessThan(2e-7) // one step of 24 bits
  }
})

test('the spammer’s anchor says other words, the other stems stay', async () => {
  const run = await openJudgedRun(runs[1] ?? '')
  const stretch = { from: 0, count: 96_000 }
  const plain = await renderStems(run, stretch, orchestra)
  const spam = await renderStems(run, stretch, orchestra, (lines) =>
    lines.map((line) => (line.kind === 'token' && line.agent === 'b' ? { ...line, text: 'yes ' } : line)),
  )
  expect(plain.map((stem, k) => stem.every((x, i) => x === spam[k]?.[i]))).toEqual([true, true, false, true])
})

test('shuffled: the same beats in another order', () => {
  const stem = Float32Array.from({ length: 1050 }, (_, i) => Math.floor(i / 100))
  const result = shuffleBeats(stem, { beat: 100, fade: 5, seed: 'x' })
  const middles = Array.from({ length: 10 }, (_, k) => result[k * 100 + 50] ?? -1)
  expect(middles).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect([...middles].sort((p, q) => p - q)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(result.subarray(1000)).toEqual(stem.subarray(1000))
})

// 30 cents down from 440 Hz is 432.44 Hz; a Goertzel at both tells which one sounds.
test('detuned: 30 cents flat, and in time', () => {
  const beat = 24_000
  const sine = Float32Array.from({ length: 2 * beat }, (_, i) => Math.sin((2 * Math.PI * 440 * i) / sampleRate))
  const result = flattenBeats(sine, { beat, fade: 240 })
  expect(result).toHaveLength(2 * beat)
  const levelAt = (hertz: number) => {
    let [re, im] = [0, 0]
    for (let i = 1000; i < beat - 1000; i++) {
      re += (result[i] ?? 0) * Math.cos((2 * Math.PI * hertz * i) / sampleRate)
      im += (result[i] ?? 0) * Math.sin((2 * Math.PI * hertz * i) / sampleRate)
    }
    return Math.hypot(re, im)
  }
  const heard = [430, 431, 432, 432.44, 433, 434, 436, 440].map((hertz) => ({ hertz, level: levelAt(hertz) }))
  expect(heard.reduce((most, one) => (one.level > most.level ? one : most)).hertz).toBe(432.44)
})

test('gains only turn down, to the quietest, and further for a true peak', () => {
  expect(
    gainsFor([
      { lufs: -20, peak: -6 },
      { lufs: -14, peak: -3 },
    ]),
  ).toEqual([0, -6])
  const [quiet, loud] = gainsFor([
    { lufs: -20, peak: 0.5 },
    { lufs: -14, peak: -3 },
  ])
  expect(quiet).toBeCloseTo(-1.5, 10)
  expect(loud).toBeCloseTo(-7.5, 10)
})

test('silence and clips that are too short are refused by name', () => {
  const file = path.join(folder, 'silent.wav')
  const silent = writeCut(
    { file, what: 'runs/9, from 0.0 s' },
    [new Float32Array(48_000), new Float32Array(48_000)],
    sampleRate,
  )
  expect(() => matchClips([silent], freshKernel())).toThrow(
    /runs\/9, from 0.0 s: expected a clip that can be heard, got silence/,
  )
  const tone = Float32Array.from({ length: 9600 }, (_, i) => 0.5 * Math.sin(i / 10))
  const short = writeCut({ file, what: 'short' }, [tone, tone], sampleRate)
  expect(() => matchClips([short], freshKernel())).toThrow(/shorter than 400 ms/)
})

test.each([
  ['longer than the run', { seconds: 300 }, /expected \d+ slots at least for 1 clip of/],
  ['more clips than fit', { clips: 3 }, /expected 3 slots at least for 3 clips/],
  ['one run', { runs: runs.slice(0, 1) }, /expected two runs or more/],
  ['a run twice', { runs: [...runs, runs[0] ?? ''] }, /each once/],
  ['plans of which there is one', { by: 'plan' }, /two plans or more/],
  ['no run', { runs: [...runs, path.join(folder, 'nothing')] }, /expected a folder with record.jsonl/],
] as const)('refused: %s', async (name, change, complaint) => {
  const wish = wishFor(`refused ${name}`, change)
  await expect(makeSession(wish)).rejects.toThrow(complaint)
  expect(() => openSession(wish.folder)).toThrow(/expected the folder of a judging session/)
})

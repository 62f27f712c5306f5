// Chance in the sound of a run: measured once, beside the server, for whoever looks at a run that lacks it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../src/node/server/app.ts'
import { createChance, hearOthersBeside } from '../../src/node/server/chance.ts'
import { createShelf } from '../../src/node/store/shelf.ts'
import { withoutHearing } from '../../src/null/index.ts'
import { scoresSchema } from '../../src/record/index.ts'
import { runHocket } from './hocket.ts'
import { smallRecord, textOf, writeBriskScenario } from './records.ts'

const path0 = 'together.consonance'
const unheard = {
  agents: [{}, {}],
  ranking: { settings: 'equal-2' },
  twins: { series: { 'interlock.voice': {} }, undefined: { [path0]: withoutHearing[path0] ?? '' } },
}
const heard = { ...unheard, twins: { series: { 'consonance.together': {} }, undefined: {} } }

let runs: string
const folderOf = (id: string) => path.join(runs, id)
const write = (id: string, scores: unknown) => {
  mkdirSync(folderOf(id), { recursive: true })
  writeFileSync(path.join(folderOf(id), 'record.jsonl'), textOf(smallRecord(3)))
  if (scores !== undefined) writeFileSync(path.join(folderOf(id), 'scores.json'), JSON.stringify(scores))
}
beforeEach(() => {
  runs = mkdtempSync(path.join(tmpdir(), 'hocket-chance-'))
  onTestFinished(() => rmSync(runs, { recursive: true, force: true }))
})

/** Hears nobody; ends when it is told to. */
function holdHearing() {
  const asked: string[] = []
  let end: (how: 'well' | 'badly') => void = () => {}
  const hear = (folder: string, signal: AbortSignal) => {
    asked.push(path.basename(folder))
    return new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('ended')))
      end = (how) => (how === 'well' ? resolve() : reject(new Error('no')))
    })
  }
  return { asked, hear, end: (how: 'well' | 'badly') => end(how) }
}
const turn = () => new Promise((done) => setImmediate(done))

test('measured for one run at a time and once, for those that lack it alone', async () => {
  const { asked, hear, end } = holdHearing()
  const chance = createChance(hear)
  const bands = { ...unheard.twins, undefined: { [path0]: '3 other runs to hear; it takes 5' } }
  const states = {
    first: unheard,
    second: unheard,
    heard,
    'without twins': { ...unheard, twins: undefined },
    'without others': { ...unheard, twins: bands },
    'ranked by settings of its own': { ...unheard, ranking: { settings: 'learned' } },
    'of three': { ...unheard, agents: [{}, {}, {}] },
    'not scores': [1],
    'never scored': undefined,
  }
  for (const [id, scores] of Object.entries(states)) write(id, scores)
  const told = () => Object.keys(states).map((id) => chance.stateOf(folderOf(id)))
  const rest = ['there', ...Array.from({ length: 6 }, () => 'none')]
  expect(told()).toEqual(['coming', 'coming', ...rest])
  expect(told()).toEqual(['coming', 'coming', ...rest])
  expect(asked).toEqual(['first'])
  writeFileSync(path.join(folderOf('first'), 'scores.json'), JSON.stringify(heard).padEnd(900))
  end('well')
  await turn()
  expect(told()).toEqual(['there', 'coming', ...rest])
  expect(asked).toEqual(['first', 'second'])
  // What failed is not tried again by itself.
  end('badly')
  await turn()
  expect(told()).toEqual(['there', 'none', ...rest])
  expect(asked).toEqual(['first', 'second'])
})

test('a run that somebody writes is left alone; a server that closes ends what it began; without leave nothing begins', async () => {
  const { asked, hear } = holdHearing()
  const chance = createChance(hear)
  write('claimed', unheard)
  writeFileSync(path.join(folderOf('claimed'), '.playing'), String(process.ppid))
  expect(chance.stateOf(folderOf('claimed'))).toBe('coming')
  expect(asked).toEqual([])
  write('free', unheard)
  expect(chance.stateOf(folderOf('free'))).toBe('coming')
  chance.close()
  await turn()
  expect(chance.stateOf(folderOf('free'))).toBe('none')
  expect(asked).toEqual(['free'])
  const app = createApp({ shelf: createShelf(runs) })
  const ask = (id: string) => app.request(`http://localhost/api/runs/${id}/chance`, { headers: { host: 'localhost' } })
  expect(await (await ask('free')).json()).toEqual({ state: 'none' })
  expect((await ask('nobody')).status).toBe(404)
})

test('in a process of its own: scores gain the bands of the sound and change in nothing else', async () => {
  const run = folderOf('party')
  const played = await runHocket([
    ...['party', '--scenario', writeBriskScenario(runs), '--slots', '1', '--seed', '3'],
    ...['--no-sound', '--quiet', '--out', run],
  ])
  expect(played.code).toBe(0)
  const read = () => scoresSchema.parse(JSON.parse(readFileSync(path.join(run, 'scores.json'), 'utf8')))
  const before = read()
  const chance = createChance(hearOthersBeside)
  onTestFinished(chance.close)
  expect(chance.stateOf(run)).toBe('coming')
  await expect.poll(() => chance.stateOf(run), { timeout: 50_000, interval: 200 }).toBe('there')
  const { twins, ...after } = read()
  const { twins: _, ...own } = before
  expect(after).toEqual(own)
  expect(twins?.series['consonance.together']?.low.some((value) => value !== null)).toBe(true)
  expect(twins?.bands[path0]).toBeDefined()
  await expect.poll(() => existsSync(path.join(run, '.playing'))).toBe(false)
})
